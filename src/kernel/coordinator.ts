import { assert } from '../base/assert'
import { micros, type VirtualMicros } from '../core/time'
import type { EventPage } from '../core/page'
import { mergePages } from './mergePages'
import { Synchroniser, type Grant, type Report, type Round } from './synchroniser'
import { errorOf, type KernelError } from './thread'
import { deathOf, type Injection, type Kernel, type KernelFaults, type StopReason } from './types'

/** What becomes of threads whose hosts die. */
export interface Deaths {
  readonly faults: KernelFaults
  /** All there are. */
  readonly hosts: readonly number[]
  /**
   * All hosts of this thread are dead, and all that they have done is in pages: nothing will be asked of it any more. Never the first thread,
   * which may be the one that leads.
   */
  readonly onDead: (thread: number) => void
}

/**
 * Drives rounds over threads that answer when they are ready. `grant` carries a grant to its thread; the answers come back through
 * `report` and `failed`. Pages of a round are merged and handed on in order, whatever the order of the answers.
 */
export class Coordinator implements Kernel {
  private readonly synchroniser: Synchroniser
  private readonly pages: (EventPage | null)[]
  private outstanding = 0
  private settle: { done: () => void; failed: (error: Error) => void } | null = null
  private broken: Error | null = null
  private stopped = false
  private running = false
  /** When the last host of a thread dies; threads that are still there. */
  private readonly endOf = new Map<number, number>()
  /** What was said of the frontier before. */
  private told = 0

  /**
   * @param grant called in descending order of threads; thread 0, the last, may be the caller's own and answer before it returns
   * @param pause see LocalOptions
   */
  constructor(
    threads: number,
    lookahead: number,
    threadOf: (host: number) => number,
    private readonly grant: (end: number, grant: Grant) => void,
    private readonly pause: () => Promise<void> | undefined = () => undefined,
    private readonly deaths: Deaths = { faults: { deaths: [], cuts: [] }, hosts: [], onDead: () => {} },
  ) {
    this.synchroniser = new Synchroniser(threads, lookahead, threadOf, deaths.faults)
    for (let thread = 1; thread < threads; thread++) {
      const own = deaths.hosts.filter((host) => threadOf(host) === thread).map((host) => deathOf(deaths.faults, host))
      if (own.length > 0) this.endOf.set(thread, Math.max(...own))
    }
    this.pages = new Array<EventPage | null>(threads).fill(null)
  }

  inject(injection: Injection): void {
    this.synchroniser.inject(injection)
  }

  stop(): void {
    this.stopped = true
  }

  dispose(): void {
    this.stop()
    this.failed({ name: 'Error', message: 'the kernel was disposed of', stack: '' })
  }

  report(thread: number, report: Report, page: EventPage | null): void {
    this.synchroniser.report(thread, report)
    this.pages[thread] = page
    this.outstanding--
    if (this.outstanding === 0) this.settle?.done()
  }

  failed(error: KernelError): void {
    this.broken ??= errorOf(error)
    this.settle?.failed(this.broken)
  }

  async run(
    until: VirtualMicros,
    onPage: (page: EventPage) => void,
  ): Promise<{ readonly reason: StopReason; readonly frontier: VirtualMicros }> {
    assert(!this.running, 'one run at a time')
    this.running = true
    this.stopped = false
    try {
      for (let round = this.synchroniser.round(until); round !== null; round = this.synchroniser.round(until)) {
        await this.play(round, onPage)
        if (!this.stopped) await this.pause()
        if (!this.stopped) continue
        const rest = this.synchroniser.collect()
        if (rest !== null) await this.play(rest, onPage)
        return this.result('stopped')
      }
      const drained = this.synchroniser.lbts === Infinity
      const rest = this.synchroniser.finish(until)
      if (rest !== null) await this.play(rest, onPage)
      return this.result(drained ? 'drained' : 'until')
    } finally {
      this.running = false
    }
  }

  private result(reason: StopReason): { reason: StopReason; frontier: VirtualMicros } {
    this.told = reason === 'drained' ? this.synchroniser.drainedAt(this.told) : this.synchroniser.frontier
    return { reason, frontier: micros(this.told) }
  }

  private async play(round: Round, onPage: (page: EventPage) => void): Promise<void> {
    if (this.broken !== null) throw this.broken
    this.outstanding = round.grants.length
    const answered = new Promise<void>((done, failed) => {
      this.settle = { done, failed }
    })
    for (const grant of [...round.grants].reverse()) this.grant(round.end, grant)
    if (round.grants.length > 0) await answered
    this.settle = null
    const page = mergePages(this.pages.filter((page) => page !== null))
    this.pages.fill(null)
    this.synchroniser.reached(round.end === Infinity && page !== null ? page.time[page.count - 1]! + 1 : round.end)
    if (page !== null) onPage(page)
    for (const [thread, end] of this.endOf) {
      if (this.synchroniser.frontier < end || end === Infinity) continue
      this.endOf.delete(thread)
      this.deaths.onDead(thread)
    }
  }
}
