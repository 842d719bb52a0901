import { JavaException } from '../../core/exceptions'
import { problem, ProblemError, type Problem } from '../../core/problem'
import { keyTypeOf, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, type KeyType } from '../../core/values'
import { columnsOf, fieldsOf, unquoted } from './fields'
import { KeyTableBuilder, type KeyTable } from './table'

export const SIMPLE_TYPES = ['String', 'Integer', 'Long', 'Double', 'Boolean'] as const
export type SimpleType = (typeof SIMPLE_TYPES)[number]
/** `auto`: each line is read as a program's literal would be, and typed as `keyBy` types it. */
export type TypeChoice = 'auto' | SimpleType | { readonly tuple: readonly SimpleType[] }

/** Records that are looked at; characters of text that are read; problems that are told. */
export const MOST_RECORDS = 200_000
export const MOST_TEXT = 8_000_000
const MOST_PROBLEMS = 50
const MOST_FIELDS = 5

export interface LineProblem {
  /** From 1; 0: the text as a whole. */
  readonly line: number
  readonly problem: Problem
}

export interface ParsedKeys {
  readonly table: KeyTable
  readonly problems: readonly LineProblem[]
  /** Lines at fault that are not in `problems`. */
  readonly moreProblems: number
}

const refused = (code: string, args: Readonly<Record<string, string | number>>): never => {
  throw new ProblemError(problem(code, args))
}
const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const SPECIAL: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  undefined: undefined,
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
}

/** A line as the literal that it looks like; what looks like none is a string. */
function literalOf(text: string): unknown {
  if (Object.hasOwn(SPECIAL, text)) return SPECIAL[text]
  if (NUMBER.test(text)) return Number(text)
  if (/^-?\d+n$/.test(text)) return longOf(text.slice(0, -1))
  const quoted = quotedText(text)
  if (quoted !== null) return quoted
  if (text.startsWith('(') && text.endsWith(')')) return tupleOf(partsOf(text).map((part) => literalOf(part.trim())))
  if (text.startsWith('[') || text.startsWith('{')) {
    try {
      return JSON.parse(text) as unknown
    } catch {
      // Not JSON: then it is as good a string as any.
    }
  }
  return text
}

function quotedText(text: string): string | null {
  if (text.length < 2) return null
  if (text.startsWith("'") && text.endsWith("'")) return text.slice(1, -1)
  if (!text.startsWith('"') || !text.endsWith('"')) return null
  try {
    return JSON.parse(text) as string
  } catch {
    // Quotes around what is no JSON string: what stands between them.
    return text.slice(1, -1)
  }
}

/** What stands between the brackets of a tuple, or on a line without brackets. */
function partsOf(text: string): string[] {
  const bare = text.startsWith('(') && text.endsWith(')')
  const inner = bare ? text.slice(1, -1) : text
  const delimiter = !bare && inner.includes('\t') ? '\t' : !bare && inner.includes(';') ? ';' : ','
  return fieldsOf(inner, delimiter, true)
}

function tupleOf(fields: readonly unknown[]): unknown {
  const [a, b, c, d, e] = fields
  switch (fields.length) {
    case 1:
      return Tuple1.of(a)
    case 2:
      return Tuple2.of(a, b)
    case 3:
      return Tuple3.of(a, b, c)
    case 4:
      return Tuple4.of(a, b, c, d)
    case MOST_FIELDS:
      return Tuple5.of(a, b, c, d, e)
    default:
      return refused('key-tuple-arity', { found: fields.length, most: MOST_FIELDS })
  }
}

