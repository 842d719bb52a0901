import { ProblemError, type Problem } from '../core/problem'
import { FloodError } from './eventWriter'
import { HostRuntime, type Envelope, type WindowResult } from './host'
import type { Grant, Report } from './synchroniser'
import { WORTH_A_PAGE, type HostSpec, type KernelConfig, type Process, type Settle } from './types'

/** Why a thread cannot go on, as data: a flood is the program's doing, everything else a mistake of ours. */
export interface KernelError {
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly flood?: { readonly process: number; readonly what: 'events' | 'messages'; readonly count: number }
  /** What a person can mend. */
  readonly problem?: Problem
}

export const describeError = (error: unknown): KernelError => {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const flood = error instanceof FloodError ? { flood: { process: error.process, what: error.what, count: error.count } } : {}
  const problem = error instanceof ProblemError ? { problem: error.problem } : {}
  return { name, message, stack: stack ?? '', ...flood, ...problem }
}
export const errorOf = ({ name, message, stack, flood, problem }: KernelError): Error => {
  if (problem !== undefined) return new ProblemError(problem)
  const error = flood === undefined ? new Error(message) : new FloodError(flood.process, flood.what, flood.count)
  return Object.assign(error, { name, stack })
}

export interface ThreadLinks {
  /** Hands a window's messages to another thread; batches from one thread to another must arrive in order. */
  send(thread: number, envelopes: Envelope[]): void
  report(report: Report, page: WindowResult['page']): void
  failed(error: KernelError): void
  /** See HostRuntime: called now and then within a window, as long as its processes come forward. */
  progress?(): number
  readonly settle?: Settle
}

/** One thread's part in the rounds: waits for what it must know, plays its window, tells the others and reports. */
export class KernelThread {
  private readonly runtime: HostRuntime
  private readonly received: number[]
  private inbox: Envelope[] = []
  /** End of the last window. */
  private played = 0
  private waiting: { end: number; grant: Grant } | null = null

  constructor(
    config: KernelConfig,
    createRoot: (spec: HostSpec) => Process,
    threadOf: readonly number[],
    thread: number,
    private readonly links: ThreadLinks,
  ) {
    const hosts = config.hosts.filter((spec) => threadOf[spec.host] === thread)
    this.runtime = new HostRuntime(config, hosts, createRoot, threadOf, thread)
    this.runtime.progress = links.progress ?? null
    this.received = new Array<number>(1 + Math.max(...threadOf)).fill(0)
  }

  batch(from: number, envelopes: readonly Envelope[]): void {
    this.received[from]!++
    for (const envelope of envelopes) this.inbox.push(envelope)
    this.play()
  }

  grant(end: number, grant: Grant): void {
    this.waiting = { end, grant }
    this.play()
  }

  private play(): void {
    if (this.waiting === null) return
    const { end, grant } = this.waiting
    // The synchroniser is faster than a batch between two others may be.
    for (let from = 0; from < grant.batches.length; from++) if (this.received[from]! < grant.batches[from]!) return
    this.waiting = null
    let result: WindowResult
    try {
      // A batch of the very round that begins may be here already: it falls due after the window, so it does no harm.
      this.runtime.receive(this.inbox)
      this.inbox = []
      this.runtime.receive(grant.injections)
      // Pages of several threads are put together round by round.
      result = this.runtime.window(end, grant.all || this.received.length > 1 ? 0 : WORTH_A_PAGE)
    } catch (error) {
      // What was emitted in the windows before is as it would have been.
      const page = this.runtime.rescue(this.played)
      if (page !== null) this.links.report({ next: end, kept: Infinity, last: -1, sent: [] }, page)
      this.links.failed(describeError(error))
      return
    }
    const settling = this.links.settle?.()
    if (settling === undefined) this.leave(end, result)
    else
      settling.then(
        () => this.leave(end, result),
        (error: unknown) => this.links.failed(describeError(error)),
      )
  }

  /** Lets what was sent in a window go to other threads, and says what came of it. */
  private leave(end: number, result: WindowResult): void {
    this.played = end
    const sent: { thread: number; time: number }[] = []
    for (let thread = 0; thread < result.outgoing.length; thread++) {
      const envelopes = result.outgoing[thread]
      if (envelopes === undefined) continue
      let time = Infinity
      for (const envelope of envelopes) time = Math.min(time, envelope.time)
      sent.push({ thread, time })
      this.links.send(thread, envelopes)
    }
    this.links.report({ next: result.next, kept: result.kept, last: result.last, sent }, result.page)
  }
}
