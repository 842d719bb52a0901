import { IllegalStateException, NullPointerException } from '../../core/exceptions'
import { checkValue, DataInput, DataOutput, decodeValue, encodeValue } from '../../core/values'
import type { OperatorStateStore } from '../../streaming/functions/checkpointed'
import type { BroadcastState, ListState, ListStateDescriptor, MapStateDescriptor } from '../../streaming/state'
import type { DistributionModeName, OperatorStateHandle, StateInitializationContext } from '../checkpoint/types'
import { HeapBroadcastState } from './BroadcastState'
import type { BroadcastSnapshot } from './BroadcastState'

/** Of the list that a ListCheckpointed function has. Mirrors DefaultOperatorStateBackend.DEFAULT_OPERATOR_STATE_NAME. */
export const DEFAULT_OPERATOR_STATE_NAME = '_default_'

/** So many items of a state are shown in the trace. */
const SHOWN = 32

/** Objects on the heap, by reference, with every backend. Mirrors PartitionableListState. */
class PartitionableListState implements ListState<unknown> {
  constructor(
    readonly mode: DistributionModeName,
    private items: unknown[],
  ) {}
  get(): Iterable<unknown> {
    return this.items
  }
  add(value: unknown): void {
    if (value === null || value === undefined) throw new NullPointerException('You cannot add null to a ListState.')
    checkValue(value)
    this.items.push(value)
  }
  addAll(values: Iterable<unknown>): void {
    if (values === null || values === undefined) throw new NullPointerException('List of values to add cannot be null.')
    for (const value of [...values]) this.add(value)
  }
  update(values: Iterable<unknown>): void {
    if (values === null || values === undefined) throw new NullPointerException('List of values to add cannot be null.')
    const items = [...values]
    this.items = []
    this.addAll(items)
  }
  clear(): void {
    this.items = []
  }
  get size(): number {
    return this.items.length
  }
}

/** A state that was restored and nobody has asked for yet: its items as bytes, each by itself. */
interface Restored {
  readonly mode: DistributionModeName
  readonly items: { readonly bytes: Uint8Array; readonly at: number }[]
}

export interface OperatorStateSnapshot {
  /** null: there is no such state. */
  readonly handle: OperatorStateHandle | null
  readonly bytes: number
}

/**
 * List, union and broadcast state of one operator in one subtask (D-6 … D-9). Mirrors DefaultOperatorStateBackend; the items of a list stand in the
 * bytes each by itself, since each may go to another subtask.
 */
export class OperatorStateBackend implements OperatorStateStore {
  private readonly lists = new Map<string, PartitionableListState>()
  private readonly broadcasts = new Map<string, HeapBroadcastState<unknown, unknown>>()
  private readonly restored = new Map<string, Restored>()
  private readonly out = new DataOutput(256)

  /** Before any state is asked for. Returns how many bytes were read. */
  restore({ operator, bytesOf }: Pick<StateInitializationContext, 'operator' | 'bytesOf'>): number {
    let read = 0
    for (const { states, stream } of operator) {
      const bytes = bytesOf(stream)
      read += bytes.length
      for (const { name, mode, offsets } of states) {
        let state = this.restored.get(name)
        if (state === undefined) this.restored.set(name, (state = { mode, items: [] }))
        for (const at of offsets) state.items.push({ bytes, at })
      }
    }
    return read
  }

  getListState<S>(descriptor: ListStateDescriptor<S>): ListState<S> {
    return this.list(descriptor.getName(), 'SPLIT_DISTRIBUTE') as ListState<S>
  }

  getUnionListState<S>(descriptor: ListStateDescriptor<S>): ListState<S> {
    return this.list(descriptor.getName(), 'UNION') as ListState<S>
  }

  /** By name, for operators that keep something themselves. */
  list(name: string, mode: DistributionModeName): ListState<unknown> {
    const known = this.lists.get(name)
    if (known !== undefined) {
      checkMode(known.mode, mode)
      return known
    }
    const restored = this.restored.get(name)
    if (restored !== undefined) checkMode(restored.mode, mode)
    this.restored.delete(name)
    const list = new PartitionableListState(
      mode,
      (restored?.items ?? []).map(({ bytes, at }) => decodeValue(new DataInput(bytes, at))),
    )
    this.lists.set(name, list)
    return list
  }

