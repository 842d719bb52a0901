import fc from 'fast-check'
import { expect, test } from 'vitest'
import { micros } from '../core/time'
import type { EventPage } from '../core/page'
import { createLocalKernel } from './local'
import { bytesOfPages, configOf, createRootOf, injectionsOf, networks, type Network } from '../testing/kernel/network'
import { runReference } from '../testing/kernel/reference'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

async function runLocal(network: Network, cuts: readonly number[] = []): Promise<EventPage[]> {
  const kernel = createLocalKernel(configOf(network), createRootOf(network))
  for (const injection of injectionsOf(network)) kernel.inject(injection)
  const pages: EventPage[] = []
  for (const until of [...cuts, Infinity]) await kernel.run(micros(until), (page) => pages.push(page))
  return pages
}

test('random networks: windows change nothing, however the run is cut', async () => {
  let events = 0
  await fc.assert(
    fc.asyncProperty(networks, async (network) => {
      const reference = text(runReference(configOf(network), createRootOf(network), injectionsOf(network)))
      events += reference.split('\n').length
      expect(text(bytesOfPages(await runLocal(network)))).toBe(reference)
      expect(text(bytesOfPages(await runLocal(network, network.cuts)))).toBe(reference)
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
  // Networks that die at once would prove nothing.
  expect(events).toBeGreaterThan(10_000)
})
