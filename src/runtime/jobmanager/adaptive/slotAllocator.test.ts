import { describe, expect, it } from 'vitest'
import type { JobVertex } from '../../../graph/types'
import { determineParallelism, requiredSlots } from './slotAllocator'

/** `a4 a2 b3`: three tasks, the first two in group a, and their parallelism. */
const tasks = (text: string): JobVertex[] =>
  text.split(' ').map((task, index) => ({ index, slotSharingGroup: task[0]!, parallelism: Number(task.slice(1)) }) as unknown as JobVertex)
const given = (text: string, slots: number): string => determineParallelism(tasks(text), slots)?.join(' ') ?? 'not enough'

describe('slots over slot sharing groups (S-7)', () => {
  it('a job wants the widest task of each group', () => {
    expect(requiredSlots(tasks('a4 a2 b3'))).toBe(7)
  })

  it('one group takes all there are, and no task more than it asked for', () => {
    expect(given('a4 a2', 9)).toBe('4 2')
    expect(given('a4 a2', 3)).toBe('3 2')
    expect(given('a4 a2', 1)).toBe('1 1')
    expect(given('a4 a2', 0)).toBe('not enough')
  })

  it('groups share evenly; what the modest do not need goes to the others', () => {
    expect(given('a4 b4', 4)).toBe('2 2')
    expect(given('a4 b4', 5)).toBe('2 3')
    expect(given('a8 b2', 8)).toBe('6 2')
    expect(given('a8 b2 c4', 9)).toBe('4 2 3')
    expect(given('a8 b2 c4', 3)).toBe('1 1 1')
    expect(given('a8 b2 c4', 2)).toBe('not enough')
  })
})
