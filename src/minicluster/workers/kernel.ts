import { transfer, wrap, type Remote } from 'comlink'
import { micros } from '../../core/time'
import { errorOf } from '../../kernel/thread'
import { unpackPage, type PackedPage } from '../../kernel/wire'
import type { Kernel, KernelConfig } from '../../kernel/types'
import type { LeaderApi, PagesMessage, ThreadApi, ThreadSetUp } from './protocol'
import type { Thread } from './threads'

/**
 * The kernel in the worker deployment, seen from the thread that watches: thread 0 leads, each of the others has a port to it and
 * to every other. `threads[i]` plays the hosts that `threadOf` sends there; `inputs` go to `createRoot` on the host's thread. `onPulse`
 * hears of threads that come forward in the midst of a long window, `onDead` of those whose hosts have all died: they have been terminated.
 */
export async function createWorkerKernel(
  config: KernelConfig,
  threads: readonly Thread[],
  threadOf: readonly number[],
  inputs: ReadonlyMap<number, unknown>,
  onPulse: (thread: number) => void = () => {},
  onDead: (thread: number) => void = () => {},
  files: MessagePort | null = null,
): Promise<Kernel> {
  const count = threads.length
  const peers = mesh(count)
  const rounds: (MessagePort | null)[][] = Array.from({ length: count }, () => [null])
  const pages = new MessageChannel()
  const pulses: MessagePort[] = []
  for (let thread = 1; thread < count; thread++) {
    const { port1, port2 } = new MessageChannel()
    rounds[0]!.push(port1)
    rounds[thread] = [port2]
  }
  const latencies: number[][] = []
  for (const from of config.hosts) {
    latencies[from.host] = []
    for (const to of config.hosts) latencies[from.host]![to.host] = config.latency(from.host, to.host)
  }
  const remotes = threads.map((thread) => wrap<ThreadApi>(thread.port))
  const leader = remotes[0]! as unknown as Remote<LeaderApi>
  await Promise.all(
    remotes.map((remote, thread) => {
      const pulse = new MessageChannel()
      pulse.port2.onmessage = () => onPulse(thread)
      pulses.push(pulse.port2)
      const setUp: ThreadSetUp = {
        seed: config.seed,
        lookahead: config.lookahead,
        tracing: config.tracing,
        faults: config.faults ?? { deaths: [], cuts: [] },
        hosts: config.hosts,
        latencies,
        threadOf,
        thread,
        inputs: Object.fromEntries(
          config.hosts.filter(({ host }) => threadOf[host] === thread).map(({ host }) => [host, inputs.get(host)]),
        ),
        peers: peers[thread]!,
        rounds: rounds[thread]!,
        pages: thread === 0 ? pages.port1 : null,
        files: thread === 0 ? files : null,
        pulse: pulse.port1,
      }
      const ports = [...peers[thread]!, ...rounds[thread]!, setUp.pages, setUp.files, setUp.pulse].filter((port) => port !== null)
      return remote.setUp(transfer(setUp, ports))
    }),
  )

  let received = 0
  let onPages: (pages: readonly PackedPage[]) => void = () => {}
  let arrived = (): void => {}
  /** What it has sent to others is on its way when it answers. */
  const bury = async (thread: number): Promise<void> => {
    await remotes[thread]!.ping()
    threads[thread]!.terminate()
    onDead(thread)
  }
  pages.port2.onmessage = ({ data }: MessageEvent<PagesMessage>) => {
    if ('dead' in data) return void bury(data.dead)
    received += data.length
    onPages(data)
    arrived()
  }
  // Injections go ahead of the run that needs them: one port keeps its order.
  return {
    inject: (injection) => void leader.inject([injection]),
    stop: () => void leader.stop(),
    dispose: () => {
      for (const port of [pages.port2, ...pulses]) port.close()
      for (const thread of threads) thread.terminate()
    },
    async run(until, onPage) {
      onPages = (packed) => packed.forEach((page) => onPage(unpackPage(page)))
      const result = await leader.run(until)
      // Two ports have no common order: the last pages may still be on their way.
      while (received < result.pages) await new Promise<void>((done) => (arrived = done))
      if ('failed' in result) throw errorOf(result.failed)
      return { reason: result.reason, frontier: micros(result.frontier) }
    },
  }
}

/** A channel between each two threads; `mesh[i][j]` is i's end of the channel to j. */
function mesh(count: number): (MessagePort | null)[][] {
  const ports: (MessagePort | null)[][] = Array.from({ length: count }, () => new Array<MessagePort | null>(count).fill(null))
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const { port1, port2 } = new MessageChannel()
      ports[i]![j] = port1
      ports[j]![i] = port2
    }
  }
  return ports
}
