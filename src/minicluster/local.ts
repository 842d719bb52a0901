import { problem } from '../core/problem'
import { micros } from '../core/time'
import { FloodError } from '../kernel/eventWriter'
import { createLocalKernel } from '../kernel/local'
import { WORTH_A_PAGE } from '../kernel/types'
import { assemble, createRoot } from './assemble'
import { refusedRun } from './refusedRun'
import type { Run, RunRequest, StartRun } from './types'

/** The local deployment: all processes on the calling thread. Without `pause` an `advance` holds the thread until it is there. */
export interface LocalRunOptions {
  /** See LocalOptions of the kernel. */
  readonly pause?: () => Promise<void> | undefined
}

export async function startLocalRun(request: RunRequest, options: LocalRunOptions = {}): Promise<Run> {
  const { header, kernel: config, inputs, injections, refusal } = assemble(request)
  if (refusal !== null) return refusedRun(header, refusal)
  const kernel = createLocalKernel(config, (spec) => createRoot(spec, inputs.get(spec.host)!), {
    ...options,
    // Whoever lets others in meanwhile wants them to see something.
    worthAPage: options.pause === undefined ? WORTH_A_PAGE : 0,
  })
  for (const injection of injections) kernel.inject(injection)
  let reached = 0
  return {
    header,
    async advance(until, onPage) {
      try {
        const { reason, frontier } = await kernel.run(micros(until), (page) => {
          reached = page.time[page.count - 1]!
          onPage(page)
        })
        return { state: reason === 'drained' ? 'ended' : 'paused', frontier }
      } catch (thrown) {
        // As in the worker deployment: the user's function that never stops emitting is no fault of ours.
        if (!(thrown instanceof FloodError)) throw thrown
        const { what, count } = thrown
        return { state: 'broken', problem: problem('sandbox-flood', { what, count }, { in: 'run' }), frontier: reached }
      }
    },
    pause: () => kernel.stop(),
    dispose: () => kernel.dispose(),
  }
}

export const startLocal: StartRun = (request) => startLocalRun(request)
