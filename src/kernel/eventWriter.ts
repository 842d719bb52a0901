import { assert } from '../base/assert'
import type { EventPage } from '../core/page'
import { newPage } from './newPage'

/** What one window may emit on one thread before it counts as a flood: the trace of a whole run has room for a few of these. */
export const MAX_EVENTS_PER_WINDOW = 4_000_000
export const MAX_PAYLOAD_PER_WINDOW = 256 * 1024 * 1024

/** More came out of one window than a trace can hold: in practice a user function that never stops emitting. */
export class FloodError extends Error {
  override name = 'FloodError'
  constructor(
    readonly process: number,
    readonly what: 'events' | 'messages',
    readonly count: number,
  ) {
    super(`process ${process} flooded the window with ${count} ${what}`)
  }
}

/**
 * Growable columns for what one thread emits in a window. Processes take turns; each turn is a *run*: its events stand together,
 * in the order of their time. `take(end)` merges the runs into one page ordered by (time, process, order of emission) and keeps
 * what lies at or beyond `end` (a process's clock may run past the window) for a later page.
 */
export class EventWriter {
  private capacity = 0
  private time!: Float64Array
  private x!: Float64Array
  private a!: Int32Array
  private b!: Int32Array
  private c!: Int32Array
  private d!: Int32Array
  private payloadEnd!: Int32Array
  private kind!: Uint8Array
  private payload = new Uint8Array(4096)
  private count = 0
  private bytes = 0
  /** Start of each finished run, its end, and whose it is; in the order in which they were written. */
  private runs: Run[] = []
  private open: Run | null = null
  /** Set for good once a window was flooded. */
  flood: FloodError | null = null

  constructor() {
    this.grow(1024)
  }

  begin(process: number): void {
    this.open = { process, start: this.count, end: this.count, head: 0, order: this.runs.length }
  }

  end(): void {
    const run = this.open
    this.open = null
    if (run === null || run.start === this.count) return
    run.end = this.count
    this.earliest = Math.min(this.earliest, this.time[run.start]!)
    this.runs.push(run)
  }

  emit(time: number, kind: number, a: number, b: number, c: number, d: number, x: number, payload?: Uint8Array): void {
    const at = this.count
    if (at === this.capacity) this.grow(this.capacity * 2)
    this.time[at] = time
    this.kind[at] = kind
    this.a[at] = a
    this.b[at] = b
    this.c[at] = c
    this.d[at] = d
    this.x[at] = x
    if (payload !== undefined) this.append(payload, 0, payload.length)
    this.payloadEnd[at] = this.bytes
    this.count = at + 1
  }

  /** Time of the earliest event that no page has taken yet; Infinity without one. */
  earliest = Infinity

  /** Events that no page has taken yet. */
  get waiting(): number {
    return this.count
  }

  /** The page of all events before `end`, or null if there are none. Only between runs. */
  take(end: number): EventPage | null {
    assert(this.open === null, 'a page is taken between runs')
    let count = 0
    let bytes = 0
    const ready: Run[] = []
    const late: Run[] = []
    for (const run of this.runs) {
      const cut = this.cutOf(run, end)
      if (cut > run.start) {
        ready.push({ ...run, end: cut, head: run.start, order: ready.length })
        count += cut - run.start
        bytes += this.payloadEnd[cut - 1]! - this.payloadStart(run.start)
      }
      if (cut < run.end) late.push({ ...run, start: cut })
    }
    const page = count === 0 ? null : this.copy(merge(ready, this.time), count, bytes)
    if (count > 0) this.keep(late)
    return page
  }

  private payloadStart(event: number): number {
    return event === 0 ? 0 : this.payloadEnd[event - 1]!
  }

