/** An element that was asked about, or a watermark between elements. */
export interface Entry {
  readonly timestamp: number
  readonly watermark?: number
  /** null: no answer yet. */
  results: readonly unknown[] | null
}

/** What is under way, in some order of going out. Mirrors StreamElementQueue; watermarks take room as elements do. */
export interface WorkQueue {
  readonly size: number
  add(timestamp: number): Entry
  addWatermark(watermark: number): void
  complete(entry: Entry, results: readonly unknown[]): void
  /** Takes the next out that may go; undefined: none may. */
  shift(): Entry | undefined
}

const element = (timestamp: number): Entry => ({ timestamp, results: null })
const mark = (watermark: number): Entry => ({ timestamp: NaN, watermark, results: [] })

/** In the order of coming. Mirrors OrderedStreamElementQueue. */
export class OrderedQueue implements WorkQueue {
  private readonly entries: Entry[] = []

  get size(): number {
    return this.entries.length
  }
  add(timestamp: number): Entry {
    const entry = element(timestamp)
    this.entries.push(entry)
    return entry
  }
  addWatermark(watermark: number): void {
    this.entries.push(mark(watermark))
  }
  complete(entry: Entry, results: readonly unknown[]): void {
    entry.results = results
  }
  shift(): Entry | undefined {
    return this.entries[0]?.results === null ? undefined : this.entries.shift()
  }
}

/** Elements between two watermarks. */
interface Segment {
  open: number
  readonly completed: Entry[]
}

/** In the order of the answers, but none past a watermark. Mirrors UnorderedStreamElementQueue. */
export class UnorderedQueue implements WorkQueue {
  private readonly segments: Segment[] = []
  private readonly segmentOf = new Map<Entry, Segment>()
  /** Whether the last segment takes elements: a watermark stands in one of its own. */
  private growing = false
  size = 0

  add(timestamp: number): Entry {
    if (!this.growing) this.segments.push({ open: 0, completed: [] })
    this.growing = true
    const segment = this.segments.at(-1)!
    const entry = element(timestamp)
    segment.open++
    this.segmentOf.set(entry, segment)
    this.size++
    return entry
  }
  addWatermark(watermark: number): void {
    this.segments.push({ open: 0, completed: [mark(watermark)] })
    this.growing = false
    this.size++
  }
  complete(entry: Entry, results: readonly unknown[]): void {
    const segment = this.segmentOf.get(entry)!
    this.segmentOf.delete(entry)
    entry.results = results
    segment.open--
    segment.completed.push(entry)
  }
  shift(): Entry | undefined {
    for (;;) {
      const [first] = this.segments
      const ready = first?.completed.shift()
      if (ready !== undefined) {
        this.size--
        return ready
      }
      if (first === undefined || first.open > 0 || this.segments.length === 1) return undefined
      this.segments.shift()
    }
  }
}
