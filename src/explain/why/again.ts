import { TraceKind } from '../../trace/kinds'
import { javaToString } from '../../core/values'
import { pairOf } from '../../trace/checkpoints/payloads'
import { keyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { followWindow } from '../../trace/records'
import type { Selection } from '../../scenario/types'
import type { Question } from './types'

/**
 * The same question in another run of nearly the same scenario: numbers of processes, windows and keys are the run's own, so things are found by
 * what they are: a window by operator, key and bounds, a timer by operator, key and time, a record by partition and what it says. null: not there (yet).
 */
export function askedAgain(question: Question, before: TraceLog, after: TraceLog): Question | null {
  switch (question.about) {
    case 'watermark':
    case 'silence':
    case 'checkpoint':
    case 'state':
      return question
    case 'restart': {
      const { kind, a } = before.at(question.event)
      const found = find(after, kind, (event) => event.a === a)
      return found === null ? null : { about: 'restart', event: found.index }
    }
    case 'output': {
      const said = saysAt(before, question.event)
      const found = find(after, TraceKind.ExternalWrote, (event) => saysAt(after, event.index) === said)
      return found === null ? null : { about: 'output', event: found.index }
    }
    case 'value': {
      const { a, b, process } = before.at(question.event)
      const [name] = pairOf(before.at(question.event))
      const key = keyLook(before, process, b).text
      const found = find(
        after,
        TraceKind.StateUpdated,
        (event) => event.a === a && pairOf(event)[0] === name && keyLook(after, event.process, event.b).text === key,
      )
      return found === null ? null : { about: 'value', event: found.index }
    }
    case 'window': {
      const facts = followWindow(before, question.process, question.window)
      if (facts === null) return null
      const key = keyLook(before, question.process, facts.key).text
      const holding = (start: number, end: number) => (event: Row) => {
        if (event.a !== facts.node || keyLook(after, event.process, event.c).text !== key) return false
        const bounds = followWindow(after, event.process, event.b)
        return bounds !== null && bounds.start <= start && bounds.end >= end
      }
      // Where edges were moved it is the window that its first element comes into.
      const first = facts.elements.reduce((least, { timestamp }) => Math.min(least, timestamp), Infinity)
      const found =
        find(after, TraceKind.WindowOpened, holding(facts.start, facts.end)) ??
        (first < Infinity ? find(after, TraceKind.WindowOpened, holding(first, first + 1)) : null)
      return found === null ? null : { about: 'window', process: found.process, window: found.b }
    }
    case 'timer': {
      const key = keyLook(before, question.process, question.key).text
      const found = find(
        after,
        TraceKind.TimerRegistered,
        (event) =>
          event.a === question.node &&
          event.x === question.time &&
          event.c === (question.domain === 'processing' ? 1 : 0) &&
          keyLook(after, event.process, event.b).text === key,
      )
      return found === null ? null : { ...question, process: found.process, key: found.b, window: found.d }
    }
    case 'record': {
      const made = before.names.recordAt(question.origin, question.number)
      if (made < 0) return null
      if (before.at(made).kind !== TraceKind.SourceRecord) return question
      const found = sameRead(before, made, after)
      return found === null ? null : { about: 'record', origin: found.process, number: found.b }
    }
  }
}

/** What to select so that a question is asked of it; null: nothing that this log knows. */
export function askedOf(question: Question, log: TraceLog): Selection | null {
  switch (question.about) {
    case 'window':
      return { kind: 'window', process: question.process, window: question.window }
    case 'record':
      return { kind: 'record', origin: question.origin, number: question.number }
    case 'silence':
    case 'state':
      return { kind: 'operator', node: question.node }
    case 'watermark':
      return { kind: 'subtask', vertex: question.vertex, subtask: question.subtask }
    case 'timer': {
      const { about: _about, ...timer } = question
      return timer
    }
    case 'checkpoint': {
      const found = find(log, TraceKind.CheckpointTriggered, ({ a, b }) => a === question.job && b === question.id)
      return found === null ? null : { kind: 'event', index: found.index }
    }
    case 'restart':
    case 'output':
    case 'value':
      return { kind: 'event', index: question.event }
  }
}

/** What was written outside: key and value. */
const saysAt = (log: TraceLog, event: number): string =>
  pairOf(log.at(event))
    .map((one) => javaToString(one))
    .join(' ')

type Row = ReturnType<TraceLog['at']>

/** The last event of a kind that fits. */
function find(log: TraceLog, kind: number, fits: (event: Row) => boolean): Row | null {
  for (let index = log.length - 1; index >= 0; index--) {
    if (log.kindAt(index) !== kind) continue
    const event = log.at(index)
    if (fits(event)) return event
  }
  return null
}

/**
 * Where a record that was read in one run was read in another, the last time. It is known by its partition and what it says, for its offset is
 * another where records were added or taken out before it; of several that say the same, by its place among them.
 */
function sameRead(before: TraceLog, made: number, after: TraceLog): Row | null {
  const own = before.at(made)
  const says = (event: Row): string => `${event.x} ${javaToString(event.value())}`
  const said = says(own)
  const offsetsIn = (log: TraceLog): Map<number, Row> => {
    const found = new Map<number, Row>()
    for (let index = 0; index < log.length; index++) {
      if (log.kindAt(index) !== TraceKind.SourceRecord) continue
      const event = log.at(index)
      if (event.a === own.a && event.c === own.c && says(event) === said) found.set(event.d, event)
    }
    return new Map([...found].sort(([one], [other]) => one - other))
  }
  const place = [...offsetsIn(before).keys()].indexOf(own.d)
  const there = [...offsetsIn(after).values()]
  return there[place] ?? there.at(-1) ?? null
}
