import { NullPointerException } from '../../core/exceptions'
import { LONG_MAX } from '../../core/time'
import { checkValue, JavaHashMap, valueEquals } from '../../core/values'
import type { AggregateFunction, ReduceFunction } from '../../streaming/functions/functions'
import type {
  AggregatingState,
  AggregatingStateDescriptor,
  JavaIterator,
  ListState,
  MapEntry,
  MapState,
  ReducingState,
  ReducingStateDescriptor,
  State,
  StateTtlConfig,
  ValueState,
} from '../../streaming/state'
import { HeapAggregatingState, HeapListState, HeapReducingState, HeapValueState } from './heapStates'
import { mapEntry, removable, RemovingIterator } from './iterators'
import type { Namespace } from './Namespace'
import type { StateTable } from './StateTable'

/** A value with the time of its last touch, ms. Mirrors TtlValue. */
export interface TtlValue<T> {
  readonly value: T
  readonly touched: number
}

/** A state's time to live, with the clock it goes by. Mirrors AbstractTtlDecorator. */
export class Ttl {
  readonly returnExpired: boolean
  readonly renewOnRead: boolean

  constructor(
    readonly config: StateTtlConfig,
    readonly now: () => number,
  ) {
    this.returnExpired = config.getStateVisibility() === 'ReturnExpiredIfNotCleanedUp'
    this.renewOnRead = config.getUpdateType() === 'OnReadAndWrite'
  }

  wrap<T>(value: T): TtlValue<T> {
    return { value, touched: this.now() }
  }

  expired(stored: TtlValue<unknown>): boolean {
    const { touched } = stored
    return touched + (touched > 0 ? Math.min(LONG_MAX - touched, this.config.ttl) : this.config.ttl) <= this.now()
  }

  /** When the last of what is stored is past its time, ms; NaN for nothing. `stored`: a value with its time, or several of them in a list or map. */
  expiry(stored: unknown): number {
    const items: Iterable<unknown> = Array.isArray(stored) ? stored : stored instanceof Map ? stored.values() : [stored]
    let last = NaN
    for (const item of items) {
      if (typeof item !== 'object' || item === null || !('touched' in item)) continue
      const { touched } = item as TtlValue<unknown>
      const expires = touched + (touched > 0 ? Math.min(LONG_MAX - touched, this.config.ttl) : this.config.ttl)
      last = last >= expires ? last : expires
    }
    return last
  }

  /** What may be given out of it. */
  unexpired<T>(stored: TtlValue<T> | null): T | null {
    return stored === null || (!this.returnExpired && this.expired(stored)) ? null : stored.value
  }

  /** Reads a value: one that has expired is cleared, one that has not may live longer for it. */
  read<T>(stored: TtlValue<T> | null, update: (stored: TtlValue<T>) => void, clear: () => void): TtlValue<T> | null {
    if (stored === null) return null
    if (this.expired(stored)) {
      clear()
      return this.returnExpired ? stored : null
    }
    if (this.renewOnRead) update(this.wrap(stored.value))
    return stored
  }

  /** What a full snapshot keeps of an entry, if it is told to clean up: null for nothing. */
  cleaned(kind: string, stored: unknown): unknown {
    if (!this.config.cleanupInFullSnapshot) return stored
    if (kind === 'list') {
      const list = stored as readonly TtlValue<unknown>[]
      const kept = list.filter((item) => !this.expired(item))
      return list.length > 0 && kept.length === 0 ? null : kept
    }
    if (kind === 'map') {
      const map = stored as JavaHashMap<unknown, TtlValue<unknown>>
      const kept = new JavaHashMap<unknown, TtlValue<unknown>>()
      for (const [key, item] of map.entries()) if (!this.expired(item)) kept.set(key, item)
      return map.size > 0 && kept.size === 0 ? null : kept
    }
    return this.expired(stored as TtlValue<unknown>) ? null : stored
  }
}

/** Without the times, for the trace. */
export function withoutTimes(stored: unknown): unknown {
  if (Array.isArray(stored)) return stored.map(withoutTimes)
  if (stored instanceof Map) return new Map([...stored].map(([key, item]) => [key, withoutTimes(item)]))
  return typeof stored === 'object' && stored !== null && 'touched' in stored ? (stored as unknown as TtlValue<unknown>).value : stored
}

