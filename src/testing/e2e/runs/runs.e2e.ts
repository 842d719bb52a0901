import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launch, servePage, type ServedPage } from '../../browser'
import { runToEnd } from '../../../minicluster/headless'
import { TraceHash } from './hash'
import type { Told, Way } from './page'
import { requestOf } from './request'

let browser: Browser
let served: ServedPage
let page: Page
let devtools: CDPSession

beforeAll(async () => {
  served = await servePage(new URL('.', import.meta.url))
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
beforeEach(async () => {
  page = await browser.newPage()
  await page.goto(served.url)
  await page.waitForFunction('globalThis.tools !== undefined')
  devtools = await page.context().newCDPSession(page)
  // The page lives as long as its clock ticks; the longest pause between two ticks says how well.
  await page.evaluate(() => {
    const state = { last: performance.now(), longest: 0 }
    Object.assign(globalThis, { state })
    setInterval(() => {
      state.longest = Math.max(state.longest, performance.now() - state.last)
      state.last = performance.now()
    }, 10)
  })
})

/** Playwright gives a page up when any of its frames crashes, as a sandbox without memory does; the page itself can still be asked. */
async function ask<T>(expression: string): Promise<T> {
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value as T
}
const run = (text: string, where: Way = 'sandbox'): Promise<Told> =>
  ask(`tools.run(${JSON.stringify(text)}, 60_000_000, ${JSON.stringify(where)})`)
const job = (body: string): string => `import { StreamExecutionEnvironment, PrintSink } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
${body}
env.execute('job')`
const GOOD = job(`env.fromData(1, 2, 3).map((n) => n * 2).sinkTo(new PrintSink())`)

/** After whatever happened, the page is as it was and a decent program runs. */
async function allIsWell(): Promise<void> {
  expect((await run(GOOD)).state).toBe('ended')
  expect(await ask('state.longest')).toBeLessThan(5000)
}

test('the trace of the sandbox is that of the local deployment, in the page and under Node', async () => {
  const program = job(`env.setParallelism(2)
env.fromSequence(1, 500).map((n) => ({ key: 'k' + (n % 7), r: Math.random(), at: new Date().toISOString(), big: BigInt(n) ** 5n }))
  .keyBy((r) => r.key).reduce((a, b) => ({ ...b, r: a.r + b.r })).map((r) => { console.log(r); return r.key + r.r.toFixed(9) + r.at }).sinkTo(new PrintSink())`)
  const there = await run(program)
  const here = await run(program, 'local')
  const alone = await Promise.all(Array.from({ length: 5 }, () => run(program, 'pool')))
  const node = new TraceHash()
  await runToEnd(requestOf(program), { onPage: node.take })
  expect(there).toMatchObject({ state: 'ended', events: node.events, hash: node.digest })
  for (const told of [here, ...alone]) expect(told).toMatchObject({ state: 'ended', events: node.events, hash: node.digest })
  expect(node.events).toBeGreaterThan(3000)
})

test('a main part that never returns', async () => {
  expect(await run('while (true) {}')).toMatchObject({
    state: 'refused',
    problem: { code: 'user-code-endless', args: { thread: 'client' } },
  })
  await allIsWell()
})

test('a map function that never returns; what was simulated stays', async () => {
  const told = await run(job(`env.fromData(1, 2, 3).map((n) => { while (n === 2) {} return n }).sinkTo(new PrintSink())`))
  expect(told).toMatchObject({ state: 'broken', problem: { code: 'user-code-endless' } })
  expect(told.problem!.args!.thread).toMatch(/^taskmanager-[12]$/)
  expect(told.events).toBeGreaterThan(0)
  await allIsWell()
})

test('a pool: who is caught is ended, and those beside and behind it are not', async () => {
  const endless = job(`env.fromData(1, 2, 3).map((n) => { while (n === 2) {} return n }).sinkTo(new PrintSink())`)
  const told = await Promise.all(['while (true) {}', endless, GOOD, endless, GOOD, GOOD].map((text) => run(text, 'pool')))
  expect(told.map(({ state }) => state)).toEqual(['refused', 'broken', 'ended', 'broken', 'ended', 'ended'])
  expect(told[1]!.problem).toMatchObject({ code: 'user-code-endless', args: { thread: 'cluster' } })
  const hungry = job(`const all = []
env.fromSequence(1, 1000000).map((n) => { all.push(new Array(3000000).fill(n)); return n }).sinkTo(new PrintSink())`)
  expect(await run(hungry, 'pool')).toMatchObject({ state: 'broken', problem: { code: 'sandbox-memory' } })
  expect((await run(GOOD, 'pool')).state).toBe('ended')
  await allIsWell()
})

test('memory: one function that allocates without end, and one that keeps more with each record', async () => {
  const atOnce = await run(
    job(`env.fromData(1).map((n) => { const all = []; for (;;) all.push(new Array(100000).fill(n)) }).sinkTo(new PrintSink())`),
  )
  expect(['sandbox-memory', 'user-code-endless']).toContain(atOnce.problem?.code)
  await allIsWell()
  const bit = await run(
    job(`const all = []
env.fromSequence(1, 1000000).map((n) => { all.push(new Array(3000000).fill(n)); return n }).sinkTo(new PrintSink())`),
  )
  expect(bit).toMatchObject({ state: 'broken', problem: { code: 'sandbox-memory' } })
  await allIsWell()
})

test('floods: a captured postMessage, lines without end, records without end', async () => {
  const posted = await run(
    job(`const post = Function('return this')().postMessage
env.fromData(1).map((n) => { for (;;) post(n) }).sinkTo(new PrintSink())`),
  )
  expect(posted.state).toBe('ended')
  await allIsWell()
  const lines = await run(job(`env.fromData(1).map((n) => { for (;;) console.log('x'.repeat(1000)) }).sinkTo(new PrintSink())`))
  expect(['sandbox-flood', 'user-code-endless']).toContain(lines.problem?.code)
  await allIsWell()
  const records = await run(job(`env.fromData(1).flatMap((n, out) => { for (;;) out.collect(n) }).sinkTo(new PrintSink())`))
  expect(['sandbox-flood', 'user-code-endless', 'sandbox-memory']).toContain(records.problem?.code)
  await allIsWell()
})

test('network, storage and the page from a function: a failure of the task, as any other', async () => {
  for (const attempt of [
    'fetch("https://example.com")',
    'new XMLHttpRequest()',
    'new WebSocket("wss://example.com")',
    'importScripts("https://example.com/x.js")',
    'indexedDB.open("x")',
    'parent.document',
    'top.location = "https://example.com"',
    'self.postMessage(1)',
  ]) {
    const told = await run(job(`env.fromData(1).map((n) => { ${attempt}; return n }).sinkTo(new PrintSink())`))
    expect(told.state, attempt).toBe('ended')
  }
  expect(await ask('location.href')).toBe(served.url)
  await allIsWell()
})
