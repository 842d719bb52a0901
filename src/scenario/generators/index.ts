import type { RawTable } from '../cells'
import { clickstream } from './clickstream'
import { sensors } from './sensors'

/** A parameter of a generator: whole numbers only. `unit` is shown beside the field. */
export interface Parameter {
  readonly name: string
  readonly defaultValue: number
  readonly min: number
  readonly max: number
  readonly unit: 'count' | 'ms' | 'permille'
}

/** Data from a seed: the same seed and parameters give the same table on every machine, with whole-number arithmetic only. */
export interface Generator {
  readonly id: string
  readonly columns: readonly string[]
  /** The column with the event time, and the one with the arrival, ms since the epoch. */
  readonly eventTime: string
  readonly arrival: string
  readonly key: string
  readonly parameters: readonly Parameter[]
  /** `seed` 0 … 2^32 − 1; `params` are complete and within bounds. Rows are in the order of event time. */
  generate(seed: number, params: Readonly<Record<string, number>>): RawTable
}

/** Each has its name and a sentence in src/i18n/scenario.ts, and is held to its promises in generators.test.ts. */
export const GENERATORS: readonly Generator[] = [clickstream, sensors]

export const generatorOf = (id: string): Generator | undefined => GENERATORS.find((generator) => generator.id === id)

/** Parameters with what is missing filled in; the first that is unknown, no whole number or out of bounds instead. */
export function completeParams(
  generator: Generator,
  given: Readonly<Record<string, number>>,
): { readonly params: Readonly<Record<string, number>> } | { readonly wrong: string; readonly limits: string } {
  const known = new Map(generator.parameters.map((parameter) => [parameter.name, parameter]))
  for (const [name, value] of Object.entries(given)) {
    const parameter = known.get(name)
    if (parameter === undefined) return { wrong: name, limits: [...known.keys()].join(', ') }
    if (!Number.isSafeInteger(value) || value < parameter.min || value > parameter.max)
      return { wrong: name, limits: `${parameter.min} … ${parameter.max}` }
  }
  return { params: Object.fromEntries(generator.parameters.map(({ name, defaultValue }) => [name, given[name] ?? defaultValue])) }
}
