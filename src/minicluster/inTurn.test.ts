import { expect, test } from 'vitest'
import { ProblemError, problem } from '../core/problem'
import { runToEnd } from './headless'
import { inTurn } from './inTurn'
import type { Run, RunRequest, StartRun } from './types'

const named = (name: string): RunRequest => ({ scenario: { name } }) as unknown as RunRequest
/** Places that say what they do; `a1` is a run of scenario a in place 1. A scenario called `bad` cannot start. */
function pool(size: number) {
  const said: string[] = []
  const place =
    (number: number): StartRun =>
    ({ scenario }) => {
      if (scenario.name === 'bad') return Promise.reject(new ProblemError(problem('batch-mode')))
      const name = `${scenario.name}${number}`
      said.push(`+${name}`)
      const run: Partial<Run> = { dispose: () => void said.push(`-${name}`), advance: () => new Promise(() => {}) }
      return Promise.resolve(run as Run)
    }
  const start = inTurn(Array.from({ length: size }, (_, i) => place(i + 1)))
  return { start, log: async () => (await new Promise((done) => setTimeout(done)), said.splice(0).join(' ')) }
}

test('as many runs as there are places; the others wait in the order they came', async () => {
  const { start, log } = pool(2)
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => start(named(name)))
  expect(await log()).toBe('+a1 +b2')
  ;(await b!).dispose()
  expect(await log()).toBe('-b2 +c2')
  const first = await a!
  first.dispose()
  first.dispose()
  expect(await log()).toBe('-a1 +d1')
  for (const run of [c!, d!]) (await run).dispose()
  void start(named('e'))
  expect(await log()).toBe('-c2 -d1 +e2')
})

test('what cannot start takes no place', async () => {
  const { start, log } = pool(1)
  await expect(start(named('bad'))).rejects.toBeInstanceOf(ProblemError)
  void start(named('a'))
  expect(await log()).toBe('+a1')
})

test('a run without a page is ended by its signal, caught or waiting', async () => {
  const { start, log } = pool(1)
  const stop = new AbortController()
  const runs = ['a', 'b'].map((name) => runToEnd(named(name), { start, signal: stop.signal }))
  const ends = Promise.allSettled(runs)
  expect(await log()).toBe('+a1')
  stop.abort('enough')
  expect((await ends).map((end) => end.status === 'rejected' && end.reason)).toEqual(['enough', 'enough'])
  expect(await log()).toBe('-a1 +b1 -b1')
})
