import { ClassCastException, IllegalStateException, JavaException } from '../../core/exceptions'
import { keyGroupOf } from '../../core/keygroups'
import type { KeyGroupRange } from '../../core/keygroups'
import { DataOutput, javaHashCode } from '../../core/values'
import type { KeyType } from '../../core/values'
import type {
  AggregatingState,
  AggregatingStateDescriptor,
  KeyedStateStore,
  ListState,
  ListStateDescriptor,
  MapState,
  MapStateDescriptor,
  ReducingState,
  ReducingStateDescriptor,
  State,
  StateDescriptor,
  ValueState,
  ValueStateDescriptor,
} from '../../streaming/state'
import type { KeyedStateHandle, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import { HeapAggregatingState, HeapReducingState, HeapValueState } from './heapStates'
import type { HeapListState, HeapState } from './heapStates'
import type { KeyContext } from './KeyContext'
import { isTimers } from './keyedFormat'
import { readKeyGroups, writeKeyGroups } from './keyGroupsStream'
import type { RestoredState, StateSection } from './keyGroupsStream'
import { Namespaces, VOID_NAMESPACE } from './Namespace'
import type { Namespace } from './Namespace'
import type { StateObserver, StateTable, TableKind } from './StateTable'
import { Ttl, TtlAggregatingState, TtlListState, TtlMapState, TtlReducingState, TtlValueState, withoutTimes } from './ttlStates'

export type AnyStateDescriptor = StateDescriptor<State, unknown>

/** What a backend needs to know of its operator and subtask. */
export interface BackendEnvironment {
  readonly context: KeyContext
  readonly namespaces: Namespaces
  /** The clock by which values live, ms. */
  readonly ttlTime: () => number
  readonly maxParallelism: number
  /** The subtask's. */
  readonly range: KeyGroupRange
  readonly keyType: KeyType | undefined
}

export interface KeyedSnapshot {
  /** null: there is nothing. */
  readonly handle: KeyedStateHandle | null
  /** Virtual µs. */
  readonly syncCost: number
  readonly fullSize: number
}

/** Timers, which are stored with keyed state: mirrors the raw keyed state of Flink, under the name that RocksDB's timers have. */
export const timerStateName = (service: number, kind: 'event' | 'processing'): string => `_timer_state/${kind}_${service}`

/**
 * All keyed state of one operator in one subtask. Mirrors AbstractKeyedStateBackend: what states there are, what was restored and nobody has asked
 * for yet, and the canonical snapshot. Left out: serializers and their migration, queryable state.
 */
export abstract class KeyedStateBackend {
  readonly context: KeyContext
  readonly namespaces: Namespaces
  protected readonly tables = new Map<string, StateTable<unknown>>()
  private readonly states = new Map<string, HeapState<unknown>>()
  protected readonly restored = new Map<string, RestoredState>()
  private readonly scratch = new DataOutput(1024)

  constructor(protected readonly environment: BackendEnvironment) {
    this.context = environment.context
    this.namespaces = environment.namespaces
  }

  /** Of any key, by its hash (K-3). */
  groupOf(key: unknown): number {
    return keyGroupOf(javaHashCode(key, this.environment.keyType), this.environment.maxParallelism)
  }

  // ---- restoring -------------------------------------------------------------------------------------------------------

  /** Before any state is asked for. Returns how many bytes were read. */
  restore({ keyed, bytesOf }: Pick<StateInitializationContext, 'keyed' | 'bytesOf'>): number {
    let read = 0
    for (const handle of keyed) {
      if (handle.type === 'key-groups') read += readKeyGroups(handle, bytesOf(handle.stream), this.environment.range, this.restored)
      else read += this.restoreFiles(handle, keyed.length === 1, bytesOf)
    }
    return read
  }

  protected abstract restoreFiles(
    handle: KeyedStateHandle & { readonly type: 'incremental' },
    alone: boolean,
    bytesOf: StateInitializationContext['bytesOf'],
  ): number

  /** What was stored under a name that the backend itself knows nothing of: timers. It is the caller's from now on. */
  takeRestored(name: string): RestoredState | undefined {
    const state = this.restored.get(name)
    this.restored.delete(name)
    return state
  }

  // ---- states ----------------------------------------------------------------------------------------------------------

  /** Mirrors the registration of a state's meta info: one name, one kind (D-5). */
  table<V>(name: string, kind: TableKind, observer: StateObserver | null = null, ttl: Ttl | null = null): StateTable<V> {
    const known = this.tables.get(name)
    if (known !== undefined) {
      if (known.kind !== kind) throw new ClassCastException(`The state "${name}" is a ${known.kind} state, not a ${kind} state.`)
      return known as StateTable<V>
    }
    const before = this.metaOf(name)
    if (before !== undefined) {
      if (before.kind !== kind) {
        throw new IllegalStateException(`Incompatible key/value state types. Was [${before.kind}], registered with [${kind}].`)
      }
      if (before.ttl !== (ttl !== null)) {
        throw new JavaException(
          'org.apache.flink.util.StateMigrationException',
          'The new state serializer must not be incompatible with the old state serializer: one has a time to live, the other has none.',
        )
      }
    }
    const table = this.createTable<V>(name, kind, observer, ttl)
    this.tables.set(name, table as StateTable<unknown>)
    const restored = this.takeRestored(name)
    if (restored !== undefined) this.fill(table, restored)
    if (observer !== null && before !== undefined) this.tell(table, observer)
    return table
  }

  protected metaOf(name: string): { readonly kind: string; readonly ttl: boolean } | undefined {
    return this.restored.get(name)?.meta
  }

  protected abstract createTable<V>(name: string, kind: TableKind, observer: StateObserver | null, ttl: Ttl | null): StateTable<V>

  private fill<V>(table: StateTable<V>, restored: RestoredState): void {
    this.keepingKey(() => {
      restored.forEach(this.namespaces, (namespace, key, value, group) => {
        this.context.setCurrentKey(key)
        table.put(namespace, value as V)
        const entry = table.entry(namespace)
        if (entry !== undefined) entry.group = group
      })
    })
  }

  /** What was restored is told as if it were written now: who looks at this attempt alone sees it, too. */
  private tell<V>(table: StateTable<V>, observer: StateObserver): void {
    const entries: { readonly namespace: Namespace; readonly key: unknown; readonly value: unknown }[] = []
    table.forEach((namespace, { key, value }) => entries.push({ namespace, key, value }))
    this.keepingKey(() => {
      for (const { namespace, key, value } of entries) {
        this.context.setCurrentKey(key)
        const plain = table.kind === 'map' ? new Map((value as { entries(): [unknown, unknown][] }).entries()) : value
        observer(table.name, namespace, plain, false, true)
      }
    })
  }

  protected keepingKey(run: () => void): void {
    const { key, mapKey } = this.context
    run()
    this.context.key = key
    this.context.mapKey = mapKey
  }

  /** A state object for this descriptor, the same one for each name; its namespace is set by the caller. */
  state(descriptor: AnyStateDescriptor, observer: StateObserver | null = null): HeapState<unknown> {
    const name = descriptor.getName()
    const known = this.states.get(name)
    if (known !== undefined && known.table.kind === descriptor.kind) return known
    const state = descriptor.getTtlConfig().isEnabled() ? this.createWithTtl(descriptor, observer) : this.create(descriptor, observer)
    this.states.set(name, state)
    return state
  }

  protected abstract listState(table: StateTable<unknown[]>): HeapListState<unknown>
  protected abstract mapState(table: StateTable<never>): MapState<unknown, unknown> & { namespace: Namespace }

  private create(descriptor: AnyStateDescriptor, observer: StateObserver | null): HeapState<unknown> {
    const table = this.table<never>(descriptor.getName(), descriptor.kind, observer)
    const state = (): unknown => {
      switch (descriptor.kind) {
        case 'value':
          return new HeapValueState(table, descriptor.getDefaultValue())
        case 'list':
          return this.listState(table as unknown as StateTable<unknown[]>)
        case 'map':
          return this.mapState(table)
        case 'reducing':
          return new HeapReducingState(table, (descriptor as unknown as ReducingStateDescriptor<unknown>).getReduceFunction())
        case 'aggregating': {
          const { getAggregateFunction } = descriptor as unknown as AggregatingStateDescriptor<unknown, unknown, unknown>
          return new HeapAggregatingState(table, getAggregateFunction.call(descriptor))
        }
      }
    }
    return state() as HeapState<unknown>
  }

  private createWithTtl(descriptor: AnyStateDescriptor, observer: StateObserver | null): HeapState<unknown> {
    const ttl = new Ttl(descriptor.getTtlConfig(), this.environment.ttlTime)
    const told: StateObserver | null =
      observer === null
        ? null
        : (name, namespace, value, cleared, restored = false) =>
            observer(name, namespace, withoutTimes(value), cleared, restored, ttl.expiry(value))
    const table = this.table<never>(descriptor.getName(), descriptor.kind, told, ttl)
    const state = (): unknown => {
      switch (descriptor.kind) {
        case 'value':
          return new TtlValueState(new HeapValueState(table, null), ttl, descriptor.getDefaultValue())
        case 'list':
          return new TtlListState(this.listState(table as unknown as StateTable<unknown[]>) as never, ttl)
        case 'map':
          return new TtlMapState(this.mapState(table) as never, ttl)
        case 'reducing':
          return new TtlReducingState(table, ttl, descriptor as unknown as ReducingStateDescriptor<unknown>)
        case 'aggregating':
          return new TtlAggregatingState(table, ttl, descriptor as unknown as AggregatingStateDescriptor<unknown, unknown, unknown>)
      }
    }
    return state() as HeapState<unknown>
  }

  /** The keys for which a state holds something, in order of their first value (heap) or of their bytes (RocksDB). */
  getKeys(name: string, namespace: Namespace = VOID_NAMESPACE): unknown[] {
    const table = this.tables.get(name)
    if (table !== undefined) return table.keys(namespace)
    const keys: unknown[] = []
    this.restored.get(name)?.forEach(this.namespaces, (other, key) => {
      if (other === namespace) keys.push(key)
    })
    return keys
  }

  /** Entries of all states, of those restored and not asked for yet, too; timers are none. */
  get size(): number {
    let size = 0
    for (const { meta, entries } of this.restored.values()) if (!isTimers(meta.kind)) size += entries
    for (const table of this.tables.values()) size += table.size
    return size
  }

  // ---- snapshots -------------------------------------------------------------------------------------------------------

  /** `timers`: what else is kept by key. */
  abstract snapshot(context: SnapshotContext, timers: readonly StateSection[]): KeyedSnapshot

  /** In the format that all backends read. */
  protected fullSnapshot(sections: readonly StateSection[]): KeyedSnapshot['handle'] {
    const all = [...sections, ...this.restored.values()]
    if (all.length === 0) return null
    const handle = writeKeyGroups(this.scratch, this.environment.range, all)
    return handle.offsets.every((offset) => offset < 0) ? null : handle
  }

  notifyCheckpointComplete(_checkpoint: number): void {}
  notifyCheckpointAborted(_checkpoint: number): void {}

  /** What is behind the states, as plain data for the trace. */
  abstract internals(): { readonly entries: number; readonly memory: number; readonly bytes: number; readonly value: object }
  /** What happens inside is told, and can be followed only if one knows how it began. */
  readonly tellsFromTheStart: boolean = false

  /** The subtask ends: nothing of it is left. */
  dispose(): void {}
}

/** State of the key at hand and of one namespace, as a function asks for it. Mirrors DefaultKeyedStateStore. */
export class BackendKeyedStateStore implements KeyedStateStore {
  constructor(
    private readonly backend: KeyedStateBackend,
    private readonly observer: StateObserver | null,
    /** Which namespace is meant, at the time of asking. */
    private readonly namespace: () => Namespace = () => VOID_NAMESPACE,
  ) {}

  private get(descriptor: AnyStateDescriptor): unknown {
    const state = this.backend.state(descriptor, this.observer)
    state.namespace = this.namespace()
    return state
  }

  getState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T> {
    return this.get(descriptor as unknown as AnyStateDescriptor) as ValueState<T>
  }
  getListState<T>(descriptor: ListStateDescriptor<T>): ListState<T> {
    return this.get(descriptor as unknown as AnyStateDescriptor) as ListState<T>
  }
  getReducingState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T> {
    return this.get(descriptor as unknown as AnyStateDescriptor) as ReducingState<T>
  }
  getAggregatingState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT> {
    return this.get(descriptor as unknown as AnyStateDescriptor) as AggregatingState<IN, OUT>
  }
  getMapState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV> {
    return this.get(descriptor as unknown as AnyStateDescriptor) as MapState<UK, UV>
  }
}
