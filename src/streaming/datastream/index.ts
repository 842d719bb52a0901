/**
 * The streams. They make each other, so they import each other from here alone, and this order of loading is the one in
 * which every class finds its base class ready.
 */
export { DataStream } from './DataStream'
export { SingleOutputStreamOperator } from './SingleOutputStreamOperator'
export { DataStreamSource } from './DataStreamSource'
export { SideOutputDataStream } from './SideOutputDataStream'
export { ConnectedStreams } from './ConnectedStreams'
export { IterativeStream } from './IterativeStream'
export { DataStreamSink } from './DataStreamSink'
export { KeyedStream } from './KeyedStream'
export { WindowedStream } from './WindowedStream'
export { AllWindowedStream } from './AllWindowedStream'
export { BroadcastStream } from './BroadcastStream'
export { BroadcastConnectedStream } from './BroadcastConnectedStream'
export { CoGroupedStreams, JoinedStreams } from './CoGroupedStreams'
export { IntervalJoin, IntervalJoined } from './IntervalJoin'
export { PartitionWindowedStream } from './PartitionWindowedStream'
export { AsyncDataStream } from './AsyncDataStream'
export { DataStreamUtils } from './DataStreamUtils'
