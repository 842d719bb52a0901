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

/** A state of one value for each key. */
export interface ValueState<T> extends State {
  /** Returns the value, or null when there is none. */
  value(): T | null
  /** Sets the value; null clears it. */
  update(value: T | null): void
}

/** A state that one adds to. */
export interface AppendingState<IN, OUT> extends State {
  /** Returns what was added, in the state's own form; null when nothing was. */
  get(): OUT | null
  /** Adds a value. */
  add(value: IN): void
}

/** State of windows that may merge. */
export type MergingState<IN, OUT> = AppendingState<IN, OUT>

/** A state of a list for each key. */
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
  /** Returns whether there is another. */
  hasNext(): boolean
  /** Returns the next. */
  next(): T
  /** Removes the element that `next` gave last. */
  remove(): void
}

/** As java.util.Map.Entry, and a pair `[key, value]` as well. */
export interface MapEntry<K, V> extends ReadonlyArray<K | V> {
  readonly 0: K
  readonly 1: V
  /** Returns the key. */
  getKey(): K
  /** Returns the value. */
  getValue(): V
  /** Replaces the value and returns the old one. */
  setValue(value: V): V
}

/** A state of a map for each key. */
export interface MapState<UK, UV> extends State {
  /** Returns the value of a map key, or null. */
  get(key: UK): UV | null
  /** Sets the value of a key. */
  put(key: UK, value: UV): void
  /** Sets the values of many keys. */
  putAll(map: ReadonlyMap<UK, UV> | Readonly<Record<string, UV>>): void
  /** Removes a key. */
  remove(key: UK): void
  /** Returns whether the key has a value. */
  contains(key: UK): boolean
  /** Returns `[key, value]` pairs, in the order of a Java HashMap. */
  entries(): Iterable<[UK, UV]>
  /** Returns all keys. */
  keys(): Iterable<UK>
  /** Returns all values. */
  values(): Iterable<UV>
  /** Walks the entries as in Java; the entry can be removed, or its value set. */
  iterator(): JavaIterator<MapEntry<UK, UV>>
  /** Returns whether there is no key. */
  isEmpty(): boolean
}

/** Mirrors org.apache.flink.api.common.state.ReadOnlyBroadcastState. */
export interface ReadOnlyBroadcastState<K, V> extends State {
  /** Returns the value of a key, or null. */
  get(key: K): V | null
  /** Returns whether the key has a value. */
  contains(key: K): boolean
  /** Returns `[key, value]` pairs that cannot be changed. */
  immutableEntries(): Iterable<[K, V]>
}

/** Mirrors org.apache.flink.api.common.state.BroadcastState. */
export interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V> {
  /** Sets the value of a key. */
  put(key: K, value: V): void
  /** Sets the values of many keys. */
  putAll(map: ReadonlyMap<K, V> | Readonly<Record<string, V>>): void
  /** Removes a key. */
  remove(key: K): void
  /** Returns all keys with their values. */
  entries(): Iterable<[K, V]>
  /** Returns an iterator in Java's manner. */
  iterator(): JavaIterator<MapEntry<K, V>>
}

/** Mirrors org.apache.flink.api.common.state.KeyedStateStore. */
export interface KeyedStateStore {
  /** Returns a state of one value. */
  getState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T>
  /** Returns a state of a list. */
  getListState<T>(descriptor: ListStateDescriptor<T>): ListState<T>
  /** Returns a state that folds what is added into one value of the same type. */
  getReducingState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T>
  /** Returns a state that folds what is added with an AggregateFunction. */
  getAggregatingState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT>
  /** Returns a state of a map. */
  getMapState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV>
}
