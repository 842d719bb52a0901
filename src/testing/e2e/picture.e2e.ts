import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import { launch } from '../browser'
import { open, servePlayground, simulated, type Playground } from './playground'

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

const PROGRAM = `import { StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env.fromSequence(1, 100)
  .rebalance()
  .map((n) => n * 2)
  .filter((n) => n % 3 === 0)
  .print()
env.execute('cut')
`

function linkTo(text: string): string {
  const encoded = encodeLink({ scenario: newScenario({ name: 'cut', program: { language: 'typescript', text } }) })
  if ('problem' in encoded) throw new Error(JSON.stringify(encoded.problem))
  return encoded.fragment.replace(/^#?/, '#')
}

const run = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Run/ }).first().click()
  await simulated(page)
}
const stage = (page: Page, name: 'Program' | 'Tasks' | 'Subtasks') => page.getByRole('radio', { name, exact: true }).check({ force: true })
/** The timeline has buttons of the same names. */
const inPicture = (page: Page) => page.locator('[data-stage]')
const line = (page: Page, text: string) => page.locator('.monaco-editor .view-line').filter({ hasText: text })

test('the program, its tasks, its subtasks; an edge says why it is cut, and the line that chains it is changed by a click', async () => {
  const { page, context, errors } = await open(browser, playground.url + linkTo(PROGRAM))
  await run(page)
  await page.getByRole('button', { name: /^Map → Filter → Sink: Print to Std. Out #2/ }).waitFor()

  // The stages, by keyboard too.
  await stage(page, 'Program')
  await page.getByRole('button', { name: /^Source: Sequence Source → Map\. REBALANCE.*Not chained/ }).waitFor()
  await page.getByRole('button', { name: /^Map → Filter\. FORWARD.*Chained/ }).waitFor()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.getByRole('radio', { name: 'Tasks', exact: true }).isChecked()).toBe(true)
  await page.getByRole('button', { name: /^Map → Filter → Sink: Print to Std. Out, 2 subtasks/ }).waitFor()

  // The cut edge offers to take the partitioner away; that is one step of undo, and the job runs anew.
  await line(page, '.rebalance()').waitFor()
  await page.getByRole('button', { name: /REBALANCE.*Not chained/ }).focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Source: Sequence Source → Map' })
  await panel.getByText('line 6').waitFor()
  await panel.getByRole('button', { name: 'remove .rebalance()' }).click()
  await page.getByRole('button', { name: /^Source: Sequence Source → Map → Filter → Sink: Print to Std. Out, 2 subtasks/ }).waitFor()
  await expect.poll(() => line(page, '.rebalance()').count()).toBe(0)

  // A knob on an operator.
  await simulated(page)
  await inPicture(page).getByRole('button', { name: 'Filter', exact: true }).click()
  const knobs = page.getByRole('dialog', { name: 'Filter' })
  await knobs.getByRole('button', { name: 'One more' }).click()
  await knobs.getByText('.setParallelism(3)').waitFor()
  await knobs.getByRole('button', { name: 'Change and run' }).click()
  await page.getByRole('button', { name: /^Filter, 3 subtasks/ }).waitFor()
  await line(page, '.filter((n) => n % 3 === 0).setParallelism(3)').waitFor()

  // Undone step by step, the text is what it was.
  await page.locator('body').click({ position: { x: 700, y: 20 } })
  await page.keyboard.press('Control+z')
  await line(page, '.rebalance()').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await line(page, '.rebalance()').waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('what a loop makes is shown, not changed', async () => {
  const text = PROGRAM.replace('env.fromSequence(1, 100)', 'for (const p of [2, 3]) env.fromSequence(1, 100)').replace(
    '.map((n) => n * 2)',
    '.map((n) => n * 2).setParallelism(p)',
  )
  const { page, context, errors } = await open(browser, playground.url + linkTo(text))
  await run(page)
  await stage(page, 'Tasks')
  await inPicture(page).getByRole('button', { name: 'Filter', exact: true }).first().click()
  const knobs = page.getByRole('dialog', { name: 'Filter' })
  await knobs.getByRole('button', { name: 'One more' }).click()
  await knobs.getByText('Line 8 makes 2 operators with one filter()').waitFor()
  expect(await knobs.getByRole('button', { name: 'Change and run' }).count()).toBe(0)
  expect(errors).toEqual([])
  await context.close()
})
