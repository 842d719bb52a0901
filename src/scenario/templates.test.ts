import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile } from '../client/compile'
import { templates } from '../i18n/scenario'
import { startLocal } from '../minicluster/local'
import { TraceKind } from '../trace/kinds'
import { checkScenario } from './checks'
import { decodeLink, encodeLink } from './codec'
import { appDataFrom } from './node'
import { TEMPLATES } from './templates'
import { resolveTopics } from './topics'

const load = appDataFrom(join(__dirname, '../../public'))

test('each has a question', () => expect(TEMPLATES.map(({ id }) => id)).toEqual(Object.keys(templates)))

test.each(TEMPLATES.map((template) => [template.id, template] as const))(
  '%s: good, small enough for a link, runs and gives results',
  async (_id, template) => {
    const scenario = template.scenario('a name')
    expect(checkScenario(scenario)).toEqual([])
    const encoded = encodeLink({ scenario })
    const fragment = 'fragment' in encoded ? encoded.fragment : ''
    expect(fragment.length).toBeLessThan(2000)
    expect(decodeLink(fragment)).toEqual({ scenario })
    const run = await startLocal({
      scenario,
      compiled: compile(scenario.program.text),
      topics: await resolveTopics(scenario, load),
      tracing: true,
    })
    const seen = new Map<number, number>()
    await run.advance(120_000_000, (page) => {
      for (let i = 0; i < page.count; i++) seen.set(page.kind[i]!, (seen.get(page.kind[i]!) ?? 0) + 1)
    })
    run.dispose()
    expect(seen.get(TraceKind.SinkRecord) ?? 0).toBeGreaterThan(5)
    expect(seen.get(TraceKind.Problem) ?? 0).toBe(0)
  },
)

test('the silent sensor has its partition to itself', async () => {
  const scenario = TEMPLATES.find(({ id }) => id === 'means')!.scenario('')
  const [readings] = await resolveTopics(scenario, load)
  const sensors = readings!.partitions.map((records) => [...new Set(records.map(({ value }) => value['sensor']))].join())
  expect(sensors.sort()).toEqual(['sensor-1', 'sensor-2', 'sensor-3', 'sensor-4'])
})
