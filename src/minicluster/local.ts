import { problem, ProblemError } from '../core/problem'
import { micros } from '../core/time'
import { FloodError } from '../kernel/eventWriter'
import { createLocalKernel } from '../kernel/local'
import { WORTH_A_PAGE } from '../kernel/types'
import { assemble, createRoot, type Assembly, type HostInput } from './assemble'
import { withFound } from './files/found'
import { refusedRun } from './refusedRun'
import type { FileStore } from '../runtime/external/fileStore'
import type { Run, RunRequest, StartRun } from './types'

/** The local deployment: all processes on the calling thread. Without `pause` an `advance` holds the thread until it is there. */
export interface LocalRunOptions {
  /** See LocalOptions of the kernel. */
  readonly pause?: () => Promise<void> | undefined
}

export async function startLocalRun(request: RunRequest, options: LocalRunOptions = {}): Promise<Run> {
  const assembly = assemble(request)
  const { header, refusal } = assembly
  if (refusal !== null) return refusedRun(header, refusal)
  const { files } = request
  return runOf(assembly, await withFound(assembly.inputs, files), options, files?.store, () => files?.close?.())
}

function runOf(
  { header, kernel: config, injections }: Assembly,
  inputs: ReadonlyMap<number, HostInput>,
  options: LocalRunOptions,
  store: FileStore | undefined,
  close: () => void,
): Run {
  const kernel = createLocalKernel(config, (spec) => createRoot(spec, inputs.get(spec.host)!, store), {
    ...options,
    ...(store?.settle === undefined ? {} : { settle: () => store.settle!() }),
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
        if (reason === 'drained') await store?.flush?.()
        return { state: reason === 'drained' ? 'ended' : 'paused', frontier }
      } catch (thrown) {
        if (thrown instanceof ProblemError) return { state: 'broken', problem: thrown.problem, frontier: reached }
        // As in the worker deployment: the user's function that never stops emitting is no fault of ours.
        if (!(thrown instanceof FloodError)) throw thrown
        const { what, count } = thrown
        return { state: 'broken', problem: problem('sandbox-flood', { what, count }, { in: 'run' }), frontier: reached }
      }
    },
    pause: () => kernel.stop(),
    dispose: () => {
      kernel.dispose()
      close()
    },
  }
}

export const startLocal: StartRun = (request) => startLocalRun(request)
