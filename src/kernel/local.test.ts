import { expect, test } from 'vitest'
import { micros } from '../core/time'
import type { EventPage } from '../core/page'
import { MAX_EVENTS_PER_WINDOW } from './eventWriter'
import { createLocalKernel } from './local'
import { addressOf, type Context, type Kernel, type Message } from './types'

type Handle = (message: Message, context: Context, from: number) => void

/** Hosts 0 and 1, lookahead 10; each emits what it says as kind. */
function kernelOf(handle: Handle): {
  kernel: Kernel
  at: (time: number, host: number, type: string) => void
  run: (until: number) => Promise<string>
} {
  const kernel = createLocalKernel(
    { seed: 1, hosts: [0, 1].map((host) => ({ host, name: `${host}` })), lookahead: 10, latency: () => 10, tracing: true },
    () => ({ handle: (message, from, context) => handle(message, context, from) }),
  )
  const told = (page: EventPage): string => Array.from(page.time, (time, i) => `${page.kind[i]}@${time}`).join(' ')
  return {
    kernel,
    at: (time, host, type) => kernel.inject({ time: micros(time), to: addressOf(host, 0), message: { type } }),
    run: async (until) => {
      const pages: string[] = []
      const { reason, frontier } = await kernel.run(micros(until), (page) => pages.push(told(page)))
      return `${pages.join(' | ')} → ${reason} ${frontier}`
    },
  }
}
const say = (context: Context, kind: number): void => context.emit(kind, 0, 0, 0, 0, 0)

test('a busy process handles what falls due meanwhile when it is free, in order of (time, source, sequence)', async () => {
  const { at, run } = kernelOf((message, context) => {
    say(context, Number(message.type))
    if (message.type === '1') {
      context.after(5, { type: '3' })
      context.advance(20)
      context.after(0, { type: '4' })
    }
  })
  at(0, 0, '1')
  at(5, 0, '2')
  expect(await run(Infinity)).toBe('1@0 | 2@20 3@20 4@20 → drained 21')
})

test('a run stops between rounds and goes on where it was', async () => {
  const { kernel, at, run } = kernelOf((message, context) => {
    say(context, 1)
    if (context.now < 100) context.after(25, message)
    if (context.now === 25) kernel.stop()
  })
  at(0, 1, 'tick')
  expect(await run(Infinity)).toBe('1@0 | 1@25 → stopped 35')
  expect(await run(60)).toBe('1@50 → until 60')
  expect(() => at(59, 0, 'late')).toThrow('behind the frontier')
  at(60, 0, 'just in time')
  expect(await run(Infinity)).toBe('1@60 | 1@75 | 1@85 | 1@100 | 1@110 → drained 111')
})

test('what a clock ran ahead with waits for its page', async () => {
  const { at, run } = kernelOf((_, context) => {
    say(context, 1)
    context.advance(50)
    say(context, 2)
  })
  at(0, 0, 'go')
  at(20, 1, 'go')
  expect(await run(40)).toBe('1@0 | 1@20 | 2@50 2@70 → drained 71')
})

test('a handler that never stops emitting is a flood, and says whose', async () => {
  const { at, run } = kernelOf((_, context) => {
    for (;;) say(context, 1)
  })
  at(0, 1, 'go')
  await expect(run(Infinity)).rejects.toMatchObject({ name: 'FloodError', process: addressOf(1, 0), what: 'events' })
  expect(MAX_EVENTS_PER_WINDOW).toBeLessThan(5_000_000)
})
