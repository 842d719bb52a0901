import type { Selection } from '../../scenario/types'
import { whyCheckpoint } from './checkpoint'
import { blockingCheckpoint } from './congestion'
import { whyOutput } from './output'
import { isSilentSink, isStateGone } from './questions'
import { partitionsOf } from './splits'
import { whyRecord } from './record'
import { whyRestart } from './restart'
import { whyState } from './state'
import { whyValue } from './value'
import { TraceKind } from '../../trace/kinds'
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
      return questionOfOperator(new Situation(sources), selection.node)
    case 'partition': {
      const s = new Situation(sources)
      const node = s.node(selection.node)
      const vertex = s.jobVertexOf(selection.node)
      if (node === undefined || vertex === undefined) return null
      const subtask = s.subtasksOf(node.id).findIndex((exec) => partitionsOf(s, exec, node)?.includes(selection.partition))
      return subtask < 0 ? null : { about: 'watermark', vertex: vertex.index, subtask }
    }
    case 'event':
      return questionOfEvent(sources, selection.index)
    case 'channel': {
      const s = new Situation(sources)
      const mark = blockingCheckpoint(s, selection.channel)
      return mark === null ? null : { about: 'checkpoint', ...mark }
    }
    default:
      return null
  }
}

function questionOfOperator(s: Situation, node: number): Question | null {
  if (isSilentSink(s, node)) return { about: 'silence', node }
  return isStateGone(s, node) ? { about: 'state', node } : null
}

/** What an event raises: those of checkpoints, restarts, writes outside and state. */
function questionOfEvent({ log, event }: WhySources, index: number): Question | null {
  if (index < 0 || index > Math.min(event, log.length - 1)) return null
  const { kind, a, b } = log.at(index)
  switch (kind) {
    case TraceKind.CheckpointTriggered:
    case TraceKind.CheckpointAcknowledged:
    case TraceKind.CheckpointDeclined:
    case TraceKind.CheckpointCompleted:
    case TraceKind.CheckpointAborted:
      return { about: 'checkpoint', job: a, id: b }
    case TraceKind.RestartScheduled:
    case TraceKind.JobManagerDied:
      return { about: 'restart', event: index }
    case TraceKind.ExternalWrote:
      return { about: 'output', event: index }
    case TraceKind.StateUpdated:
      return { about: 'value', event: index }
    case TraceKind.StateRestored:
      return { about: 'state', node: a }
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
    case 'checkpoint':
      return whyCheckpoint(s, question)
    case 'restart':
      return whyRestart(s, question)
    case 'output':
      return whyOutput(s, question)
    case 'value':
      return whyValue(s, question)
    case 'state':
      return whyState(s, question)
  }
}
