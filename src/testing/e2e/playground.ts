import type { Browser, BrowserContext, Page } from 'playwright-core'
import { preview } from 'vite'
import { fileURLToPath } from 'node:url'

export interface Playground {
  readonly url: string
  close(): Promise<void>
}

/** Serves the playground as `npm run build` left it in dist/. */
export async function servePlayground(): Promise<Playground> {
  const root = process.env.TIDEMARK_ROOT ?? fileURLToPath(new URL('../../..', import.meta.url))
  const server = await preview({ root, logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } })
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() }
}

/** A page of its own context, in English, and what went wrong on it. */
export async function open(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  await page.goto(url)
  return { page, context, errors }
}

/** The number of the event at the playhead, and of events there are, as the transport shows them. */
export async function eventClock(page: Page): Promise<{ at: number; of: number }> {
  const text = await page.getByRole('toolbar', { name: 'Playing' }).innerText()
  const match = /event\s+([\d\s]+)\/\s*([\d\s]+)/.exec(text)
  if (match === null) throw new Error(`no event clock in: ${text}`)
  const number = (digits: string): number => Number(digits.replace(/\s/g, ''))
  return { at: number(match[1]!), of: number(match[2]!) }
}

/** Until nothing more is simulated. */
export const simulated = (page: Page): Promise<void> => page.getByText('The run has ended').first().waitFor({ timeout: 60_000 })
