import { aliveVertices } from '../cluster/members'
import type { AttemptTrack, NodeTrack, TimeState } from './state'

/** The attempt that runs, or last ran, an execution vertex at the moment; null before its first one was deployed. */
export function attemptAt(state: TimeState, vertex: number): AttemptTrack | null {
  const attempts = state.index.attempts[vertex]
  if (attempts === undefined) return null
  for (let at = attempts.length - 1; at >= 0; at--) if (attempts[at]!.started <= state.event) return attempts[at]!
  return null
}

/** The attempt of a subtask of a job vertex, in the graph that its job has at the moment. */
export function attemptOfSubtask(state: TimeState, vertex: number, subtask: number): AttemptTrack | null {
  const index = aliveVertices(state.graph, vertex)[subtask]
  return index === undefined ? null : attemptAt(state, index)
}

/** The attempt that a process is; null for one that is none, or is not there yet. */
export function attemptOfProcess(state: TimeState, process: number): AttemptTrack | null {
  const attempt = state.index.processes.get(process)
  return attempt !== undefined && attempt.started <= state.event ? attempt : null
}

/** What it has in memory is there: it runs, or has finished in order. What a lost attempt had is gone (T-32). */
export const isLost = (state: TimeState, attempt: AttemptTrack): boolean =>
  attempt.ended >= 0 && attempt.ended <= state.event && attempt.endedAs === 'lost'

export const isOverAt = (state: TimeState, attempt: AttemptTrack): boolean => attempt.ended >= 0 && attempt.ended <= state.event

/** Of an operator: where it runs, or ran until it finished, at the moment. */
export function nodesAt(state: TimeState, node: number): NodeTrack[] {
  return (state.index.nodes.get(node) ?? []).filter(({ attempt }) => attempt.started <= state.event && !isLost(state, attempt))
}
