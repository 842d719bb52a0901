import { JavaException } from '../../../core/exceptions'
import { isAmbiguous, oldSubtasksOf, redistributeKeyedState, redistributeOperatorState } from '../../../runtime/state/redistribution'
import type { ReportedState, SubtaskStateMapper } from '../../../runtime/state/redistribution'
import { family } from '../family'

type Given =
  | {
      readonly kind: 'operatorState'
      readonly oldParallelism: number
      readonly newParallelism: number
      readonly states: readonly ReportedState[]
      readonly splitOrder: readonly string[]
    }
  | {
      readonly kind: 'keyedState'
      readonly newParallelism: number
      readonly oldMaxParallelism: number
      readonly newMaxParallelism: number | null
      readonly oldRanges: readonly (readonly [number, number] | null)[]
      readonly operatorGone?: boolean
      readonly allowNonRestoredState?: boolean
      readonly fullyFinished?: boolean
    }
  | { readonly kind: 'channelMapping'; readonly mapper: SubtaskStateMapper; readonly oldParallelism: number; readonly newParallelism: number }

function errorOf(thrown: unknown): { readonly error: string } {
  if (!(thrown instanceof JavaException)) throw thrown
  const { message } = thrown
  if (message.includes('is lower than the configured')) return { error: 'parallelismAboveStoredMaxParallelism' }
  return { error: message.includes('changed. This is currently not supported') ? 'maxParallelismChanged' : message }
}

function run(given: Given): unknown {
  switch (given.kind) {
    case 'operatorState': {
      const order = (a: { from: number; state: string }, b: { from: number; state: string }): number =>
        a.from - b.from || (a.state < b.state ? -1 : a.state > b.state ? 1 : 0)
      const subtasks = redistributeOperatorState(given.states, given.oldParallelism, given.newParallelism, given.splitOrder)
      return { subtasks: subtasks.map((pieces) => [...pieces].sort(order)) }
    }
    case 'keyedState': {
      const { operatorGone = false, allowNonRestoredState = false, fullyFinished = false } = given
      if (operatorGone && !allowNonRestoredState) return { error: 'stateWithoutOperator' }
      const nothing = operatorGone || given.oldRanges.every((range) => range === null)
      const ranges = given.oldRanges.map((range) => (range === null ? null : { start: range[0], end: range[1] }))
      const report = nothing ? null : { maxParallelism: given.oldMaxParallelism, ranges }
      const { maxParallelism, subtasks } = redistributeKeyedState(report, given.newParallelism, given.newMaxParallelism)
      return {
        maxParallelism,
        subtasks: subtasks.map(({ range, reads }) => ({
          range: [range.start, range.end],
          reads: reads.map((read) => [read.from, read.range.start, read.range.end]),
          ...(fullyFinished ? { finished: true } : {}),
        })),
      }
    }
    case 'channelMapping': {
      const { mapper, oldParallelism, newParallelism } = given
      const subtasks = Array.from({ length: newParallelism }, (_, i) => oldSubtasksOf(mapper, i, oldParallelism, newParallelism))
      return { subtasks, ambiguous: isAmbiguous(mapper) }
    }
  }
}

export const stateRedistribution = family<Given>('state-redistribution', (given) => {
  try {
    return run(given)
  } catch (thrown) {
    return errorOf(thrown)
  }
})
