import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyGroupOf, operatorIndexOf } from '../../core/keygroups'
import { javaHashCode } from '../../core/values'
import { launch } from '../browser'
import { open, servePlayground, type Playground } from './playground'

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

interface Recorded {
  readonly title: string
  readonly expect: {
    readonly executionPlan: { readonly nodes: readonly { readonly type: string }[] }
    readonly restPlan?: { readonly nodes: readonly { readonly description: string; readonly parallelism: number }[] }
    readonly requiredSlots: number
    readonly jobVertices: readonly { readonly name: string; readonly parallelism: number; readonly slotGroup: number }[]
  }
}
const root = process.env.TIDEMARK_ROOT ?? join(__dirname, '../../..')
/** Plans as Flink 1.20.4 gave them. */
const recorded = readFileSync(join(root, 'conformance/job-graph/vectors.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)
const oneGroup = recorded.find(
  ({ expect: { restPlan, jobVertices } }) =>
    restPlan !== undefined &&
    jobVertices.length >= 3 &&
    jobVertices.every(({ slotGroup }) => slotGroup === 0) &&
    new Set(jobVertices.map(({ parallelism }) => parallelism)).size > 1,
)!

const sources = (page: Page) => page.getByRole('button', { name: /^Source: flights → Filter #1, RUNNING/ })

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'Program', exact: true }).click()
  await page.getByRole('button', { name: 'Program and plan' }).click()
  await page.getByRole('menuitem', { name: /^Show a plan from a cluster/ }).click()
  const dialog = page.getByRole('dialog', { name: 'A plan from a cluster' })
  await dialog.getByRole('textbox', { name: 'Plan as JSON' }).fill(text)
  await dialog.getByRole('button', { name: 'Show it' }).click()
}
const stage = (page: Page, name: 'Program' | 'Tasks' | 'Subtasks') => page.getByRole('radio', { name, exact: true }).check({ force: true })

test('the plan of a real cluster, pasted: its graph, its slots, a link, a reload, and back to the program', async () => {
  const { page, context, errors } = await open(browser, playground.url)
  await sources(page).waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()

  // What is no plan says where it fails, and nothing is lost.
  await paste(page, '{"plan": {"nodes": [}}')
  const dialog = page.getByRole('dialog', { name: 'A plan from a cluster' })
  await dialog.getByText('This is no JSON.').waitFor()
  await page.keyboard.press('Escape')
  await sources(page).waitFor()

  // The answer of GET /jobs/:id/plan.
  const { restPlan, jobVertices, requiredSlots } = oneGroup.expect
  await paste(page, JSON.stringify({ plan: { jid: '0'.repeat(32), ...restPlan } }))
  await dialog.waitFor({ state: 'detached' })
  await stage(page, 'Tasks')
  for (const { name, parallelism } of jobVertices) {
    const shown = name.replaceAll(' -> ', ' → ')
    await page
      .getByRole('button', { name: `${shown}, ${parallelism} subtask`, exact: false })
      .first()
      .waitFor()
  }
  expect(await page.getByRole('button', { name: /^Run/ }).first().isDisabled()).toBe(true)
  await page.getByRole('tab', { name: 'Slots', exact: true }).click()
  await page
    .getByText(new RegExp(`needs ${requiredSlots} slots?`))
    .first()
    .waitFor()

  // A link carries it; opened elsewhere it is the same picture, and nothing has run.
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('dialog').getByRole('textbox').first().inputValue()
  await page.keyboard.press('Escape')
  const other = await open(browser, link)
  await other.page
    .getByText(new RegExp(`needs ${requiredSlots} slots?`))
    .first()
    .waitFor()
  expect(other.errors).toEqual([])
  await other.context.close()

  // So does a reload.
  await page.waitForTimeout(1500)
  await page.reload()
  await page
    .getByText(new RegExp(`needs ${requiredSlots} slots?`))
    .first()
    .waitFor()

  await page.getByRole('tab', { name: 'Program', exact: true }).click()
  await page.getByRole('button', { name: 'Back to the program' }).first().click()
  await page.locator('.monaco-editor .view-line').filter({ hasText: 'fromSource' }).waitFor({ timeout: 60_000 })
  expect(errors).toEqual([])
  await context.close()
})

test('an execution plan, pasted, is chained as Flink chains it', async () => {
  const { page, context, errors } = await open(browser, playground.url)
  await sources(page).waitFor()
  await paste(page, JSON.stringify(recorded[0]!.expect.executionPlan))
  await stage(page, 'Tasks')
  const [vertex] = recorded[0]!.expect.jobVertices
  await page.getByRole('button', { name: `${vertex!.name.replaceAll(' -> ', ' → ')}, 2 subtasks` }).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('typed keys go the way that Flink sends them, also at another parallelism', async () => {
  const { page, context, errors } = await open(browser, playground.url)
  await sources(page).waitFor()
  await page.getByRole('tab', { name: 'Key groups' }).click()
  await page.getByRole('combobox', { name: 'Keys' }).selectOption({ label: 'typed or pasted' })
  await page.getByRole('textbox', { name: 'Keys, one a line' }).fill('flink\n42')
  for (const side of ['A', 'B']) {
    const field = page.getByRole('spinbutton', { name: `parallelism of ${side}`, exact: true })
    await field.fill(side === 'A' ? '4' : '3')
    await field.press('Enter')
  }
  const group = keyGroupOf(javaHashCode('flink'), 128)
  await page.getByText('The way of "flink"').waitFor()
  const way = page.getByRole('listitem')
  await way
    .filter({ hasText: `= ${group}` })
    .first()
    .waitFor()
  for (const parallelism of [4, 3]) {
    const subtask = operatorIndexOf(group, 128, parallelism)
    await way.filter({ hasText: `${group} · ${parallelism} / 128 = ${subtask} → #${subtask + 1}` }).waitFor()
  }
  // An illegal key says what Flink says.
  await page.getByRole('textbox', { name: 'Keys, one a line' }).fill('42\nnull')
  await page
    .getByText(/cannot be used as|must not be null/i)
    .first()
    .waitFor()
  expect(errors).toEqual([])
  await context.close()
})
