import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import { launch } from '../../testing/browser'
import { open, servePlayground } from '../../testing/e2e/playground'

const PROGRAM = `import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const marks = WatermarkStrategy.forBoundedOutOfOrderness<any>(Duration.ofSeconds(5)).withTimestampAssigner((r: any) => r.time)
env.fromSource(LogSource.topic<any>('input'), marks, 'in').keyBy((r: any) => r.key)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(20))).reduce((a: any, b: any) => b).name('Last').sinkTo(new PrintSink())
env.execute('job')`

/** What the picture says of itself to those who do not see it. */
const described = (page: Page): Promise<string> =>
  page
    .getByRole('application', { name: /^Time plane/ })
    .locator('xpath=..')
    .innerText()

test('an event is dragged under the watermark and dropped, taken back, moved by keys, added and deleted', async () => {
  const browser = await launch()
  const playground = await servePlayground()
  try {
    const rows = Array.from({ length: 12 }, (_, at) => ['abc'[at % 3]!, at * 10_000])
    const scenario = newScenario({
      program: { language: 'typescript', text: PROGRAM },
      topics: [
        {
          name: 'input',
          partitions: 2,
          table: { from: 'inline', columns: ['key', 'time'], rows },
          eventTime: 'time',
          arrival: { by: 'rate', every: 500, delay: 1000 },
        },
      ],
    })
    const link = encodeLink({ scenario, bookmark: { time: 8_000_000, views: ['time'], pane: 'program' } })
    const { page, errors } = await open(browser, `${playground.url}#${'fragment' in link ? link.fragment : ''}`)
    await page.getByRole('button', { name: 'Run', exact: true }).last().click()
    const plane = page.getByRole('application', { name: /^Time plane/ })
    await plane.waitFor({ timeout: 60_000 })
    await expect.poll(() => described(page)).toMatch(/12 records, 0 late, 0 dropped/)

    // By keys: the last record, far down in time, where its window is long gone.
    await plane.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    for (const held of ['Alt', 'Shift']) await page.keyboard.down(held)
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.up('Shift')
    await expect.poll(() => described(page)).toMatch(/1 dropped/)
    await page.keyboard.press('Escape')
    await page.keyboard.up('Alt')
    await expect.poll(() => described(page)).toMatch(/0 dropped/)

    for (const held of ['Alt', 'Shift']) await page.keyboard.down(held)
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.up('Shift')
    await page.keyboard.up('Alt')
    await expect.poll(() => described(page)).toMatch(/1 dropped/)
    await page.getByText(/^Forked: .*happened at/).waitFor()
    // The same by hand: from where it stands now up again.
    const tip = page.locator('.tip')
    const box = (await plane.boundingBox())!
    let found: { x: number; y: number } | null = null
    for (let y = box.height - 60; y > 40 && found === null; y -= 6)
      for (let x = box.width * 0.4; x < box.width - 30 && found === null; x += 6) {
        await page.mouse.move(box.x + x, box.y + y)
        if ((await tip.count()) > 0 && (await tip.innerText()).includes('dropped')) found = { x: box.x + x, y: box.y + y }
      }
    expect(found).not.toBeNull()
    await page.mouse.down()
    await page.mouse.move(found!.x + 6, found!.y - 40, { steps: 4 })
    await page.mouse.move(found!.x + 6, box.y + 40, { steps: 6 })
    await expect.poll(() => described(page)).toMatch(/0 dropped/)
    await page.mouse.up()
    await expect.poll(() => page.getByText(/^Forked: /).count()).toBeGreaterThan(0)
    await expect.poll(() => described(page)).toMatch(/12 records, 0 late, 0 dropped/)

    await page.mouse.dblclick(box.x + box.width * 0.3, box.y + 60)
    await page
      .getByRole('menuitem', { name: /^like . of input-/ })
      .first()
      .click()
    await expect.poll(() => described(page)).toMatch(/13 records/)
    await page.keyboard.press('Control+z')
    await expect.poll(() => described(page)).toMatch(/12 records/)

    await plane.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Delete')
    await expect.poll(() => described(page)).toMatch(/11 records/)
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    await expect.poll(() => page.getByRole('table', { name: 'Table', exact: true }).getByRole('row').count()).toBe(11)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await playground.close()
  }
})
