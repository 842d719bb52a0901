import { expect, it } from 'vitest'
import { ProcessingClock } from '../../core/processingClock'
import { micros } from '../../core/time'
import { LoneContext } from '../testing'
import { TaskTimers } from './timers'

function setUp(clock = new ProcessingClock(0)) {
  const context = new LoneContext(65537)
  const timers = new TaskTimers(() => context, clock)
  const fired: string[] = []
  const schedule = (at: number, name: string, run: () => void = () => undefined): (() => void) =>
    timers.schedule(at, () => {
      fired.push(`${name}@${context.now}`)
      run()
    })
  /** Delivers alarms until none is on its way; returns how many there were. */
  const drain = (): number => {
    let alarms = 0
    for (; context.own.length > 0; alarms++) {
      context.own.sort((a, b) => a.at - b.at)
      context.now = micros(Math.max(context.now, context.own.shift()!.at))
      timers.fire()
    }
    return alarms
  }
  return { context, timers, schedule, drain, fired }
}

it('run at their time, equal times in the order of registration; one that has passed comes next', () => {
  const { context, schedule, drain, fired } = setUp()
  schedule(30, 'c')
  schedule(10, 'a', () => schedule(5, 'late'))
  schedule(10, 'b')
  context.now = micros(2)
  drain()
  expect(fired).toEqual(['a@10', 'b@10', 'late@10', 'c@30'])
})

it('a cancelled one does not run, and one at the end of time is never waited for', () => {
  const { context, schedule, drain, fired } = setUp()
  schedule(10, 'a')()
  schedule(9223372036854775807, 'never')
  schedule(20, 'b')
  expect(context.own.map(({ at }) => at)).toEqual([10])
  drain()
  expect(fired).toEqual(['b@20'])
})

it('alarms do not multiply when the next one keeps changing', () => {
  const { schedule, drain, fired } = setUp()
  const again = (n: number): void => {
    if (n < 100) schedule(n * 10 + 10, `t${n}`, () => again(n + 1))
  }
  schedule(5000, 'far')
  schedule(2000, 'nearer')
  again(0)
  expect(drain()).toBeLessThan(110)
  expect(fired).toHaveLength(102)
})

it('by a clock that stands and jumps they come when it shows their time, those of one jump in the order of their times', () => {
  const clock = new ProcessingClock(0, [
    { at: 10_000, running: false, forward: 0 },
    { at: 30_000, running: true, forward: 20 },
  ])
  const { context, timers, schedule, drain, fired } = setUp(clock)
  const at = (millis: number): void => void timers.scheduleOnClock(millis * 1000, () => fired.push(`${millis}ms@${context.now}`))
  for (const millis of [31, 20, 5, 30, 15, 15]) at(millis)
  schedule(30_000, 'flush')
  schedule(20_000, 'standing', () => timers.afterOnClock(1, () => fired.push(`1ms later@${context.now}`)))
  drain()
  expect(fired).toEqual([
    '5ms@5000',
    'standing@20000',
    '1ms later@30000',
    '15ms@30000',
    '15ms@30000',
    '20ms@30000',
    '30ms@30000',
    'flush@30000',
    '31ms@31000',
  ])
  const standing = setUp(new ProcessingClock(0, [{ at: 10, running: false, forward: 0 }]))
  standing.timers.scheduleOnClock(11, () => undefined)
  expect(standing.drain()).toBe(0)
})
