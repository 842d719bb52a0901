import { assert } from '../base/assert'
import type { TraceLog, TraceReader } from './log'
import type { Fold, TraceHeader } from './types'

/** All keyframes of all views together. */
export const KEYFRAME_BYTES = 64 * 1024 * 1024
const FIRST_SPACING = 2048

/** What the keyframes of several folds may take together: whoever has most gives up every second one. */
export class KeyframeBudget {
  private readonly runners: FoldRunner<never>[] = []

  constructor(readonly limit: number = KEYFRAME_BYTES) {}

  join(runner: FoldRunner<never>): void {
    this.runners.push(runner)
  }

  leave(runner: FoldRunner<never>): void {
    const at = this.runners.indexOf(runner)
    if (at >= 0) this.runners.splice(at, 1)
  }

  get bytes(): number {
    return this.runners.reduce((sum, runner) => sum + runner.keyframeBytes, 0)
  }

  keepWithin(): void {
    while (this.bytes > this.limit) {
      let greediest: FoldRunner<never> | null = null
      for (const runner of this.runners) if (greediest === null || runner.keyframeBytes > greediest.keyframeBytes) greediest = runner
      if (greediest === null || !greediest.thin()) return
    }
  }
}

interface Keyframe<S> {
  /** How many events it has seen. */
  readonly count: number
  readonly state: S
  readonly size: number
}

/**
 * Runs one fold over a log. Two states move along it: the head, which goes ahead with the simulation and leaves keyframes,
 * and the present, which `seek` puts where the playhead is. Events are counted from the start: a state after event i has seen i + 1.
 */
export class FoldRunner<S> {
  /** Of the present state: a new number says that it changed. */
  version = 0
  /** Before any event; its clones share what states of this fold share. */
  private empty: S
  private present: S
  private presentCount = 0
  private head: S
  private headCount = 0
  private keyframes: Keyframe<S>[] = []
  private spacing = FIRST_SPACING
  private bytes = 0
  private readonly reader: TraceReader

  constructor(
    readonly fold: Fold<S>,
    private readonly header: TraceHeader,
    private readonly log: TraceLog,
    private readonly budget: KeyframeBudget = new KeyframeBudget(),
  ) {
    this.empty = fold.init(header)
    this.head = fold.clone(this.empty)
    this.present = fold.clone(this.empty)
    this.reader = log.reader()
    budget.join(this as unknown as FoldRunner<never>)
  }

  /** The state at the playhead. */
  get state(): S {
    return this.present
  }

  /** The state at the simulated frontier, as far as `advance` has come: for what shows all that there is. */
  get frontier(): S {
    return this.head
  }

  get frontierEvents(): number {
    return this.headCount
  }

  get keyframeBytes(): number {
    return this.bytes
  }

  get keyframeCount(): number {
    return this.keyframes.length
  }

  /** Takes the head on by at most `events`, leaving keyframes; true when it is at the end of the log. */
  advance(events = Infinity): boolean {
    const to = Math.min(this.log.length, this.headCount + events)
    while (this.headCount < to) {
      const stop = Math.min(to, (Math.floor(this.headCount / this.spacing) + 1) * this.spacing)
      this.run(this.head, this.headCount, stop)
      this.headCount = stop
      if (stop % this.spacing === 0) this.keep()
    }
    return this.headCount === this.log.length
  }

  /** The state after event `event` (−1: before the first). It stays the runner's own: it changes with the next seek. */
  seek(event: number): S {
    const count = event + 1
    assert(count >= 0 && count <= this.log.length, `cannot seek to event ${event} of ${this.log.length}`)
    if (count === this.presentCount) return this.present
    if (count > this.headCount) this.advance(count - this.headCount)
    const keyframe = this.keyframeBefore(count)
    const best = Math.max(keyframe?.count ?? 0, this.headCount <= count ? this.headCount : 0)
    if (this.presentCount > count || this.presentCount < best) {
      if (this.headCount <= count) this.present = this.fold.clone(this.head)
      else this.present = this.fold.clone(keyframe === null ? this.empty : keyframe.state)
      this.presentCount = best
    }
    this.run(this.present, this.presentCount, count)
    this.presentCount = count
    this.version++
    return this.present
  }

  /** Starts over: after the log was truncated, or is another's. */
  reset(): void {
    this.empty = this.fold.init(this.header)
    this.head = this.fold.clone(this.empty)
    this.present = this.fold.clone(this.empty)
    this.headCount = 0
    this.presentCount = 0
    this.keyframes = []
    this.bytes = 0
    this.spacing = FIRST_SPACING
    this.version++
  }

  dispose(): void {
    this.budget.leave(this as unknown as FoldRunner<never>)
    this.keyframes = []
    this.bytes = 0
  }

  /** Lets every second keyframe go; false if there is none to let go. */
  thin(): boolean {
    if (this.keyframes.length === 0) return false
    this.spacing *= 2
    this.keyframes = this.keyframes.filter(({ count }) => count % this.spacing === 0)
    this.bytes = this.keyframes.reduce((sum, { size }) => sum + size, 0)
    return true
  }

  private run(state: S, from: number, to: number): void {
    const { fold, reader } = this
    reader.before(from)
    for (let i = from; i < to; i++) {
      reader.next()
      fold.apply(state, reader)
    }
  }

  private keep(): void {
    const state = this.fold.clone(this.head)
    const size = this.fold.size(state)
    this.keyframes.push({ count: this.headCount, state, size })
    this.bytes += size
    this.budget.keepWithin()
  }

  private keyframeBefore(count: number): Keyframe<S> | null {
    let low = 0
    let high = this.keyframes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.keyframes[middle]!.count <= count) low = middle + 1
      else high = middle
    }
    return this.keyframes[low - 1] ?? null
  }
}
