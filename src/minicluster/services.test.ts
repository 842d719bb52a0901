import { describe, expect, it, test } from 'vitest'
import type { Scenario, Service } from '../scenario/types'
import { bytesOfPages } from '../testing/kernel/network'
import { startOnThreads } from './node'
import { TraceKind } from '../trace/kinds'
import { ofKind, problemsOf, sinkLines, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

const profiles: Service = {
  name: 'profiles',
  latency: { least: 10, most: 200 },
  table: { key: 'user', columns: ['user', 'city'], rows: [['ann', 'Ulm'], ['ben', 'Bern'], ['ann', 'Wien']] }, // prettier-ignore
}
const LOOK_UP = `
  import { AsyncDataStream, AsyncRetryStrategies, ExternalService, LogSource, RetryPredicates, RichAsyncFunction, StreamExecutionEnvironment, TimeUnit, WatermarkStrategy } from 'flink'
  import type { OpenContext, ResultFuture } from 'flink'
  interface Profile { user: string; city: string }
  class LookUp extends RichAsyncFunction<{ value: string }, string> {
    private service!: ExternalService<Profile>
    override open(_context: OpenContext) { this.service = ExternalService.named<Profile>('profiles') }
    asyncInvoke(click: { value: string }, future: ResultFuture<string>) {
      this.service.request(click.value, (profile, error) => {
        if (error !== undefined) future.completeExceptionally(error)
        else future.complete([click.value + ' ' + (profile === null ? '?' : profile.city)])
      })
    }
    override timeout(click: { value: string }, future: ResultFuture<string>) { future.complete([click.value + ' too late']) }
  }
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.setParallelism(1)
  const clicks = env.fromSource(LogSource.topic<{ value: string }>('clicks').setBounded(), WatermarkStrategy.noWatermarks(), 'clicks')
`
const clicks = (text: string, every = 0) => ({ topics: [topicOf('clicks', [text], every)] })
const run = (body: string, service: Partial<Service> = {}, input = 'ann ben cem ann', more: Partial<Scenario> = {}, every = 0) =>
  testRun(`${LOOK_UP}${body}\nenv.execute()`, { ...clicks(input, every), scenario: { services: [{ ...profiles, ...service }], ...more } })

const ORDERED = 'AsyncDataStream.orderedWait(clicks, new LookUp(), 5, TimeUnit.SECONDS, 100).print()'
const UNORDERED = ORDERED.replace('ordered', 'unordered')
/** `0?` a request, `0.` its answer, `0!` none in time, `0x` a failure, `0~` one that is to be asked again; records in order of their first request. */
const asked = (of: TestRun): string => {
  const numbers = new Map<number, number>()
  return of.events
    .filter(({ kind }) => kind === TraceKind.AsyncRequested || kind === TraceKind.AsyncAnswered)
    .map(({ kind, b, d }) => {
      if (!numbers.has(b)) numbers.set(b, numbers.size)
      return `${numbers.get(b)}${kind === TraceKind.AsyncRequested ? '?' : '.!x~'[d]}`
    })
    .join(' ')
}
const finishedIn = (of: TestRun): number => Math.max(...ofKind(of, 'SinkRecord').map(({ time }) => time)) / 1000

describe('external services', () => {
  it('a table is looked up by the text of its key: the first row, or null', async () => {
    const ordered = await run(ORDERED)
    expect(sinkLines(ordered)).toEqual(['ann Ulm', 'ben Bern', 'cem ?', 'ann Ulm'])
    const unordered = await run(UNORDERED)
    expect(sinkLines(unordered).sort()).toEqual([...sinkLines(ordered)].sort())
    expect(sinkLines(unordered)).not.toEqual(sinkLines(ordered))
    expect(asked(unordered).startsWith('0? 1? 2? 3?')).toBe(true)
  })

  it('the seed decides what each answer takes', async () => {
    const at = async (seed: number) => ofKind(await run(UNORDERED, {}, undefined, { seed }), 'AsyncAnswered').map(({ time }) => time)
    expect(await at(1)).toEqual(await at(1))
    expect(await at(1)).not.toEqual(await at(2))
  })

  it('without a table it echoes the key, whatever value that is', async () => {
    const service = "ExternalService.named('profiles')"
    const echo = `AsyncDataStream.orderedWait(clicks, { asyncInvoke: (c, f) => ${service}.request({ n: [c.value] }, a => f.complete([JSON.stringify(a)])) }, 5, TimeUnit.SECONDS).print()`
    const { table: _table, ...bare } = profiles
    const echoed = await testRun(`${LOOK_UP}${echo}\nenv.execute()`, { ...clicks('x'), scenario: { services: [bare] } })
    expect(sinkLines(echoed)).toEqual(['{"n":["x"]}'])
  })

  it('what is under way is bounded: beyond it the source is not read on', async () => {
    const constant = { latency: { least: 100, most: 100 } }
    const [wide, narrow] = [await run(ORDERED, constant), await run(ORDERED.replace('100)', '1)'), constant)]
    expect(asked(narrow)).toBe('0? 0. 1? 1. 2? 2. 3? 3.')
    // One after the other takes a latency and two links each.
    expect(finishedIn(narrow) - finishedIn(wide)).toBeCloseTo(3 * 120, -1)
  })

  it('without an answer in time the function says what to give', async () => {
    const slow = await run(ORDERED, { latency: { least: 6000, most: 6000 } }, 'ann')
    expect([sinkLines(slow), asked(slow)]).toEqual([['ann too late'], '0? 0!'])
  })

  const RETRY = (
    strategy: string,
  ) => `const again = new AsyncRetryStrategies.${strategy}.ifException(RetryPredicates.HAS_EXCEPTION_PREDICATE).build()
    AsyncDataStream.orderedWaitWithRetry(clicks, new LookUp(), 60, TimeUnit.SECONDS, 10, again).print()`
  it('failures are asked again while the strategy says so, then the job fails', async () => {
    // Unbounded: at the end of the input each would be asked once more, for the last time.
    const endless = (strategy: string, input: string, service: Partial<Service>) =>
      testRun(`${LOOK_UP.replace('.setBounded()', '')}${RETRY(strategy)}\nenv.execute()`, {
        ...clicks(input),
        scenario: { services: [{ ...profiles, ...service }] },
        until: 10_000_000,
      })
    const some = await endless('FixedDelayRetryStrategyBuilder(50, 100)', 'ann ben cem ann', { failing: 600 })
    expect(sinkLines(some)).toEqual(['ann Ulm', 'ben Bern', 'cem ?', 'ann Ulm'])
    expect(asked(some)).toContain('~')
    const dead = { failing: 1000, latency: { least: 5, most: 5 } }
    const all = await endless('ExponentialBackoffDelayRetryStrategyBuilder(2, 100, 1000, 2)', 'ann', dead)
    expect(asked(all)).toBe('0? 0~ 0~ 0x')
    const [first, second, third] = ofKind(all, 'AsyncAnswered').map(({ time }) => time / 1000)
    // A latency, two links, and 100 ms, then 200 ms in between.
    expect([Math.round(second! - first!), Math.round(third! - second!)]).toEqual([125, 225])
    expect(all.reason).toContain('java.io.IOException: profiles failed to answer.')
    expect(problemsOf(all)[0]).toMatchObject({ code: 'user-exception', args: { class: 'java.io.IOException' } })
  })

  it('restarts ask anew; what comes for the attempt before is for nobody', async () => {
    const more = { interventions: [{ at: 300_000, do: 'stop-task-manager', host: 1 }] as const }
    const configuration = { 'restart-strategy.type': 'fixed-delay', 'restart-strategy.fixed-delay.delay': '1 s' }
    const text = `${LOOK_UP}${ORDERED}\nenv.execute()`
    const again = await testRun(text, {
      ...clicks('ann ben', 100),
      configuration,
      scenario: { services: [{ ...profiles, latency: { least: 900, most: 900 } }], ...more },
    })
    expect([again.status, sinkLines(again)]).toEqual(['FINISHED', ['ann Ulm', 'ben Bern']])
  })

  it('on threads the trace is the same', async () => {
    const options = {
      ...clicks('ann ben cem ann ben', 20),
      scenario: {
        services: [
          { ...profiles, failing: 300 },
          { ...profiles, name: 'other' },
        ],
      },
    }
    const text = `${LOOK_UP}${RETRY('FixedDelayRetryStrategyBuilder(9, 10)')}\nenv.execute()`
    const [local, threads] = [await testRun(text, options), await testRun(text, { ...options, start: startOnThreads })]
    expect(bytesOfPages(threads.pages)).toEqual(bytesOfPages(local.pages))
  })
})

describe('asked wrongly', () => {
  const problemOf = async (body: string): Promise<unknown> => {
    try {
      return problemsOf(await run(body))[0]
    } catch (thrown) {
      return (thrown as { problem: unknown }).problem
    }
  }
  const line = (body: string) => `${LOOK_UP}${body}`.split('\n').length
  test('a service that is not there, when the program is made', async () => {
    const body = `const s = ExternalService.named('profile')\nclicks.print()`
    expect(await problemOf(body)).toMatchObject({
      code: 'service-unknown',
      args: { service: 'profile', services: 'profiles' },
      place: { line: line(body) - 1 },
    })
  })
  test('or while it runs', async () => {
    const body = `AsyncDataStream.orderedWait(clicks, { asyncInvoke: (c, f) => ExternalService.named('p').request(1, () => {}) }, 1, TimeUnit.SECONDS).print()`
    expect(await problemOf(body)).toMatchObject({ code: 'service-unknown', place: { line: line(body) } })
  })
  test('from a function that has to wait', async () => {
    const body = `clicks.map(c => { ExternalService.named('profiles').request(c.value, () => {}); return 1 }).print()`
    expect(await problemOf(body)).toMatchObject({ code: 'service-outside', place: { line: line(body) } })
  })
})
