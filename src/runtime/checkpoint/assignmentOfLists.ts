import { JavaHashMap } from '../../core/values'
import { redistributeOperatorState } from '../state/redistribution'
import type { DistributionMode, ReportedState } from '../state/redistribution'
import type { OperatorState } from './metadata'
import type { DistributionModeName, OperatorStateHandle } from './types'

const MODES: Readonly<Record<DistributionModeName, DistributionMode>> = {
  SPLIT_DISTRIBUTE: 'split',
  UNION: 'union',
  BROADCAST: 'broadcast',
}

/** Where an item of a list is: which of its subtask's handles, and where in that stream. */
interface Place {
  readonly handle: OperatorStateHandle
  readonly offset: number
}

/** D-6 … D-9: list, union and broadcast state of one operator, by new subtask. Mirrors RoundRobinOperatorStateRepartitioner over the handles themselves. */
export function assignOperatorState(state: OperatorState, parallelism: number): readonly (readonly OperatorStateHandle[])[] {
  const modes = new JavaHashMap<string, DistributionModeName>()
  /** By name, then by old subtask. */
  const places = new Map<string, (Place[] | null)[]>()
  state.subtasks.forEach((subtask, from) => {
    for (const handle of subtask?.operator ?? []) {
      for (const { name, mode, offsets } of handle.states) {
        modes.set(name, mode)
        const lists = places.get(name) ?? state.subtasks.map(() => null)
        places.set(name, lists)
        const list = (lists[from] ??= [])
        for (const offset of offsets) list.push({ handle, offset })
      }
    }
  })
  const reported: ReportedState[] = [...places].map(([name, lists]) => ({
    name,
    mode: MODES[modes.get(name)!],
    items: lists.map((list) => list?.length ?? null),
  }))
  const names = [...modes.keys()]
  return redistributeOperatorState(reported, state.parallelism, parallelism, names).map((pieces) => {
    const handles = new Map<OperatorStateHandle, Map<string, number[]>>()
    for (const { from, state: name, items } of [...pieces].sort((a, b) => a.from - b.from)) {
      for (const item of items) {
        const { handle, offset } = places.get(name)![from]![item]!
        const lists = handles.get(handle) ?? new Map<string, number[]>()
        handles.set(handle, lists)
        const offsets = lists.get(name)
        if (offsets === undefined) lists.set(name, [offset])
        else offsets.push(offset)
      }
    }
    return [...handles].map(([{ stream }, lists]) => ({
      states: [...lists].map(([name, offsets]) => ({ name, mode: modes.get(name)!, offsets })),
      stream,
    }))
  })
}
