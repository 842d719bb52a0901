import { expect, it } from 'vitest'
import { AsyncRetryStrategies, type ResultFuture } from '../../streaming'
import { play } from '../../testing/harness/notation'
import { OperatorHarness } from '../../testing/harness/OperatorHarness'
import { AsyncWaitOperator } from './async'

/** A function that leaves its questions open: `!a` answers a. */
function asking(
  mode: 'ORDERED' | 'UNORDERED',
  settings: { capacity?: number; timeout?: number; onTimeout?: string; retryStrategy?: unknown } = {},
) {
  const open = new Map<string, ResultFuture<string>>()
  const asked: string[] = []
  const { onTimeout } = settings
  const fn = {
    asyncInvoke(input: string, future: ResultFuture<string>) {
      asked.push(input)
      open.set(input, future)
    },
    ...(onTimeout === undefined
      ? {}
      : { timeout: (input: string, future: ResultFuture<string>) => future.complete([`${input}${onTimeout}`]) }),
  }
  const harness = new OperatorHarness<AsyncWaitOperator>((context) => new AsyncWaitOperator(context), {
    params: { mode, capacity: settings.capacity ?? 100, timeout: settings.timeout ?? 0 },
    functions: () => ({ function: fn, retryStrategy: settings.retryStrategy }),
  })
  harness.open()
  const answer = (input: string, ...results: string[]) => {
    open.get(input)!.complete(results)
    return play(harness, '')
  }
  return { harness, answer, open, asked, play: (text: string) => play(harness, text) }
}

it('ordered answers wait for those before them; watermarks keep their place', () => {
  const { answer, play } = asking('ORDERED')
  expect(play('a@1 b@2 W(2) c@3')).toBe('')
  expect(answer('b', 'B')).toBe('')
  expect(answer('c', 'C', 'CC')).toBe('')
  expect(answer('a', 'A')).toBe('A@1 B@2 W(2) C@3 CC@3')
  expect(answer('a', 'again')).toBe('')
})

it('unordered answers go as they come, but none past a watermark', () => {
  const { answer, play, harness } = asking('UNORDERED')
  expect(play('W(0) a@1 b@2 W(2) c@3')).toBe('W(0)')
  expect(answer('b')).toBe('')
  expect(answer('c', 'C')).toBe('')
  expect(harness.operator.isDrained()).toBe(false)
  expect(answer('a', 'A')).toBe('A@1 W(2) C@3')
  expect(harness.operator.isDrained()).toBe(true)
})

it('beyond the capacity nothing is asked until there is room', () => {
  const { answer, play, asked } = asking('ORDERED', { capacity: 2 })
  play('a b c')
  expect(asked).toEqual(['a', 'b'])
  answer('b', 'B')
  expect(asked).toEqual(['a', 'b'])
  expect(answer('a', 'A')).toBe('A B')
  expect(asked).toEqual(['a', 'b', 'c'])
})

it('without an answer in time the function is asked for one, or the job fails', () => {
  const { play } = asking('ORDERED', { timeout: 10, onTimeout: '?' })
  expect(play('a@1 P(9) b@2 P(10)')).toBe('a?@1')
  expect(play('P(19)')).toBe('b?@2')
  const without = asking('ORDERED', { timeout: 10 })
  expect(() => without.play('a P(10)')).toThrow('Async function call has timed out.')
})

it('failures are tried again as the strategy says; at the end of the input once more at once', () => {
  const builder = () => new AsyncRetryStrategies.FixedDelayRetryStrategyBuilder<string>(2, 5)
  const retryStrategy = builder()
    .ifException(() => true)
    .build()
  const { play, open, asked, answer, harness } = asking('ORDERED', { timeout: 100, retryStrategy })
  play('a')
  const fails = (input: string) => open.get(input)!.completeExceptionally(new Error(`${input} failed`))
  fails('a')
  play('P(4)')
  expect(asked).toEqual(['a'])
  play('P(5)')
  expect(asked).toEqual(['a', 'a'])
  expect(answer('a', 'A')).toBe('A')
  play('b')
  fails('b')
  harness.operator.endInput()
  expect(asked).toEqual(['a', 'a', 'b', 'b'])
  expect(() => fails('b')).toThrow('b failed')
})
