import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { build, preview } from 'vite'
import { workerText } from '../../scripts/vite-worker-text'
// @ts-expect-error a plain script, so that `npm test` can use it before anything is built
import { browserLaunch } from '../../scripts/browser.mjs'

/** The tests' browser: an installed Chromium or Chrome, else one from a package. */
export async function launch(): Promise<Browser> {
  return chromium.launch((await browserLaunch()) as Parameters<typeof chromium.launch>[0])
}

export interface ServedPage {
  readonly url: string
  close(): Promise<void>
}

/** Builds the page whose `index.html` lies in `folder` (a URL of a directory) as the playground is built, and serves it. */
export async function servePage(folder: URL): Promise<ServedPage> {
  const root = fileURLToPath(folder)
  const outDir = mkdtempSync(join(tmpdir(), 'tidemark-page-'))
  const repository = fileURLToPath(new URL('../..', import.meta.url))
  const alias = { flink: join(repository, 'src/streaming/index.ts') }
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    publicDir: false,
    resolve: { alias },
    plugins: [workerText()],
    build: { outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  })
  const server = await preview({ configFile: false, root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  return {
    url: server.resolvedUrls!.local[0]!,
    async close() {
      await server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
