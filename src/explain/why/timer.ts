import { LONG_MIN } from '../../core/time'
import { TraceKind } from '../../trace/kinds'
import { keyLook } from '../../trace/looks'
import * as fixes from './fixes'
import { heldBefore } from './hold'
import { attemptOver, jobTrouble } from './jobs'
import { eventTime, processingTime, spanOf, type Situation } from './situation'
import { whyWindow } from './window'
import type { Answer, Question } from './types'

export type AskedTimer = Extract<Question, { about: 'timer' }>

/** Why has a timer not fired? null: nobody registered it by then. */
export function whyTimer(s: Situation, question: AskedTimer): Answer | null {
  const { process, node: id, time, domain, window, key } = question
  const exec = s.log.names.vertexOf(process)
  const node = s.node(id)
  if (exec < 0 || node === undefined) return null
  const found = lastOf(s, question)
  if (found === null) return null
  const { about: _about, ...place } = question
  const look = keyLook(s.log, process, key).text
  const cause = (code: string, args = {}, event = found.event) => s.cause(code, { operator: node.name, key: look, ...args }, event, place)
  if (found.kind === TraceKind.TimerFired || found.kind === TraceKind.TimerDeleted) {
    return { question, causes: [cause(found.kind === TraceKind.TimerFired ? 'timer-fired' : 'timer-deleted')], root: null, fixes: [] }
  }
  const trouble = attemptOver(s, process) ?? jobTrouble(s, s.jobOf(exec))
  if (trouble !== null) return { question, ...trouble }
  if (domain === 'processing') {
    const first = cause('timer-needs-clock', {
      need: processingTime(time),
      now: processingTime(s.clock.now),
      missing: spanOf(time - s.clock.now),
    })
    const task = s.execution(exec)
    if (task.state === 'FINISHED') {
      return {
        question,
        causes: [
          first,
          s.cause('input-ended', { task: s.subtaskName(exec) }, task.event, s.subtaskSelection(exec)),
          cause('timers-dropped', {}, task.event),
        ],
        root: 'processing-time-at-end',
        fixes: fixes.say('keep-source-open', { operator: node.name }),
      }
    }
    if (s.clock.now > time) return { question, causes: [first, cause('due')], root: 'still-on-the-way', fixes: [] }
    const stands = s.clock.running
      ? []
      : [s.cause('clock-stands-still', { now: processingTime(s.clock.now) }, s.interventionEvent(s.clock.intervention))]
    return {
      question,
      causes: [first, ...stands],
      root: 'processing-time-not-reached',
      fixes: [...(s.clock.running ? [] : fixes.clock(s)), ...fixes.forward(s, time)],
    }
  }
  if (window >= 0) {
    const rest = whyWindow(s, { about: 'window', process, window })
    if (rest !== null && rest.root !== null) return { ...rest, question }
  }
  const event = s.pointEvent(exec, s.pointOf(exec, id, false))
  const watermark = s.x(event)
  // T-25: one that is registered when its time is over fires with the next watermark.
  const past = time <= watermark && watermark > LONG_MIN
  const need = past ? watermark + 1 : time
  const first = cause(
    past ? 'timer-in-the-past' : 'timer-needs',
    { need: eventTime(time), watermark: eventTime(watermark), missing: spanOf(time - watermark) },
    past ? found.event : event,
  )
  const held = heldBefore(s, exec, id, need, past)
  if (held === null) return { question, causes: [first, cause('due')], root: 'still-on-the-way', fixes: [] }
  return { question, ...held, causes: [first, ...held.causes] }
}

/** What last became of a timer: the moment asks, so later events do not count. */
function lastOf(
  s: Situation,
  { process, node, key, domain, window, time }: AskedTimer,
): { readonly event: number; readonly kind: number } | null {
  const code = domain === 'processing' ? 1 : 0
  let found: { event: number; kind: number } | null = null
  const registered = s.evidence.processes.get(process)?.nodes.get(node)?.timers
  if (registered === undefined) return null
  const count = registered.count(s.event)
  const reader = s.log.reader()
  for (let at = 0; at < count; at++) {
    reader.to(registered.at(at))
    if (reader.b === key && reader.c === code && reader.d === window && reader.x === time)
      found = { event: reader.index, kind: reader.kind }
  }
  return found
}
