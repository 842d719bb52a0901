import { IllegalStateException } from '../../core/exceptions'
import type { JavaIterator, MapEntry } from '../../streaming/state'

/** A walk as in Java over a list of items, of which `remove` takes the last one away. */
export class RemovingIterator<T> implements JavaIterator<T> {
  private at = 0
  private current: { readonly item: T } | null = null

  constructor(
    private readonly items: readonly T[],
    private readonly removed: (item: T) => void,
  ) {}

  hasNext(): boolean {
    return this.at < this.items.length
  }
  next(): T {
    if (!this.hasNext()) throw new IllegalStateException('no more elements')
    const item = this.items[this.at++]!
    this.current = { item }
    return item
  }
  remove(): void {
    if (this.current === null) throw new IllegalStateException('remove() before next()')
    this.removed(this.current.item)
    this.current = null
  }
}

/** The same items for `for … of`, with an iterator that can `remove`. */
export function removable<T>(
  items: () => readonly T[],
  removed: (item: T) => void,
): Iterable<T> & { [Symbol.iterator](): IterableIterator<T> & { remove(): void } } {
  return {
    [Symbol.iterator]() {
      const iterator = new RemovingIterator(items(), removed)
      return {
        next: () => (iterator.hasNext() ? { done: false as const, value: iterator.next() } : { done: true as const, value: undefined }),
        remove: () => iterator.remove(),
        [Symbol.iterator]() {
          return this
        },
      }
    },
  }
}

/** A pair that is Java's Map.Entry as well. */
export function mapEntry<K, V>(key: K, value: V, set: (value: V) => void): MapEntry<K, V> {
  const pair = [key, value] as unknown as { 1: V } & MapEntry<K, V>
  return Object.defineProperties(pair, {
    getKey: { value: () => key },
    getValue: { value: () => pair[1] },
    setValue: {
      value: (next: V) => {
        const before = pair[1]
        ;(pair as { 1: V })[1] = next
        set(next)
        return before
      },
    },
  })
}
