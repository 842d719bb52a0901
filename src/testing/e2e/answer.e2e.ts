import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import type { Bookmark, Cell, Scenario } from '../../scenario/types'
import { launch } from '../browser'
import { eventClock, open, servePlayground, type Playground } from './playground'

let browser: Browser
let playground: Playground
let page: Page
let context: BrowserContext
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  playground = await servePlayground()
})
afterAll(async () => {
  await browser.close()
  await playground.close()
})
beforeEach(() => {
  errors = []
})
afterEach(async () => {
  expect(errors).toEqual([])
  await context.close()
})

const START = Date.UTC(2001, 0, 1)

/** Counts of each key, every 10 s; event times and arrivals in seconds from the start. */
const counting = (parallelism: number, strategy: string): string => `
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
interface Reading { time: number; key: string; count: number }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(${parallelism})
env
  .fromSource(
    LogSource.topic<Reading>('readings'),
    ${strategy}<Reading>().withTimestampAssigner((reading) => reading.time),
    'readings',
  )
  .map((reading) => ({ ...reading, count: 1 }))
  .keyBy((reading) => reading.key)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .reduce((a, b) => ({ ...a, count: a.count + b.count }))
  .map((sum) => \`\${sum.key}: \${sum.count}\`)
  .sinkTo(new PrintSink())
env.execute('counts')
`

function scenarioOf(program: string, partitions: number, rows: readonly (readonly [key: string, time: number])[]): Scenario {
  const at = (seconds: number): number => START + seconds * 1000
  return {
    version: 4,
    name: 'counts',
    program: { language: 'typescript', text: program },
    topics: [
      {
        name: 'readings',
        partitions,
        table: {
          from: 'inline',
          columns: ['time', 'key', 'arrival'],
          rows: rows.map(([key, time]): readonly Cell[] => [at(time), key, at(time)]),
        },
        eventTime: 'time',
        arrival: { by: 'column', column: 'arrival', speed: 1, delay: 1000 },
      },
    ],
    cluster: { taskManagers: 1, linkLatency: 10, clockStart: START, recordCost: 20 },
    configuration: { 'taskmanager.numberOfTaskSlots': '2', 'execution.buffer-timeout.interval': '10 ms' },
    interventions: [],
    seed: 1,
  }
}

/** Opens a link to a scenario and runs it; the playhead stands at the bookmark's moment. */
async function runs(scenario: Scenario, bookmark: Bookmark): Promise<void> {
  const link = encodeLink({ scenario, bookmark })
  if (!('fragment' in link)) throw new Error('too long')
  ;({ page, context, errors } = await open(browser, `${playground.url}#${link.fragment}`, { reducedMotion: 'reduce' }))
  await page.keyboard.press('Control+Enter')
  await page.getByText('waits for it').waitFor({ timeout: 60_000 })
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: typeof name === 'string' })
const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).first().click()
const centre = (): Locator => page.getByRole('region', { name: 'What happens' })
const inspector = (): Locator => page.locator('.inspector')
test('a partition falls silent, the answer says so, its way out is taken, and the two forks are compared', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => [n % 2 === 0 ? 'a' : 'b', 1 + n] as const)
  const program = counting(2, 'WatermarkStrategy.forMonotonousTimestamps')
  await runs(scenarioOf(program, 2, rows), { time: 15_000_000, views: ['watermarks'], pane: 'program' })
  await centre().getByText('partition 1', { exact: true }).first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Silence readings-1 from here on' }).click()
  await page.getByText('readings-1 falls silent at').waitFor()
  // The fork is there: nothing is simulated any more.
  await expect.poll(() => page.getByText('waits for it').count(), { interval: 500 }).toBe(1)
  await page.keyboard.press('End')

  // The window of what went on speaking waits for what does not.
  await tab('Windows')
  await button(/^Window \[00:00:10, 00:00:20\) of a\b/).click()
  await inspector().locator('[data-root="silent-partition"]').waitFor()
  await inspector().locator('[data-fix="set-idleness"] button.do').click()
  await inspector()
    .locator('.again')
    .getByText(/fires at/)
    .waitFor({ timeout: 30_000 })

  // What came of it, beside what was before, on one clock.
  await page.getByText('Forked: Idle after').locator('..').getByRole('button', { name: 'Compare with before' }).click()
  const first = button(/^To the first difference/)
  await first.waitFor()
  await expect.poll(() => centre().innerText()).toMatch(/only in A\s+3/)
  await centre().getByText('b: 3').waitFor()
  await first.click()
  await expect.poll(async () => (await eventClock(page)).at).toBeLessThan(900)

  // Nothing is lost: the forks are there after a reload.
  await page.getByText('3 forks').waitFor()
  await page.waitForTimeout(1000)
  await page.reload()
  await page.getByText('3 forks').waitFor({ timeout: 30_000 })
})