/** A state around another one that keeps values with times. Mirrors AbstractTtlState. */
abstract class TtlState<S extends State & { namespace: Namespace }> implements State {
  readonly table: StateTable<unknown>
  constructor(
    protected readonly original: S & { readonly table: StateTable<never> },
    protected readonly ttl: Ttl,
  ) {
    this.table = original.table as unknown as StateTable<unknown>
  }
  get namespace(): Namespace {
    return this.original.namespace
  }
  set namespace(namespace: Namespace) {
    this.original.namespace = namespace
  }
  clear(): void {
    this.original.clear()
  }
}

export class TtlValueState<T> extends TtlState<HeapValueState<TtlValue<T | null>>> implements ValueState<T> {
  constructor(
    inner: HeapValueState<TtlValue<T | null>>,
    ttl: Ttl,
    private readonly defaultValue: T | null,
  ) {
    super(inner as never, ttl)
  }
  value(): T | null {
    const read = this.ttl.read(
      this.original.value(),
      (stored) => this.original.update(stored),
      () => this.clear(),
    )
    return read?.value ?? this.defaultValue
  }
  update(value: T | null): void {
    if (value === null || value === undefined) this.clear()
    else this.original.update(this.ttl.wrap(value))
  }
}

export class TtlListState<T> extends TtlState<HeapListState<TtlValue<T>>> implements ListState<T> {
  constructor(inner: HeapListState<TtlValue<T>>, ttl: Ttl) {
    super(inner as never, ttl)
  }

  get(): Iterable<T> {
    const { ttl, original } = this
    const given = [...original.get()]
    if (ttl.renewOnRead) {
      const renewed = given.filter((item) => !ttl.expired(item)).map((item) => ttl.wrap(item.value))
      if (renewed.length > 0) original.update(renewed)
    }
    const clear = (): void => this.clear()
    return {
      *[Symbol.iterator]() {
        let anyUnexpired = false
        for (const item of given) {
          const alive = !ttl.expired(item)
          anyUnexpired ||= alive
          if (alive || ttl.returnExpired) yield item.value
        }
        if (!anyUnexpired) clear()
      },
    }
  }
  add(value: T): void {
    if (value === null || value === undefined) throw new NullPointerException('You cannot add null to a ListState.')
    this.original.add(this.ttl.wrap(value))
  }
  addAll(values: Iterable<T>): void {
    if (values === null || values === undefined) throw new NullPointerException('List of values to add cannot be null.')
    this.original.addAll(this.withTimes(values))
  }
  update(values: Iterable<T>): void {
    if (values === null || values === undefined) throw new NullPointerException('List of values to update cannot be null.')
    this.original.update(this.withTimes(values))
  }
  private withTimes(values: Iterable<T>): TtlValue<T>[] {
    return [...values].map((value) => {
      if (value === null || value === undefined) throw new NullPointerException('You cannot have null element in a ListState.')
      return this.ttl.wrap(value)
    })
  }
}

export class TtlMapState<K, V> extends TtlState<MapState<K, TtlValue<V>> & { namespace: Namespace }> implements MapState<K, V> {
  constructor(inner: MapState<K, TtlValue<V>> & { namespace: Namespace }, ttl: Ttl) {
    super(inner as never, ttl)
  }

  private read(key: K): TtlValue<V> | null {
    return this.ttl.read(
      this.original.get(key),
      (stored) => this.original.put(key, stored),
      () => this.original.remove(key),
    )
  }
  get(key: K): V | null {
    return this.read(key)?.value ?? null
  }
  contains(key: K): boolean {
    return this.read(key) !== null
  }
  put(key: K, value: V): void {
    checkValue(value)
    this.original.put(key, this.ttl.wrap(value))
  }
  putAll(map: ReadonlyMap<K, V> | Readonly<Record<string, V>>): void {
    if (map === null || map === undefined) return
    const entries = map instanceof Map ? (map as ReadonlyMap<K, V>) : (Object.entries(map) as unknown as Iterable<[K, V]>)
    this.original.putAll(new Map([...entries].map(([key, value]) => [key, this.ttl.wrap(value)])))
  }
  remove(key: K): void {
    this.original.remove(key)
  }
  isEmpty(): boolean {
    return this.original.isEmpty()
  }

