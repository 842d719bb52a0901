/**
 * Module `flink`: what a program imports. Names, signatures and behaviour are those of Flink 1.20's Java DataStream API; a
 * program only builds a graph of transformations here, and nothing in here knows who will run it.
 * This page is the registry: a new part of the API is a file of its own and a line below.
 */

// Programs
export { StreamExecutionEnvironment } from './environment/StreamExecutionEnvironment'
export { ExecutionConfig } from './environment/ExecutionConfig'
export { CheckpointConfig, ExternalizedCheckpointRetention } from './environment/CheckpointConfig'
export { CheckpointingMode } from './environment/CheckpointingMode'
export { JobClient, JobExecutionResult, JobID } from './environment/JobClient'
export { RestartStrategies, type RestartStrategyConfiguration } from './environment/RestartStrategies'
export { RuntimeExecutionMode } from './environment/RuntimeExecutionMode'
export { TimeCharacteristic } from './environment/TimeCharacteristic'
export { SlotSharingGroup } from './environment/SlotSharingGroup'
export { Configuration } from '../core/configuration'

// Streams
export {
  AllWindowedStream,
  AsyncDataStream,
  BroadcastConnectedStream,
  BroadcastStream,
  CoGroupedStreams,
  ConnectedStreams,
  DataStream,
  DataStreamSink,
  DataStreamSource,
  DataStreamUtils,
  IterativeStream,
  JoinedStreams,
  KeyedStream,
  PartitionWindowedStream,
  SideOutputDataStream,
  SingleOutputStreamOperator,
  WindowedStream,
} from './datastream'

export { Order } from './datastream/PartitionWindowedStream'

// Operators of one's own
export {
  AbstractStreamOperator,
  AbstractStreamOperatorFactory,
  ChainingStrategy,
  StreamRecord,
  type OneInputStreamOperator,
  type Output,
  type TwoInputStreamOperator,
} from './operators/StreamOperator'

// Sources and sinks
export type { Source } from './connectors/Source'
export { LogSource } from './connectors/LogSource'
export { NumberSequenceSource } from './connectors/NumberSequenceSource'
export { DataGeneratorSource, type GeneratorFunction } from './connectors/DataGeneratorSource'
export type {
  Committer,
  CommitRequest,
  CommitterInitContext,
  CommittingSinkWriter,
  SimpleVersionedSerializer,
  Sink,
  SinkWriter,
  StatefulSinkWriter,
  SupportsCommitter,
  SupportsPreWriteTopology,
  SupportsWriterState,
  WriterInitContext,
} from './connectors/Sink'
export { TopicSink, TransactionalSink, UpsertSink } from './connectors/external'
export {
  BasePathBucketAssigner,
  DateTimeBucketAssigner,
  FileSink,
  type FileSinkBuilder,
  OnCheckpointRollingPolicy,
  OutputFileConfig,
  SimpleStringEncoder,
  type BucketAssigner,
  type Encoder,
} from './connectors/FileSink'
export { CollectSink, DiscardingSink, PrintSink } from './connectors/sinks'

// Functions
export type { Collector } from './functions/Collector'
export type {
  AggregateFunction,
  FilterFunction,
  FlatMapFunction,
  Function,
  KeySelector,
  MapFunction,
  Partitioner,
  ReduceFunction,
} from './functions/functions'
export {
  AbstractRichFunction,
  RichAggregateFunction,
  RichFilterFunction,
  RichFlatMapFunction,
  RichMapFunction,
  RichReduceFunction,
  type RichFunction,
} from './functions/rich'
export type {
  CheckpointedFunction,
  CheckpointListener,
  FunctionInitializationContext,
  FunctionSnapshotContext,
  ListCheckpointed,
  ManagedInitializationContext,
  OperatorStateStore,
} from './functions/checkpointed'
export { AverageAccumulator, DoubleCounter, IntCounter, ListAccumulator, LongCounter, type Accumulator } from './functions/accumulators'
export type { Counter, Gauge, MetricGroup } from './functions/metrics'
export type { JobInfo, OpenContext, RuntimeContext, TaskInfo } from './functions/RuntimeContext'
export { TimeDomain, type TimerService } from './functions/TimerService'
export { ProcessFunction } from './functions/ProcessFunction'
export { KeyedProcessFunction } from './functions/KeyedProcessFunction'
export {
  ProcessAllWindowFunction,
  ProcessWindowFunction,
  RichAllWindowFunction,
  RichWindowFunction,
  type AllWindowFunction,
  type WindowFunction,
} from './functions/windows'
export { BroadcastProcessFunction, KeyedBroadcastProcessFunction, type KeyedStateFunction } from './functions/broadcast'
export {
  CoProcessFunction,
  KeyedCoProcessFunction,
  RichCoFlatMapFunction,
  RichCoMapFunction,
  type CoFlatMapFunction,
  type CoMapFunction,
} from './functions/co'
export {
  ProcessJoinFunction,
  RichCoGroupFunction,
  RichFlatJoinFunction,
  RichJoinFunction,
  type CoGroupFunction,
  type FlatJoinFunction,
  type JoinFunction,
} from './functions/joins'
export {
  AsyncRetryStrategies,
  RetryPredicates,
  RichAsyncFunction,
  type AsyncFunction,
  type AsyncRetryPredicate,
  type AsyncRetryStrategy,
  type ResultFuture,
} from './functions/async'
export { ExternalService } from './functions/ExternalService'
export type { ServiceCallback } from './functions/ExternalService'
export { RichMapPartitionFunction, type MapPartitionFunction } from './functions/MapPartitionFunction'
export {
  RichParallelSourceFunction,
  RichSourceFunction,
  type ParallelSourceFunction,
  type SourceFunction,
} from './functions/SourceFunction'
export { ExternalTable, ExternalTopic } from './functions/outside'
export { TwoPhaseCommitSinkFunction } from './functions/TwoPhaseCommitSinkFunction'
export { RichSinkFunction, type SinkFunction } from './functions/SinkFunction'
export { OutputTag } from './functions/OutputTag'

// Windows
export * from './windowing'

// Event time
export * from './watermark'
export { Duration, Time, TimeUnit } from './time'

// State
export * from './state'

// Values and types
export { Tuple, Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5 } from '../core/values/tuples'
export { Types } from './types/Types'
export { TypeHint, TypeInformation } from './types/TypeInformation'
export { Long } from './types/Long'
