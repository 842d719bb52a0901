import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { encodeLink } from '../../scenario/codec'
import { readLesson } from '../../session/lessons/node'
import { launch } from '../browser'
import { open, servePlayground, simulated } from '../e2e/playground'

export interface DragPageBench {
  readonly records: number
  readonly moves: number
  /** ms from a move of the pointer to the frame in which the picture has the run that comes of it. */
  readonly p50: number
  readonly p95: number
  readonly most: number
  /** ms of the processor that a move takes in the page's process and in the sandbox's, the rest of the run behind the playhead included: whoever else is busy. */
  readonly cpu: number
}

const SOME_EVENTS = 12
/** µs of the run at which the playhead stands. */
const NOW = 600e6

const quantile = (numbers: readonly number[], q: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(q * numbers.length))]!

/** Waits in the page for the picture of the next preview; resolves with the ms since the pointer's last move. */
const WATCH = (): void => {
  const state = { moved: NaN, told: null as ((ms: number) => void) | null }
  const watched = window as unknown as { nextPicture: () => Promise<number> }
  window.addEventListener('pointermove', (event) => (state.moved = event.timeStamp), { capture: true })
  watched.nextPicture = () => new Promise((resolve) => (state.told = resolve))
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName('drag')) {
      state.told?.(entry.startTime + entry.duration - state.moved)
      state.told = null
    }
  }).observe({ type: 'measure' })
}

/** Seconds of the processor that the pages of a browser have taken so far, workers included. */
async function processorOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

/** Where a record lies on the plane that a hand can take: one that tells of itself under the pointer. */
async function recordOn(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<{ x: number; y: number }> {
  const tip = page.locator('.tip')
  for (let x = box.width * 0.3; x < box.width * 0.8; x += 7) {
    for (let y = 40; y < box.height - 60; y += 9) {
      await page.mouse.move(box.x + x, box.y + y)
      if ((await page.locator('.stage.grab').count()) > 0 && (await tip.count()) > 0) return { x: box.x + x, y: box.y + y }
    }
  }
  throw new Error('no record on the plane')
}

/** A lesson's 2,000 flights at parallelism 2 on the Time plane, in the playground as built in dist/: an event is dragged about by a pointer. */
export async function benchDragPage(moves = 100): Promise<DragPageBench> {
  const root = process.env.TIDEMARK_ROOT ?? '.'
  const { scenario } = readLesson(join(root, 'lessons'), '02-time/06-watermarks', {
    facts: {},
    predictions: {},
    checks: [],
    startFails: [],
  })
  const link = encodeLink({ scenario, bookmark: { time: NOW, views: ['time'], pane: 'program' } })
  if (!('fragment' in link)) throw new Error('the scenario fits into no link')
  const browser = await launch()
  const { url, close } = await servePlayground()
  const times: number[] = []
  let before = 0
  let processor = 0
  try {
    const { page, errors } = await open(browser, `${url}#${link.fragment}`)
    await page.evaluate(WATCH)
    await page.getByRole('button', { name: 'Run', exact: true }).last().click()
    const plane = page.getByRole('application', { name: /^Time plane/ })
    await plane.waitFor({ timeout: 60_000 })
    await simulated(page)
    const box = (await plane.boundingBox())!
    const from = await recordOn(page, box)
    await page.mouse.down()
    // The first moves start workers and warm code; they take the event into the hand.
    for (let move = -SOME_EVENTS; move < moves; move++) {
      if (move === 0) before = await processorOf(browser)
      const picture = page.evaluate(() => (window as unknown as { nextPicture: () => Promise<number> }).nextPicture())
      await page.mouse.move(from.x + 30 + ((move * 37) % 90), Math.max(box.y + 30, from.y - 30 - ((move * 53) % 110)))
      const ms = await picture
      if (move >= 0) times.push(ms)
    }
    processor = (await processorOf(browser)) - before
    await page.mouse.up()
    if (errors.length > 0) throw new Error(errors.join('\n'))
  } finally {
    await browser.close()
    await close()
  }
  return {
    records: 2000,
    moves,
    p50: Number(quantile(times, 0.5).toFixed(1)),
    p95: Number(quantile(times, 0.95).toFixed(1)),
    most: Number(Math.max(...times).toFixed(1)),
    cpu: Number(((processor * 1000) / moves).toFixed(1)),
  }
}
