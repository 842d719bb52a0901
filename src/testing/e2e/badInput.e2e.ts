import { deflateSync } from 'fflate'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toBase64Url } from '../../scenario/base64url'
import { encodeLink } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import type { Scenario } from '../../scenario/types'
import { launch } from '../browser'
import { eventClock, open, servePlayground, simulated, type Playground } from './playground'

/** What is given is wrong in every way; each time a clear sentence in its place, a way out, and nothing lost. */

let browser: Browser
let playground: Playground
let page: Page
let context: BrowserContext
let errors: string[]

const job = (body: string): string => `import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
${body}
env.execute('job')
`
const GOOD = job(`env.fromSequence(1, 3).rebalance().map((n) => n * 2).sinkTo(new PrintSink())`)

const linkTo = (overrides: Partial<Scenario> & { readonly text?: string }): string => {
  const { text = GOOD, ...rest } = overrides
  const encoded = encodeLink({ scenario: newScenario({ name: 'bad input', program: { language: 'typescript', text }, ...rest }) })
  if ('problem' in encoded) throw new Error(encoded.problem.code)
  return `#${encoded.fragment}`
}

beforeAll(async () => {
  browser = await launch()
  playground = await servePlayground()
})
afterAll(async () => {
  await browser?.close()
  await playground?.close()
})
beforeEach(async () => {
  // One page for each test, on a scenario that has run: what every mistake must leave alone.
  ;({ page, context, errors } = await open(browser, `${playground.url}${linkTo({})}`))
  page.setDefaultTimeout(20_000)
  await run()
  await simulated(page)
})
afterEach(async () => {
  await context.close()
  expect(errors).toEqual([])
})

const run = (): Promise<void> => page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
/** Runs what is there, and waits until that is what is on screen. */
async function rerun(): Promise<void> {
  await run()
  await page.getByText('edited since this run').waitFor({ state: 'hidden' })
  await simulated(page)
}
const left = () => page.getByRole('region', { name: 'What you write' })
const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click()
const said = (sentence: string | RegExp): Promise<void> => page.getByText(sentence).first().waitFor()
const programHas = (text: string): Promise<void> =>
  page.locator('.monaco-editor .view-line, textarea').filter({ hasText: text }).first().waitFor()

let shown = 0
/** Another scenario in the same page, as a link in its address bar. */
async function show(overrides: Parameters<typeof linkTo>[0]): Promise<void> {
  // The address that stands there already would be no news.
  await page.evaluate((fragment) => (window.location.hash = fragment), linkTo({ name: `scenario ${++shown}`, ...overrides }))
  await page.getByText('Opened from a link').waitFor()
}

/** The text of the program as it is, written over the one that is open. */
async function write(text: string): Promise<void> {
  await tab('Program')
  await page.locator('.monaco-editor').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

/** A decent program in the place of the one that went wrong: it runs, and its results are there. */
async function decentRun(): Promise<void> {
  await show({})
  await run()
  await simulated(page)
  expect((await eventClock(page)).of).toBeGreaterThan(20)
}

/** Longest time, in ms, that the page was deaf while `work` was done. */
async function deafness(work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const state = { last: performance.now(), longest: 0, timer: 0 }
    Object.assign(globalThis, { deafness: state })
    state.timer = window.setInterval(() => {
      state.longest = Math.max(state.longest, performance.now() - state.last)
      state.last = performance.now()
    }, 10)
  })
  await work()
  return page.evaluate(() => {
    const { longest, timer } = (globalThis as unknown as { deafness: { longest: number; timer: number } }).deafness
    window.clearInterval(timer)
    return longest
  })
}

/**
 * That the page hears while `work` is done. A machine with much else to do makes any page deaf now and then; a page that is at fault
 * is deaf each time. `again` brings back what was there before.
 */
