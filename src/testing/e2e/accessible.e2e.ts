import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { launch } from '../browser'
import { open, servePlayground, simulated } from './playground'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

test('panes and views in both themes: contrast, names, roles', async () => {
  const browser = await launch()
  const playground = await servePlayground()
  const found: string[] = []
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      // The page's policy lets no script in but its own; axe is the test's.
      const { page } = await open(browser, playground.url, { colorScheme, bypassCSP: true })
      await simulated(page)
      await page.keyboard.press('Space')
      await page.evaluate(AXE)
      for (const tab of ['Graph', 'Slots', 'Log', 'Results', 'Lesson', 'Events', 'Cluster']) {
        await page.getByRole('tab', { name: tab, exact: true }).click()
        await page.waitForTimeout(300)
        const violations = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as { axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> } }
          // Monaco answers for itself. A cell's name says more than its text does: the task, which stands above the column.
          const { violations } = await axe.run(
            { exclude: ['.monaco-editor'] },
            { rules: { 'label-content-name-mismatch': { enabled: false } } },
          )
          return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 160) })) }))
        })
        for (const { id, nodes } of violations) found.push(`${colorScheme} ${tab}: ${id}: ${nodes[0]!.html}`)
      }
    }
  } finally {
    await browser.close()
    await playground.close()
  }
  expect(found).toEqual([])
})
