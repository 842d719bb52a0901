import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import type { Intervention } from '../../scenario/types'
import { launch } from '../browser'
import { sums } from './failures/scenarios'
import { open, servePlayground, simulated, type Playground } from './playground'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const root = process.env.TIDEMARK_ROOT ?? join(__dirname, '../../..')
const THEMES = ['light', 'dark'] as const

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

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds at this moment, in one line each; its best practices count, and that names contain what is seen. */
async function violations(page: Page, where: string, named = true): Promise<string[]> {
  await page.waitForTimeout(500)
  const found = await page.evaluate(async (enabled) => {
    const { axe } = globalThis as unknown as { axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> } }
    // Monaco answers for itself.
    const { violations } = await axe.run({ exclude: ['.monaco-editor'] }, { rules: { 'label-content-name-mismatch': { enabled } } })
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) }))
  }, named)
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id}: ${node}`))
}

/** A page with a run that has ended. The page's policy lets no script in but its own; axe is the test's. */
async function ended(colorScheme: (typeof THEMES)[number]) {
  const { page, context } = await open(browser, playground.url, { colorScheme, bypassCSP: true })
  await simulated(page)
  await page.keyboard.press('Space')
  await page.evaluate(AXE)
  return { page, close: () => context.close() }
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()
const stage = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check({ force: true })
const picture = (page: Page) => page.locator('[data-stage]').first()
const inspector = (page: Page) => page.locator('.inspector')
const deselect = (page: Page) => picture(page).click({ position: { x: 5, y: 5 } })

test.each(THEMES)('panes and views, %s: contrast, names, roles', async (theme) => {
  const { page, close } = await ended(theme)
  const found: string[] = []
  for (const name of [
    'Graph',
    'Time',
    'Windows',
    'Watermarks',
    'Timers',
    'Slots',
    'Key groups',
    'Log',
    'Results',
    'Lesson',
    'Events',
    'Cluster',
  ]) {
    await tab(page, name)
    // Boxes of slots and bars of key groups are named with more than they show.
    found.push(...(await violations(page, name, name !== 'Slots' && name !== 'Key groups')))
  }
  await close()
  expect(found).toEqual([])
})

test.each(THEMES)('views of a job with a failure and checkpoints, %s', async (theme) => {
  const kill: readonly Intervention[] = [
    { at: 2_900_000, do: 'kill-task-manager', host: 2 },
    { at: 3_400_000, do: 'start-task-manager' },
  ]
  const link = encodeLink({ scenario: sums(kill), bookmark: { time: 0, views: ['graph'] } })
  if ('problem' in link) throw new Error(link.problem.code)
  const { page, context } = await open(browser, `${playground.url}#${link.fragment}`, { colorScheme: theme, bypassCSP: true })
  await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
  await simulated(page)
  await page.getByRole('toolbar', { name: 'Playing' }).getByRole('button', { name: 'To the end' }).click()
  await page.evaluate(AXE)
  const found: string[] = []
  for (const name of ['State', 'Checkpoints', 'Network', 'Jobs', 'Truth', 'Cluster']) {
    await tab(page, name)
    found.push(...(await violations(page, name)))
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${theme}-${name}.png` })
  }
  await context.close()
  expect(found).toEqual([])
})

test.each(THEMES)('the graph’s stages, its panels, and what the inspector says of things, %s', async (theme) => {
  const { page, close } = await ended(theme)
  const found: string[] = []
  const look = async (where: string) => found.push(...(await violations(page, where)))
  for (const name of ['Program', 'Tasks', 'Subtasks']) {
    await stage(page, name)
    await look(name)
  }
  const cell = picture(page).getByRole('button', { name: /#1, / })
  await cell.first().click()
  await look('subtask')
  // Channels are reached from it, without a pointer.
  await inspector(page).getByRole('heading', { name: 'Its output channels' }).waitFor()
  await inspector(page).locator('.of').getByRole('button', { name: /#\d+$/ }).last().focus()
  await page.keyboard.press('Enter')
  await inspector(page)
    .getByRole('heading', { name: /^Channel/ })
    .waitFor()
  await look('channel')
  await stage(page, 'Program')
  await picture(page)
    .getByRole('button', { name: /Not chained/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /→/ }).waitFor()
  await look('edge and its panel')
  await page.keyboard.press('Escape')
  await picture(page)
    .getByRole('button', { name: /^Filter/ })
    .first()
    .click()
  await page.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'One more' }).click()
  await look('operator and its knobs')
  await page.keyboard.press('Escape')
  await deselect(page)
  await inspector(page)
    .getByRole('button', { name: /^taskmanager-1/ })
    .click()
  await look('TaskManager')
  await inspector(page).getByRole('button', { name: 'slot 0', exact: true }).click()
  await look('slot')
  await close()
  expect(found).toEqual([])
})

test.each(THEMES)('a plan from elsewhere, %s', async (theme) => {
  const { page, close } = await ended(theme)
  const found: string[] = []
  const [recorded] = readFileSync(join(root, 'conformance/job-graph/vectors.jsonl'), 'utf8').split('\n', 1)
  const plan = (JSON.parse(recorded!) as { readonly expect: { readonly executionPlan: unknown } }).expect.executionPlan
  await tab(page, 'Program')
  await page.getByRole('button', { name: 'Program and plan' }).click()
  await page.getByRole('menuitem', { name: /^Show a plan from a cluster/ }).click()
  const dialog = page.getByRole('dialog', { name: 'A plan from a cluster' })
  await dialog.getByRole('textbox', { name: 'Plan as JSON' }).fill(JSON.stringify(plan))
  found.push(...(await violations(page, 'the dialog')))
  await dialog.getByRole('button', { name: 'Show it' }).click()
  await dialog.waitFor({ state: 'detached' })
  for (const name of ['Program', 'Tasks', 'Subtasks']) {
    await stage(page, name)
    found.push(...(await violations(page, name)))
  }
  await picture(page).getByRole('button', { name: /#1, / }).first().click()
  found.push(...(await violations(page, 'subtask')))
  // Nothing of a run is told of what does not run.
  for (const word of ['CREATED', 'nothing read', '−∞', '0 records'])
    expect(await page.getByRole('tabpanel').getByText(word).count(), word).toBe(0)
  expect(
    await inspector(page)
      .getByText(/CREATED|−∞|no slot yet/)
      .count(),
  ).toBe(0)
  await tab(page, 'Slots')
  found.push(...(await violations(page, 'Slots', false)))
  await close()
  expect(found).toEqual([])
})
