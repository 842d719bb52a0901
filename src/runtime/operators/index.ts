import { BroadcastProcessOperator, KeyedBroadcastProcessOperator } from './broadcast'
import { CoProcessOperator, CoStreamFlatMap, CoStreamMap, KeyedCoProcessOperator } from './co'
import { IntervalJoinOperator } from './intervalJoin'
import { KeyedProcessOperator, ProcessOperator } from './process'
import { keyedAggregate, keyedReduce } from './reduce'
import { StreamFilter, StreamFlatMap, StreamMap } from './simple'
import { sink } from './sink'
import { TimestampsAndWatermarksOperator } from './timestampsAndWatermarks'
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
  sink,
}

/** undefined: there is no such operator. */
export const operatorFactory = (kind: string): OperatorFactory | undefined => (Object.hasOwn(operators, kind) ? operators[kind] : undefined)
export const operatorKinds: readonly string[] = Object.keys(operators)
