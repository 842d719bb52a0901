import { executionStateOf, taskManagersOf } from '../../trace/cluster/queries'
import type { SlotView, TaskManagerView } from '../../trace/cluster/queries'
import type { ExecutionState } from '../../trace/kinds'
import { hostOfProcess } from '../../trace/narration/naming'
import type { Since, Sources } from './sources'

export interface TaskHere {
  /** Execution vertex. */
  readonly index: number
  readonly vertex: number
  readonly subtask: number
  readonly execution: Since<ExecutionState>
}

export interface HostAnswer {
  readonly host: TaskManagerView
  /** Why it is gone, in Flink's words; empty while it is not, or if nothing was said. */
  readonly reason: string
  /** Subtasks whose process is on it, and that are neither over nor of a former graph. */
  readonly tasks: readonly TaskHere[]
}

const OVER = new Set<ExecutionState>(['FINISHED', 'CANCELED', 'FAILED'])

/** null for a host that is no TaskManager, or that nobody has heard of yet. */
export function hostFacts(sources: Sources, number: number): HostAnswer | null {
  const { cluster } = sources.state
  const host = taskManagersOf(cluster).find((known) => known.host === number)
  if (host === undefined) return null
  const here = cluster.graph.vertices.flatMap(({ index }) => {
    const process = cluster.process[index]!
    return process !== 0 && hostOfProcess(process) === number ? [taskHere(sources, index)] : []
  })
  return {
    host,
    reason: host.state === 'lost' ? sources.log.at(host.since).text() : '',
    tasks: here.filter(({ execution }) => !OVER.has(execution.value)),
  }
}

export interface SlotAnswer {
  readonly host: TaskManagerView
  readonly slot: SlotView
  readonly tasks: readonly TaskHere[]
}

/** null for a slot that is not there at the moment. */
export function slotFacts(sources: Sources, number: number, slot: number): SlotAnswer | null {
  const host = taskManagersOf(sources.state.cluster).find((known) => known.host === number)
  const found = host?.slots[slot]
  if (host === undefined || found === undefined) return null
  return { host, slot: found, tasks: (found.content?.subtasks ?? []).map((index) => taskHere(sources, index)) }
}

function taskHere({ state: { cluster } }: Sources, index: number): TaskHere {
  const { vertex, subtask } = cluster.graph.vertices[index]!
  return { index, vertex, subtask, execution: { value: executionStateOf(cluster, index), event: cluster.executionEvent[index]! } }
}
