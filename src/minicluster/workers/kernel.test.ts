import { setMaxListeners } from 'node:events'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { micros } from '../../core/time'
import type { EventPage } from '../../core/page'
import { bytesOfPages, configOf, injectionsOf, networks, createRootOf, type Network } from '../../testing/kernel/network'
import { runReference } from '../../testing/kernel/reference'
import { createWorkerKernel } from './kernel'
import { bundleForNode, NodeThreads } from './node'
import type { Thread } from './threads'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const root = new URL('../../..', import.meta.url).pathname
let threads: NodeThreads
let pool: Thread[]

beforeAll(async () => {
  const source = await bundleForNode('src/testing/kernel/networkWorker.ts', root)
  threads = new NodeThreads(() => source)
  // The same three threads play network after network, each time set up anew.
  pool = Array.from({ length: 3 }, () => ({ ...threads.spawn('taskmanager'), terminate: () => {} }))
  for (const { port } of pool) setMaxListeners(0, port)
})
afterAll(() => threads.dispose())

/** Hosts in turn on one to three threads, of which the first leads. */
async function runOnWorkers(network: Network, count: number): Promise<EventPage[]> {
  const config = configOf(network)
  const threadOf = config.hosts.map(({ host }) => host % count)
  const used = 1 + Math.max(...threadOf)
  const kernel = await createWorkerKernel(config, pool.slice(0, used), threadOf, new Map(config.hosts.map(({ host }) => [host, network])))
  for (const injection of injectionsOf(network)) kernel.inject(injection)
  const pages: EventPage[] = []
  for (const until of [...network.cuts, Infinity]) await kernel.run(micros(until), (page) => pages.push(page))
  kernel.dispose()
  return pages
}

test('random networks on worker threads: the trace of the sequential reference, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(networks, fc.integer({ min: 1, max: 3 }), async (network, count) => {
      const reference = text(runReference(configOf(network), createRootOf(network), injectionsOf(network)))
      expect(text(bytesOfPages(await runOnWorkers(network, count)))).toBe(reference)
    }),
    { numRuns: Number(process.env.RUNS ?? 40) },
  )
})