async function hears(what: string, work: () => Promise<void>, again: () => Promise<void>): Promise<void> {
  const times = [await deafness(work)]
  while (times.at(-1)! > DEAF && times.length < 3) {
    await again()
    times.push(await deafness(work))
  }
  expect(Math.min(...times), what).toBeLessThan(DEAF)
}
/** ms */
const DEAF = 1500

async function dropFile(name: string, text: string | { readonly megabytes: number }): Promise<void> {
  await page.evaluate(
    ({ name, text }) => {
      const content = typeof text === 'string' ? text : new Uint8Array(text.megabytes * 1048576).fill(0x31)
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], name, { type: 'text/csv' }))
      document.querySelector('.events')!.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }))
    },
    { name, text },
  )
}

describe('the program', () => {
  test('a syntax error stops the run, on its line; a type error warns, and the run goes on', async () => {
    const before = await eventClock(page)
    await programHas('fromSequence')
    await page.locator('.monaco-editor').waitFor()
    await write(GOOD.replace('(n) => n * 2)', '(n) => n *)'))
    await left()
      .getByText(/^This does not parse: /)
      .waitFor()
    await run()
    await left().getByText('Nothing ran. The last run is still there.').waitFor()
    await left().getByRole('button', { name: 'line 4', exact: true }).first().waitFor()
    await page.locator('.monaco-editor .squiggly-error').first().waitFor()
    expect((await eventClock(page)).of).toBe(before.of)
    await programHas('(n) => n *)')

    await write(GOOD.replace('n * 2', 'n.size'))
    await left().getByText("Property 'size' does not exist on type 'number'.").first().waitFor()
    await left().getByText('A type error warns only: the program can run.').first().waitFor()
    await left().getByRole('button', { name: 'line 4', exact: true }).first().waitFor()
    expect(await left().getByText('This does not parse').count()).toBe(0)
    await rerun()
    await decentRun()
  })

  test('one that never returns, in its main part and in a map', async () => {
    await show({ text: 'while (true) {}\n' })
    await run()
    await said(/^User code on client did not return for \d+ s, so it was ended\./)
    await said('Look for a loop without an end.')
    await programHas('while (true) {}')
    await decentRun()

    await show({
      text: job(`env.fromSequence(1, 9).map((n) => {
  while (n === 5) {}
  return n
}).sinkTo(new PrintSink())`),
    })
    await run()
    await said(/^User code on taskmanager-\d did not return for \d+ s, so it was ended\./)
    await said('The run was torn down; what was simulated stays')
    expect((await eventClock(page)).of).toBeGreaterThan(10)
    await programHas('while (n === 5) {}')
    await decentRun()
  })

  test('one that eats memory', async () => {
    await show({
      text: job(`const all: unknown[] = []
env.fromSequence(1, 1000000).map((n) => { all.push(new Array(3000000).fill(n)); return n }).sinkTo(new PrintSink())`),
    })
    // Playwright gives a page up when any of its frames crashes; the page itself can still be asked.
    const devtools = await context.newCDPSession(page)
    await ask(devtools, `document.querySelector('header .primary').click()`)
    await until(devtools, `document.body.innerText.includes('The program used up its memory')`)
    await until(devtools, `document.body.innerText.includes('The run was torn down; what was simulated stays')`)
    expect(await ask(devtools, `document.querySelector('.monaco-editor').innerText.replaceAll('\\u00a0', ' ')`)).toContain(
      'new Array(3000000)',
    )
    await ask(devtools, `window.location.hash = ${JSON.stringify(linkTo({ name: 'decent' }))}`)
    await until(devtools, `document.querySelector('.name').value === 'decent'`)
    await ask(devtools, `document.querySelector('header .primary').click()`)
    await until(devtools, `document.body.innerText.includes('The run has ended')`)
  })

  test('an exception in a map: the task fails, its line is marked, log and graph tell it', async () => {
    await show({
      text: job(`env.fromSequence(1, 9).map((n) => {
  if (n === 5) throw new Error('five is right out')
  return n
}).name('picky').sinkTo(new PrintSink())`),
    })
    await run()
    await simulated(page)
    await left().getByText('Error: five is right out').waitFor()
    await left()
      .getByText(/^The program threw this\. The task failed/)
      .waitFor()
    await left().getByRole('button', { name: 'line 5', exact: true }).waitFor()
    await page.locator('.monaco-editor .squiggly-error').first().waitFor()
    await page.getByRole('button', { name: 'To the end' }).click()
    await page
      .getByRole('button', { name: /^Source: .*picky.*, FAILED/ })
      .first()
      .waitFor()
    await tab('Log')
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('five is right out')
    await page.getByRole('listitem').filter({ hasText: 'five is right out' }).first().waitFor()
    await programHas('five is right out')
    await tab('Graph')
    await decentRun()
  })
})