  /** The entries that may be given out; those that have expired go, an empty map stays. */
  private alive(): [K, V][] {
    const result: [K, V][] = []
    const iterator = this.original.iterator()
    while (iterator.hasNext()) {
      const entry = iterator.next()
      const read = this.ttl.read(
        entry.getValue(),
        (stored) => this.original.put(entry.getKey(), stored),
        () => iterator.remove(),
      )
      if (read !== null) result.push([entry.getKey(), read.value])
    }
    return result
  }
  private drop(key: K): void {
    const iterator = this.original.iterator()
    while (iterator.hasNext()) if (valueEquals(iterator.next().getKey(), key)) iterator.remove()
  }
  entries(): Iterable<[K, V]> {
    return removable(
      () => this.alive(),
      ([key]) => this.drop(key),
    )
  }
  keys(): Iterable<K> {
    return removable(
      () => this.alive().map(([key]) => key),
      (key) => this.drop(key),
    )
  }
  values(): Iterable<V> {
    return this.alive().map(([, value]) => value)
  }
  /** As in Flink a value cannot be set through an entry: nothing would be stored. */
  iterator(): JavaIterator<MapEntry<K, V>> {
    const entries = this.alive().map(([key, value]) => mapEntry(key, value, () => undefined))
    return new RemovingIterator(entries, (entry) => this.drop(entry.getKey()))
  }
}

export class TtlReducingState<T> extends TtlState<HeapReducingState<TtlValue<T>>> implements ReducingState<T> {
  constructor(table: StateTable<TtlValue<T>>, ttl: Ttl, descriptor: ReducingStateDescriptor<T>) {
    super(new HeapReducingState(table, ttlReduce(descriptor.getReduceFunction(), ttl)) as never, ttl)
  }
  get(): T | null {
    const read = this.ttl.read(
      this.original.get(),
      (stored) => this.original.table.put(this.namespace, stored as never),
      () => this.clear(),
    )
    return read?.value ?? null
  }
  add(value: T): void {
    this.original.add(this.ttl.wrap(value))
  }
}

function ttlReduce<T>(reduceFunction: ReduceFunction<T>, ttl: Ttl): ReduceFunction<TtlValue<T>> {
  return {
    reduce(first, second) {
      const a = ttl.unexpired(first)
      const b = ttl.unexpired(second)
      if (a === null) return ttl.wrap((b ?? null) as T)
      return ttl.wrap(b === null ? a : reduceFunction.reduce(a, b))
    },
  }
}

export class TtlAggregatingState<IN, ACC, OUT>
  extends TtlState<HeapAggregatingState<IN, TtlValue<ACC>, OUT>>
  implements AggregatingState<IN, OUT>
{
  constructor(table: StateTable<TtlValue<ACC>>, ttl: Ttl, descriptor: AggregatingStateDescriptor<IN, ACC, OUT>) {
    const inner = descriptor.getAggregateFunction()
    super(new HeapAggregatingState(table, ttlAggregate(inner, ttl)) as never, ttl)
    this.inner = inner
  }
  private readonly inner: AggregateFunction<IN, ACC, OUT>

  get(): OUT | null {
    const read = this.ttl.read(
      this.original.stored(),
      (stored) => this.original.table.put(this.namespace, stored as never),
      () => this.clear(),
    )
    return read === null ? null : this.inner.getResult(read.value)
  }
  add(value: IN): void {
    this.original.add(value)
  }
}

function ttlAggregate<IN, ACC, OUT>(inner: AggregateFunction<IN, ACC, OUT>, ttl: Ttl): AggregateFunction<IN, TtlValue<ACC>, OUT> {
  return {
    createAccumulator: () => ttl.wrap(inner.createAccumulator()),
    add: (value, accumulator) => ttl.wrap(inner.add(value, ttl.unexpired(accumulator) ?? inner.createAccumulator())),
    getResult: (accumulator) => inner.getResult(accumulator.value),
    merge(first, second) {
      const a = ttl.unexpired(first)
      const b = ttl.unexpired(second)
      if (a === null) return ttl.wrap((b ?? null) as ACC)
      return ttl.wrap(b === null ? a : inner.merge(a, b))
    },
  }
}
