import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../client/compile'
import { startLocal } from '../../minicluster/local'
import { checkScenario } from '../../scenario/checks'
import { resolveTopics } from '../../scenario/topics'
import { TraceKind } from '../../trace/kinds'
import { lastStatus, findEvent } from '../../trace/predicates'
import { VIEWS } from '../../views/registry'
import { traceOf, type CheckServices } from '../lessons/overSeeds'
import { GALLERY, galleryScenario } from '.'

const services: CheckServices = {
  compile,
  resolveTopics: (scenario) => resolveTopics(scenario, () => Promise.reject(new Error('the gallery has its data with it'))),
  startRun: startLocal,
}
const HAN = /\p{Script=Han}/u
/** Everything interesting happens within so much virtual time. */
const LONG = 20_000_000
const MOST_ROWS = 40

test('every folder is an entry', () => {
  const folders = readdirSync(join(__dirname, '../../../lessons/gallery')).sort()
  expect(GALLERY.map(({ id }) => id).sort()).toEqual(folders)
})

describe.each(GALLERY.map((item) => [item.id, item] as const))('%s', (id, item) => {
  test('says what it shows, in both languages', () => {
    const { title, says, shows, views, at } = item
    for (const text of [title, says, ...Object.values(shows).map((shown) => shown.says)]) {
      expect(text.en).not.toBe('')
      expect(text.zh).toMatch(HAN)
    }
    expect(Object.keys(shows)).toContain(at)
    for (const view of views) expect(VIEWS.map((known) => known.id)).toContain(view)
  })

  test('its run shows that', async () => {
    const scenario = await galleryScenario(id)
    expect(scenario.name).toBe(item.title.en)
    expect(checkScenario(scenario)).toEqual([])
    const rows = scenario.topics.reduce((sum, { table }) => sum + (table.from === 'inline' ? table.rows.length : 0), 0)
    expect(rows).toBeLessThanOrEqual(MOST_ROWS)
    const run = await traceOf(scenario, services)
    const problems: string[] = []
    findEvent(run, TraceKind.Problem, (event) => {
      problems.push(event.text())
      return false
    })
    if (item.goesWrong !== true) {
      expect(problems).toEqual([])
      expect(lastStatus(run)?.status).not.toBe('FAILED')
    }
    const missing = Object.entries(item.shows).filter(([, { find }]) => {
      const event = find(run)
      return event < 0 || run.log.timeAt(event) > LONG
    })
    expect(missing.map(([name]) => name)).toEqual([])
  })
})
