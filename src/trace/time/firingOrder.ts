import { isLost } from './attempts'
import type { TimerTable, TimeState } from './state'
import { pendingRows, timersSet } from './timers'

/** Above so many changes of a queue its ties are told in the order in which they were set: to move the whole heap again would take too long. */
const MOST_CHANGES = 40_000

/**
 * Rows of the pending timers in the order in which they would fire, if nothing more were set: by time, and of one time as the binary heap gives them (T-26), which
 * is not the order in which they were set. The heap is moved again, change by change, only where there are such ties.
 */
export function firingOrder(state: TimeState, table: TimerTable): number[] {
  if (isLost(state, table.node.attempt)) return []
  const rows = pendingRows(state, table)
  rows.sort((a, b) => table.times.at(a) - table.times.at(b) || a - b)
  const tied = rows.some((row, at) => at > 0 && table.times.at(row) === table.times.at(rows[at - 1]!))
  return tied && timersSet(state, table) * 2 <= MOST_CHANGES ? byHeap(state, table) : rows
}

function byHeap(state: TimeState, table: TimerTable): number[] {
  const heap = new Heap(table)
  const set = timersSet(state, table)
  const ends: (readonly [event: number, row: number])[] = []
  for (let row = 0; row < set; row++) {
    const ended = table.ended.get(row) - 1
    if (ended >= 0 && ended <= state.event) ends.push([ended, row])
  }
  ends.sort((a, b) => a[0] - b[0])
  let at = 0
  for (let row = 0; row < set; row++) {
    for (; at < ends.length && ends[at]![0] < table.registered.at(row); at++) heap.remove(ends[at]![1])
    heap.add(row)
  }
  for (; at < ends.length; at++) heap.remove(ends[at]![1])
  return heap.drain()
}

/** Mirrors HeapPriorityQueue, from index 1, move for move. */
class Heap {
  private readonly rows: number[] = [-1]
  private readonly places = new Map<number, number>()

  constructor(private readonly table: TimerTable) {}

  add(row: number): void {
    this.rows.push(row)
    this.siftUp(this.rows.length - 1)
  }

  remove(row: number): void {
    const at = this.places.get(row)
    if (at !== undefined) this.removeAt(at)
  }

  drain(): number[] {
    const order: number[] = []
    while (this.rows.length > 1) {
      order.push(this.rows[1]!)
      this.removeAt(1)
    }
    return order
  }

  private time(at: number): number {
    return this.table.times.at(this.rows[at]!)
  }

  private removeAt(at: number): void {
    this.places.delete(this.rows[at]!)
    const moved = this.rows.pop()!
    if (at === this.rows.length) return
    this.put(at, moved)
    this.siftDown(at)
    if (this.rows[at] === moved) this.siftUp(at)
  }

  private put(at: number, row: number): void {
    this.rows[at] = row
    this.places.set(row, at)
  }

  private siftUp(from: number): void {
    const row = this.rows[from]!
    const time = this.table.times.at(row)
    let at = from
    for (let parent = at >>> 1; at > 1 && time < this.time(parent); parent >>>= 1) {
      this.put(at, this.rows[parent]!)
      at = parent
    }
    this.put(at, row)
  }

  private siftDown(from: number): void {
    const row = this.rows[from]!
    const time = this.table.times.at(row)
    const { length } = this.rows
    let at = from
    for (;;) {
      let child = at * 2
      if (child + 1 < length && this.time(child + 1) < this.time(child)) child++
      if (child >= length || !(this.time(child) < time)) break
      this.put(at, this.rows[child]!)
      at = child
    }
    this.put(at, row)
  }
}
