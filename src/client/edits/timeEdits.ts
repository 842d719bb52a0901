import { problem, type Problem } from '../../core/problem'
import type { OperatorEdit } from '../../graph/edits'
import type { StreamNode } from '../../graph/types'
import { addBehind, remove, type Change } from './changes'
import type { Place } from './locate'
import type { ArgumentTokens, Call, ProgramText } from './programText'

export type TimeEdit = Extract<
  OperatorEdit,
  { set: 'idleness' | 'bound' | 'timestampField' | 'alignmentDrift' | 'allowedLateness' | 'trigger' | 'triggerCount' | 'windowOffset' }
>
const NAMES: ReadonlySet<string> = new Set<TimeEdit['set']>([
  'idleness',
  'bound',
  'timestampField',
  'alignmentDrift',
  'allowedLateness',
  'trigger',
  'triggerCount',
  'windowOffset',
])
export const isTimeEdit = (edit: OperatorEdit): edit is TimeEdit => NAMES.has(edit.set)

/** Calls between keyBy and what makes the window's operator. */
const WINDOWING: ReadonlySet<string> = new Set([
  'window',
  'windowAll',
  'countWindow',
  'countWindowAll',
  'timeWindow',
  'timeWindowAll',
  'trigger',
  'evictor',
  'allowedLateness',
  'sideOutputLateData',
])
const OPENS: ReadonlySet<string> = new Set(['window', 'windowAll', 'countWindow', 'countWindowAll', 'timeWindow', 'timeWindowAll'])

/** What an edit of an operator's watermarks, window or trigger asks of the text; else why it cannot be made. */
export function timeChanges(program: ProgramText, node: StreamNode, { call }: Place, edit: TimeEdit): readonly Change[] | Problem {
  if (typeof edit.value === 'number' && (!Number.isSafeInteger(edit.value) || (edit.value < 0 && edit.set !== 'windowOffset')))
    return problem('edit-span', { value: edit.value })
  switch (edit.set) {
    case 'idleness':
    case 'bound':
    case 'timestampField':
    case 'alignmentDrift': {
      const links = strategyLinks(program, call)
      if (links === null) return problem('edit-strategy', { operator: node.name, line: lineOf(program, call) }, placeOf(program, call))
      return strategyChanges(program, node, links, edit)
    }
    default: {
      const links = windowLinks(program, call)
      if (!links.some(({ name }) => OPENS.has(name)))
        return problem('edit-window', { operator: node.name, line: lineOf(program, call) }, placeOf(program, call))
      return windowChanges(program, node, call, links, edit)
    }
  }
}

const lineOf = (program: ProgramText, call: Call): number => program.lineOfToken(call.nameAt)
const placeOf = (program: ProgramText, call: Call) => ({ in: 'program', line: lineOf(program, call) }) as const

// ---- watermark strategies ----------------------------------------------------------------------------------------------

const STRATEGY = 'WatermarkStrategy'

/** The links of `WatermarkStrategy.for…().with…()` that a source or an assigner is given, there or through a variable; null: it is given something else. */
function strategyLinks(program: ProgramText, call: Call): readonly Call[] | null {
  for (const { first, last } of program.argumentsOf(call)) {
    if (program.textAt(first) === STRATEGY) return chainFrom(program, first)
    if (first !== last) continue
    const value = program.valueOf(program.textAt(first))
    const root = value === null ? -1 : program.rootOf(value)
    if (root >= 0 && program.textAt(root) === STRATEGY) return chainFrom(program, root)
  }
  return null
}

function chainFrom(program: ProgramText, root: number): readonly Call[] | null {
  const links: Call[] = []
  for (let next = program.callBehind(root); next !== null; next = program.next(next)) links.push(next)
  return links.length === 0 ? null : links
}

type StrategyEdit = Extract<TimeEdit, { set: 'idleness' | 'bound' | 'timestampField' | 'alignmentDrift' }>

function strategyChanges(program: ProgramText, node: StreamNode, links: readonly Call[], edit: StrategyEdit): readonly Change[] | Problem {
  const maker = links[0]!
  switch (edit.set) {
    case 'idleness':
      return given(program, node, links, 'withIdleness', spanText(program, edit.value))
    case 'timestampField':
      return given(program, node, links, 'withTimestampAssigner', `(event) => event${memberText(program, edit.value)}`)
    case 'alignmentDrift': {
      const link = links.find(({ name }) => name === 'withWatermarkAlignment')
      const drift = link === undefined ? undefined : program.argumentsOf(link)[1]
      return drift === undefined ? nothing(program, node, maker) : replaced(program, node, drift, spanText(program, edit.value))
    }
    case 'bound': {
      const bound = spanText(program, edit.value)
      if (maker.name === 'forBoundedOutOfOrderness') return given(program, node, links, maker.name, bound)
      if (maker.name !== 'noWatermarks' && maker.name !== 'forMonotonousTimestamps')
        return problem('edit-strategy', { operator: node.name, line: lineOf(program, maker) }, placeOf(program, maker))
      const { start, end } = program.tokens[maker.nameAt]!
      return [{ start, end, text: 'forBoundedOutOfOrderness' }, inside(program, maker, bound)]
    }
  }
}

