import { assert } from '../base/assert'
import { Heap } from '../base/heap'
import { envelopeBefore, type Envelope } from './host'
import { deathOf, hostOf, type Injection, type KernelFaults } from './types'

/** What a thread says when it has finished its window. */
export interface Report {
  /** When the thread's next own event can be handled; Infinity without one. */
  readonly next: number
  /** Earliest emitted event that waits for a later page; Infinity without one. */
  readonly kept: number
  /** The latest that any of the thread's processes has come to; −1: none has done anything. */
  readonly last: number
  /** Threads that were sent a batch, each with the earliest arrival in it. */
  readonly sent: readonly { readonly thread: number; readonly time: number }[]
}

/** Leave for one thread to handle everything before `Round.end`. */
export interface Grant {
  readonly thread: number
  readonly injections: readonly Envelope[]
  /** How many batches the thread must have had from each other thread, since the start, before it may begin. */
  readonly batches: readonly number[]
  /** Nothing emitted before the end may wait for a later page. */
  readonly all: boolean
}

export interface Round {
  readonly end: number
  readonly grants: readonly Grant[]
}

/**
 * Conservative synchronisation. In each round LBTS is the earliest pending event anywhere; nothing that happens from there on can
 * reach another process before LBTS + lookahead, so everybody may handle what lies before that. A round is a pure function of
 * the pending events: how `run` calls are cut makes no difference. Knows threads only by number; drivers carry the grants.
 */
export class Synchroniser {
  /** Everything before it is simulated and in pages; nothing may be injected there. */
  frontier = 0
  private readonly next: Float64Array
  private readonly kept: Float64Array
  /** Earliest arrival among the batches that are on their way to a thread. */
  private readonly inbound: Float64Array
  private last = -1
  private readonly batches: number[][]
  private readonly injections = new Heap<Envelope>(envelopeBefore)
  private injected = 0

  /** @param threadOf thread of a host */
  constructor(
    private readonly threads: number,
    private readonly lookahead: number,
    private readonly threadOf: (host: number) => number,
    private readonly faults?: KernelFaults,
  ) {
    assert(Number.isInteger(lookahead) && lookahead > 0, `lookahead ${lookahead}: whole µs, positive`)
    this.next = new Float64Array(threads).fill(Infinity)
    this.kept = new Float64Array(threads).fill(Infinity)
    this.inbound = new Float64Array(threads).fill(Infinity)
    this.batches = Array.from({ length: threads }, () => new Array<number>(threads).fill(0))
  }

  inject({ time, to, message }: Injection): void {
    assert(Number.isInteger(time) && time >= this.frontier, `injection at ${time} lies behind the frontier ${this.frontier}`)
    if (time >= deathOf(this.faults, hostOf(to))) return
    this.injections.push({ time, source: -1, sequence: this.injected++, to, message })
  }

  /** Earliest pending event anywhere; Infinity: drained. */
  get lbts(): number {
    let lbts = this.injections.peek()?.time ?? Infinity
    for (let thread = 0; thread < this.threads; thread++) lbts = Math.min(lbts, this.next[thread]!, this.inbound[thread]!)
    return lbts
  }

  /** The next round, or null when nothing is pending before `until`: then `finish`. */
  round(until: number): Round | null {
    const { lbts } = this
    return lbts >= until || lbts === Infinity ? null : this.grant(lbts + this.lookahead)
  }

  /**
   * After the last round: a round in which nobody acts, but in which what was emitted ahead of the windows is collected, up
   * to `until` (all of it when nothing is pending at all). null if there is nothing to collect.
   */
  finish(until: number): Round | null {
    const end = this.lbts === Infinity ? Infinity : until
    let kept = Infinity
    for (const time of this.kept) kept = Math.min(kept, time)
    if (kept < end) return this.grant(end, true)
    if (end !== Infinity) this.frontier = Math.max(this.frontier, end)
    return null
  }

  /** What was emitted before the frontier and waits for a later page; null: nothing does. */
  collect(): Round | null {
    return this.kept.some((kept) => kept < this.frontier) ? this.grant(this.frontier, true) : null
  }

  report(thread: number, report: Report): void {
    this.next[thread] = report.next
    this.kept[thread] = report.kept
    this.last = Math.max(this.last, report.last)
    for (const { thread: to, time } of report.sent) {
      this.inbound[to] = Math.min(this.inbound[to]!, time)
      this.batches[to]![thread]!++
    }
  }

  /** Everything before `time` is in pages now. */
  reached(time: number): void {
    this.frontier = Math.max(this.frontier, time)
  }

  /**
   * Nothing is pending: where the run has ended. That of the rounds would not do: a message to somebody who is no more makes a round where
   * it crosses threads, and none where it does not. `known` is what was said of the frontier before.
   */
  drainedAt(known: number): number {
    return Math.max(known, this.last + 1)
  }

  private grant(end: number, all = false): Round {
    const injections: Envelope[][] = Array.from({ length: this.threads }, () => [])
    while (this.injections.size > 0 && this.injections.peek()!.time < end) {
      const injection = this.injections.pop()!
      injections[this.threadOf(hostOf(injection.to))]!.push(injection)
    }
    const grants: Grant[] = []
    for (let thread = 0; thread < this.threads; thread++) {
      const due = Math.min(this.next[thread]!, this.inbound[thread]!, this.kept[thread]!) < end
      if (!due && injections[thread]!.length === 0) continue
      this.inbound[thread] = Infinity
      grants.push({ thread, injections: injections[thread]!, batches: [...this.batches[thread]!], all })
    }
    return { end, grants }
  }
}
