import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import { TEMPLATES } from '../../scenario/templates'
import type { Scenario } from '../../scenario/types'
import { launch } from '../browser'
import { eventClock, open, servePlayground, simulated, type Playground } from './playground'

/** TaskManagers that come and go under jobs that run, and jobs that cannot run at all. */

let browser: Browser
let playground: Playground

beforeAll(async () => {
  browser = await launch()
  playground = await servePlayground()
})
afterAll(async () => {
  await browser.close()
  await playground.close()
})

function linkTo(scenario: Scenario, time = 0): string {
  const encoded = encodeLink({ scenario, bookmark: { time, views: ['slots'], pane: 'cluster' } })
  if ('problem' in encoded) throw new Error(JSON.stringify(encoded.problem))
  return `${playground.url}#${encoded.fragment.replace(/^#/, '')}`
}
const run = (page: Page): Promise<void> => page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
const machine = (page: Page, number: number) => page.getByRole('region', { name: `taskmanager-${number}`, exact: true })
const toEnd = (page: Page): Promise<void> =>
  page.getByRole('toolbar', { name: 'Playing' }).getByRole('button', { name: 'To the end' }).click()

test('the adaptive scheduler goes on with fewer slots, and takes those of a TaskManager that comes', async () => {
  const scenario = TEMPLATES.find(({ id }) => id === 'leaving')!.scenario('leaving')
  // Between the stop and the start that the template has: the job runs with half of what it wants.
  const { page, context, errors } = await open(browser, linkTo(scenario, 12_000_000))
  await run(page)
  await simulated(page)
  await page.getByText(/runs with 2 slots/).waitFor()
  await expect.poll(() => machine(page, 2).innerText()).toContain('left at')
  await expect.poll(() => machine(page, 3).innerText()).toContain('starts at')

  // Long after that it has its four again, two of them on the machine that came.
  await toEnd(page)
  await page.getByText(/needed 4 slots/).waitFor()
  await expect.poll(() => machine(page, 3).innerText()).toContain('of 2 slots')

  // Without the second intervention it never gets them; taken back, the run is the one before.
  const before = await eventClock(page)
  await page.getByRole('button', { name: 'Delete intervention 2' }).click()
  await expect.poll(() => machine(page, 3).count()).toBe(0)
  await simulated(page)
  await toEnd(page)
  await page.getByText(/needed 2 slots/).waitFor()
  await page.locator('body').click({ position: { x: 700, y: 20 } })
  await page.keyboard.press('Control+z')
  await expect.poll(() => machine(page, 3).count()).toBe(1)
  await simulated(page)
  expect((await eventClock(page)).of).toBe(before.of)
  expect(errors).toEqual([])
  await context.close()
})

test('what was done to a link is there after a reload, and what it holds runs elsewhere only on Run', async () => {
  const scenario = TEMPLATES.find(({ id }) => id === 'jobs')!.scenario('two jobs')
  const { page, context, errors } = await open(browser, linkTo(scenario, 1_000_000))
  await run(page)
  await simulated(page)
  await machine(page, 2).getByRole('button', { name: 'taskmanager-2', exact: true }).press('Delete')
  await machine(page, 2).getByText('stops; not noticed yet').waitFor()
  await simulated(page)
  const shown = await eventClock(page)

  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('dialog').getByRole('textbox').inputValue()
  await page.keyboard.press('Escape')
  // The address names the link that was opened until what is in hand is kept.
  await expect.poll(() => new URL(page.url()).hash).toBe('')
  await page.reload()
  await expect.poll(() => page.getByLabel('TaskManager of intervention 1').inputValue()).toBe('2')
  await simulated(page)
  await expect.poll(() => eventClock(page)).toEqual(shown)

  const other = await open(browser, link)
  await expect.poll(() => other.page.getByLabel('TaskManager of intervention 1').inputValue()).toBe('2')
  await other.page.getByText('nothing of it has run').waitFor()
  expect((await eventClock(other.page)).of).toBe(0)
  await run(other.page)
  await simulated(other.page)
  await expect.poll(() => eventClock(other.page)).toEqual(shown)
  expect([...errors, ...other.errors]).toEqual([])
  await other.context.close()
  await context.close()
})

test('what is not simulated yet says so on its line, and its plan is there to be looked at', async () => {
  const text = `import { StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
const loop = env.fromSequence(1, 10).iterate()
const step = loop.map((n) => n - 1)
loop.closeWith(step.filter((n) => n > 0))
step.filter((n) => n <= 0).print()
env.execute('loop')
`
  const { page, context, errors } = await open(browser, linkTo(newScenario({ name: 'loop', program: { language: 'typescript', text } })))
  await run(page)
  await page.getByText('Planned, not run: this is not simulated yet').first().waitFor()
  await page.getByText(/“loop” (will need|needs) 2 slots/).waitFor()
  expect(await page.getByRole('button', { name: '＋ TaskManager' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Play', exact: true }).isDisabled()).toBe(true)
  await page.getByRole('tab', { name: 'Program', exact: true }).click()
  await page.getByRole('region', { name: 'What you write' }).getByRole('button', { name: 'line 4', exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Graph', exact: true }).click()
  await page
    .getByRole('button', { name: /^IterationSource/ })
    .first()
    .waitFor()
  expect(errors).toEqual([])
  await context.close()
})
