import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import type { Intervention, Scenario } from '../../scenario/types'
import { TraceKind } from '../../trace/kinds'
import { launch } from '../browser'
import { observe } from '../chaos/observe'
import { sums } from './failures/scenarios'
import { open, servePlayground, simulated, type Playground } from './playground'

/** A TaskManager dies while its tasks align, and nothing of the result shows it; a savepoint that outlives the page; a disk that is full. */

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

function linkTo(scenario: Scenario, view: string, time = 0): string {
  const encoded = encodeLink({ scenario, bookmark: { time, views: [view], pane: 'cluster' } })
  if ('problem' in encoded) throw new Error(JSON.stringify(encoded.problem))
  return `${playground.url}#${encoded.fragment.replace(/^#/, '')}`
}
const run = (page: Page): Promise<void> => page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
const toEnd = (page: Page): Promise<void> =>
  page.getByRole('toolbar', { name: 'Playing' }).getByRole('button', { name: 'To the end' }).click()

/** The second subtask of the source takes its time: its barriers come late, and those behind it wait for them. */
const SLOW: Intervention = { at: 0, do: 'slow', node: 1, subtask: 1, cost: 90_000 }

/** The middle of the longest alignment of the run: virtual µs. */
async function midAlignment(scenario: Scenario): Promise<number> {
  const { log } = await observe(scenario)
  let longest = 0
  let middle = 0
  for (const event = log.reader(); event.next();) {
    if (event.kind !== TraceKind.AlignmentEnded || event.b !== 0 || event.x <= longest || event.time < 2_000_000) continue
    longest = event.x
    middle = Math.round(event.time - event.x / 2)
  }
  return middle
}

test('a TaskManager dies in the middle of an alignment: the ledgers agree after recovery', async () => {
  const at = await midAlignment(sums([SLOW]))
  expect(at).toBeGreaterThan(0)
  const scenario = sums([SLOW, { at, do: 'kill-task-manager', host: 2 }, { at: at + 500_000, do: 'start-task-manager' }])
  const { page, context, errors } = await open(browser, linkTo(scenario, 'truth', at + 1))
  await run(page)
  await simulated(page)
  await page.getByText('no failure so far').waitFor()

  await toEnd(page)
  await page.getByText('What is outside is exactly what a run without failures leaves').waitFor()
  const outside = page.getByRole('region', { name: 'Written' })
  await expect.poll(() => outside.innerText()).toContain('240 visible')
  // Something was really done twice, and something that was written never became visible.
  await expect.poll(() => page.getByRole('region', { name: 'Read' }).innerText()).toMatch(/\d+ read again/)
  await expect.poll(() => page.getByRole('region', { name: 'Held' }).innerText()).toMatch(/Last restored from checkpoint \d/)

  // The dashboard has the root cause, and where it went on.
  await page.getByRole('tab', { name: 'Jobs' }).click()
  await page
    .getByText(/from checkpoint \d/)
    .first()
    .waitFor()
  await expect
    .poll(() => page.getByRole('region', { name: 'Exceptions' }).innerText())
    .toMatch(/taskmanager-2|no longer reachable|Connection unexpectedly closed/)
  expect(errors).toEqual([])
  await context.close()
})

test('a savepoint is there when the page comes back, and a job starts from it', async () => {
  const scenario = sums([{ at: 2_500_000, do: 'stop-with-savepoint', drain: false }])
  const { page, context, errors } = await open(browser, linkTo(scenario, 'truth'))
  await run(page)
  await simulated(page)
  await toEnd(page)
  const before = await visible(page)
  expect(before).toBeLessThan(240)
  await expect.poll(() => new URL(page.url()).hash).toBe('')
  await page.close()

  const again = await context.newPage()
  again.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  await again.goto(playground.url)
  await again.getByRole('button', { name: 'Delete intervention 1' }).click()
  await again
    .getByRole('banner')
    .getByRole('button', { name: /^Tidemark/ })
    .click()
  await again.getByRole('menuitem', { name: /^Checkpoints and savepoints/ }).click()
  const sheet = again.getByRole('dialog', { name: 'Checkpoints and savepoints on this machine' })
  await sheet.getByRole('button', { name: 'Start from here' }).first().click()
  await run(again)
  // What is on screen until the new run begins has ended, too.
  await again.getByText('edited since this run').waitFor({ state: 'hidden' })
  await simulated(again)
  await toEnd(again)
  // What was committed before the stop is not written again.
  await expect.poll(() => visible(again)).toBe(240 - before)
  await expect.poll(() => again.getByRole('region', { name: 'Held' }).innerText()).toMatch(/from checkpoint \d/)
  expect(errors).toEqual([])
  await context.close()
})

const visible = async (page: Page): Promise<number> =>
  Number(/(\d+) visible/.exec(await page.getByRole('region', { name: 'Written' }).innerText())?.[1] ?? -1)

test('a full disk fails checkpoints, and the page says why', async () => {
  const scenario = sums([], {
    fileSystem: { latency: 5, bandwidth: 100_000, capacity: 300 },
    configuration: { ...sums([]).configuration, 'execution.checkpointing.data-inline-threshold': '0 b' },
  })
  const { page, context, errors } = await open(browser, linkTo(scenario, 'checkpoints'))
  await run(page)
  await simulated(page)
  await toEnd(page)
  await page
    .getByText(/No space left on device/)
    .first()
    .waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('a browser without room for files: the run stops and says what to do, and nothing that was made is lost', async () => {
  const { page, context, errors } = await open(browser, linkTo(sums([]), 'checkpoints'))
  const client = await context.newCDPSession(page)
  await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(playground.url).origin, quotaSize: 1 })
  await run(page)
  await page
    .getByText(/Delete what you do not need under “Checkpoints and savepoints”/)
    .first()
    .waitFor()
  await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(playground.url).origin })
  await run(page)
  await simulated(page)
  await toEnd(page)
  await page.getByText(/Latest completed: \d/).waitFor()
  expect(errors).toEqual([])
  await context.close()
})
