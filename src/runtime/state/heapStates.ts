import { NullPointerException } from '../../core/exceptions'
import { checkValue, copyValue, JavaHashMap } from '../../core/values'
import type { AggregateFunction, ReduceFunction } from '../../streaming/functions/functions'
import type { AggregatingState, JavaIterator, ListState, MapEntry, MapState, ReducingState, State, ValueState } from '../../streaming/state'
import { mapEntry, removable, RemovingIterator } from './iterators'
import { VOID_NAMESPACE } from './Namespace'
import type { Namespace } from './Namespace'
import type { StateTable } from './StateTable'

/**
 * The kinds of keyed state (D-2, D-3): mirrors org.apache.flink.runtime.state.heap.Heap…State, where values are kept by reference. Over tables that
 * keep bytes value, reducing and aggregating state are the same; `rocksdb/` has lists and maps of its own.
 */
export abstract class HeapState<V> implements State {
  namespace: Namespace = VOID_NAMESPACE

  constructor(readonly table: StateTable<V>) {}

  clear(): void {
    const { table } = this
    table.remove(this.namespace)
    if (table.observer !== null) table.observer(table.name, this.namespace, null, true)
  }

  /** What is stored, raw; null for nothing. */
  stored(): V | null {
    return this.table.entry(this.namespace)?.value ?? null
  }

  protected changed(value: unknown): void {
    const { observer, name } = this.table
    if (observer !== null) observer(name, this.namespace, value, false)
  }
}

const notNull = (value: unknown, message: string): void => {
  if (value === null || value === undefined) throw new NullPointerException(message)
}

export class HeapValueState<T> extends HeapState<T> implements ValueState<T> {
  constructor(
    table: StateTable<T>,
    private readonly defaultValue: T | null,
  ) {
    super(table)
  }

  value(): T | null {
    const entry = this.table.entry(this.namespace)
    if (entry !== undefined) return entry.value
    return this.defaultValue === null ? null : copyValue(this.defaultValue)
  }

  update(value: T | null): void {
    if (value === null || value === undefined) return this.clear()
    if (typeof value === 'object') checkValue(value)
    this.table.put(this.namespace, value)
    this.changed(value)
  }
}

const LIST_SHOWN = 32
/** What the trace is told of a long list: its end. */
export const shownList = (list: readonly unknown[]): readonly unknown[] =>
  list.length <= LIST_SHOWN ? list : [`… ${list.length - LIST_SHOWN}`, ...list.slice(-LIST_SHOWN)]

/** What the trace is told of a map: its beginning. */
export const shownMap = (entries: readonly (readonly [unknown, unknown])[]): ReadonlyMap<unknown, unknown> =>
  new Map<unknown, unknown>(entries.length <= LIST_SHOWN ? entries : [...entries.slice(0, LIST_SHOWN), ['…', entries.length - LIST_SHOWN]])

export class HeapListState<T> extends HeapState<T[]> implements ListState<T> {
  get(): Iterable<T> {
    return this.table.entry(this.namespace)?.value ?? []
  }

  add(value: T): void {
    this.addIn(this.namespace, value)
    if (this.table.observer !== null) this.changed(shownList(this.stored()!))
  }

  /** In this namespace; nobody is told. */
  addIn(namespace: Namespace, value: T): void {
    notNull(value, 'You cannot add null to a ListState.')
    if (typeof value === 'object') checkValue(value)
    this.append(namespace, value)
  }

  /** Without the checks of user values. */
  append(namespace: Namespace, value: T): void {
    const entry = this.table.entry(namespace)
    if (entry === undefined) this.table.put(namespace, [value])
    else entry.value.push(value)
  }

  addAll(values: Iterable<T>): void {
    notNull(values, 'List of values to add cannot be null.')
    const added = [...values]
    if (added.length === 0) return
    if (this.table.entry(this.namespace) === undefined) this.table.put(this.namespace, [])
    const list = this.table.entry(this.namespace)!.value
    // One by one: what came before a null stays.
    for (const value of added) {
      notNull(value, 'You cannot add null to a ListState.')
      checkValue(value)
      list.push(value)
    }
    if (this.table.observer !== null) this.changed(shownList(list))
  }

  update(values: Iterable<T>): void {
    notNull(values, 'List of values to add cannot be null.')
    const list = [...values]
    if (list.length === 0) return this.clear()
    for (const value of list) {
      notNull(value, 'You cannot add null to a ListState.')
      checkValue(value)
    }
    this.table.put(this.namespace, list)
    if (this.table.observer !== null) this.changed(shownList(list))
  }

  mergeNamespaces(target: Namespace, sources: readonly Namespace[]): void {
    mergeInto(this.table, target, sources, (a, b) => {
      a.push(...b)
      return a
    })
  }
}

export class HeapMapState<K, V> extends HeapState<JavaHashMap<K, V>> implements MapState<K, V> {
  get(key: K): V | null {
    return this.stored()?.get(key) ?? null
  }

  put(key: K, value: V): void {
    checkValue(key)
    checkValue(value)
    this.map().set(key, value)
    this.mapChanged()
  }

