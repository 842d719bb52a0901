import { expect, it } from 'vitest'
import type { ExecutionState } from '../../../trace/kinds'
import { calculatePlan } from './plan'

/** Two tasks of a source, two behind it that read from both. */
const planOf = (...states: readonly ExecutionState[]): string => {
  const plan = calculatePlan(
    {
      vertices: [
        { id: 0, tasks: [0, 1] },
        { id: 1, tasks: [2, 3] },
      ],
      producersOf: (task) => (task < 2 ? [] : [0, 1]),
      stateOf: (task) => states[task]!,
      hasBlockingOutput: false,
    },
    true,
  )
  return 'reason' in plan ? plan.reason : `trigger ${plan.trigger.join()} wait ${plan.waitFor.join()} finished ${plan.finished.join()}`
}

it('tasks that have finished are left out; one that failed or was cancelled will be there again', () => {
  expect(planOf('RUNNING', 'RUNNING', 'RUNNING', 'RUNNING')).toBe('trigger 0,1 wait 0,1,2,3 finished ')
  expect(planOf('FINISHED', 'RUNNING', 'RUNNING', 'RUNNING')).toBe('trigger 1 wait 1,2,3 finished 0')
  expect(planOf('FINISHED', 'FINISHED', 'RUNNING', 'RUNNING')).toBe('trigger 2,3 wait 2,3 finished 0,1')
  expect(planOf('FINISHED', 'FINISHED', 'CANCELED', 'RUNNING')).toBe('NOT_ALL_REQUIRED_TASKS_RUNNING')
  expect(planOf('CANCELED', 'CANCELED', 'FAILED', 'CANCELED')).toBe('NOT_ALL_REQUIRED_TASKS_RUNNING')
})
