import type { Collector } from './Collector'
import { AbstractRichFunction } from './rich'

/** Is given all records of a partition when the stream has ended. Mirrors org.apache.flink.api.common.functions.MapPartitionFunction. */
export interface MapPartitionFunction<T, O> {
  /** Handles all records of the partition. */
  mapPartition(values: Iterable<T>, out: Collector<O>): void
}

/** What may stand where Java takes a MapPartitionFunction. */
export type MapPartitionLike<T, O> = MapPartitionFunction<T, O> | ((values: Iterable<T>, out: Collector<O>) => void)

/** A MapPartitionFunction that can be opened and closed. */
export abstract class RichMapPartitionFunction<T, O> extends AbstractRichFunction implements MapPartitionFunction<T, O> {
  /** Handles all records of the partition. */
  abstract mapPartition(values: Iterable<T>, out: Collector<O>): void
}
