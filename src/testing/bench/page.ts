import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { launch } from '../browser'
import { open, servePlayground, simulated } from '../e2e/playground'

export interface PageBench {
  /** Kilobytes of JavaScript, gzipped: what index.html names, and all that had arrived when the first picture stood, both without Monaco. */
  readonly entryJsKbGzip: number
  readonly firstLoadJsKbGzip: number
  /** First contentful paint: the page with its panes. */
  readonly firstPictureMs: number
  /** The flights job simulated and on screen: its subtasks RUNNING. */
  readonly firstRunOnScreenMs: number
  /** From the click on Run to the first row of results on screen. */
  readonly runToFirstResultMs: number
  readonly whole: {
    readonly firstPictureMs: readonly number[]
    readonly firstRunOnScreenMs: readonly number[]
    readonly runToFirstResultMs: readonly number[]
  }
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

/** Chunks of Monaco and of its TypeScript language, and the declarations that it alone reads. */
const MONACO = /\/(create|editor|editor\.api|editor\.worker|ts\.worker|tsMode|typescript|_virtual_flink-types)-/
const dist = join(process.env.TIDEMARK_ROOT ?? '.', 'dist')
const gzipped = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0) / 1024
const entries = (): string[] =>
  [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/(?:src|href)="\.(\/assets\/[^"]+\.js)"/g)].map((match) => match[1]!)

/** The playground as built in dist/, in a real browser, served from this machine. */
export async function benchPage(visits = 5): Promise<PageBench> {
  const browser = await launch()
  const { url, close } = await servePlayground()
  const paints: number[] = []
  const pictures: number[] = []
  const results: number[] = []
  let kilobytes = 0
  try {
    for (let visit = 0; visit < visits; visit++) {
      const scripts = new Set<string>()
      const { page, context } = await open(browser, 'about:blank')
      page.on('request', (request) => {
        if (/\.js$/.test(new URL(request.url()).pathname)) scripts.add(request.url())
      })
      await page.addInitScript(() => {
        const look = (): void => {
          if (document.querySelector('button[aria-label*="RUNNING"]') !== null) performance.mark('run-on-screen')
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })
      await page.goto(url)
      await page
        .getByRole('button', { name: /^Source: flights.*RUNNING/ })
        .first()
        .waitFor()
      const at = await page.evaluate(() => ({
        paint: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
        run: performance.getEntriesByName('run-on-screen')[0]!.startTime,
      }))
      paints.push(at.paint)
      pictures.push(at.run)
      kilobytes = gzipped([...scripts].map((script) => new URL(script).pathname).filter((path) => !MONACO.test(path)))
      await simulated(page)
      // Run keeps the moment, here the end; so the first row stands as soon as the simulation comes to it.
      await page.keyboard.press('End')
      await page.getByRole('tab', { name: 'Results' }).click()
      const took = await page.evaluate(async () => {
        const row = (): Element | null => document.querySelector('.results [role=listitem]')
        const button = [...document.querySelectorAll('button')].find((candidate) => /^\s*Run/.test(candidate.textContent ?? ''))!
        const started = performance.now()
        button.click()
        await new Promise<void>((resolve) => {
          // What the run before had written must be gone first.
          let gone = row() === null
          const look = (): void => {
            if (!gone) gone = row() === null
            else if (row() !== null) return resolve()
            requestAnimationFrame(look)
          }
          look()
        })
        return performance.now() - started
      })
      results.push(took)
      await context.close()
    }
  } finally {
    await browser.close()
    await close()
  }
  return {
    entryJsKbGzip: Math.round(gzipped(entries())),
    firstLoadJsKbGzip: Math.round(kilobytes),
    firstPictureMs: Math.round(median(paints)),
    firstRunOnScreenMs: Math.round(median(pictures)),
    runToFirstResultMs: Math.round(median(results)),
    whole: {
      firstPictureMs: paints.map((ms) => Math.round(ms)),
      firstRunOnScreenMs: pictures.map((ms) => Math.round(ms)),
      runToFirstResultMs: results.map((ms) => Math.round(ms)),
    },
  }
}