/** A Java long: as a number where that holds it, else as a bigint. */
function longOf(text: string): number | bigint {
  if (!/^[+-]?\d{1,40}$/.test(text)) return refused('key-not-of-type', { text: shown(text), type: 'Long' })
  const value = BigInt(text)
  if (BigInt.asIntN(64, value) !== value) return refused('key-out-of-range', { text: shown(text), type: 'Long', bits: 64 })
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function simpleOf(text: string, type: SimpleType): unknown {
  if (type === 'String') return text === '""' ? '' : text
  if (text === 'null' || text === 'undefined') return null
  switch (type) {
    case 'Integer': {
      if (!/^[+-]?\d+$/.test(text)) return refused('key-not-of-type', { text: shown(text), type })
      const value = Number(text)
      return (value | 0) === value ? value | 0 : refused('key-out-of-range', { text: shown(text), type, bits: 32 })
    }
    case 'Long':
      return longOf(text.replace(/[lLn]$/, ''))
    case 'Double': {
      const plain = text.replace(/^\+/, '').replace(/[dD]$/, '')
      if (plain !== 'NaN' && !/^-?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.test(plain))
        return refused('key-not-of-type', { text: shown(text), type })
      return Number(plain)
    }
    case 'Boolean':
      return text === 'true' ? true : text === 'false' ? false : refused('key-not-of-type', { text: shown(text), type })
  }
}

/** The key on a line, and its Java type. Throws ProblemError, or Flink's exception for what Flink takes for no key. */
export function keyOf(text: string, choice: TypeChoice): { readonly value: unknown; readonly type: KeyType } {
  if (choice === 'auto') {
    const value = literalOf(text)
    return { value, type: keyTypeOf(value) }
  }
  if (typeof choice === 'string') {
    const value = simpleOf(text, choice)
    // For what it throws: the type is the one that was chosen.
    keyTypeOf(value)
    return { value, type: choice }
  }
  const parts = partsOf(text).map((part) => part.trim())
  const { tuple } = choice
  if (parts.length !== tuple.length) refused('key-tuple-fields', { found: parts.length, expected: tuple.length })
  const value = tupleOf(parts.map((part, i) => simpleOf(tuple[i] === 'String' ? (quotedText(part) ?? part) : part, tuple[i]!)))
  return { value, type: { tuple } }
}

interface Range {
  readonly from: number
  readonly to: number
  /** The key's text for a number of the range. */
  textOf(n: number): string
}

/** `1..1000`, `user-1..user-500`, `s01..s20`; null for anything else. */
export function rangeOf(text: string): Range | null {
  const match = /^(.*?)(-?\d{1,15})\.\.(.*?)(-?\d{1,15})$/.exec(text)
  if (match === null) return null
  const [, prefix, first, again, last] = match as unknown as [string, string, string, string, string]
  if (prefix !== again || /["'([{]/.test(prefix)) return null
  if (prefix === '') return { from: Number(first), to: Number(last), textOf: String }
  // Behind a prefix a hyphen is part of the name.
  const hyphen = first.startsWith('-')
  if (hyphen !== last.startsWith('-')) return null
  const lead = hyphen ? `${prefix}-` : prefix
  const digits = first.replace('-', '')
  const width = digits.startsWith('0') ? digits.length : 0
  return {
    from: Number(digits),
    to: Number(last.replace('-', '')),
    textOf: (n) => lead + String(n).padStart(width, '0'),
  }
}

/**
 * Keys from text: one a line (or one a row, in `column` of CSV with a header), ranges spelt out. Lines at fault are told and left out;
 * blank lines are nothing.
 */
export function parseKeys(text: string, choice: TypeChoice, column: number | null): ParsedKeys {
  const builder = new KeyTableBuilder()
  const problems: LineProblem[] = []
  let more = 0
  const tell = (line: number, error: unknown): void => {
    if (problems.length >= MOST_PROBLEMS) return void more++
    if (error instanceof ProblemError) problems.push({ line, problem: error.problem })
    else if (error instanceof JavaException)
      problems.push({ line, problem: problem('key-refused', { class: error.name, message: error.message }) })
    else throw error
  }
  let left = MOST_RECORDS
  const add = (line: number, part: string): boolean => {
    if (left === 0) {
      tell(line, new ProblemError(problem('keys-too-many', { most: MOST_RECORDS })))
      return false
    }
    left--
    try {
      const { value, type } = keyOf(part, choice)
      builder.add(value, type)
    } catch (error) {
      tell(line, error)
    }
    return true
  }
  const read = text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text
  if (read !== text) tell(0, new ProblemError(problem('keys-too-long', { most: MOST_TEXT })))
  const delimiter = column === null ? null : (columnsOf(read)?.delimiter ?? null)
  const lines = read.split('\n')
  let header = delimiter !== null
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.endsWith('\r') ? lines[i]!.slice(0, -1) : lines[i]!
    if (line.trim() === '') continue
    if (header) {
      header = false
      continue
    }
    const cell = delimiter === null ? (choice === 'String' ? line : line.trim()) : unquoted(fieldsOf(line, delimiter)[column!] ?? '')
    const range = typeof choice === 'object' || delimiter !== null ? null : rangeOf(cell)
    if (range === null) {
      if (!add(i + 1, cell)) break
      continue
    }
    const step = range.to < range.from ? -1 : 1
    let fits = true
    for (let n = range.from; fits && (range.to - n) * step >= 0; n += step) fits = add(i + 1, range.textOf(n))
    if (!fits) break
  }
  return { table: builder.build(), problems, moreProblems: more }
}
