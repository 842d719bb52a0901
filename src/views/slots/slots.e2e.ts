import { expect, test } from 'vitest'
import { encodeLink } from '../../scenario/codec'
import { TEMPLATES } from '../../scenario/templates'
import { launch } from '../../testing/browser'
import { open, servePlayground } from '../../testing/e2e/playground'

test('a TaskManager is dragged away, taken back, stopped by keys, and another started', async () => {
  const browser = await launch()
  const playground = await servePlayground()
  try {
    const scenario = TEMPLATES.find(({ id }) => id === 'jobs')!.scenario('two jobs')
    const link = encodeLink({ scenario, bookmark: { time: 1_000_000, views: ['slots'], pane: 'cluster' } })
    const { page, errors } = await open(browser, `${playground.url}#${'fragment' in link ? link.fragment : ''}`)
    const ended = () => page.getByText('The run has ended').first().waitFor({ timeout: 60_000 })
    const machine = (number: number) => page.getByRole('region', { name: `taskmanager-${number}`, exact: true })
    await page.keyboard.press('Control+Enter')
    await ended()
    await expect.poll(() => machine(2).innerText()).toContain('2 of 2 slots')
    const moment = await page.getByRole('slider', { name: /Timeline/ }).getAttribute('aria-valuenow')

    const from = (await machine(2).locator('.top').boundingBox())!
    await page.mouse.move(from.x + 60, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(from.x + 90, from.y + 60, { steps: 4 })
    const zone = (await page.getByText('Let go here: taskmanager-2 stops').boundingBox())!
    await page.mouse.move(zone.x + 80, zone.y + 20, { steps: 4 })
    await page.mouse.up()
    await page.getByText('taskmanager-2 stops at 1.000 s.').waitFor()
    await ended()
    // The stop takes the way of a message to be known.
    await page.getByRole('button', { name: 'Go to this moment (1)' }).click()
    expect(await page.getByRole('slider', { name: /Timeline/ }).getAttribute('aria-valuenow')).toBe(moment)
    await expect.poll(() => page.getByLabel('TaskManager of intervention 1').inputValue()).toBe('2')
    await page.getByRole('toolbar', { name: 'Playing' }).getByRole('button', { name: 'To the end' }).click()
    await expect.poll(() => machine(2).innerText()).toContain('left at')

    await page.getByRole('button', { name: 'Undo' }).click()
    await ended()
    await expect.poll(() => machine(2).innerText()).toContain('slots')
    expect(await page.getByLabel('TaskManager of intervention 1').count()).toBe(0)

    await machine(1).getByRole('button', { name: 'taskmanager-1', exact: true }).click()
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByLabel('TaskManager of intervention 1').inputValue()).toBe('1')
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByLabel('TaskManager of intervention 1').count()).toBe(0)

    await machine(2).getByRole('button', { name: 'taskmanager-2', exact: true }).press('Delete')
    await expect.poll(() => page.getByLabel('TaskManager of intervention 1').inputValue()).toBe('2')
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByLabel('TaskManager of intervention 1').count()).toBe(0)

    await page.getByRole('button', { name: '＋ TaskManager' }).click()
    await expect.poll(() => machine(3).count()).toBe(1)
    await ended()
    // A run that does not make its past again would say so.
    expect(await page.locator('.notice.error').count()).toBe(0)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await playground.close()
  }
})
