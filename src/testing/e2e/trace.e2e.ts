import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { launch } from '../browser'
import { open, servePlayground, simulated } from './playground'

const LESSON = 'lessons/02-time/06-watermarks/program.ts'

test('the page, one thread and worker threads write the same trace of the first lesson, to the byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-trace-'))
  const browser = await launch()
  const playground = await servePlayground()
  try {
    const { page } = await open(browser, playground.url)
    await simulated(page)
    await page.getByRole('button', { name: 'Library' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Save the trace').click()])
    await download.saveAs(join(folder, 'page'))

    const outputs: string[] = []
    for (const deployment of ['local', 'workers']) {
      const { stdout } = await promisify(execFile)('bin/tidemark', [
        'run',
        LESSON,
        '--deployment',
        deployment,
        '--trace',
        join(folder, deployment),
      ])
      outputs.push(stdout)
    }
    const [fromPage, local, workers] = ['page', 'local', 'workers'].map((name) => readFileSync(join(folder, name)))
    expect(outputs[0]!.split('\n').length).toBeGreaterThan(800)
    expect(outputs[1]).toBe(outputs[0])
    expect(workers!.equals(local!)).toBe(true)
    expect(fromPage!.equals(local!)).toBe(true)
  } finally {
    await browser.close()
    await playground.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