const memberText = (program: ProgramText, field: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(field) ? `.${field}` : `[${program.quoted(field)}]`

/** A link with one argument: with another, or put at the chain's end. */
function given(
  program: ProgramText,
  node: StreamNode,
  links: readonly Call[],
  name: string,
  argument: string,
): readonly Change[] | Problem {
  const link = links.find((one) => one.name === name)
  const last = links.at(-1)!
  if (link === undefined) return [addBehind(program, last, last, `.${name}(${argument})`)]
  if (program.argumentText(link) === argument) return problem('edit-same', { operator: node.name })
  return [inside(program, link, argument)]
}

/** All that stands between the parentheses of a call gives way. */
const inside = (program: ProgramText, call: Call, text: string): Change => ({
  start: program.tokens[call.open]!.end,
  end: program.tokens[call.close]!.start,
  text,
})

function replaced(program: ProgramText, node: StreamNode, { first, last }: ArgumentTokens, text: string): readonly Change[] | Problem {
  const { start } = program.tokens[first]!
  const { end } = program.tokens[last]!
  return program.text.slice(start, end) === text ? problem('edit-same', { operator: node.name }) : [{ start, end, text }]
}

const nothing = (program: ProgramText, node: StreamNode, call: Call): Problem =>
  problem('edit-nothing', { operator: node.name }, placeOf(program, call))

// ---- windows -----------------------------------------------------------------------------------------------------------

/** What stands between keyBy and the operator, nearest first; also through a variable. */
function windowLinks(program: ProgramText, call: Call): readonly Call[] {
  const links: Call[] = []
  let at = before(program, call)
  for (; at !== null && WINDOWING.has(at.name); at = before(program, at)) links.push(at)
  return links
}

function before(program: ProgramText, call: Call): Call | null {
  const previous = program.previous(call)
  if (previous !== null) return previous
  const root = call.dot - 1
  if (program.isDot(root - 1) || !/^[\w$]+$/.test(program.textAt(root))) return null
  return program.valueOf(program.textAt(root))
}

type WindowEdit = Exclude<TimeEdit, StrategyEdit>

function windowChanges(
  program: ProgramText,
  node: StreamNode,
  call: Call,
  links: readonly Call[],
  edit: WindowEdit,
): readonly Change[] | Problem {
  switch (edit.set) {
    case 'allowedLateness': {
      const argument = spanText(program, edit.value)
      const link = links.find(({ name }) => name === 'allowedLateness')
      if (link === undefined) return [addBehind(program, links[0]!, links[0]!, `.allowedLateness(${argument})`)]
      return program.argumentText(link) === argument ? problem('edit-same', { operator: node.name }) : [inside(program, link, argument)]
    }
    case 'trigger': {
      const set = links.filter(({ name }) => name === 'trigger')
      return set.length === 0 ? nothing(program, node, call) : set.map((link) => remove(program, link))
    }
    case 'triggerCount':
      return countChanges(program, node, call, links, edit.value)
    case 'windowOffset':
      return offsetChanges(program, node, call, links, edit.value)
  }
}

function countChanges(
  program: ProgramText,
  node: StreamNode,
  call: Call,
  links: readonly Call[],
  count: number,
): readonly Change[] | Problem {
  const own = links.find(({ name }) => name === 'trigger')
  const holder =
    own === undefined
      ? links.find(({ name }) => name === 'countWindow' || name === 'countWindowAll')
      : program.calls.find((inner) => within(inner, own) && inner.name === 'of' && program.textAt(inner.dot - 1) === 'CountTrigger')
  if (holder === undefined) return nothing(program, node, call)
  const [first] = program.argumentsOf(holder)
  // Of a sliding one the slide, which comes second, says when it fires (W-25).
  const fires = program.argumentsOf(holder)[1] ?? first
  if (fires === undefined) return nothing(program, node, call)
  return replaced(program, node, fires, String(count))
}

const within = (inner: Call, outer: Call): boolean => outer.open < inner.dot && inner.close < outer.close

function offsetChanges(
  program: ProgramText,
  node: StreamNode,
  call: Call,
  links: readonly Call[],
  offset: number,
): readonly Change[] | Problem {
  const opens = links.find(({ name }) => name === 'window' || name === 'windowAll')
  const assigner =
    opens === undefined
      ? undefined
      : program.calls.find(
          (inner) => within(inner, opens) && inner.name === 'of' && /^(Tumbling|Sliding)\w+Windows$/.test(program.textAt(inner.dot - 1)),
        )
  if (assigner === undefined) return nothing(program, node, call)
  const place = program.textAt(assigner.dot - 1).startsWith('Sliding') ? 2 : 1
  const given = program.argumentsOf(assigner)
  const there = given[place]
  const last = given[place - 1]
  if (last === undefined) return nothing(program, node, call)
  if (there === undefined) {
    if (offset === 0) return problem('edit-same', { operator: node.name })
    const { end } = program.tokens[last.last]!
    return [{ start: end, end, text: `, ${spanText(program, offset)}` }]
  }
  if (offset !== 0 || given.length > place + 1) return replaced(program, node, there, spanText(program, offset))
  return [{ start: program.tokens[last.last]!.end, end: program.tokens[there.last]!.end, text: '' }]
}

// ---- spans -------------------------------------------------------------------------------------------------------------

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'ofDays'],
  [3_600_000, 'ofHours'],
  [60_000, 'ofMinutes'],
  [1000, 'ofSeconds'],
]

/** A span as the program would write it: a Duration if it knows them, else milliseconds. */
function spanText(program: ProgramText, millis: number): string {
  if (!program.isImported('Duration')) return String(millis)
  const unit = millis === 0 ? undefined : UNITS.find(([size]) => millis % size === 0)
  return unit === undefined ? `Duration.ofMillis(${millis})` : `Duration.${unit[1]}(${millis / unit[0]})`
}
