import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launch, servePage, type ServedPage } from '../../browser'
import type { Tools } from './page'

declare const tools: Tools
let browser: Browser
let served: ServedPage
let page: Page

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
})

const run = (...codes: string[]): Promise<string[]> => page.evaluate((codes) => tools.run(codes), codes)

test('the fence takes everything away that is not of the language', async () => {
  expect(await page.evaluate(() => tools.left())).toEqual([])
  const globals = `Object.getOwnPropertyNames(Function('return this')())`
  const [names] = await run(
    `return ${globals}.filter((name) => /post|fetch|Request|Socket|Event|Worker|import|index|caches|nav|loc|crypto|time|Channel|GPU|File/i.test(name)).sort()`,
  )
  expect(names).toBe('')
})

test('no way out by name, by the back door, or by a prototype', async () => {
  const global = `Function('return this')()`
  const results = await run(
    ...[
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'EventSource',
      'importScripts',
      'indexedDB',
      'caches',
      'navigator',
      'location',
      'postMessage',
      'close',
      'Worker',
      'SharedWorker',
      'BroadcastChannel',
      'MessageChannel',
      'RTCPeerConnection',
      'WebTransport',
      'FontFace',
      'SharedArrayBuffer',
      'Atomics',
      'setTimeout',
      'queueMicrotask',
      'addEventListener',
      'self',
      'parent',
      'top',
      'crypto',
      'performance',
      'scheduler',
      'reportError',
      'WeakRef',
    ].map(
      (name) =>
        `return typeof ${name} + typeof ${global}.${name} + typeof (0, eval)('typeof ${name} === "undefined" ? undefined : ${name}')`,
    ),
  )
  expect(results).toEqual(results.map(() => 'undefinedundefinedundefined'))
  const [constructed, math, date, imported] = await run(
    `return Object.values(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(${global}))).filter(({ value }) => typeof value !== 'number').length`,
    `return ${global}.Math.random() === ${global}.Math.random()`,
    `return ${global}.Date.now() + Date.now()`,
    `import('data:text/javascript,export default 1').catch(() => {}); import('https://example.com/x.js').catch(() => {}); return 'asked'`,
  )
  expect([constructed, math, date, imported]).toEqual(['0', 'true', '10', 'asked'])
})

test('a sloppy function of a program cannot look at who called it', async () => {
  const results = await page.evaluate(
    (codes) => tools.run(codes, 'runSloppy'),
    [
      'return arguments.callee.caller',
      'Error.prepareStackTrace = (_, sites) => sites.slice(1).map((site) => typeof site.getFunction() + typeof site.getThis()); const { stack } = new Error(); delete Error.prepareStackTrace; return [...new Set(stack)].join()',
    ],
  )
  expect(results).toEqual(['null', 'undefinedundefined'])
})

test('whoever gets hold of the answers to the page cannot flood it', async () => {
  const messages = await page.evaluate(() =>
    tools.countAnswers(
      `
    const promises = (async () => {})().constructor.prototype
    const then = promises.then
    let stolen
    promises.then = function (f, ...rest) { stolen ??= f; return then.call(this, f, ...rest) }
    globalThis_.steal = () => { for (let i = 0; i < 1e6; i++) stolen(i) }
    return 'set'`.replace('globalThis_', `Function('return this')()`),
      `Function('return this')().steal(); return 'done'`,
    ),
  )
  expect(messages).toBeGreaterThan(10)
  expect(messages).toBeLessThan(3000)
})

test('a program means the same whoever runs it: zone and language of the browser make no difference', async () => {
  const context = await browser.newContext({ locale: 'de-DE', timezoneId: 'Asia/Tokyo' })
  page = await context.newPage()
  await page.goto(served.url)
  await page.waitForFunction('globalThis.tools !== undefined')
  const results = await run(
    `return (1234.5).toLocaleString() + ' ' + new Intl.NumberFormat().format(0.5)`,
    `return new Date(0).getHours() + ' ' + new Date(0).toLocaleDateString() + ' ' + new Intl.DateTimeFormat().resolvedOptions().timeZone`,
    `return Date.parse('1970-01-01T00:00')`,
    `return ['z', 'ä', 'a'].sort((a, b) => a.localeCompare(b)).join('')`,
  )
  expect(results).toEqual(['1,234.5 0.5', '0 1/1/1970 UTC', '0', 'aäz'])
  await context.close()
})

test('the policy holds by itself, were there no fence at all', async () => {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(request.url!)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.end('1')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const results = await page.evaluate(
    (codes) => tools.runNaked(codes),
    [
      `return fetch('${at}/fetch', { mode: 'no-cors' })`,
      `return new Promise((done, failed) => { const x = new XMLHttpRequest(); x.open('GET', '${at}/xhr'); x.onload = done; x.onerror = () => failed('refused'); x.send() })`,
      `return new Promise((done, failed) => { const s = new WebSocket('${at.replace('http', 'ws')}/socket'); s.onopen = done; s.onerror = () => failed('refused') })`,
      `return new Promise((done, failed) => { const s = new EventSource('${at}/events'); s.onopen = done; s.onerror = () => failed('refused') })`,
      `importScripts('${at}/script')`,
      `return import('${at}/module')`,
      `return new Promise((done, failed) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('${at}/nested').then(() => postMessage(1), () => postMessage(0))"]))); w.onmessage = ({ data }) => data ? done() : failed('refused') })`,
      `return new Promise((done, failed) => { const r = indexedDB.open('x'); r.onsuccess = done; r.onerror = () => failed('refused') })`,
      `return caches.open('x')`,
      `return navigator.storage.getDirectory()`,
      `return new FontFace('x', 'url(${at}/font)').load()`,
    ],
  )
  expect(results).toEqual(results.map(() => 'refused'))
  expect(hits).toEqual([])
  server.close()
})
