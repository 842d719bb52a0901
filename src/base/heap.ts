/** A binary heap: the item that `before` puts first is on top. Items that are equal in order leave in no particular order. */
export class Heap<T> {
  private readonly items: T[] = []

  constructor(private readonly before: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.items.length
  }

  peek(): T | undefined {
    return this.items[0]
  }

  push(item: T): void {
    const { items, before } = this
    let at = items.length
    items.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(item, items[parent]!)) break
      items[at] = items[parent]!
      at = parent
    }
    items[at] = item
  }

  pop(): T | undefined {
    const { items } = this
    const top = items[0]
    const last = items.pop()
    if (last !== undefined && items.length > 0) this.sink(last)
    return top
  }

  /** Removes the top and pushes `item`, in one pass; on an empty heap it only pushes. */
  replaceTop(item: T): void {
    if (this.items.length === 0) this.items.push(item)
    else this.sink(item)
  }

  /** The items in no particular order, emptied out of the heap. */
  drain(): T[] {
    return this.items.splice(0)
  }

  private sink(item: T): void {
    const { items, before } = this
    const size = items.length
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(items[child + 1]!, items[child]!)) child++
      if (!before(items[child]!, item)) break
      items[at] = items[child]!
      at = child
    }
    items[at] = item
  }
}
