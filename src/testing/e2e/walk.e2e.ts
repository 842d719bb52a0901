import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from '../browser'
import { eventClock, open, servePlayground, simulated, type Playground } from './playground'

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

const pause = async (page: Page): Promise<void> => {
  const button = page.getByRole('button', { name: 'Pause' })
  if (await button.isVisible()) await button.click()
}

/** Where a word stands on the screen, in the line of the editor that contains `line`; scrolls there. */
async function wordInEditor(page: Page, line: string, word: string): Promise<{ x: number; y: number }> {
  const found = page.locator('.monaco-editor .view-line').filter({ hasText: line }).first()
  await found.scrollIntoViewIfNeeded()
  return found.evaluate((element, wanted) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const at = node.textContent!.indexOf(wanted)
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      const box = range.getBoundingClientRect()
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
    throw new Error(`no ${wanted} in ${element.textContent}`)
  }, word)
}

test('first visit, a change, a run, the timeline, the inspector, the log, the results, a link, a reload', async () => {
  const { page, context, errors } = await open(browser, playground.url)

  // The flights job is simulated and playing without a click.
  await page.getByRole('button', { name: /^Source: flights → Filter #1, RUNNING/ }).waitFor()
  const first = await eventClock(page)
  await expect.poll(async () => (await eventClock(page)).at, { timeout: 30_000 }).toBeGreaterThan(first.at)
  await simulated(page)
  await pause(page)

  // Two TaskManagers, each with a subtask of each task.
  for (const name of [/Source: flights → Filter #1.*/, /Source: flights → Filter #2.*/]) await page.getByRole('button', { name }).waitFor()
  await expect.poll(() => page.getByText('tm-1 · slot 0').count()).toBeGreaterThanOrEqual(2)
  await expect.poll(() => page.getByText('tm-2 · slot 0').count()).toBeGreaterThanOrEqual(2)

  // Step forward and back: the same event again.
  const before = await eventClock(page)
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await eventClock(page)).at).toBe(before.at + 1)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await eventClock(page)).at).toBe(before.at)

  // The whole run on the axis; drag the playhead; results and late records are there.
  await page.getByRole('button', { name: 'whole run' }).click()
  const axis = (await page.getByRole('slider', { name: /^Timeline/ }).boundingBox())!
  await page.mouse.move(axis.x + axis.width * 0.3, axis.y + 12)
  await page.mouse.down()
  await page.mouse.move(axis.x + axis.width * 0.5, axis.y + 12, { steps: 5 })
  await page.mouse.up()
  const dragged = await eventClock(page)
  expect(dragged.at).toBeGreaterThan(before.at + 1000)
  await page.getByRole('tab', { name: 'Results' }).click()
  await page.getByText('Late: dropped in silence').waitFor()
  await page
    .getByText(/^[A-Z]{3} \d\d-\d\d \d\d h: \d+ min$/)
    .first()
    .waitFor()

  // The log narrates, and the selection filters it.
  await page.getByRole('tab', { name: 'Graph' }).click()
  await page.getByRole('button', { name: /^TumblingEventTimeWindows.*#2, RUNNING/ }).click()
  await page.getByRole('region', { name: 'The answer' }).getByText('RUNNING').first().waitFor()
  await page.getByRole('tab', { name: 'Log' }).click()
  await page.getByRole('checkbox').check()
  await page
    .getByText(/goes into window/)
    .first()
    .waitFor()
  await page.getByRole('tab', { name: 'Graph' }).click()

  // The editor knows module flink.
  await page.locator('.monaco-editor').waitFor()
  const keyBy = await wordInEditor(page, '.keyBy(', 'keyBy')
  await page.mouse.move(keyBy.x, keyBy.y)
  await page.locator('.monaco-hover').getByText(/key/i).first().waitFor({ timeout: 60_000 })
  await page.keyboard.press('Escape')

  // A change of the program, and Run: another bound, other results.
  const bound = page.locator('.monaco-editor .view-line').filter({ hasText: 'ofMinutes(15)' })
  const text = (await bound.innerText()).trimEnd()
  await bound.click({ position: { x: 60, y: 8 } })
  await page.keyboard.press('End')
  for (let i = text.length; i > text.indexOf('15)') + 2; i--) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('45')
  await page.getByText('edited').waitFor()
  const link = await (async () => {
    await page.keyboard.press('Control+Enter')
    await page.getByText('edited').waitFor({ state: 'hidden' })
    await simulated(page)
    await pause(page)
    await page.mouse.click(axis.x + axis.width * 0.4, axis.y + 12)
    await page.getByRole('button', { name: /^TumblingEventTimeWindows.*#1, RUNNING/ }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    const link = await page.getByRole('dialog').getByRole('textbox').inputValue()
    await page.keyboard.press('Escape')
    return link
  })()
  const shared = await eventClock(page)
  expect(link.length).toBeLessThan(2000 + playground.url.length)

  // Another browser: the same program, moment and selection, and nothing runs until Run.
  const other = await open(browser, link)
  await other.page.locator('.view-line, textarea').filter({ hasText: 'ofMinutes(45)' }).first().waitFor()
  await other.page.getByRole('button', { name: 'Run', exact: true }).waitFor()
  await other.page
    .getByText(/anyone/i)
    .first()
    .waitFor()
  await other.page.waitForTimeout(1000)
  expect((await eventClock(other.page)).of).toBe(0)
  await other.page.getByRole('button', { name: 'Run', exact: true }).click()
  await simulated(other.page)
  expect(await eventClock(other.page)).toEqual(shared)
  await other.page
    .getByRole('region', { name: 'The answer' })
    .getByText(/TumblingEventTimeWindows/)
    .first()
    .waitFor()
  await other.context.close()

  // Reloading loses nothing.
  await page.waitForTimeout(1500)
  await page.reload()
  await page.locator('.monaco-editor .view-line').filter({ hasText: 'ofMinutes(45)' }).waitFor()
  await simulated(page)
  expect(await eventClock(page)).toEqual(shared)

  expect(errors).toEqual([])
  expect(other.errors).toEqual([])
  await context.close()
})
