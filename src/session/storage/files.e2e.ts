import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import { launch } from '../../testing/browser'
import { open, servePlayground, simulated, type Playground } from '../../testing/e2e/playground'

let browser: Browser
let playground: Playground
beforeAll(async () => {
  ;[browser, playground] = await Promise.all([launch(), servePlayground()])
})
afterAll(async () => {
  await browser.close()
  await playground.close()
})

const PROGRAM = `import { CollectSink, StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(100)
env.fromSequence(1, 50000).keyBy(n => n % 5).reduce((a, b) => a + b).sinkTo(new CollectSink())
env.execute()`

test('a savepoint is there after the page was closed, and the next run starts from it', async () => {
  const scenario = {
    ...newScenario({ name: 'to be continued', program: { language: 'typescript', text: PROGRAM } }),
    configuration: { 'execution.checkpointing.dir': 'file:///c', 'execution.checkpointing.savepoint-dir': 'file:///s' },
    interventions: [{ at: 300_000, do: 'stop-with-savepoint' as const, drain: false }],
  }
  const link = encodeLink({ scenario })
  if ('problem' in link) throw new Error(link.problem.code)
  const { page, context, errors } = await open(browser, `${playground.url}#${link.fragment}`)
  await page.getByRole('button', { name: /^Run/ }).first().click()
  await simulated(page)
  await page.close()

  const again = await context.newPage()
  await again.goto(playground.url)
  await again.getByRole('button', { name: 'Library' }).first().click()
  await again.getByText('Checkpoints and savepoints…').click()
  const sheet = again.getByRole('dialog')
  await expect.poll(() => sheet.innerText()).toMatch(/to be continued\s+Savepoint of a stop/)
  await sheet.getByRole('button', { name: 'Start from here' }).click()
  await again.getByText(/The next run starts from/).waitFor()
  expect(errors).toEqual([])
  await context.close()
})