  putAll(map: ReadonlyMap<K, V> | Readonly<Record<string, V>>): void {
    const into = this.map()
    notNull(map, 'Cannot invoke "java.util.Map.size()" because "m" is null')
    for (const [key, value] of map instanceof Map ? (map as ReadonlyMap<K, V>) : (Object.entries(map) as unknown as Iterable<[K, V]>)) {
      checkValue(key)
      checkValue(value)
      into.set(key, value)
    }
    this.mapChanged()
  }

  remove(key: K): void {
    const map = this.stored()
    if (map === null) return
    map.delete(key)
    if (map.size === 0) this.clear()
    else this.mapChanged()
  }

  contains(key: K): boolean {
    return this.stored()?.has(key) ?? false
  }

  isEmpty(): boolean {
    const map = this.stored()
    return map === null || map.size === 0
  }

  entries(): Iterable<[K, V]> {
    const map = this.stored()
    return removable(
      () => map?.entries() ?? [],
      ([key]) => this.drop(map!, key),
    )
  }

  keys(): Iterable<K> {
    const map = this.stored()
    return removable(
      () => map?.keys() ?? [],
      (key) => this.drop(map!, key),
    )
  }

  values(): Iterable<V> {
    const map = this.stored()
    const entries = map?.entries() ?? []
    return entries.map(([, value]) => value)
  }

  iterator(): JavaIterator<MapEntry<K, V>> {
    const map = this.stored()
    const entries = (map?.entries() ?? []).map(([key, value]) =>
      mapEntry(key, value, (next) => {
        checkValue(next)
        map!.set(key, next)
        this.mapChanged()
      }),
    )
    return new RemovingIterator(entries, (entry) => this.drop(map!, entry.getKey()))
  }

  /** Removal while walking: an empty map stays, in contrast to `remove`. */
  private drop(map: JavaHashMap<K, V>, key: K): void {
    map.delete(key)
    this.mapChanged()
  }

  private map(): JavaHashMap<K, V> {
    const known = this.stored()
    if (known !== null) return known
    const map = new JavaHashMap<K, V>()
    this.table.put(this.namespace, map)
    return map
  }

  private mapChanged(): void {
    if (this.table.observer === null) return
    this.changed(shownMap(this.stored()?.entries() ?? []))
  }
}

export class HeapReducingState<T> extends HeapState<T> implements ReducingState<T> {
  constructor(
    table: StateTable<T>,
    private readonly reduceFunction: ReduceFunction<T>,
  ) {
    super(table)
  }

  get(): T | null {
    return this.stored()
  }

  add(value: T): void {
    if (value === null || value === undefined) return this.clear()
    this.addIn(this.namespace, value)
    if (this.table.observer !== null) this.changed(this.stored())
  }

  /** In this namespace; nobody is told. */
  addIn(namespace: Namespace, value: T): void {
    if (value === null || value === undefined) {
      this.table.remove(namespace)
      return
    }
    const entry = this.table.entry(namespace)
    if (entry !== undefined) {
      this.table.replace(entry, namespace, this.reduceFunction.reduce(entry.value, value))
      return
    }
    if (typeof value === 'object') checkValue(value)
    this.table.put(namespace, value)
  }

  mergeNamespaces(target: Namespace, sources: readonly Namespace[]): void {
    mergeInto(this.table, target, sources, (a, b) => this.reduceFunction.reduce(a, b))
  }
}

export class HeapAggregatingState<IN, ACC, OUT> extends HeapState<ACC> implements AggregatingState<IN, OUT> {
  constructor(
    table: StateTable<ACC>,
    private readonly aggregateFunction: AggregateFunction<IN, ACC, OUT>,
  ) {
    super(table)
  }

  get(): OUT | null {
    const entry = this.table.entry(this.namespace)
    return entry === undefined ? null : this.aggregateFunction.getResult(entry.value)
  }

  add(value: IN): void {
    if (value === null || value === undefined) return this.clear()
    this.addIn(this.namespace, value)
    if (this.table.observer !== null) this.changed(this.stored())
  }

  /** In this namespace; nobody is told. */
  addIn(namespace: Namespace, value: IN): void {
    if (value === null || value === undefined) {
      this.table.remove(namespace)
      return
    }
    const entry = this.table.entry(namespace)
    if (entry !== undefined) this.table.replace(entry, namespace, this.aggregateFunction.add(value, entry.value))
    else this.table.put(namespace, this.aggregateFunction.add(value, this.aggregateFunction.createAccumulator()))
  }

  mergeNamespaces(target: Namespace, sources: readonly Namespace[]): void {
    mergeInto(this.table, target, sources, (a, b) => this.aggregateFunction.merge(a, b))
  }
}

/** As AbstractHeapMergingState.mergeNamespaces: the sources in turn, then what the target has before all of them. */
function mergeInto<V>(table: StateTable<V>, target: Namespace, sources: readonly Namespace[], merge: (a: V, b: V) => V): void {
  let merged: { readonly value: V } | undefined
  for (const source of sources) {
    const entry = table.remove(source)
    if (entry === undefined) continue
    merged = merged === undefined ? entry : { value: merge(merged.value, entry.value) }
  }
  if (merged === undefined) return
  const before = table.entry(target)
  table.put(target, before === undefined ? merged.value : merge(before.value, merged.value))
}
