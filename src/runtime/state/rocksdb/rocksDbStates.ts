import { NullPointerException } from '../../../core/exceptions'
import { checkValue } from '../../../core/values'
import type { JavaHashMap } from '../../../core/values'
import type { JavaIterator, MapEntry, MapState } from '../../../streaming/state'
import { HeapListState, HeapState, shownList, shownMap } from '../heapStates'
import { mapEntry, removable, RemovingIterator } from '../iterators'
import type { Namespace } from '../Namespace'
import { userKeyOf, userKeyText } from './RocksDbTable'
import type { RocksDbTable } from './RocksDbTable'

/** A list as bytes to which others are appended unread. Mirrors RocksDBListState. */
export class RocksDbListState<T> extends HeapListState<T> {
  constructor(private readonly bytes: RocksDbTable<T[]>) {
    super(bytes)
  }

  override append(namespace: Namespace, value: T): void {
    this.bytes.append(namespace, value)
  }

  /** In contrast to the heap nothing is kept of a list with a null in it. */
  override addAll(values: Iterable<T>): void {
    if (values === null || values === undefined) throw new NullPointerException('List of values to add cannot be null.')
    const added = [...values]
    for (const value of added) {
      if (value === null || value === undefined) throw new NullPointerException('You cannot add null to a value list.')
      checkValue(value)
    }
    for (const value of added) this.bytes.append(this.namespace, value)
    if (added.length > 0 && this.table.observer !== null) this.changed(shownList(this.stored()!))
  }
}

/** A map with a row for each of its entries, walked in the order of the keys' bytes (D-2). Mirrors RocksDBMapState. An empty map is none. */
export class RocksDbMapState<K, V> extends HeapState<JavaHashMap<K, V>> implements MapState<K, V> {
  constructor(private readonly bytes: RocksDbTable<JavaHashMap<K, V>>) {
    super(bytes)
  }

  private rowOf(key: K): string {
    return this.bytes.row(this.namespace) + userKeyText(key)
  }

  get(key: K): V | null {
    const value = this.bytes.get(this.rowOf(key))
    return value === null ? null : (this.bytes.readUserValue(value) as V)
  }

  put(key: K, value: V): void {
    checkValue(key)
    checkValue(value)
    this.bytes.writeUserValue(this.rowOf(key), value)
    this.mapChanged()
  }

  putAll(map: ReadonlyMap<K, V> | Readonly<Record<string, V>>): void {
    if (map === null || map === undefined) return
    const entries = map instanceof Map ? (map as ReadonlyMap<K, V>) : (Object.entries(map) as unknown as Iterable<[K, V]>)
    for (const [key, value] of entries) {
      checkValue(key)
      checkValue(value)
      this.bytes.writeUserValue(this.rowOf(key), value)
    }
    this.mapChanged()
  }

  remove(key: K): void {
    this.bytes.delete(this.rowOf(key))
    this.mapChanged()
  }

  contains(key: K): boolean {
    return this.bytes.get(this.rowOf(key)) !== null
  }

  isEmpty(): boolean {
    return this.bytes.scan(this.bytes.row(this.namespace)).length === 0
  }

  private rows(): { readonly row: string; readonly key: K; readonly value: V }[] {
    const prefix = this.bytes.row(this.namespace)
    return this.bytes.scan(prefix).map(([row, value]) => ({
      row,
      key: userKeyOf(row, prefix.length) as K,
      value: this.bytes.readUserValue(value) as V,
    }))
  }

  private drop(row: string): void {
    this.bytes.delete(row)
    this.mapChanged()
  }

  entries(): Iterable<[K, V]> {
    const rows = new Map<unknown, string>()
    return removable(
      () =>
        this.rows().map(({ row, key, value }): [K, V] => {
          const entry: [K, V] = [key, value]
          rows.set(entry, row)
          return entry
        }),
      (entry) => this.drop(rows.get(entry)!),
    )
  }

  keys(): Iterable<K> {
    return removable(
      () => this.rows().map(({ key }) => key),
      (key) => this.drop(this.rowOf(key)),
    )
  }

  values(): Iterable<V> {
    return this.rows().map(({ value }) => value)
  }

  iterator(): JavaIterator<MapEntry<K, V>> {
    const rows = new Map<MapEntry<K, V>, string>()
    const entries = this.rows().map(({ row, key, value }) => {
      const entry = mapEntry(key, value, (next) => {
        checkValue(next)
        this.bytes.writeUserValue(row, next)
        this.mapChanged()
      })
      rows.set(entry, row)
      return entry
    })
    return new RemovingIterator(entries, (entry) => this.drop(rows.get(entry)!))
  }

  private mapChanged(): void {
    if (this.table.observer === null) return
    this.changed(shownMap(this.rows().map(({ key, value }) => [key, value] as const)))
  }
}
