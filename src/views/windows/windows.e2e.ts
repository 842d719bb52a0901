import { expect, test } from 'vitest'
import { launch } from '../../testing/browser'
import { open, servePlayground, simulated } from '../../testing/e2e/playground'

test('out of the gallery: a window fires, fires again for a late order, and what is too late is told with its distance', async () => {
  const browser = await launch()
  const playground = await servePlayground()
  try {
    const { page, errors } = await open(browser, playground.url)
    await page.getByText('Try: pause').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: /^Tidemark/ }).click()
    await page.getByRole('menuitem', { name: 'Ready scenarios…' }).click()
    await page.getByRole('dialog', { name: 'Gallery' }).getByRole('searchbox').fill('too late')
    await page.getByRole('button', { name: /^Late, later, too late/ }).click()
    await simulated(page)
    await page.getByText('a late order makes its window fire again').waitFor()

    // It stands where the window fires the second time, and the window is selected.
    const first = page.getByRole('button', { name: /^Window \[00:00:00, 00:00:10\) of tea/ })
    await expect.poll(() => first.getAttribute('aria-label')).toContain('open, fired 2×, 3 elements')
    expect(await first.getAttribute('aria-pressed')).toBe('true')
    const detail = page.getByRole('region', { name: 'The selected window' })
    await expect.poll(() => detail.innerText()).toContain('tea [0 s, 10 s): 1 + 2 + 8')

    // A firing is a moment: there it had fired once.
    await detail.getByRole('row', { name: /^1 / }).getByRole('button').first().click()
    await expect.poll(() => first.getAttribute('aria-label')).toContain('fired 1×')

    await page.getByRole('toolbar', { name: 'Playing' }).getByRole('button', { name: 'To the end' }).click()
    await expect.poll(() => first.getAttribute('aria-label')).toContain('fired 2×, cleared')
    await expect
      .poll(() => page.getByRole('grid', { name: 'Windows by key' }).textContent())
      .toContain('8 s late, 2 s past the lateness · side output')

    // The arrows go from window to window.
    await first.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect.poll(() => detail.innerText()).toContain('Window [00:00:10, 00:00:20) of tea')
    await page.getByRole('button', { name: 'table', exact: true }).click()
    await expect.poll(() => page.getByRole('table', { name: 'Windows by key' }).innerText()).toContain('[00:00:20, 00:00:30)')
    expect(errors).toEqual([])
  } finally {
    await playground.close()
    await browser.close()
  }
})
