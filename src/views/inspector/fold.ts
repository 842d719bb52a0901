import { EventList } from '../../trace/columns'
import { applyToCluster, clusterFold } from '../../trace/cluster/fold'
import type { ClusterState } from '../../trace/cluster/state'
import { EXECUTION_STATES, TraceKind } from '../../trace/kinds'
import type { Fold, TraceEvent } from '../../trace/types'

/** What the inspector answers from, beside the cluster's own state: what each subtask holds. */
export interface InspectorState {
  readonly cluster: ClusterState
  /** By execution vertex: open windows in the order of their opening, with the number of elements they took. */
  readonly windows: readonly Map<number, number>[]
  /** By execution vertex: pending timers, in the order of their registration, with the event that registered them. */
  readonly timers: readonly Map<string, number>[]
  /** By process and key: StateUpdated events. Shared by all states: look at them up to the present event. */
  readonly updates: Map<number, (EventList | undefined)[]>
}

export const inspectorFold: Fold<InspectorState> = {
  init: (header) => ({
    cluster: clusterFold.init(header),
    windows: header.executionGraph.vertices.map(() => new Map()),
    timers: header.executionGraph.vertices.map(() => new Map()),
    updates: new Map(),
  }),
  apply,
  clone: (state) => ({
    cluster: clusterFold.clone(state.cluster),
    windows: state.windows.map((windows) => new Map(windows)),
    timers: state.timers.map((timers) => new Map(timers)),
    updates: state.updates,
  }),
  size: (state) =>
    state.windows.reduce((sum, { size }) => sum + 40 * size, 0) +
    state.timers.reduce((sum, { size }) => sum + 90 * size, clusterFold.size(state.cluster)),
}

const CANCELED = EXECUTION_STATES.indexOf('CANCELED')
const FAILED = EXECUTION_STATES.indexOf('FAILED')

const timerKey = (event: TraceEvent): string => `${event.a}/${event.b}/${event.c}/${event.d}/${event.x}`

function apply(state: InspectorState, event: TraceEvent): void {
  const { cluster } = state
  const kind = event.kind
  if (kind === TraceKind.ExecutionState && (event.b !== cluster.attempt[event.a] || event.c === CANCELED || event.c === FAILED)) {
    state.windows[event.a]!.clear()
    state.timers[event.a]!.clear()
  }
  applyToCluster(cluster, event)
  switch (kind) {
    case TraceKind.WindowOpened:
      windowsOf(state, event)?.set(event.b, 0)
      break
    case TraceKind.WindowElement: {
      const windows = windowsOf(state, event)
      windows?.set(event.b, (windows.get(event.b) ?? 0) + 1)
      break
    }
    case TraceKind.WindowCleared:
      windowsOf(state, event)?.delete(event.b)
      break
    case TraceKind.WindowMerged: {
      const windows = windowsOf(state, event)
      windows?.set(event.b, (windows.get(event.b) ?? 0) + (windows.get(event.c) ?? 0))
      windows?.delete(event.c)
      break
    }
    case TraceKind.TimerRegistered:
      timersOf(state, event)?.set(timerKey(event), event.index)
      break
    case TraceKind.TimerDeleted:
    case TraceKind.TimerFired:
      timersOf(state, event)?.delete(timerKey(event))
      break
    case TraceKind.StateUpdated: {
      let ofProcess = state.updates.get(event.process)
      if (ofProcess === undefined) state.updates.set(event.process, (ofProcess = []))
      ;(ofProcess[event.b] ??= new EventList()).add(event.index)
      break
    }
  }
}

function windowsOf(state: InspectorState, event: TraceEvent): Map<number, number> | undefined {
  return state.windows[state.cluster.plan.vertexOf.get(event.process) ?? -1]
}

function timersOf(state: InspectorState, event: TraceEvent): Map<string, number> | undefined {
  return state.timers[state.cluster.plan.vertexOf.get(event.process) ?? -1]
}
