import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Problem } from '../../core/problem'
import { Watch } from './watch'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const answers = (): Promise<void> => Promise.resolve()
/** Answers once, and never again. */
const silence = (): (() => Promise<void>) => {
  let asked = 0
  return () => (asked++ === 0 ? Promise.resolve() : new Promise(() => {}))
}

/** What the watch has said after so many seconds. */
async function after(watch: Watch, seconds: number): Promise<Problem | null> {
  let said: Problem | null = null
  void watch.broken.then((problem) => (said = problem))
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  watch.end()
  return said
}

test('nobody is blamed as long as all answer', async () => {
  const watch = new Watch()
  watch.standingOn(answers)
  watch.over('client', true, answers)
  expect(await after(watch, 60)).toBeNull()
})

test('one thread silent for two seconds is caught in user code; the leader never is', async () => {
  const watch = new Watch()
  watch.standingOn(answers)
  watch.over('jobmanager', false, answers)
  watch.over('taskmanager-1', true, answers)
  watch.over('taskmanager-2', true, silence())
  expect(await after(watch, 3)).toMatchObject({ code: 'user-code-endless', args: { thread: 'taskmanager-2', seconds: 2 } })
  const leaderSlow = new Watch()
  leaderSlow.standingOn(answers)
  leaderSlow.over('jobmanager', false, silence())
  leaderSlow.over('taskmanager-1', true, answers)
  expect(await after(leaderSlow, 10)).toBeNull()
})

test('a thread that gives signs of life in a long window is left alone, and then for longer', async () => {
  const watch = new Watch()
  watch.standingOn(answers)
  watch.over('jobmanager', false, answers)
  const { alive } = watch.over('taskmanager-1', true, silence())
  const pulse = setInterval(alive, 200)
  setTimeout(() => clearInterval(pulse), 20_000)
  let said: Problem | null = null
  void watch.broken.then((problem) => (said = problem))
  await vi.advanceTimersByTimeAsync(25_000)
  expect(said).toBeNull()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(said).toMatchObject({ code: 'user-code-endless', args: { seconds: 6 } })
})

test('a thread that has never answered may still be loading', async () => {
  const loading = (): Promise<void> => new Promise(() => {})
  const slow = new Watch()
  slow.standingOn(answers)
  slow.over('jobmanager', false, answers)
  slow.over('taskmanager-1', true, loading)
  expect(await after(slow, 15)).toBeNull()
})

test('all threads silent, or what they stand on: the memory is gone', async () => {
  const dead = new Watch()
  dead.standingOn(silence())
  dead.over('taskmanager-1', true, silence())
  dead.over('jobmanager', false, silence())
  expect(await after(dead, 3)).toMatchObject({ code: 'sandbox-memory' })
})
