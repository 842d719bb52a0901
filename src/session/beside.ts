import { lastArrival } from '../minicluster/dataEnd'
import type { RunEnd } from '../minicluster/types'
import type { Scenario } from '../scenario/types'
import { TraceLog } from '../trace/log'
import type { Shown } from './known'
import type { Materials } from './materials'
import { AFTER_DATA } from './pace'
import type { Services } from './services'

/** A run beside the one on screen goes on to its end as long as it has no more events than this. */
const MOST_EVENTS = 400_000
const STRIDE = 20e6

export interface BesideOptions {
  /** Virtual µs that must be known before anybody looks. */
  readonly need: number
  /** Once `need` is known: resolves when it is time for what comes after it, with false if nobody wants it any more; absent: at once. */
  readonly rest?: () => Promise<boolean>
  /** Asked between two strides, once `need` is known: whether the rest is still wanted. */
  readonly wanted: () => boolean
  /** `need` is known; called once. */
  readonly onReady: (shown: Shown, frontier: number, ended: boolean) => void
  /** More is known. */
  readonly onGrown: (frontier: number, ended: boolean) => void
  /** Ends it at once. */
  readonly signal: AbortSignal
}

/**
 * Makes a run beside the one on screen: up to `need`, then to the end of the data if that is not many events. Rejects with ProblemError for
 * what cannot start. What user code breaks ends where it broke: the run on screen will say why.
 */
export async function runBeside(scenario: Scenario, services: Services, materials: Materials, options: BesideOptions): Promise<void> {
  const { need, signal } = options
  const request = await materials.request(scenario)
  if (signal.aborted) return
  const run = await (services.startBeside ?? services.startRun)(request)
  const stop = (): void => run.pause()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const log = new TraceLog()
    const shown: Shown = { scenario, topics: request.topics, header: run.header, log }
    let frontier = 0
    let state: RunEnd['state'] = 'paused' as RunEnd['state']
    const on = async (until: number): Promise<void> => {
      const next = await run.advance(until, (page) => {
        if (!signal.aborted) log.append(page)
      })
      frontier = Math.max(frontier, next.frontier)
      state = next.state
    }
    const over = (): boolean => signal.aborted || state !== 'paused'
    // One stride, if it can be: each costs a message there and back.
    while (!over() && (frontier === 0 || frontier < need)) await on(Math.max(need, frontier) + 1)
    if (signal.aborted) return
    options.onReady(shown, frontier, state === 'ended')
    if (over() || (options.rest !== undefined && !(await options.rest()))) return
    const target = lastArrival(request.topics) + AFTER_DATA
    while (!over() && frontier < target && log.length < MOST_EVENTS && options.wanted()) {
      await on(Math.min(target, frontier + STRIDE))
      if (!signal.aborted) options.onGrown(frontier, state === 'ended')
    }
  } finally {
    signal.removeEventListener('abort', stop)
    run.dispose()
  }
}
