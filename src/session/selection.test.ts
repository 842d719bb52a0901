import { expect, test } from 'vitest'
import type { Selection } from '../scenario/types'
import { flightsHeader } from '../testing/flightsHeader'
import { validFor } from './selection'

test('what a run does not have is not selected', () => {
  const header = flightsHeader()
  const there = (selection: Selection): boolean => validFor(selection, { header }) === selection
  const has: Selection[] = [
    { kind: 'task', vertex: 1 },
    // The adaptive scheduler may give a task more subtasks than the program asked for.
    { kind: 'subtask', vertex: 1, subtask: 5 },
    { kind: 'operator', node: 4 },
    { kind: 'edge', edge: 2 },
    { kind: 'taskManager', host: 2 },
    { kind: 'slot', host: 1, slot: 0 },
    { kind: 'key', key: 'a' },
  ]
  const hasNot: Selection[] = [
    { kind: 'task', vertex: 2 },
    { kind: 'subtask', vertex: 1, subtask: 128 },
    { kind: 'operator', node: 3 },
    { kind: 'edge', edge: 3 },
    { kind: 'taskManager', host: 0 },
    { kind: 'taskManager', host: 9 },
    { kind: 'slot', host: 1, slot: 1 },
  ]
  expect(has.map(there)).toEqual(has.map(() => true))
  expect(hasNot.map(there)).toEqual(hasNot.map(() => false))
  expect(validFor(has[0]!, { header: null })).toBeNull()
})
