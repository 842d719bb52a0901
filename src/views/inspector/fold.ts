import { applyToCluster, clusterFold } from '../../trace/cluster/fold'
import type { ClusterState } from '../../trace/cluster/state'
import { TraceKind } from '../../trace/kinds'
import type { Fold, TraceEvent } from '../../trace/types'
import { Holdings } from './holdings'

/** What all states share: by process, what it ever held. */
interface Shared {
  /** Last event taken in. */
  event: number
  readonly holdings: Map<number, Holdings>
}

/** What the inspector answers from: the cluster at the moment, and an index of what each process held when. */
export interface InspectorState {
  readonly cluster: ClusterState
  readonly shared: Shared
}

export const inspectorFold: Fold<InspectorState> = {
  init: (header) => ({ cluster: clusterFold.init(header), shared: { event: -1, holdings: new Map() } }),
  apply(state, event) {
    applyToCluster(state.cluster, event)
    if (event.index > state.shared.event) take(state.shared, event)
  },
  clone: ({ cluster, shared }) => ({ cluster: clusterFold.clone(cluster), shared }),
  size: ({ cluster }) => clusterFold.size(cluster),
}

const HELD = new Set<number>([
  TraceKind.WindowOpened,
  TraceKind.WindowElement,
  TraceKind.WindowCleared,
  TraceKind.WindowMerged,
  TraceKind.TimerRegistered,
  TraceKind.TimerDeleted,
  TraceKind.TimerFired,
  TraceKind.StateUpdated,
])

function take(shared: Shared, event: TraceEvent): void {
  shared.event = event.index
  if (!HELD.has(event.kind)) return
  let holdings = shared.holdings.get(event.process)
  if (holdings === undefined) shared.holdings.set(event.process, (holdings = new Holdings()))
  holdings.take(event)
}
