import { expect, test } from 'vitest'
import { SNAPSHOT_TYPES } from '../../core/checkpoints'
import type { SnapshotType } from '../../core/checkpoints'
import { Configuration } from '../../core/configuration'
import { keyGroupRangeOf } from '../../core/keygroups'
import { AggregatingStateDescriptor, ListStateDescriptor, MapStateDescriptor, ValueStateDescriptor } from '../../streaming/state'
import type { ListState, MapState, ValueState } from '../../streaming/state'
import { NO_TRACE } from '../../testing/harness/OperatorHarness'
import type { KeyedStateHandle, StreamStateHandle } from '../checkpoint/types'
import { HeapKeyedStateBackend } from './HeapKeyedStateBackend'
import { KeyContext } from './KeyContext'
import { BackendKeyedStateStore } from './KeyedStateBackend'
import type { KeyedStateBackend } from './KeyedStateBackend'
import { Namespaces } from './Namespace'
import { RocksDbKeyedStateBackend } from './rocksdb/RocksDbKeyedStateBackend'
import { rocksDbSettings } from './rocksdb/settings'

/** One operator's keyed state, on one subtask of several. */
class Subtask {
  readonly backend: KeyedStateBackend
  readonly total: ValueState<number>
  readonly seen: ListState<string>
  readonly counts: MapState<string, number>
  spent = 0

  constructor(kind: string, parallelism = 1, subtask = 0, handles: readonly KeyedStateHandle[] = []) {
    const context = new KeyContext()
    const environment = {
      context,
      namespaces: new Namespaces(),
      ttlTime: () => 0,
      maxParallelism: 8,
      range: keyGroupRangeOf(8, parallelism, subtask),
      keyType: undefined,
    }
    const configuration = Configuration.fromMap({
      'state.backend.rocksdb.writebuffer.size': '1kb',
      'state.backend.rocksdb.compaction.level.target-file-size-base': '1kb',
      'state.backend.rocksdb.compaction.level.max-size-level-base': '4kb',
      'execution.checkpointing.incremental': String(kind === 'incremental'),
    })
    this.backend =
      kind === 'hashmap'
        ? new HeapKeyedStateBackend(environment)
        : new RocksDbKeyedStateBackend(environment, rocksDbSettings(configuration), {
            trace: NO_TRACE,
            advance: (micros) => (this.spent += micros),
            newId: () => `db-${kind}-${parallelism}-${subtask}`,
          })
    this.backend.restore({ keyed: handles, bytesOf: bytesOf })
    const store = new BackendKeyedStateStore(this.backend, null)
    this.total = store.getState(new ValueStateDescriptor<number>('total'))
    this.seen = store.getListState(new ListStateDescriptor<string>('seen'))
    this.counts = store.getMapState(new MapStateDescriptor<string, number>('counts'))
  }

  owns(key: string): boolean {
    const group = this.backend.groupOf(key)
    const { start, end } = (this.backend as unknown as { environment: { range: { start: number; end: number } } }).environment.range
    return group >= start && group <= end
  }

  on(key: string, value: number): void {
    this.backend.context.setCurrentKey(key)
    this.total.update((this.total.value() ?? 0) + value)
    this.seen.add(`${key}${value}`)
    this.counts.put(`m${value % 3}`, (this.counts.get(`m${value % 3}`) ?? 0) + 1)
  }

  read(key: string): unknown {
    this.backend.context.setCurrentKey(key)
    return [this.total.value(), [...this.seen.get()], [...this.counts.entries()].sort()]
  }

  snapshot(checkpoint: number, type: SnapshotType = 'checkpoint'): KeyedStateHandle {
    const options = { type, directory: null, alignment: 'aligned', alignedTimeout: Infinity } as const
    return this.backend.snapshot({ checkpoint, timestamp: 0, options }, []).handle!
  }
}

const bytesOf = (handle: StreamStateHandle): Uint8Array => (handle.kind === 'bytes' ? handle.bytes : new Uint8Array(0))

const KEYS = Array.from({ length: 40 }, (_, i) => `k${i}`)
const fed = (kind: string): Subtask => {
  const subtask = new Subtask(kind)
  for (let round = 0; round < 12; round++) for (const key of KEYS) subtask.on(key, round)
  return subtask
}
const contents = (subtasks: readonly Subtask[]): unknown =>
  KEYS.map((key) => subtasks.filter((subtask) => subtask.owns(key)).map((subtask) => subtask.read(key)))

test.each(['hashmap', 'rocksdb', 'incremental'])('%s: 1 → 3 → 2 → 1 subtasks, all state is where its key is', (kind) => {
  const first = fed(kind)
  const expected = contents([first])
  const three = [0, 1, 2].map((i) => new Subtask(kind, 3, i, [first.snapshot(1)]))
  expect(contents(three)).toEqual(expected)
  const handles = three.map((subtask) => subtask.snapshot(2))
  const two = [0, 1].map((i) => new Subtask(kind, 2, i, handles))
  expect(contents(two)).toEqual(expected)
  expect(
    contents([
      new Subtask(
        kind,
        1,
        0,
        two.map((subtask) => subtask.snapshot(3)),
      ),
    ]),
  ).toEqual(expected)
})

