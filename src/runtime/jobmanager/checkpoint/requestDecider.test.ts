import { expect, test } from 'vitest'
import { forCheckpoint } from './properties'
import { CheckpointRequestDecider } from './requestDecider'

test('a minimum pause that is over but for a fraction of a µs is over', () => {
  const lastCompletion = 173.217
  const now = lastCompletion + 30
  // What the sums of a double leave: 2.8e-14 ms to go.
  expect(lastCompletion + 30 - (now - 2.8e-14)).toBeGreaterThan(0)
  const decider = new CheckpointRequestDecider(1, 30, {
    now: () => now - 2.8e-14,
    pending: () => 0,
    isTriggering: () => false,
    lastCompletion: () => lastCompletion,
    rescheduleTrigger: (delay) => expect.fail(`put off by ${delay} ms`),
  })
  const request = {
    properties: forCheckpoint('RETAIN_ON_CANCELLATION'),
    target: null,
    periodic: true,
    timestamp: now,
    done: () => undefined,
  }
  expect(decider.submit(request)).toBe(request)
})
