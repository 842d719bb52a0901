import { whyRecord } from './record'
import { whySilent } from './silence'
import { Situation } from './situation'
import { whyTimer } from './timer'
import type { Answer, Question, WhySources } from './types'
import { whyWatermark } from './watermark'
import { whyWindow } from './window'

export { questionsAt } from './questions'
export type { Answer, Cause, CauseArg, Fix, Question, RootCause, WhySources } from './types'

/** The chain of causes from what is asked to its root, by graphs, trace and rules alone; null where the thing is not there at the moment. */
export function why(question: Question, sources: WhySources): Answer | null {
  const s = new Situation(sources)
  switch (question.about) {
    case 'window':
      return whyWindow(s, question)
    case 'timer':
      return whyTimer(s, question)
    case 'record':
      return whyRecord(s, question)
    case 'watermark':
      return whyWatermark(s, question)
    case 'silence':
      return whySilent(s, question)
  }
}
