import { expect, it } from 'vitest'
import { micros } from '../../core/time'
import { LoneContext } from '../testing'
import { TaskTimers } from './timers'

function setUp() {
  const context = new LoneContext(65537)
  const timers = new TaskTimers(() => context)
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
  return { context, schedule, drain, fired }
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
