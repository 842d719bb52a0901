import { UnsupportedOperationException } from '../../core/exceptions'
import { checkValue, copyValue, JavaHashMap } from '../../core/values'
import type { BroadcastState, JavaIterator, MapEntry, ReadOnlyBroadcastState } from '../../streaming/state'
import { mapEntry, removable, RemovingIterator } from './iterators'

export interface BroadcastSnapshot {
  readonly name: string
  readonly entries: readonly (readonly [unknown, unknown])[]
}

/** A map that each parallel instance has for itself (D-4). Mirrors HeapBroadcastState. */
export class HeapBroadcastState<K, V> implements BroadcastState<K, V> {
  private readonly map = new JavaHashMap<K, V>()

  constructor(
    readonly name: string,
    restored: BroadcastSnapshot | undefined,
  ) {
    for (const [key, value] of restored?.entries ?? []) this.map.set(copyValue(key) as K, copyValue(value) as V)
  }

  get(key: K): V | null {
    return this.map.get(key) ?? null
  }
  contains(key: K): boolean {
    return this.map.has(key)
  }
  put(key: K, value: V): void {
    checkValue(key)
    checkValue(value)
    this.map.set(key, value)
  }
  putAll(map: ReadonlyMap<K, V> | Readonly<Record<string, V>>): void {
    const entries = map instanceof Map ? (map as ReadonlyMap<K, V>) : (Object.entries(map) as unknown as Iterable<[K, V]>)
    for (const [key, value] of entries) this.put(key, value)
  }
  remove(key: K): void {
    this.map.delete(key)
  }
  clear(): void {
    this.map.clear()
  }
  get size(): number {
    return this.map.size
  }
  entries(): Iterable<[K, V]> {
    return removable(
      () => this.map.entries(),
      ([key]) => this.map.delete(key),
    )
  }
  iterator(): JavaIterator<MapEntry<K, V>> {
    const entries = this.map.entries().map(([key, value]) => mapEntry(key, value, (next) => this.map.set(key, next)))
    return new RemovingIterator(entries, (entry) => this.map.delete(entry.getKey()))
  }
  immutableEntries(): Iterable<[K, V]> {
    return removable(
      () => this.map.entries(),
      () => readOnly(),
    )
  }

  snapshot(): BroadcastSnapshot {
    return { name: this.name, entries: this.map.entries().map(([key, value]) => [copyValue(key), copyValue(value)]) }
  }
}

const readOnly = (): never => {
  throw new UnsupportedOperationException('Broadcast state can be changed on the broadcast side only.')
}

/** The same as the keyed side sees it. Java's compiler keeps it from writing; here the methods are there and refuse. */
export class ReadOnlyView<K, V> implements ReadOnlyBroadcastState<K, V> {
  constructor(private readonly state: HeapBroadcastState<K, V>) {}
  get(key: K): V | null {
    return this.state.get(key)
  }
  contains(key: K): boolean {
    return this.state.contains(key)
  }
  immutableEntries(): Iterable<[K, V]> {
    return this.state.immutableEntries()
  }
  clear(): void {
    readOnly()
  }
  put(): void {
    readOnly()
  }
  putAll(): void {
    readOnly()
  }
  remove(): void {
    readOnly()
  }
}