describe('events', () => {
  const topic = (rows: readonly (readonly (string | number | null)[])[]): Partial<Scenario> & { text: string } => ({
    topics: [
      {
        name: 'readings',
        partitions: 1,
        table: { from: 'inline', columns: ['key', 'time', 'value'], rows },
        eventTime: 'time',
        arrival: { by: 'rate', every: 100 },
      },
    ],
    text: job(`env.fromSource(LogSource.topic<{ key: string; time: number; value: number }>('readings').setBounded(),
  WatermarkStrategy.forBoundedOutOfOrderness<{ time: number }>(Duration.ofSeconds(1)), 'readings').map((r) => r.key).sinkTo(new PrintSink())`),
  })
  const TIMES = [
    ['a', 1000, 1],
    ['b', 2000, 2],
    ['c', 3000, 3],
  ]
  const cell = (name: string) => page.getByRole('textbox', { name, exact: true })

  test('a timestamp is deleted, becomes a text, becomes negative', async () => {
    await show(topic(TIMES))
    await tab('Events')
    await cell('time, row 2').fill('')
    await cell('time, row 2').press('Enter')
    await left().getByText('Row 2 has nothing in “time”, where its time belongs.').waitFor()
    await left().getByText('Fill in ms since 1970 or a date, or delete the row.').waitFor()
    await tab('Program')
    await run()
    // The run does not start, and the person is taken to the cell.
    await left().getByText('Row 2 has nothing in “time”, where its time belongs.').waitFor()
    expect((await eventClock(page)).of).toBe(0)

    await cell('time, row 2').fill('soon')
    await cell('time, row 2').press('Enter')
    await left().getByText('Row 2: “soon” in “time” is no time.').waitFor()
    expect(await left().getByText('Row 2 has nothing in “time”').count()).toBe(0)
    await run()
    expect((await eventClock(page)).of).toBe(0)

    await cell('time, row 2').fill('-5')
    await cell('time, row 2').press('Enter')
    await left().getByText('Row 2: -5 ms in “time” is before 1970.').waitFor()
    await run()
    await simulated(page)
    expect((await eventClock(page)).of).toBeGreaterThan(20)
    await page.keyboard.press('Escape')
    expect(await cell('key, row 3').inputValue()).toBe('c')
  })

  test('files: texts for times, duplicate headers, 50 MB', async () => {
    await show(topic(TIMES))
    await tab('Events')
    await left().getByText('3 rows').waitFor()
    await dropFile('twice.csv', 'key,time,time\na,1,2\n')
    await left().getByText('There are two columns “time”.').waitFor()
    await left().getByText('Rename one of them in the first line.').waitFor()
    await left().getByText('3 rows').waitFor()

    const tooLarge = left().getByText('This table has 50 MB; at most 20 MB are read.')
    await hears(
      '50 MB',
      async () => {
        await dropFile('big.csv', { megabytes: 50 })
        await tooLarge.waitFor()
      },
      async () => {
        await dropFile('twice.csv', 'key,time,time\na,1,2\n')
        await tooLarge.waitFor({ state: 'hidden' })
      },
    )
    await left().getByText('The table that was there is still there.').waitFor()
    expect(await left().getByText('There are two columns').count()).toBe(0)
    await left().getByText('3 rows').waitFor()

    await dropFile('times.csv', 'key,time,value\na,1000,1\nb,noon,2\nc,,3\nd,-4,4\n')
    await left().getByText('Row 2: “noon” in “time” is no time.').waitFor()
    await left().getByText('Row 3 has nothing in “time”, where its time belongs.').waitFor()
    expect(await left().getByText('This table has 50 MB').count()).toBe(0)
    await run()
    expect((await eventClock(page)).of).toBe(0)
    // The way back.
    const toast = page.locator('.toast').filter({ hasText: '4 rows read from times.csv.' })
    await toast.getByRole('button', { name: 'Undo' }).click()
    await left().getByText('3 rows').waitFor()
    await run()
    await simulated(page)
    expect((await eventClock(page)).of).toBeGreaterThan(20)
  })
})

