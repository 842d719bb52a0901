import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLIGHTS_TOPIC } from './defaults'
import { appDataFrom } from './node'
import { readTopics } from './topics'

const load = appDataFrom(join(__dirname, '../../public'))

test('the flights are what public/data/README.md says', async () => {
  const { topics, problems } = await readTopics({ topics: [{ ...FLIGHTS_TOPIC, partitions: 1 }], seed: 1 }, load)
  expect(problems).toEqual([])
  const records = topics[0]!.partitions[0]!
  expect(records).toHaveLength(2000)
  expect(records.every(({ value, timestamp }) => Number(value['arrival']) === timestamp! + Number(value['delay']) * 60_000)).toBe(true)
  let seen = -Infinity
  const behind: number[] = []
  for (const { timestamp } of records) {
    if (timestamp! < seen) behind.push((seen - timestamp!) / 60_000)
    seen = Math.max(seen, timestamp!)
  }
  behind.sort((a, b) => a - b)
  expect(behind).toHaveLength(315)
  expect([behind[Math.floor(behind.length / 2)], behind[Math.floor(behind.length * 0.95)], behind.at(-1)]).toEqual([19, 100, 163])
})

test('they come in two partitions, an hour of theirs in a second, from second 2 on', async () => {
  const { topics } = await readTopics({ topics: [FLIGHTS_TOPIC], seed: 1 }, load)
  const [even, odd] = topics[0]!.partitions
  expect([even!.length, odd!.length]).toEqual([1000, 1000])
  const all = [...even!, ...odd!].map(({ arrival }) => arrival)
  expect([Math.min(...all), Math.max(...all)]).toEqual([2_000_000, 2_000_000 + Math.floor((89.65416666666667 * 86_400_000_000) / 3600)])
})
