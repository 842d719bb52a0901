/** What the Slots view shows at a moment: the cluster. Who has which slot is listed by `taskManagersOf`, what waits by `waitingSharedSlots`. */
export { clusterFold as slotsFold } from '../../trace/cluster/fold'
export type { ClusterState as SlotsState } from '../../trace/cluster/state'
