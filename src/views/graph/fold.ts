/** What the graph shows at a moment: the cluster. What lies on the channels is listed by `channelItems` for the playhead's time. */
export { clusterFold as graphFold } from '../../trace/cluster/fold'
export type { ClusterState as GraphState } from '../../trace/cluster/state'
