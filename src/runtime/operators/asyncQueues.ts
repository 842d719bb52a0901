/** An element that was asked about, or a watermark between elements. */
export interface Entry {
  /** Of the element. */
  readonly value: unknown
  readonly timestamp: number
  readonly watermark?: number
  /** null: no answer yet. */
  results: readonly unknown[] | null
}

/** What is under way, in some order of going out. Mirrors StreamElementQueue; watermarks take room as elements do. */
export interface WorkQueue {
  readonly size: number
  add(value: unknown, timestamp: number): Entry
  addWatermark(watermark: number): void
  complete(entry: Entry, results: readonly unknown[]): void
  /** What is in it, to be asked again after a failure: in the order in which it goes back in. */
  values(): readonly Entry[]
  /** Takes the next out that may go; undefined: none may. */
  shift(): Entry | undefined
}

const element = (value: unknown, timestamp: number): Entry => ({ value, timestamp, results: null })
const mark = (watermark: number): Entry => ({ value: null, timestamp: NaN, watermark, results: [] })

/** In the order of coming. Mirrors OrderedStreamElementQueue. */
export class OrderedQueue implements WorkQueue {
  private readonly entries: Entry[] = []

  get size(): number {
    return this.entries.length
  }
  add(value: unknown, timestamp: number): Entry {
    const entry = element(value, timestamp)
    this.entries.push(entry)
    return entry
  }
  addWatermark(watermark: number): void {
    this.entries.push(mark(watermark))
  }
  complete(entry: Entry, results: readonly unknown[]): void {
    entry.results = results
  }
  values(): readonly Entry[] {
    return this.entries
  }
  shift(): Entry | undefined {
    return this.entries[0]?.results === null ? undefined : this.entries.shift()
  }
}

/** Elements between two watermarks. */
interface Segment {
  readonly open: Set<Entry>
  readonly completed: Entry[]
}

/** In the order of the answers, but none past a watermark. Mirrors UnorderedStreamElementQueue. */
export class UnorderedQueue implements WorkQueue {
  private readonly segments: Segment[] = []
  private readonly segmentOf = new Map<Entry, Segment>()
  /** Whether the last segment takes elements: a watermark stands in one of its own. */
  private growing = false
  size = 0

  add(value: unknown, timestamp: number): Entry {
    if (!this.growing) this.segments.push({ open: new Set(), completed: [] })
    this.growing = true
    const segment = this.segments.at(-1)!
    const entry = element(value, timestamp)
    segment.open.add(entry)
    this.segmentOf.set(entry, segment)
    this.size++
    return entry
  }
  addWatermark(watermark: number): void {
    this.segments.push({ open: new Set(), completed: [mark(watermark)] })
    this.growing = false
    this.size++
  }
  complete(entry: Entry, results: readonly unknown[]): void {
    const segment = this.segmentOf.get(entry)!
    this.segmentOf.delete(entry)
    entry.results = results
    segment.open.delete(entry)
    segment.completed.push(entry)
  }
  values(): readonly Entry[] {
    return this.segments.flatMap(({ open, completed }) => [...completed, ...open])
  }
  shift(): Entry | undefined {
    for (;;) {
      const [first] = this.segments
      const ready = first?.completed.shift()
      if (ready !== undefined) {
        this.size--
        return ready
      }
      if (first === undefined || first.open.size > 0 || this.segments.length === 1) return undefined
      this.segments.shift()
    }
  }
}
