import { fill, type Language } from '../../i18n'
import { whyCauses, whyFixes, whyRoots, whyText } from '../../i18n/why'
import { followRecord, followWindow } from '../../trace/records'
import { keyLook } from '../../trace/looks'
import { operatorName, subtaskName } from '../../trace/narration'
import { aliveVertices } from '../../trace/cluster/members'
import { graphAt, grownHeader } from '../../trace/graphs'
import { pairOf } from '../../trace/checkpoints/payloads'
import { TraceKind } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import { javaToString } from '../../core/values'
import type { Cause, CauseArg, Fix, Question, RootCause, WhySources } from './types'

/** How moments and spans are told where the words are shown. */
export interface Tongue {
  readonly language: Language
  eventTime(ms: number): string
  span(ms: number): string
  processingTime(ms: number): string
}

const textOf = (dictionary: object, code: string) => (dictionary as Readonly<Record<string, { en: string; zh: string } | undefined>>)[code]

function args(given: Readonly<Record<string, CauseArg>>, tongue: Tongue): Record<string, string | number> {
  const told: Record<string, string | number> = {}
  for (const [name, arg] of Object.entries(given)) {
    if (typeof arg !== 'object') told[name] = arg
    else if ('eventTime' in arg) told[name] = tongue.eventTime(arg.eventTime)
    else if ('span' in arg) told[name] = tongue.span(arg.span)
    else told[name] = tongue.processingTime(arg.processingTime)
  }
  return told
}

/** A link of the chain as a sentence. */
export const sayCause = ({ code, args: given }: Cause, tongue: Tongue): string =>
  fill(textOf(whyCauses, code)?.[tongue.language] ?? code, args(given, tongue))
export const sayRoot = (root: RootCause, { language }: Tongue): string => whyRoots[root][language]
export const sayFix = ({ code, args: given }: Fix, tongue: Tongue): string =>
  fill(textOf(whyFixes, code)?.[tongue.language] ?? code, args(given, tongue))

/** What is asked, with the names of what it is asked about. */
export function sayQuestion(question: Question, { header: first, log, event }: WhySources, tongue: Tongue): string {
  const say = (name: keyof typeof whyText, given: Readonly<Record<string, CauseArg>>): string =>
    fill(whyText[name][tongue.language], args(given, tongue))
  const header = grownHeader(first, log)
  switch (question.about) {
    case 'window': {
      const facts = followWindow(log, question.process, question.window, event)
      if (facts === null) return whyText.window[tongue.language]
      const operator = operatorName(header, facts.node)
      const key = keyLook(log, question.process, facts.key).text
      return facts.global
        ? say('windowGlobal', { operator, key })
        : say('windowIs', { operator, key, start: { eventTime: facts.start }, end: { eventTime: facts.end } })
    }
    case 'timer': {
      const { process, node, key, time, domain } = question
      const when = domain === 'event' ? { eventTime: time } : { processingTime: time }
      return say('timerIs', { operator: operatorName(header, node), key: keyLook(log, process, key).text, time: when })
    }
    case 'record': {
      const { value, valueEvent } = followRecord(log, question.origin, question.number, event)
      return say('recordIs', { value: valueEvent < 0 ? `${question.origin}/${question.number}` : javaToString(value) })
    }
    case 'watermark': {
      const exec = aliveVertices(graphAt(first, log, event), question.vertex)[question.subtask] ?? -1
      return say('watermarkIs', { task: subtaskName(header, exec) })
    }
    case 'silence':
      return say('silenceIs', { operator: operatorName(header, question.node) })
    case 'checkpoint':
      return say('checkpointIs', { id: question.id })
    case 'restart':
      return whyText[wasRestarted(log, question.event) ? 'restart' : 'restartNot'][tongue.language]
    case 'output': {
      const [, value] = pairOf(log.at(question.event))
      return say('outputIs', { value: javaToString(value) })
    }
    case 'value': {
      const row = log.at(question.event)
      return say('valueIs', {
        state: String(pairOf(row)[0]),
        key: keyLook(log, row.process, row.b).text,
        operator: operatorName(header, row.a),
      })
    }
    case 'state':
      return say('stateIs', { operator: operatorName(header, question.node) })
  }
}

/** Whether a scheduler's decision was to restart. */
export const wasRestarted = (log: TraceLog, event: number): boolean =>
  log.at(event).kind === TraceKind.RestartScheduled && log.at(event).b >= 0
