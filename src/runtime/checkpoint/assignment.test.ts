import { expect, test } from 'vitest'
import { assignStates, validateCheckpoint } from './assignment'
import type { AssignedVertex } from './assignment'
import type { CheckpointMetadata, OperatorState } from './metadata'
import { NO_STATE } from './types'
import type { ChannelStateHandle, DistributionModeName, OperatorSubtaskState } from './types'

const bytes = (...content: number[]): { kind: 'bytes'; bytes: Uint8Array } => ({ kind: 'bytes', bytes: Uint8Array.from(content) })

const list = (name: string, mode: DistributionModeName, offsets: readonly number[]): OperatorSubtaskState => ({
  ...NO_STATE,
  operator: [{ states: [{ name, mode, offsets }], stream: bytes(offsets.length) }],
})

const keyed = (start: number, end: number): OperatorSubtaskState => ({
  ...NO_STATE,
  keyed: [
    { type: 'key-groups', keyGroups: [start, end], offsets: Array.from({ length: end - start + 1 }, (_, i) => i * 10), stream: bytes() },
  ],
})

const channel = (gate: number, wasChannel: number): ChannelStateHandle => ({
  gate,
  channel: 0,
  wasChannel,
  channels: 1,
  subtasks: 1,
  offsets: [0],
  stream: bytes(wasChannel),
  records: 1,
})

const state = (id: string, subtasks: readonly (OperatorSubtaskState | null)[], more: Partial<OperatorState> = {}): OperatorState => ({
  id,
  uid: '',
  name: id,
  parallelism: subtasks.length,
  maxParallelism: 4,
  subtasks,
  fullyFinished: false,
  ...more,
})

const vertex = (parallelism: number, more: Partial<AssignedVertex> = {}): AssignedVertex => ({
  index: 0,
  id: 'v',
  operators: [{ id: 'a' }],
  tail: 'a',
  parallelism,
  maxParallelism: 4,
  maxParallelismConfigured: false,
  inputs: [],
  outputs: [],
  ...more,
})

const checkpoint = (...operators: OperatorState[]): CheckpointMetadata => ({
  job: '',
  checkpoint: 1,
  timestamp: 0,
  type: 'savepoint',
  format: 'canonical',
  operators,
})

const of = (metadata: CheckpointMetadata, to: AssignedVertex, operator = 'a'): OperatorSubtaskState[] =>
  assignStates(metadata, [to])
    .tasks.get(to.index)!
    .map((task) => task!.operators[operator]!)

test('list items are dealt in contiguous runs over the new subtasks (D-7)', () => {
  const metadata = checkpoint(state('a', [list('s', 'SPLIT_DISTRIBUTE', [0, 1, 2]), list('s', 'SPLIT_DISTRIBUTE', [0, 1])]))
  const dealt = of(metadata, vertex(3)).map(({ operator }) => operator.map((handle) => [handle.stream, handle.states[0]!.offsets]))
  expect(dealt).toEqual([
    [[bytes(3), [0, 1]]],
    [
      [bytes(3), [2]],
      [bytes(2), [0]],
    ],
    [[bytes(2), [1]]],
  ])
})

test('union state goes to everyone, also when the parallelism is as it was (D-8)', () => {
  const metadata = checkpoint(state('a', [list('u', 'UNION', [0, 4]), list('u', 'UNION', [7])]))
  for (const { operator } of of(metadata, vertex(2))) expect(operator.map((handle) => handle.states[0]!.offsets)).toEqual([[0, 4], [7]])
})

test('key groups are cut where the new subtasks begin, and the max parallelism of the checkpoint holds (D-10, K-2)', () => {
  const metadata = checkpoint(state('a', [keyed(0, 1), keyed(2, 3)]))
  const to = vertex(1, { maxParallelism: 128 })
  expect(assignStates(metadata, [to]).maxParallelism).toEqual(new Map([[0, 4]]))
  expect(of(metadata, to)[0]!.keyed).toHaveLength(2)
  const three = of(metadata, vertex(3)).map((subtask) =>
    subtask.keyed.map((handle) => [handle.keyGroups, 'offsets' in handle && handle.offsets]),
  )
  expect(three).toEqual([
    [
      [
        [0, 1],
        [0, 10],
      ],
    ],
    [[[2, 2], [0]]],
    [[[3, 3], [10]]],
  ])
})

test('what lay in channels follows the partitioner; behind forward it cannot (D-12)', () => {
  const metadata = checkpoint(
    state(
      'a',
      [0, 1, 2].map((i) => ({ ...NO_STATE, input: [channel(0, i)] })),
    ),
  )
  const with_ = (mapper: 'RANGE' | 'ROUND_ROBIN' | 'UNSUPPORTED'): AssignedVertex => vertex(2, { inputs: [{ vertex: 0, mapper }] })
  const read = (to: AssignedVertex): number[][] => of(metadata, to).map(({ input }) => input.map(({ wasChannel }) => wasChannel))
  expect(read(with_('ROUND_ROBIN'))).toEqual([[0, 2], [1]])
  expect(read(with_('RANGE'))).toEqual([
    [0, 1],
    [1, 2],
  ])
  expect(() => read(with_('UNSUPPORTED'))).toThrow('Cannot rescale the given pointwise partitioner')
})

test('a vertex that had finished begins finished, one without state begins from nothing (D-11)', () => {
  const other = vertex(1, { index: 1, operators: [{ id: 'b' }], tail: 'b' })
  const { tasks } = assignStates(checkpoint(state('a', [null, null], { fullyFinished: true })), [vertex(2), other])
  expect(tasks.get(0)).toEqual([
    { operators: {}, finished: true },
    { operators: {}, finished: true },
  ])
  expect(tasks.get(1)).toEqual([null])
})

test('state of an operator that is gone is refused unless that is allowed (D-11)', () => {
  const metadata = checkpoint(state('gone', [keyed(0, 3)]))
  expect(() => validateCheckpoint(metadata, '/s', [vertex(1)], false)).toThrow(
    'Failed to rollback to checkpoint/savepoint /s. Cannot map checkpoint/savepoint state for operator gone to the new program',
  )
  expect(() => validateCheckpoint(metadata, '/s', [vertex(1)], true)).not.toThrow()
  expect(() => validateCheckpoint(checkpoint(state('gone', [NO_STATE])), '/s', [vertex(1)], false)).not.toThrow()
})

test('a max parallelism that the program has set may not differ, nor be below the parallelism (K-2)', () => {
  const metadata = checkpoint(state('a', [keyed(0, 3)]))
  expect(() => validateCheckpoint(metadata, '/s', [vertex(1, { maxParallelism: 8, maxParallelismConfigured: true })], false)).toThrow(
    'Max parallelism mismatch',
  )
  expect(() => assignStates(metadata, [vertex(5, { maxParallelism: 128 })])).toThrow('is lower than the configured parallelism (5)')
})