describe('the cluster', () => {
  test('in the form: a wrong unit, no TaskManagers, ten thousand of them', async () => {
    await tab('Cluster')
    await page.getByRole('searchbox', { name: 'Find a key' }).fill('slot.request.timeout')
    const timeout = page.getByRole('textbox', { name: 'slot.request.timeout' })
    await timeout.fill('10 parsecs')
    await timeout.press('Tab')
    await left().getByText('“10 parsecs” is no length of time, which slot.request.timeout takes.').first().waitFor()
    await left()
      .getByText(/^Write a whole number and a unit/)
      .waitFor()
    const before = await eventClock(page)
    await tab('Program')
    await run()
    await left().getByText('“10 parsecs” is no length of time').first().waitFor()
    expect((await eventClock(page)).of).toBe(before.of)
    await page.getByRole('button', { name: 'Back to the default: slot.request.timeout' }).click()

    const managers = page.getByRole('spinbutton', { name: 'TaskManagers' })
    for (const many of ['0', '10000']) {
      await managers.fill(many)
      await managers.press('Tab')
      await left().getByText(`A cluster of ${many} TaskManagers cannot be simulated: 1 to 64 can.`).waitFor()
      await left().getByText('For more subtasks raise taskmanager.numberOfTaskSlots.').waitFor()
      await run()
      expect((await eventClock(page)).of).toBe(before.of)
    }
    await managers.fill('1')
    await managers.press('Tab')
    await rerun()
  })

  test('in flink-conf.yaml: an unknown key, a wrong unit, no TaskManagers, ten thousand; what is typed stays', async () => {
    await tab('Cluster')
    await page.getByRole('radio', { name: 'flink-conf.yaml' }).click()
    const conf = page.getByRole('textbox', { name: 'flink-conf.yaml, editable' })
    await conf.fill('# mine\ntaskmanager.numberOfTaskSlot: 2\nparallelism.default: 2\n')
    await left()
      .getByText('Flink has no key taskmanager.numberOfTaskSlot; it is ignored. Did you mean taskmanager.numberOfTaskSlots?')
      .waitFor()
    await left().getByText('Write taskmanager.numberOfTaskSlots.').waitFor()
    const before = await eventClock(page)
    for (const [line, sentence] of [
      ['slot.request.timeout: 10 parsecs', '“10 parsecs” is no length of time, which slot.request.timeout takes.'],
      ['tidemark.taskmanagers: 0', 'tidemark.taskmanagers is 0, and must be 1 … 64.'],
      ['tidemark.taskmanagers: 10000', 'tidemark.taskmanagers is 10000, and must be 1 … 64.'],
      ['slot.request.timeout = 10', 'has no colon.'],
    ] as const) {
      await conf.fill(`# mine\n${line}\n`)
      await left().getByText(sentence).waitFor()
      // Elsewhere and back: the draft is still there, and keeps a run from going by something else.
      await tab('Program')
      await run()
      await left().getByText(sentence).waitFor()
      expect(await conf.inputValue()).toContain(line)
      expect((await eventClock(page)).of).toBe(before.of)
    }
    await conf.fill('# mine\ntaskmanager.numberOfTaskSlots: 2\nparallelism.default: 2\n')
    await rerun()
    expect(await conf.inputValue()).toContain('# mine')
  })

  test('a parallelism over the slots there are: the job waits, and fails as in Flink', async () => {
    await show({ configuration: { 'parallelism.default': '3', 'taskmanager.numberOfTaskSlots': '1', 'slot.request.timeout': '10 s' } })
    await run()
    await simulated(page)
    await tab('Cluster')
    await left().getByText('3 slots are needed in all, and the cluster starts with 2').waitFor()
    await left()
      .getByText(/^Lower the parallelism, or raise/)
      .waitFor()
    await page.getByRole('button', { name: 'To the start' }).click()
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight')
    await page
      .getByRole('button', { name: /, SCHEDULED/ })
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'To the end' }).click()
    await page
      .getByRole('button', { name: /, FAILED/ })
      .first()
      .waitFor()
    await tab('Log')
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('Could not acquire the minimum required resources')
    await page.getByRole('listitem').filter({ hasText: 'Could not acquire the minimum required resources.' }).first().waitFor()
    await tab('Graph')
    await decentRun()
  })
})