test('a savepoint of one backend is read by the other', () => {
  for (const [from, to] of [
    ['hashmap', 'incremental'],
    ['incremental', 'hashmap'],
  ] as const) {
    const before = fed(from)
    expect(contents([new Subtask(to, 1, 0, [before.snapshot(1, 'savepoint')])])).toEqual(contents([before]))
  }
  expect(() => new Subtask('hashmap', 1, 0, [fed('incremental').snapshot(1)])).toThrow('IncrementalRemoteKeyedStateHandle')
})

test('an incremental checkpoint uploads what no completed one has, also after a restore', () => {
  const files = (handle: KeyedStateHandle) => (handle.type === 'incremental' ? handle.shared : [])
  const subtask = fed('incremental')
  const first = files(subtask.snapshot(1))
  expect(first.length).toBeGreaterThan(2)
  expect(first.every(({ isNew }) => isNew)).toBe(true)
  subtask.backend.notifyCheckpointComplete(1)
  subtask.on('k1', 1)
  const handle = subtask.snapshot(2)
  expect(files(handle).filter(({ isNew }) => isNew).length).toBeLessThan(files(handle).length)
  const names = new Set(first.map(({ name }) => name))
  expect(files(handle).every(({ name, isNew }) => isNew !== names.has(name))).toBe(true)
  const restored = new Subtask('incremental', 1, 0, [handle])
  restored.on('k1', 2)
  const known = new Set(files(handle).map(({ name }) => name))
  expect(files(restored.snapshot(3)).every(({ name, isNew }) => isNew !== known.has(name))).toBe(true)
  expect(files(restored.snapshot(4, 'full-checkpoint')).every(({ isNew }) => isNew)).toBe(true)
})

test('what is read from RocksDB is a copy, from the heap the object itself; RocksDB costs time', () => {
  for (const [kind, after] of [
    ['hashmap', [1, 2]],
    ['rocksdb', [1]],
  ] as const) {
    const subtask = new Subtask(kind)
    const state = new BackendKeyedStateStore(subtask.backend, null).getState(new ValueStateDescriptor<number[]>('list'))
    subtask.backend.context.setCurrentKey('a')
    state.update([1])
    state.value()!.push(2)
    expect(state.value()).toEqual(after)
    expect(subtask.spent > 0).toBe(kind === 'rocksdb')
  }
})

test('what nobody asks for is kept, and a state of another kind is refused', () => {
  for (const kind of ['hashmap', 'incremental']) {
    const handle = fed(kind).snapshot(1)
    const before = new Subtask(kind, 1, 0, [handle])
    const store = new BackendKeyedStateStore(before.backend, null)
    expect(() =>
      store.getAggregatingState(
        new AggregatingStateDescriptor('total', { createAccumulator: () => 0, add: () => 0, getResult: () => 0, merge: () => 0 }),
      ),
    ).toThrow()
    expect(before.backend.size).toBe(3 * KEYS.length)
  }
})

test('a value that is none is found at the snapshot on the heap, where it may have become so in place', () => {
  for (const kind of ['hashmap', 'rocksdb']) {
    const subtask = new Subtask(kind)
    const state = new BackendKeyedStateStore(subtask.backend, null).getState(new ValueStateDescriptor<unknown>('any'))
    subtask.backend.context.setCurrentKey('a')
    const value: Record<string, unknown> = { n: 1 }
    state.update(value)
    value.f = () => 1
    if (kind === 'hashmap') expect(() => subtask.snapshot(1)).toThrow(/value.f/)
    else expect(() => subtask.snapshot(1)).not.toThrow()
    expect(() => state.update({ f: () => 1 })).toThrow(/value.f/)
  }
})

test('all kinds of snapshots of nothing are nothing', () => {
  for (const type of SNAPSHOT_TYPES) {
    const subtask = new Subtask('hashmap')
    expect(
      subtask.backend.snapshot(
        { checkpoint: 1, timestamp: 0, options: { type, directory: null, alignment: 'aligned', alignedTimeout: 0 } },
        [],
      ).handle,
    ).toBe(null)
  }
})

test('state larger than the heap is an OutOfMemoryError', () => {
  const context = new KeyContext()
  const range = keyGroupRangeOf(8, 1, 0)
  const environment = { context, namespaces: new Namespaces(), ttlTime: () => 0, maxParallelism: 8, range, keyType: undefined }
  const backend = new HeapKeyedStateBackend(environment, 20_000)
  const list = new BackendKeyedStateStore(backend, null).getListState(new ListStateDescriptor<string>('list'))
  context.setCurrentKey('a')
  expect(() => {
    for (let i = 0; i < 2000; i++) list.add(`element ${i}`)
  }).toThrow('Java heap space')
})
