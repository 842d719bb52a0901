import { AsyncWaitOperator } from './async'
import { BroadcastProcessOperator, KeyedBroadcastProcessOperator } from './broadcast'
import { CoProcessOperator, CoStreamFlatMap, CoStreamMap, KeyedCoProcessOperator } from './co'
import { CommitterOperator } from './committer'
import { CustomOperator } from './custom'
import { IntervalJoinOperator } from './intervalJoin'
import { MapPartitionOperator, PartitionAggregateOperator, PartitionReduceOperator, SortPartitionOperator } from './partition'
import { KeyedProcessOperator, ProcessOperator } from './process'
import { keyedAggregate, keyedReduce } from './reduce'
import { StreamFilter, StreamFlatMap, StreamMap } from './simple'
import { isSinkSimulated, sink } from './sink'
import { SinkWriterOperator } from './sinkWriter'
import { TimestampsAndWatermarksOperator } from './timestampsAndWatermarks'
import type { StreamNode } from '../../graph/types'
import { isSourceSimulated } from '../task/sources'
import type { OperatorFactory } from './types'
import { WindowOperator } from './window/WindowOperator'

/** Every operator there is, by the kind that `OperatorDescriptor` names. */
const operators: Readonly<Record<string, OperatorFactory>> = {
  map: (context) => new StreamMap(context),
  filter: (context) => new StreamFilter(context),
  flatMap: (context) => new StreamFlatMap(context),
  process: (context) => new ProcessOperator(context),
  keyedProcess: (context) => new KeyedProcessOperator(context),
  keyedReduce,
  keyedAggregate,
  window: (context) => new WindowOperator(context),
  timestampsAndWatermarks: (context) => new TimestampsAndWatermarksOperator(context),
  coMap: (context) => new CoStreamMap(context),
  coFlatMap: (context) => new CoStreamFlatMap(context),
  coProcess: (context) => new CoProcessOperator(context),
  keyedCoProcess: (context) => new KeyedCoProcessOperator(context),
  intervalJoin: (context) => new IntervalJoinOperator(context),
  broadcastProcess: (context) => new BroadcastProcessOperator(context),
  keyedBroadcastProcess: (context) => new KeyedBroadcastProcessOperator(context),
  mapPartition: (context) => new MapPartitionOperator(context),
  partitionReduce: (context) => new PartitionReduceOperator(context),
  partitionAggregate: (context) => new PartitionAggregateOperator(context),
  sortPartition: (context) => new SortPartitionOperator(context),
  async: (context) => new AsyncWaitOperator(context),
  custom: (context) => new CustomOperator(context),
  sink,
  sinkWriter: (context) => new SinkWriterOperator(context),
  committer: (context) => new CommitterOperator(context),
}

/** undefined: there is no such operator. */
export const operatorFactory = (kind: string): OperatorFactory | undefined => (Object.hasOwn(operators, kind) ? operators[kind] : undefined)

/** Whether a node of a program does here what it does in Flink; what is not simulated yet plans and must be refused before it runs. */
export function isSimulated({ role, operator: { kind, params }, chaining }: StreamNode): boolean {
  if (chaining === null) return false
  if (role === 'source') return isSourceSimulated(params.source)
  return Object.hasOwn(operators, kind) && (kind !== 'sink' || isSinkSimulated(params))
}
