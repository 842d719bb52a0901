import { why, type Answer, type Question, type WhySources } from '../../explain/why'
import type { Tongue } from '../../explain/why/words'
import { clockTime } from '../../trace/timeFormat'
import { duration } from '../../components/times'
import type { Asking } from './ask'

/** What answers are computed from, at the playhead. */
export const whySources = ({ sources, scenario, topics, event }: Asking): WhySources => ({
  header: sources.header,
  log: sources.log,
  scenario,
  event,
  time: sources.time,
  topics,
})

export const tongueOf = ({ language, eventTime, sources }: Asking): Tongue => ({
  language,
  eventTime,
  span: duration,
  processingTime: (ms) => clockTime(ms, sources.header.clockStart),
})

/** null while it plays: the playhead is elsewhere before one has read it. */
export const answerTo = (ask: Asking, question: Question): Answer | null => (ask.playing ? null : why(question, whySources(ask)))
