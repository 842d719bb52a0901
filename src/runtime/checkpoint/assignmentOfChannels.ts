import { oldSubtasksOf } from '../state/redistribution'
import type { SubtaskStateMapper } from '../state/redistribution'
import type { AssignedVertex } from './assignment'
import type { OperatorState } from './metadata'
import { DoesNotFit } from './restoreRefusal'
import type { ChannelStateHandle } from './types'

type Handles = readonly (readonly ChannelStateHandle[])[]

/** Channel state belongs to the head (input) and to the tail (output) of a chain, then as now. */
export function checkTopology(states: ReadonlyMap<string, OperatorState>, head: string, tail: string): void {
  const wrong = [...states].filter(
    ([id, { subtasks }]) =>
      (id !== head && subtasks.some((state) => (state?.input.length ?? 0) > 0)) ||
      (id !== tail && subtasks.some((state) => (state?.output.length ?? 0) > 0)),
  )
  if (wrong.length === 0) return
  throw new DoesNotFit(
    'Cannot recover from unaligned checkpoint when topology changes, such that data exchanges with persisted data are now chained.\n' +
      `The following operators contain channel state: [${wrong.map(([id]) => id).join(', ')}]`,
    'restore-chained',
    { operators: wrong.map(([id]) => id).join(', ') },
  )
}

/** By new subtask: what lay in old subtasks' channels, gate by gate (D-12). */
export function assignInput(vertex: AssignedVertex, state: OperatorState | null, parallelismOf: (vertex: number) => number): Handles {
  const { parallelism, inputs } = vertex
  const handles = handlesOf(state, 'input')
  if (state === null || handles.every((list) => list.length === 0)) return Array.from({ length: parallelism }, () => [])
  const full = inputs.some(({ mapper }) => mapper === 'FULL')
  const producersChanged = inputs.some(({ vertex: producer }) => parallelismOf(producer) !== state.parallelism)
  if (state.parallelism === parallelism && !(full && producersChanged)) return handles
  return deal(handles, parallelism, (gate) => inputs[gate]?.mapper ?? 'UNSUPPORTED')
}

/** By new subtask: what lay in old subtasks' partitions. */
export function assignOutput({ parallelism, outputs }: AssignedVertex, state: OperatorState | null): Handles {
  const handles = handlesOf(state, 'output')
  if (state === null || handles.every((list) => list.length === 0)) return Array.from({ length: parallelism }, () => [])
  if (state.parallelism === parallelism) return handles
  return deal(handles, parallelism, (partition) => {
    const mapper = outputs[partition]?.mapper ?? 'UNSUPPORTED'
    return mapper === 'UNSUPPORTED' ? mapper : 'ARBITRARY'
  })
}

const handlesOf = (state: OperatorState | null, side: 'input' | 'output'): Handles =>
  state === null ? [] : state.subtasks.map((subtask) => subtask?.[side] ?? [])

function deal(handles: Handles, parallelism: number, mapperOf: (gate: number) => SubtaskStateMapper): Handles {
  const gates = [...new Set(handles.flatMap((list) => list.map(({ gate }) => gate)))].sort((a, b) => a - b)
  return Array.from({ length: parallelism }, (_, subtask) =>
    gates.flatMap((gate) =>
      oldSubtasksOf(mapperOf(gate), subtask, handles.length, parallelism).flatMap((old) =>
        (handles[old] ?? []).filter((handle) => handle.gate === gate),
      ),
    ),
  )
}
