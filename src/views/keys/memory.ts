import { SIMPLE_TYPES, type SimpleType, type TypeChoice } from './parse'

/** null: as the job has it, or by default. */
export interface SettingChoice {
  readonly parallelism: number | null
  readonly maxParallelism: number | null
}

/** What the view remembers over a reload. */
export interface Remembered {
  /** The scenario that `from`, `a` and `b` were chosen in: in another they say nothing. Typed keys are good everywhere. */
  readonly place: string
  /** null: typed ones if the job has no keyed task. */
  readonly from: 'typed' | 'run' | null
  readonly text: string
  readonly type: TypeChoice
  /** Of CSV, from 0; null: each line is a key. */
  readonly column: number | null
  readonly a: SettingChoice
  readonly b: SettingChoice
}

const OPEN: SettingChoice = { parallelism: null, maxParallelism: null }
export const NOTHING: Remembered = { place: '', from: null, text: '', type: 'auto', column: null, a: OPEN, b: OPEN }

/** Longer texts are shown, but not kept. */
export const MOST_KEPT = 200_000

const isSimple = (type: unknown): type is SimpleType => SIMPLE_TYPES.some((known) => known === type)
const numberOr = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) ? value : null)

/** Takes of whatever was stored what can be meant. */
export function readMemory(stored: unknown): Remembered {
  if (typeof stored !== 'object' || stored === null) return NOTHING
  const { place, from, text, type, column, a, b } = stored as Readonly<Record<string, unknown>>
  return {
    place: typeof place === 'string' ? place.slice(0, 300) : '',
    from: from === 'typed' || from === 'run' ? from : null,
    text: typeof text === 'string' ? text.slice(0, MOST_KEPT) : '',
    type: typeOf(type),
    column: numberOr(column),
    a: settingOf(a),
    b: settingOf(b),
  }
}

function typeOf(stored: unknown): TypeChoice {
  if (isSimple(stored)) return stored
  const tuple = (stored as { tuple?: unknown } | null | undefined)?.tuple
  return Array.isArray(tuple) && tuple.length > 0 && tuple.length <= 5 && tuple.every(isSimple) ? { tuple } : 'auto'
}

function settingOf(stored: unknown): SettingChoice {
  if (typeof stored !== 'object' || stored === null) return OPEN
  const { parallelism, maxParallelism } = stored as Readonly<Record<string, unknown>>
  return { parallelism: numberOr(parallelism), maxParallelism: numberOr(maxParallelism) }
}

/** What counts in a scenario. */
export const at = (memory: Remembered, place: string): Remembered =>
  memory.place === place ? memory : { ...memory, place, from: null, a: OPEN, b: OPEN }

/** What is worth storing: a text that is too long is left out. */
export const keepable = (memory: Remembered): Remembered => (memory.text.length > MOST_KEPT ? { ...memory, text: '' } : memory)