  getBroadcastState<K, V>(descriptor: MapStateDescriptor<K, V>): BroadcastState<K, V> {
    return this.broadcast(descriptor.getName()) as HeapBroadcastState<K, V>
  }

  broadcast(name: string): HeapBroadcastState<unknown, unknown> {
    const known = this.broadcasts.get(name)
    if (known !== undefined) return known
    const restored = this.restored.get(name)
    if (restored !== undefined) checkMode(restored.mode, 'BROADCAST')
    this.restored.delete(name)
    // Several copies: each puts its entries over those before (D-6).
    const entries = (restored?.items ?? []).flatMap(({ bytes, at }) => readEntries(new DataInput(bytes, at)))
    const state = new HeapBroadcastState<unknown, unknown>(name, { name, entries } satisfies BroadcastSnapshot)
    this.broadcasts.set(name, state)
    return state
  }

  getRegisteredStateNames(): Set<string> {
    return new Set(this.lists.keys())
  }
  getRegisteredBroadcastStateNames(): Set<string> {
    return new Set(this.broadcasts.keys())
  }

  /** What is in it, for the trace: name and number of items, of a broadcast state its entries. */
  get contents(): readonly (readonly [name: string, items: number])[] {
    return [
      ...[...this.lists].map(([name, list]) => [name, list.size] as const),
      ...[...this.broadcasts].map(([name, state]) => [name, state.size] as const),
      ...[...this.restored].map(([name, { items }]) => [name, items.length] as const),
    ]
  }

  /** The same with how it is dealt out, its bytes and its first items: what a person is shown of it. */
  get shown(): readonly (readonly [name: string, mode: string, items: number, bytes: number, first: unknown])[] {
    const bytesOf = (items: Iterable<unknown>): number => {
      this.out.reset()
      for (const item of items) encodeValue(this.out, item)
      return this.out.length
    }
    return [
      ...[...this.lists].map(([name, list]) => {
        const items = [...list.get()]
        return [name, list.mode, items.length, bytesOf(items), items.slice(0, SHOWN)] as const
      }),
      ...[...this.broadcasts].map(([name, state]) => {
        const { entries } = state.snapshot()
        return [name, 'BROADCAST', entries.length, bytesOf(entries.flat()), new Map(entries.slice(0, SHOWN))] as const
      }),
      ...[...this.restored].map(([name, { mode, items }]) => [name, mode, items.length, -1, []] as const),
    ]
  }

  snapshot(): OperatorStateSnapshot {
    const { out } = this
    out.reset()
    const states: OperatorStateHandle['states'][number][] = []
    for (const [name, list] of this.lists) {
      const offsets: number[] = []
      for (const item of list.get()) {
        offsets.push(out.length)
        encodeValue(out, item)
      }
      states.push({ name, mode: list.mode, offsets })
    }
    for (const [name, state] of this.broadcasts) {
      states.push({ name, mode: 'BROADCAST', offsets: [out.length] })
      const { entries } = state.snapshot()
      out.writeVarint(entries.length)
      for (const [key, value] of entries) {
        encodeValue(out, key)
        encodeValue(out, value)
      }
    }
    for (const [name, { mode, items }] of this.restored) {
      const offsets = items.map(({ bytes, at }) => {
        const begin = out.length
        const input = new DataInput(bytes, at)
        if (mode === 'BROADCAST') readEntries(input)
        else decodeValue(input)
        out.writeBytes(bytes.subarray(at, input.position))
        return begin
      })
      states.push({ name, mode, offsets })
    }
    if (states.length === 0) return { handle: null, bytes: 0 }
    return { handle: { states, stream: { kind: 'bytes', bytes: out.toBytes() } }, bytes: out.length }
  }
}

function checkMode(was: DistributionModeName, now: DistributionModeName): void {
  if (was !== now) throw new IllegalStateException(`Incompatible state assignment modes. Was [${was}], registered with [${now}].`)
}

const readEntries = (input: DataInput): (readonly [unknown, unknown])[] =>
  Array.from({ length: input.readVarint() }, () => {
    const key = decodeValue(input)
    return [key, decodeValue(input)] as const
  })
