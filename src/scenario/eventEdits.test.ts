import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newScenario } from './defaults'
import { deleteRow } from './edits'
import { addEvent, deleteEvent, moveEvent } from './eventEdits'
import { checkShape } from './schema'
import { readTopics } from './topics'
import type { Arrival, Cell, ResolvedTopic, Scenario, Table, Topic } from './types'

const noData = () => Promise.reject(new Error('no app data here'))
const MINUTE = 60_000
const BASE = 10_000 * MINUTE

async function read(scenario: Scenario): Promise<ResolvedTopic> {
  const { topics, problems } = await readTopics(scenario, noData)
  expect(problems).toEqual([])
  expect(checkShape.scenario(scenario, { in: 'link' })).toEqual({ value: scenario })
  return topics[0]!
}
/** Where each row stands, as `row: partition @event time >arrival in ms`. */
const placesOf = (topic: ResolvedTopic): Map<number, string> =>
  new Map(
    topic.partitions.flatMap((records, partition) =>
      records.map(({ row, timestamp, arrival }) => [row, `${partition} @${timestamp} >${arrival / 1000}`] as const),
    ),
  )

const inline = (...rows: Cell[][]): Table => ({ from: 'inline', columns: ['t', 'at', 'k'], rows })
const RATE: Arrival = { by: 'rate', every: 100, delay: 50 }
const COLUMN: Arrival = { by: 'column', column: 'at', speed: 3600, delay: 2000 }
const scenarioOf = (table: Table, arrival: Arrival, rest: Partial<Topic> = {}): Scenario =>
  newScenario({ topics: [{ name: 'e', partitions: 2, eventTime: table.from === 'inline' ? 't' : 'time', table, arrival, ...rest }] })

const table = inline([1000, BASE + 7 * MINUTE, 'a'], ['1970-01-01T00:00:02Z', BASE + 6 * MINUTE, 'b'], [3000, BASE + 9 * MINUTE, 'c'])
const tables: [string, Table, Arrival][] = [
  ['inline, by rate', table, RATE],
  ['inline, by column', table, COLUMN],
  [
    'generator, by rate',
    { from: 'generator', generator: 'sensors', params: { count: 5, start: 1e9 }, edits: [{ op: 'delete', row: 4 }] },
    RATE,
  ],
  [
    'generator, by column',
    { from: 'generator', generator: 'sensors', params: { count: 5, start: 1e9 }, edits: [] },
    { by: 'column', column: 'arrival', speed: 1, delay: 10 },
  ],
]

describe.each(tables)('%s', (_name, of, arrival) => {
  const before = scenarioOf(of, arrival)

  test('an event goes where it is put, and no other moves: also the earliest, also before it', async () => {
    const resolved = await read(before)
    const places = placesOf(resolved)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places.keys()), fc.nat(1e9), fc.nat(9_999_999), async (row, eventTime, micros) => {
        const after = placesOf(await read(moveEvent(before, resolved, row, { eventTime, arrival: micros })))
        const [partition] = places.get(row)!.split(' ')
        const [, time, at] = /@(\S+) >(\S+)/.exec(after.get(row)!)!
        expect([after.get(row)!.split(' ')[0], Number(time)]).toEqual([partition, eventTime])
        // At speed 1 the data's clock knows no less than a ms.
        expect(Math.abs(Math.round(Number(at) * 1000) - micros)).toBeLessThanOrEqual(
          arrival.by === 'column' && arrival.speed === 1 ? 500 : 0,
        )
        for (const [other, place] of places) if (other !== row) expect(after.get(other)).toBe(place)
      }),
      { numRuns: 50 },
    )
  })

  test('an event is added to a partition of choice, like the one beside it, and taken out again', async () => {
    const resolved = await read(before)
    const added = addEvent(before, resolved, { eventTime: 777, arrival: 60_000, partition: 1 })
    const after = await read(added)
    const [[row]] = [...placesOf(after)].filter(([, place]) => place === '1 @777 >60') as [[number, string]]
    expect(new Map([...placesOf(after)].filter(([other]) => other !== row))).toEqual(placesOf(resolved))
    const out = deleteEvent(added, after, row)
    expect(placesOf(await read(out))).toEqual(placesOf(resolved))
    if (of.from === 'inline') expect(out.topics[0]!.table).toEqual(of)
  })

  test('what is taken out leaves all others where they are', async () => {
    const resolved = await read(before)
    const without = await read(deleteEvent(before, resolved, 1))
    const places = placesOf(resolved)
    places.delete(1)
    expect(placesOf(without)).toEqual(places)
  })
})

test('a row put back where its rate has it is no edit', async () => {
  const before = scenarioOf(table, RATE)
  const resolved = await read(before)
  const moved = moveEvent(before, resolved, 1, { arrival: 1_000_001 })
  expect(moved.topics[0]!.arrival).toEqual({ ...RATE, moved: { 1: 1000.001 } })
  expect(moveEvent(moved, resolved, 1, { arrival: 150_000 })).toEqual(before)
  expect(moveEvent(before, resolved, 1, { arrival: 150_000 })).toBe(before)
})

test('dates stay dates; one column for both is moved by event time', async () => {
  const before = scenarioOf(table, { by: 'column', column: 't', speed: 1 })
  const after = moveEvent(before, await read(before), 1, { eventTime: 5000, arrival: 0 })
  expect(after.topics[0]!.table).toMatchObject({ rows: [{ 0: 1000 }, { 0: '1970-01-01T00:00:05.000Z' }, { 0: 3000 }] })
})

test('numbers of moved and placed rows follow the rows when one before them is deleted from the table', async () => {
  const start = scenarioOf(inline([1, 0, 'a'], [2, 0, 'b'], [3, 0, 'c']), RATE)
  const moved = moveEvent(start, await read(start), 2, { arrival: 7000 })
  const { topics } = deleteRow({ ...moved, topics: [{ ...moved.topics[0]!, placed: { 0: 1, 2: 1 } }] }, 'e', 0)
  expect(topics[0]).toMatchObject({ arrival: { moved: { 1: 7 } }, placed: { 1: 1 } })
})

test('rows that are not there, and partitions, are told at their place', async () => {
  const scenario = scenarioOf(table, { ...RATE, moved: { 3: 5 } }, { placed: { 0: 9 } })
  const { problems } = await readTopics(scenario, noData)
  expect(problems.map(({ code, severity, place }) => [code, severity, place])).toEqual([
    ['row-no-partition', 'warning', { in: 'events', topic: 'e', row: 0 }],
    ['edit-lost', 'warning', { in: 'events', topic: 'e', row: 3 }],
  ])
})
