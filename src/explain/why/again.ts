import { TraceKind } from '../../trace/kinds'
import { keyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { followWindow } from '../../trace/records'
import type { Question } from './types'

/**
 * The same question in another run of nearly the same scenario: numbers of processes, windows and keys are the run's own, so things are found by
 * what they are: a window by operator, key and bounds, a timer by operator, key and time, a record by partition and offset. null: not there (yet).
 */
export function askedAgain(question: Question, before: TraceLog, after: TraceLog): Question | null {
  switch (question.about) {
    case 'watermark':
    case 'silence':
      return question
    case 'window': {
      const facts = followWindow(before, question.process, question.window)
      if (facts === null) return null
      const key = keyLook(before, question.process, facts.key).text
      const found = find(after, TraceKind.WindowOpened, (event) => {
        if (event.a !== facts.node || keyLook(after, event.process, event.c).text !== key) return false
        const bounds = followWindow(after, event.process, event.b)
        return bounds !== null && bounds.start <= facts.start && bounds.end >= facts.end
      })
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
      const record = before.at(made)
      if (record.kind !== TraceKind.SourceRecord) return question
      const found = find(after, TraceKind.SourceRecord, (event) => event.a === record.a && event.c === record.c && event.d === record.d)
      return found === null ? null : { about: 'record', origin: found.process, number: found.b }
    }
  }
}

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
