import { micros } from '../core/time'
import { createLocalKernel } from '../kernel/local'
import { assemble, createRoot } from './assemble'
import type { Run, RunRequest, StartRun } from './types'

/** The local deployment: all processes on the calling thread. Without `pause` an `advance` holds the thread until it is there. */
export interface LocalRunOptions {
  /** See LocalOptions of the kernel. */
  readonly pause?: () => Promise<void> | undefined
}

export async function startLocalRun(request: RunRequest, options: LocalRunOptions = {}): Promise<Run> {
  const { header, kernel: config, inputs, injections } = assemble(request)
  const kernel = createLocalKernel(config, (spec) => createRoot(spec, inputs.get(spec.host)!), options)
  for (const injection of injections) kernel.inject(injection)
  return {
    header,
    async advance(until, onPage) {
      const { reason, frontier } = await kernel.run(micros(until), onPage)
      return { state: reason === 'drained' ? 'ended' : 'paused', frontier }
    },
    pause: () => kernel.stop(),
    dispose: () => kernel.dispose(),
  }
}

export const startLocal: StartRun = (request) => startLocalRun(request)
