import type { Collector } from './Collector'

/**
 * Functions of one method: a program gives an object with Flink's method name or just a lambda.
 * Mirrors org.apache.flink.api.common.functions and org.apache.flink.api.java.functions.
 */

/** Anything that a program hands to an operator. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a marker, as in Java
export interface Function {}

/** Turns each record into one other record. */
export interface MapFunction<T, O> {
  /** Returns the record that takes the place of `value`. */
  map(value: T): O
}

/** Turns each record into none, one or many. */
export interface FlatMapFunction<T, O> {
  /** Emits what takes the place of `value` through `out`, or returns it as an iterable. */
  flatMap(value: T, out: Collector<O>): Iterable<O> | void
}

/** Keeps some records and drops the others. */
export interface FilterFunction<T> {
  /** Returns true for a record that stays. */
  filter(value: T): boolean
}

/** Combines two values of a type into one of the same type. */
export interface ReduceFunction<T> {
  /** Combines what was reduced so far with the next value. */
  reduce(value1: T, value2: T): T
}

/** Combines many values step by step in an accumulator, and reads a result off it. */
export interface AggregateFunction<IN, ACC, OUT> {
  /** Returns a fresh accumulator, for no value at all. */
  createAccumulator(): ACC
  /** Adds a value and returns the accumulator to go on with. */
  add(value: IN, accumulator: ACC): ACC
  /** Reads the result off an accumulator. */
  getResult(accumulator: ACC): OUT
  /** Merges two accumulators into one; called when session windows grow together. */
  merge(a: ACC, b: ACC): ACC
}

/** Reads the key of a record. */
export interface KeySelector<IN, KEY> {
  /** Returns the key of `value`; equal records must give equal keys. */
  getKey(value: IN): KEY
}

/** Chooses the channel of a record by its key. */
export interface Partitioner<K> {
  /** Returns a channel from 0 to `numPartitions` − 1. */
  partition(key: K, numPartitions: number): number
}

/** What may stand where Java takes a MapFunction. */
export type MapLike<T, O> = MapFunction<T, O> | ((value: T) => O)
/** What may stand where Java takes a FlatMapFunction. */
export type FlatMapLike<T, O> = FlatMapFunction<T, O> | ((value: T, out: Collector<O>) => Iterable<O> | void)
/** What may stand where Java takes a FilterFunction. */
export type FilterLike<T> = FilterFunction<T> | ((value: T) => boolean)
/** What may stand where Java takes a ReduceFunction. */
export type ReduceLike<T> = ReduceFunction<T> | ((value1: T, value2: T) => T)
/** What may stand where Java takes a KeySelector. */
export type KeySelectorLike<IN, KEY> = KeySelector<IN, KEY> | ((value: IN) => KEY)
/** What may stand where Java takes a Partitioner. */
export type PartitionerLike<K> = Partitioner<K> | ((key: K, numPartitions: number) => number)