  private cutOf(run: Run, end: number): number {
    if (this.time[run.end - 1]! < end) return run.end
    let low = run.start
    let high = run.end
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.time[middle]! < end) low = middle + 1
      else high = middle
    }
    return low
  }

  private copy(blocks: Blocks, count: number, bytes: number): EventPage {
    const page = newPage(count, bytes)
    gather(this.time, page.time, blocks)
    gather(this.x, page.x, blocks)
    gather(this.a, page.a, blocks)
    gather(this.b, page.b, blocks)
    gather(this.c, page.c, blocks)
    gather(this.d, page.d, blocks)
    gather(this.kind, page.kind, blocks)
    let at = 0
    let end = 0
    for (let i = 0; i < blocks.count; i++) {
      const start = blocks.starts[i]!
      const stop = start + blocks.lengths[i]!
      page.process.fill(blocks.processes[i]!, at, at + stop - start)
      const from = this.payloadStart(start)
      const to = this.payloadEnd[stop - 1]!
      const shift = end - from
      for (let event = start; event < stop; event++) page.payloadEnd[at++] = this.payloadEnd[event]! + shift
      copyBytes(this.payload, from, to, page.payload, end)
      end += to - from
    }
    return page
  }

  /** Moves what no page has taken to the front. */
  private keep(late: readonly Run[]): void {
    const { payload } = this
    let count = 0
    let bytes = 0
    this.runs = []
    this.earliest = Infinity
    for (const run of late) {
      const length = run.end - run.start
      const from = this.payloadStart(run.start)
      const to = this.payloadEnd[run.end - 1]!
      const shift = bytes - from
      payload.copyWithin(bytes, from, to)
      for (let i = 0; i < length; i++) this.payloadEnd[count + i] = this.payloadEnd[run.start + i]! + shift
      for (const column of [this.time, this.x, this.a, this.b, this.c, this.d, this.kind]) column.copyWithin(count, run.start, run.end)
      this.earliest = Math.min(this.earliest, this.time[count]!)
      this.runs.push({ ...run, start: count, end: count + length, order: this.runs.length })
      count += length
      bytes += to - from
    }
    this.count = count
    this.bytes = bytes
  }

  private flooded(): FloodError {
    this.flood ??= new FloodError(this.open?.process ?? -1, 'events', this.count)
    return this.flood
  }

  private append(from: Uint8Array, start: number, end: number): void {
    const length = end - start
    const needed = this.bytes + length
    if (needed > this.payload.length) {
      if (needed > MAX_PAYLOAD_PER_WINDOW) throw this.flooded()
      const wider = new Uint8Array(Math.max(needed, this.payload.length * 2))
      wider.set(this.payload.subarray(0, this.bytes))
      this.payload = wider
    }
    copyBytes(from, start, end, this.payload, this.bytes)
    this.bytes = needed
  }

  private grow(capacity: number): void {
    if (capacity > MAX_EVENTS_PER_WINDOW) throw this.flooded()
    const wider = <T extends Column>(column: T | undefined, next: T): T => {
      if (column !== undefined) next.set(column)
      return next
    }
    this.time = wider(this.time, new Float64Array(capacity))
    this.x = wider(this.x, new Float64Array(capacity))
    this.a = wider(this.a, new Int32Array(capacity))
    this.b = wider(this.b, new Int32Array(capacity))
    this.c = wider(this.c, new Int32Array(capacity))
    this.d = wider(this.d, new Int32Array(capacity))
    this.payloadEnd = wider(this.payloadEnd, new Int32Array(capacity))
    this.kind = wider(this.kind, new Uint8Array(capacity))
    this.capacity = capacity
  }
}

interface Run {
  readonly process: number
  readonly start: number
  end: number
  /** Next event to be merged. */
  head: number
  /** Among runs of one process, the earlier written one is first. */
  readonly order: number
}

type Column = Float64Array | Int32Array | Uint8Array

/** Stretches of events that stay together, in the order in which they go into the page. */
interface Blocks {
  count: number
  starts: Int32Array
  lengths: Int32Array
  processes: Int32Array
}

function merge(runs: Run[], time: Float64Array): Blocks {
  const blocks: Blocks = { count: 0, starts: new Int32Array(64), lengths: new Int32Array(64), processes: new Int32Array(64) }
  const before = (p: Run, q: Run): boolean => {
    const difference = time[p.head]! - time[q.head]!
    return difference !== 0 ? difference < 0 : p.process !== q.process ? p.process < q.process : p.order < q.order
  }
  const heap: Run[] = runs
  const sink = (at: number): void => {
    const item = heap[at]!
    for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, item)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = item
  }
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(i)
  while (heap.length > 1) {
    const run = heap[0]!
    const second = heap.length > 2 && before(heap[2]!, heap[1]!) ? heap[2]! : heap[1]!
    const limit = time[second.head]!
    const start = run.head
    let head = start + 1
    const { end } = run
    if (run.process < second.process || (run.process === second.process && run.order < second.order)) {
      while (head < end && time[head]! <= limit) head++
    } else while (head < end && time[head]! < limit) head++
    run.head = head
    push(blocks, start, head - start, run.process)
    if (head === end) {
      const last = heap.pop()!
      if (last !== run) heap[0] = last
    }
    sink(0)
  }
  const rest = heap[0]!
  push(blocks, rest.head, rest.end - rest.head, rest.process)
  return blocks
}

function push(blocks: Blocks, start: number, length: number, process: number): void {
  if (blocks.count === blocks.starts.length) {
    const wider = (column: Int32Array): Int32Array => {
      const next = new Int32Array(column.length * 2)
      next.set(column)
      return next
    }
    blocks.starts = wider(blocks.starts)
    blocks.lengths = wider(blocks.lengths)
    blocks.processes = wider(blocks.processes)
  }
  blocks.starts[blocks.count] = start
  blocks.lengths[blocks.count] = length
  blocks.processes[blocks.count++] = process
}

function gather(from: Column, to: Column, blocks: Blocks): void {
  let at = 0
  for (let i = 0; i < blocks.count; i++) {
    const start = blocks.starts[i]!
    const end = start + blocks.lengths[i]!
    // A native copy costs about as much as a loop over 30 elements.
    if (end - start > 30) {
      to.set(from.subarray(start, end), at)
      at += end - start
    } else for (let event = start; event < end; event++) to[at++] = from[event]!
  }
}

function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > 60) to.set(from.subarray(start, end), at)
  else for (let i = start; i < end; i++) to[at++] = from[i]!
}
