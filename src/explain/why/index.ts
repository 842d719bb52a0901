import type { Selection } from '../../scenario/types'
import { isSilentSink } from './questions'
import { partitionsOf } from './splits'
import { whyRecord } from './record'
import { whySilent } from './silence'
import { Situation } from './situation'
import { whyTimer } from './timer'
import type { Answer, Question, WhySources } from './types'
import { whyWatermark } from './watermark'
import { whyWindow } from './window'

export { questionsAt } from './questions'

/** What may be asked of an operator, a timer or a partition that is selected; null: nothing is puzzling about it. */
export function questionOf(selection: Selection, sources: WhySources): Question | null {
  switch (selection.kind) {
    case 'window':
      return { about: 'window', process: selection.process, window: selection.window }
    case 'record':
      return { about: 'record', origin: selection.origin, number: selection.number }
    case 'timer':
      return { about: 'timer', ...selection }
    case 'subtask':
      return { about: 'watermark', vertex: selection.vertex, subtask: selection.subtask }
    case 'operator':
      return isSilentSink(new Situation(sources), selection.node) ? { about: 'silence', node: selection.node } : null
    case 'partition': {
      const s = new Situation(sources)
      const node = s.node(selection.node)
      const vertex = s.jobVertexOf(selection.node)
      if (node === undefined || vertex === undefined) return null
      const subtask = s.subtasksOf(node.id).findIndex((exec) => partitionsOf(s, exec, node)?.includes(selection.partition))
      return subtask < 0 ? null : { about: 'watermark', vertex: vertex.index, subtask }
    }
    default:
      return null
  }
}
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
