import { javaHashCode } from './hash'
import type { KeyType } from './keys'
import { mapKeyOf } from './keys'

interface Entry<K, V> {
  readonly key: K
  value: V
}

/**
 * A map that is walked in the order of java.util.HashMap: by bucket `(h ^ h >>> 16) & (capacity − 1)`, within a bucket in order of
 * insertion; the capacity begins at 16 and doubles when the map outgrows three quarters of it. Lookups cost one of a Map, a walk costs a sort.
 * Left out: the reordering of a bucket that Java turns into a tree (eight collisions or more).
 */
export class JavaHashMap<K, V> {
  private readonly entriesByKey = new Map<unknown, Entry<K, V>>()
  private capacity: number

  constructor(
    capacity = 16,
    /** The Java type of the keys, where it matters to their hashes. */
    readonly keyType?: KeyType,
  ) {
    this.capacity = capacity
  }

  get size(): number {
    return this.entriesByKey.size
  }
  get(key: K): V | undefined {
    return this.entriesByKey.get(mapKeyOf(key))?.value
  }
  has(key: K): boolean {
    return this.entriesByKey.has(mapKeyOf(key))
  }
  set(key: K, value: V): this {
    const at = mapKeyOf(key)
    const known = this.entriesByKey.get(at)
    if (known !== undefined) known.value = value
    else {
      this.entriesByKey.set(at, { key, value })
      if (this.entriesByKey.size > this.capacity * 0.75) this.capacity *= 2
    }
    return this
  }
  delete(key: K): boolean {
    return this.entriesByKey.delete(mapKeyOf(key))
  }
  clear(): void {
    this.entriesByKey.clear()
  }

  /** What is in the map now, in Java's order. */
  entries(): [K, V][] {
    const mask = this.capacity - 1
    const placed = [...this.entriesByKey.values()].map((entry) => {
      const hash = entry.key === null ? 0 : javaHashCode(entry.key, this.keyType)
      return { bucket: (hash ^ (hash >>> 16)) & mask, entry }
    })
    placed.sort((a, b) => a.bucket - b.bucket)
    return placed.map(({ entry }) => [entry.key, entry.value])
  }
  keys(): K[] {
    return this.entries().map(([key]) => key)
  }
  values(): V[] {
    return this.entries().map(([, value]) => value)
  }
}