describe('links', () => {
  const good = linkTo({ name: 'another' })
  /** What inflates to gigabytes is longer than what is read at all; short enough is this one, which aims at forty megabytes. */
  const bomb = (): string => {
    const packed = deflateSync(new Uint8Array(40 * 1048576), { level: 9 })
    const bytes = new Uint8Array(4 + packed.length)
    bytes.set(packed, 4)
    return `#s1.${toBase64Url(bytes)}`
  }
  const CASES = [
    ['of a newer version', good.replace('#s1.', '#s7.'), 'This link was made by a newer version of Tidemark'],
    ['that is cut off', good.slice(0, good.length / 2), 'This link is damaged or cut off. Nothing was opened.'],
    ['that inflates without end', bomb(), 'This link unpacks to more than'],
    ['of more than is read', `#s1.${'A'.repeat(1_500_000)}`, 'This link has 1500003 characters; at most 65536 are read.'],
  ] as const

  test('that come while something is open', async () => {
    const before = await eventClock(page)
    for (const [what, fragment, sentence] of CASES) {
      const dismiss = page.getByRole('alert').getByRole('button', { name: 'Dismiss' })
      await hears(
        what,
        async () => {
          await page.evaluate((hash) => (window.location.hash = hash), fragment)
          await page.getByText(sentence).waitFor()
        },
        async () => {
          await dismiss.click()
          await page.evaluate(() => (window.location.hash = ''))
        },
      )
      await programHas('fromSequence(1, 3)')
      expect((await eventClock(page)).of, what).toBe(before.of)
      await dismiss.click()
      expect(await page.getByText(sentence).count(), what).toBe(0)
    }
    // Ten megabytes: no browser lets them through to the page; nothing happens at all.
    await page.evaluate(() => (window.location.hash = `#s1.${'A'.repeat(10_000_000)}`)).catch(() => undefined)
    await programHas('fromSequence(1, 3)')
    expect((await eventClock(page)).of).toBe(before.of)
    await decentRun()
  })

  test('that a visit begins with: the reason is told, and nothing runs', async () => {
    for (const [, fragment, sentence] of CASES.slice(1, 3)) {
      const visit = await open(browser, `${playground.url}${fragment}`)
      await visit.page.getByText(sentence).waitFor()
      await visit.page.getByText('Nothing has run yet').first().waitFor()
      await visit.page.getByText(sentence).waitFor()
      expect(visit.errors).toEqual([])
      await visit.context.close()
    }
  })
})

async function ask<T>(devtools: CDPSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value as T
}
const until = (devtools: CDPSession, expression: string): Promise<void> =>
  expect.poll(() => ask<boolean>(devtools, expression), { timeout: 60_000 }).toBe(true) as unknown as Promise<void>
