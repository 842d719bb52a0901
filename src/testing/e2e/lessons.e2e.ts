import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launch } from '../browser'
import { open, servePlayground, simulated, type Playground } from './playground'

let browser: Browser
let playground: Playground
let page: Page
let context: BrowserContext
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  playground = await servePlayground()
})
afterAll(async () => {
  await browser.close()
  await playground.close()
})
beforeEach(async () => {
  ;({ page, context, errors } = await open(browser, playground.url, { reducedMotion: 'reduce' }))
})
afterEach(async () => {
  expect(errors).toEqual([])
  await context.close()
})

// What a learner does, in their words

const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: typeof name === 'string' })
const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).first().click()
const says = (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor({ timeout: 60_000 })
const pane = (): Locator => page.getByRole('region', { name: 'What you write' })
const centre = (): Locator => page.getByRole('region', { name: 'What happens' })

/** Opens a lesson from the list; its first step covers the picture, or not. */
async function begin(title: string): Promise<void> {
  // The first visit's own picture: it takes the desk when it comes.
  await button(/^Source: flights → Filter #1, RUNNING/).waitFor()
  await tab('Lesson')
  await button('All lessons').click()
  await button(new RegExp(title)).click()
  await page.getByRole('heading', { name: title }).waitFor()
  await settled()
}
/** A source without an end goes on for ever: its run is as far ahead as it needs to be. */
const settled = (): Promise<void> =>
  page
    .getByText(/The run has ended|waits for it/)
    .first()
    .waitFor({ timeout: 60_000 })
const next = (heading: string): Promise<void> =>
  button('Next')
    .click()
    .then(() => page.getByRole('heading', { name: heading, exact: true }).waitFor())
const back = (heading: string): Promise<void> =>
  button('Back')
    .click()
    .then(() => page.getByRole('heading', { name: heading, exact: true }).waitFor())

async function answer(verdict: string | RegExp): Promise<void> {
  await button('Answer').click()
  await page.getByRole('status').filter({ hasText: verdict }).waitFor()
}
async function type(number: number): Promise<void> {
  await pane().getByRole('spinbutton').fill(String(number))
  await page.keyboard.press('Tab')
}

/** In the editor, at the end of the line with this text; `erase` characters before `left` to the left of it are replaced. */
async function write(line: string, text: string, erase = 0, left = 0): Promise<void> {
  await tab('Program')
  const lines = page.locator('.monaco-editor .view-line')
  await lines.first().waitFor({ timeout: 60_000 })
  const found = lines.filter({ hasText: line }).first()
  // The editor draws what is in sight alone; programs are little longer than that.
  if (!(await found.isVisible())) {
    await lines.first().click({ position: { x: 40, y: 8 } })
    await page.keyboard.press('Control+End')
  }
  await found.waitFor({ timeout: 60_000 })
  await found.scrollIntoViewIfNeeded()
  await found.click({ position: { x: 40, y: 8 } })
  await page.keyboard.press('End')
  for (let i = 0; i < left; i++) await page.keyboard.press('ArrowLeft')
  for (let i = 0; i < erase; i++) await page.keyboard.press('Backspace')
  await page.keyboard.type(text)
  await page.keyboard.press('Escape')
}
async function run(): Promise<void> {
  await page.getByText('edited').waitFor()
  await button(/^Run/).click()
  await page.getByText('edited').waitFor({ state: 'hidden' })
  await simulated(page)
}

/** Runs the checks; what they say together, and the sentence of each that matters. */
async function check(...verdicts: readonly (string | RegExp)[]): Promise<void> {
  await button('Check it').click()
  for (const verdict of verdicts) await says(verdict)
}
/** Every hint, then the solution, into the editor. */
async function takeSolution(): Promise<void> {
  await button('A hint').or(button('The solution')).first().waitFor()
  while (await button('A hint').isVisible()) await button('A hint').click()
  await button('The solution').click()
  await button('Put it into the editor').click()
  await page.locator('.monaco-editor').waitFor()
  await tab('Lesson')
}
/** The list says so, and so does a page that is opened anew. */
async function isDone(title: string): Promise<void> {
  // The last lesson ends with the list, too.
  await button('All lessons').first().click()
  await button(new RegExp(`${title} done`)).waitFor()
}

test('lesson 1: what ends a task, by changing the program until the simulator agrees', async () => {
  await begin('A box is an operator')
  // Nothing that would tell is in sight: no task in the picture, the lanes, the inspector.
  await centre().getByText('.keyBy((reading) => reading.sensor)').waitFor()
  expect(await page.getByText('Keyed Reduce').count()).toBe(0)

  await next('Predict')
  await type(6)
  await answer('It is 2, 4 fewer than you thought.')
  await back('A box is an operator')
  await next('Predict')
  await type(2)
  await answer('Right: 2.')

  await button('See it').click()
  await says(/^2, for 6 operators\./)
  await centre().getByText('Keyed Reduce').first().waitFor()

  await next('Change one thing')
  await write('.sinkTo(new PrintSink())', '.setParallelism(1)')
  await run()
  await tab('Lesson')
  await back('See')
  await says(/^3, for 6 operators\./)

  await next('Change one thing')
  await next('Do it yourself')
  await check('In 3 tasks, no edge yet says: startNewChain, disableChaining.', 'Correct on 0 of 10.')
  await takeSolution()
  await check('All four are there, in 6 tasks.', '120 lines for 120 readings.', 'Correct on all 10.')
  await next('Carry away')
  await isDone('A box is an operator')
})

test('lesson 2: how many slots a job needs, and one too few', async () => {
  await begin('Parallelism is slots is threads')
  await next('Predict')
  await type(3)
  await answer('It is 5, 2 more than you thought.')
  await back('Parallelism is slots is threads')
  await next('Predict')
  await type(5)
  await answer('Right: 5.')
  await button('See it').click()
  await says(/^5 = max\(2, 3\) \+ 2\./)
  await next('It waits, then fails')
  await says('NoResourceAvailableException: Could not acquire the minimum required resources.')

  await next('Change one thing')
  const slots = async (each: number): Promise<void> => {
    await tab('Cluster')
    await page
      .getByLabel(/numberOfTaskSlots/)
      .first()
      .fill(String(each))
    await page.keyboard.press('Tab')
  }
  await slots(3)
  await run()
  await page.getByText('job FINISHED').or(centre().getByText('5 of 6 slots')).first().waitFor()
  await tab('Lesson')
  await next('Do it yourself')
  await check('The cluster has 6 slots.', 'FINISHED, with 120 of 120 clicks printed.', 'Correct on 0 of 10.')
  await slots(2)
  await tab('Lesson')
  await takeSolution()
  await check('The cluster has 4 slots.', 'Clicks are counted by 3 subtasks.', 'Correct on all 10.')
  await next('Carry away')
  await isDone('Parallelism is slots is threads')
})

test('lesson 3: who shares a slot with whom', async () => {
  await begin('A slot holds one task')
  await next('Predict')
  await page.getByRole('radio', { name: 'One subtask: source #1' }).check()
  await answer('It is: One subtask of each task: source #1 and score #1.')
  await back('A slot holds one task')
  await next('Predict')
  await page.getByRole('radio', { name: /^One subtask of each task/ }).check()
  await answer('Right.')
  await button('See it').click()
  await says(/^Source: clicks #1, score #1\./)
  await centre().getByText('2 of 4 slots').first().waitFor()

  await next('Change one thing')
  await write(`.name('score')`, `.slotSharingGroup('models')`)
  await run()
  await centre().getByText('4 of 4 slots').first().waitFor()
  await tab('Lesson')
  await next('Do it yourself')
  await check('With score in a slot: unusual, Sink: Writer.', 'Correct on 0 of 10.')
  await takeSolution()
  await check('score has 2 slots to itself.', 'The other operators share 2 slots.', 'Correct on all 10.')
  await next('Carry away')
  await isDone('A slot holds one task')
})

test('lesson 4: where key 42 goes, and why many keys do not spread evenly', async () => {
  await begin('Many keys spread evenly')
  await next('Predict')
  // A click on the picture, and it is the wrong one.
  await centre().getByRole('button', { name: /^takings.*#4, / }).click() // prettier-ignore
  expect(await page.getByRole('radio', { name: 'takings #4' }).isChecked()).toBe(true)
  await answer('It is takings #1, not takings #4.')
  await back('Many keys spread evenly')
  await next('Predict')
  expect(await button('Answer').isDisabled()).toBe(true)
  await page.getByRole('radio', { name: 'takings #1' }).check()
  await answer('Right: takings #1.')
  await button('See it').click()
  await says(/^To #1\. Flink hashes the key into one of 128 key groups: 42 is in group 29\./)
  await next('Sixteen by four')
  await says(/^The stores fall 6, 4, 5, 1\. So #1 takes in 7\d\d of 2000 orders/)

  await next('Change one thing')
  await write('.keyBy((order) => order.store)', 'till', 'store'.length, 1)
  await run()
  await tab('Lesson')
  await next('Do it yourself')
  await check(/^The busiest subtask takes in 1[5-9]\d % of an equal share\.$/, 'Correct on 0 of 20.')
  await takeSolution()
  await check('The takings of all 16 stores are right.', 'Correct on all 20.')
  await next('Carry away')
  await isDone('Many keys spread evenly')
  // What was done outlives the page.
  await page.waitForTimeout(1500)
  await page.reload()
  await isDone('Many keys spread evenly')
})

const plane = (): Locator => centre().getByRole('application', { name: /^Time plane/ })
/** What the plane says of itself to those who do not see it. */
const planeSays = async (): Promise<string> => {
  const [, now] = (await plane().getAttribute('aria-describedby'))!.split(' ')
  return page.locator(`[id="${now!}"]`).innerText()
}

/** What a learner does in a lesson on time: a wrong answer, the right one, what they then see, a first check, the solution's. */
const TIME = [
  {
    title: 'My window never fires',
    wrong: () => page.getByRole('radio', { name: 'Source: readings #2' }).check(),
    off: /^It is Source: readings #4/,
    guess: () => page.getByRole('radio', { name: 'Source: readings #4' }).check(),
    right: /^Right: Source: readings #4/,
    sees: /^#4: there are 4 subtasks for 3 partitions\./,
    shows: () => centre().getByText('partition 1').first().waitFor(),
    fails: /windows that are over have not fired/,
    passes: /windows that are over have fired/,
  },
  {
    title: 'The last window is missing',
    wrong: () => type(0),
    off: 'It is 8, 8 more than you thought.',
    guess: () => type(8),
    right: 'Right: 8.',
    sees: /^8\. The watermark has stood at 00:00:39\.363 ever since/,
    shows: () => plane().waitFor(),
    fails: /clicks are in no result in time/,
    passes: 'The job is RUNNING.',
  },
  {
    title: 'Late data is an error one sees',
    wrong: () => page.getByRole('radio', { name: 'The job fails with an exception.' }).check(),
    off: 'It is: It is dropped, and nothing says so.',
    guess: () => page.getByRole('radio', { name: 'It is dropped, and nothing says so.' }).check(),
    right: 'Right.',
    sees: /^It is dropped\. The watermark is at 00:00:15\.453/,
    shows: () => expect.poll(planeSays).toMatch(/[1-9]\d* dropped/),
    fails: /of 160 clicks are nowhere/,
    passes: /are told as too late/,
  },
  {
    title: 'Windows start with the first event',
    wrong: () => type(1),
    off: 'It is 8, 7 more than you thought.',
    guess: () => type(8),
    right: 'Right: 8.',
    sees: /^On 31 December, 08:00\. Windows are aligned to the epoch/,
    shows: () => centre().getByText('tumbling 1 d · event time').first().waitFor(),
    fails: /windows mix clicks of two days/,
    passes: /days of all customers are one result each/,
  },
  {
    title: 'Sessions have a start',
    wrong: () => type(3),
    off: /^It is 1, 2 fewer than you thought/,
    guess: () => type(1),
    right: 'Right: 1.',
    sees: /^Nobody looks for a session.s start\./,
    shows: () => button(/^Window \[00:00:07, 00:00:57\) of user-3/).waitFor(),
    fails: /visits are printed in part, twice, or not at all/,
    passes: /visits are printed once each/,
  },
] as const

test.each(TIME)('$title', async ({ title, wrong, off, guess, right, sees, shows, fails, passes }) => {
  await begin(title)
  await next('Predict')
  await wrong()
  await answer(off)
  await back(title)
  await next('Predict')
  await guess()
  await answer(right)
  await button('See it').click()
  await says(sees)
  await shows()
  await button('Next').click()
  while (!(await page.getByRole('heading', { name: 'Do it yourself', exact: true }).isVisible())) await button('Next').click()
  await check(fails, 'Correct on 0 of 50.')
  await takeSolution()
  await check(passes, 'Correct on all 50.')
  await next('Carry away')
  await isDone(title)
})

/** The last event there is. */
const toEnd = (): Promise<void> => page.getByRole('toolbar', { name: 'Playing' }).getByRole('button', { name: 'To the end' }).click()
const radio = (name: string): Promise<void> => page.getByRole('radio', { name }).check()

test('lesson 19: what a subtask reads while it waits for a barrier, and barriers that do not wait', async () => {
  await begin('A checkpoint stops the world')
  await next('Predict')
  await radio('Nothing, until the checkpoint is complete.')
  await answer('It is: Only clicks from the app: their barrier is still to come.')
  await back('A checkpoint stops the world')
  await next('Predict')
  await radio('Only clicks from the app')
  await answer('Right.')
  await button('See it').click()
  await says(/^From the app \d+ clicks in 5\.\d s, from the web 0\./)
  await button(/^count.*#1.*RUNNING/)
    .first()
    .waitFor()
  await centre().getByText('barriers 1/2').first().waitFor()
  await next('Who is slow?')
  await centre()
    .getByText(/it stood in the channel behind records that came before it/)
    .waitFor()

  await next('Change one thing')
  await next('Do it yourself')
  await check(/checkpoints take longer, up to/, 'Correct on 0 of 50.')
  await back('Change one thing')
  await write('env.enableCheckpointing(3000)', '\nenv.getCheckpointConfig().enableUnalignedCheckpoints()')
  await run()
  await tab('Lesson')
  await toEnd()
  // Of those that waited four came to their end.
  await centre().getByText('Completed 5').first().waitFor()
  await next('Do it yourself')
  await check('The counts of all 6 users are right.', 'Correct on all 50.')
  await next('Carry away')
  await isDone('A checkpoint stops the world')
})

test('lesson 20: a page that is counted once though it is processed twice, and is billed twice', async () => {
  await begin('Exactly-once means processed once')
  await next('Predict')
  await type(1)
  await answer('It is 2, 1 more than you thought.')
  await back('Exactly-once means processed once')
  await next('Predict')
  await type(2)
  await answer('Right: 2.')
  await button('See it').click()
  await says(/^2 times\. At 7\.9 s the job goes back to checkpoint 3/)
  await next('Three ledgers')
  await says(/What was written stays: 14 lines are there twice\./)
  await centre().getByText('14 twice').first().waitFor()

  await next('Change one thing')
  await write('env.enableCheckpointing(2000)', '500', '2000'.length, ') // every 2 s, EXACTLY_ONCE'.length)
  await run()
  await tab('Lesson')
  await toEnd()
  await expect.poll(() => page.getByRole('region', { name: 'Written' }).innerText()).toMatch(/ [1-5] twice/)
  await next('Do it yourself')
  await check(/lines are there more than once/, /^Correct on [1-4]?\d of 50\./)
  // One of those is opened, with its kill.
  await button('Open this run').click()
  await simulated(page)
  await takeSolution()
  await check('Each of 120 lines is there once.', 'Correct on all 50.')
  await next('Carry away')
  await isDone('Exactly-once means processed once')
})

test('lesson 21: a sink that commits when a checkpoint is complete', async () => {
  await begin('The sink writes nothing')
  await next('Predict')
  await type(145)
  await answer('It is 0, 145 fewer than you thought.')
  await back('The sink writes nothing')
  await next('Predict')
  await type(0)
  await answer('Right: 0.')
  await button('See it').click()
  await says(/^0\. All 145 are outside, in 2 open transactions/)
  await centre().getByText('145 uncommitted').first().waitFor()

  await next('Change one thing')
  await write('StreamExecutionEnvironment.getExecutionEnvironment()', '\nenv.enableCheckpointing(10_000)')
  await page.getByText('edited').waitFor()
  await button(/^Run/).click()
  await page.getByText('edited').waitFor({ state: 'hidden' })
  await settled()
  await tab('Lesson')
  await next('Do it yourself')
  await check(/of 200 pages are not on the bill in time/, 'Correct on 0 of 50.')
  await takeSolution()
  await check('All 200 pages are on the bill in time.', 'None of 200 lines is there twice.', 'Correct on all 50.')
  await next('Carry away')
  await isDone('The sink writes nothing')
})

test('lesson 24: a savepoint that knows an operator by its uid', async () => {
  await begin('A savepoint is a checkpoint')
  await next('Predict')
  await page.getByText('It runs, and all counts begin at 1.').click()
  await answer('It does not start.')
  await back('A savepoint is a checkpoint')
  await next('Predict')
  await page.getByText('It does not start.').first().click()
  await answer('Right')
  await button('See it').click()
  await says(/The job is FAILED before anything runs/)
  await centre()
    .getByText(/Cannot map checkpoint\/savepoint state for operator/)
    .first()
    .waitFor()

  await next('Change one thing')
  await next('Do it yourself')
  await check(/Correct on 0 of/)
  await takeSolution()
  await check(/Correct on all/)
  await next('Carry away')
  await isDone('A savepoint is a checkpoint')
})

test('lesson 25: a region restarts, and not for ever', async () => {
  await begin('After a failure everything restarts, for ever')
  await next('Predict')
  await type(9)
  await answer(/more than you thought|fewer than you thought/)
  await back('After a failure everything restarts, for ever')
  await next('Predict')
  await type(1)
  await answer('Right: 1.')
  await button('See it').click()
  await says(/is a region/)
  await next('Not for ever')
  await says(/The strategy allows two restarts, so the job ends FAILED/)
  await next('Change one thing')
  await next('Do it yourself')
  await check(/Correct on 0 of/)
  await takeSolution()
  await check(/Correct on all/)
  await next('Carry away')
  await isDone('After a failure everything restarts, for ever')
})

test('a link to a step of a lesson: the question stands, and its answer waits for Run', async () => {
  await begin('A box is an operator')
  await next('Predict')
  await button('Share').click()
  const link = await page.getByRole('dialog').getByRole('textbox').inputValue()
  const first = { context, errors }
  ;({ page, context, errors } = await open(browser, link, { reducedMotion: 'reduce' }))
  expect(first.errors).toEqual([])
  await first.context.close()
  await page.getByRole('heading', { name: 'Predict', exact: true }).waitFor()
  await says('Press Run: the answer comes out of the run.')
  await centre().getByText('.keyBy((reading) => reading.sensor)').waitFor()
  await page.getByRole('button', { name: 'Run', exact: true }).first().click()
  await simulated(page)
  await type(2)
  await answer('Right: 2.')
})
