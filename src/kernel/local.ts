import { micros } from '../core/time'
import type { EventPage } from '../core/page'
import { HostRuntime, type WindowResult } from './host'
import { Synchroniser, type Round } from './synchroniser'
import type { HostSpec, Injection, Kernel, KernelConfig, Process, Settle, StopReason } from './types'

export interface LocalOptions {
  /** Asked after each round; where it gives a promise, the run goes on when that is fulfilled. This is how a run on the page's own thread lets others in. */
  readonly pause?: () => Promise<void> | undefined
  /** See Settle. */
  readonly settle?: Settle
  /** Events that make a page; fewer wait for more until `run` returns. Absent: a page for each window in which there were any. */
  readonly worthAPage?: number
}

/** All processes on the calling thread. Without `pause`, `run` does all its work before it returns its promise. */
export function createLocalKernel(config: KernelConfig, createRoot: (spec: HostSpec) => Process, options: LocalOptions = {}): Kernel {
  const runtime = new HostRuntime(config, config.hosts, createRoot)
  const synchroniser = new Synchroniser(1, config.lookahead, () => 0, config.faults)
  let stopped = false
  /** What was said of the frontier before. */
  let told = 0

  const play = (round: Round, onPage: (page: EventPage) => void): void => {
    for (const grant of round.grants) {
      runtime.receive(grant.injections)
      const least = grant.all ? 0 : (options.worthAPage ?? 0)
      const { page, next, kept, last } = windowOf(round.end, least, onPage)
      synchroniser.report(0, { next, kept, last, sent: [] })
      synchroniser.reached(round.end === Infinity && page !== null ? page.time[page.count - 1]! + 1 : round.end)
      if (page !== null) onPage(page)
    }
  }

  const windowOf = (end: number, least: number, onPage: (page: EventPage) => void): WindowResult => {
    try {
      return runtime.window(end, least)
    } catch (error) {
      const before = runtime.rescue(synchroniser.frontier)
      if (before !== null) onPage(before)
      throw error
    }
  }

  return {
    inject: (injection: Injection) => synchroniser.inject(injection),
    stop: () => {
      stopped = true
    },
    dispose: () => {
      stopped = true
    },
    async run(until, onPage) {
      stopped = false
      const result = (reason: StopReason) => {
        told = reason === 'drained' ? synchroniser.drainedAt(told) : synchroniser.frontier
        return { reason, frontier: micros(told) }
      }
      const collected = () => {
        const rest = synchroniser.collect()
        if (rest !== null) play(rest, onPage)
        return result('stopped')
      }
      for (let round = synchroniser.round(until); round !== null; round = synchroniser.round(until)) {
        play(round, onPage)
        const settling = options.settle?.()
        if (settling !== undefined) await settling
        if (stopped) return collected()
        const pause = options.pause?.()
        if (pause !== undefined) await pause
        // Whoever had the thread meanwhile may have asked for the end.
        if (stopped) return collected()
      }
      const drained = synchroniser.lbts === Infinity
      const rest = synchroniser.finish(until)
      if (rest !== null) play(rest, onPage)
      return result(drained ? 'drained' : 'until')
    },
  }
}
