import type {
  AggregatingStateDescriptor,
  ListStateDescriptor,
  MapStateDescriptor,
  ReducingStateDescriptor,
  ValueStateDescriptor,
} from './descriptors'

/** Mirrors org.apache.flink.api.common.state.State and its kinds. All of it belongs to the key at hand. */
export interface State {
  /** Removes what is stored under the key at hand. */
  clear(): void
}

export interface ValueState<T> extends State {
  /** Returns the value, or null when there is none. */
  value(): T | null
  /** Sets the value; null clears it. */
  update(value: T | null): void
}

export interface AppendingState<IN, OUT> extends State {
  /** Returns what was added, in the state's own form; null when nothing was. */
  get(): OUT | null
  /** Adds a value. */
  add(value: IN): void
}

/** State of windows that may merge. */
export type MergingState<IN, OUT> = AppendingState<IN, OUT>

export interface ListState<T> extends State {
  /** Returns the elements; nothing to walk when there are none. */
  get(): Iterable<T>
  /** Appends an element, which must not be null. */
  add(value: T): void
  /** Appends all of them. */
  addAll(values: Iterable<T>): void
  /** Replaces all elements; an empty list clears the state. */
  update(values: Iterable<T>): void
}

export type ReducingState<T> = MergingState<T, T>

export type AggregatingState<IN, OUT> = MergingState<IN, OUT>

/** As java.util.Iterator. */
export interface JavaIterator<T> {
  hasNext(): boolean
  next(): T
  /** Removes the element that `next` gave last. */
  remove(): void
}

/** As java.util.Map.Entry, and a pair `[key, value]` as well. */
export interface MapEntry<K, V> extends ReadonlyArray<K | V> {
  readonly 0: K
  readonly 1: V
  getKey(): K
  getValue(): V
  setValue(value: V): V
}

export interface MapState<UK, UV> extends State {
  /** Returns the value of a map key, or null. */
  get(key: UK): UV | null
  put(key: UK, value: UV): void
  putAll(map: ReadonlyMap<UK, UV> | Readonly<Record<string, UV>>): void
  remove(key: UK): void
  contains(key: UK): boolean
  /** Returns `[key, value]` pairs, in the order of a Java HashMap. */
  entries(): Iterable<[UK, UV]>
  keys(): Iterable<UK>
  values(): Iterable<UV>
  /** Walks the entries as in Java; the entry can be removed, or its value set. */
  iterator(): JavaIterator<MapEntry<UK, UV>>
  isEmpty(): boolean
}

/** Mirrors org.apache.flink.api.common.state.ReadOnlyBroadcastState. */
export interface ReadOnlyBroadcastState<K, V> extends State {
  get(key: K): V | null
  contains(key: K): boolean
  /** Returns `[key, value]` pairs that cannot be changed. */
  immutableEntries(): Iterable<[K, V]>
}

/** Mirrors org.apache.flink.api.common.state.BroadcastState. */
export interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V> {
  put(key: K, value: V): void
  putAll(map: ReadonlyMap<K, V> | Readonly<Record<string, V>>): void
  remove(key: K): void
  entries(): Iterable<[K, V]>
  iterator(): JavaIterator<MapEntry<K, V>>
}

/** Mirrors org.apache.flink.api.common.state.KeyedStateStore. */
export interface KeyedStateStore {
  getState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T>
  getListState<T>(descriptor: ListStateDescriptor<T>): ListState<T>
  getReducingState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T>
  getAggregatingState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT>
  getMapState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV>
}
