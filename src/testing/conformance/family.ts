import { JavaException } from '../../core/exceptions'
import { ProblemError } from '../../core/problem'

/** One line of a `vectors.jsonl`. `given` and `expect` are what the family's README says. */
export interface Vector<G = never, E = unknown> {
  readonly id: string
  readonly title: string
  readonly given: G
  readonly expect: E
}

export interface Mismatch {
  /** Of a case made of steps: which one, from 0. */
  readonly step?: number
  readonly expected: unknown
  readonly got: unknown
}

/** null: as expected. */
export type Verdict = Mismatch | 'skipped' | null

export interface Family {
  /** The folder of its vectors. */
  readonly name: string
  /** A promise for what runs through a cluster on threads. */
  check(vector: Vector): Verdict | Promise<Verdict>
}

/**
 * A family whose cases are `run` and compared with `expect` as JSON; `skip` says which may be left out, as the README allows; `view` is taken of
 * both sides before they are compared.
 */
export const family = <G, E = unknown>(
  name: string,
  run: (given: G, expect: E) => unknown,
  skip: (vector: Vector<G, E>) => boolean = () => false,
  view: (value: unknown) => unknown = (value) => value,
): Family => ({
  name,
  check(vector) {
    const typed = vector as unknown as Vector<G, E>
    if (skip(typed)) return 'skipped'
    return compare(view(typed.expect), view(run(typed.given, typed.expect)))
  },
})

/** Equal as JSON; where both are `{steps: […]}`, the first step that differs is told. */
export function compare(expected: unknown, got: unknown): Mismatch | null {
  const stepsOf = (value: unknown): readonly unknown[] | null => {
    const steps = (value as { steps?: unknown } | null)?.steps
    return Array.isArray(steps) ? steps : null
  }
  const wanted = stepsOf(expected)
  const given = stepsOf(got)
  if (wanted === null || given === null) return same(expected, got) ? null : { expected, got }
  for (let step = 0; step < Math.max(wanted.length, given.length); step++) {
    if (!same(wanted[step], given[step])) return { step, expected: wanted[step] ?? null, got: given[step] ?? null }
  }
  return null
}

/** Deep equality of JSON values; fields in any order, −0 is 0. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => Object.hasOwn(b, name) && same((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
}

/** `{error: NAME}` without the name, at any depth: for families whose README says that only the failure matters. */
export function nameless(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(nameless)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === 'error' && typeof item === 'string' ? true : nameless(item)]))
}

/** What `run` gives, or the simple name of the Java exception that it fails with; any other error is a mistake of ours. */
export function orError<T>(run: () => T, told: (name: string) => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof JavaException) return told(error.name)
    if (error instanceof ProblemError) return told(error.problem.code)
    throw error
  }
}
