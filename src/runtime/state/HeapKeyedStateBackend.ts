import { JavaException, IllegalStateException } from '../../core/exceptions'
import { copyValue, JavaHashMap } from '../../core/values'
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
import { TimestampedValue } from '../../streaming/windowing'
import type { Window } from '../../streaming/windowing'
import { HeapAggregatingState, HeapListState, HeapMapState, HeapReducingState, HeapValueState } from './heapStates'
import type { HeapState } from './heapStates'
import type { KeyContext } from './KeyContext'
import { Namespaces, VOID_NAMESPACE } from './Namespace'
import type { Namespace } from './Namespace'
import { StateTable } from './StateTable'
import type { StateObserver } from './StateTable'
import { Ttl, TtlAggregatingState, TtlListState, TtlMapState, TtlReducingState, TtlValueState, withoutTimes } from './ttlStates'

export interface StateTableSnapshot {
  readonly name: string
  readonly kind: string
  /** Whether values carry the times of their last touch. */
  readonly ttl: boolean
  /** `window` null: state of the key alone. */
  readonly entries: readonly { readonly key: unknown; readonly window: Window | null; readonly value: unknown }[]
}
export type KeyedStateSnapshot = readonly StateTableSnapshot[]

export type AnyStateDescriptor = StateDescriptor<State, unknown>

/**
 * All keyed state of one operator in one subtask. Mirrors HeapKeyedStateBackend; key groups matter only when state moves, so entries are not
 * kept by them: a snapshot lists keys, and whoever deals them out computes the groups.
 * Left out: serializers and their migration, queryable state.
 */
export class HeapKeyedStateBackend {
  private readonly tables = new Map<string, StateTable<unknown>>()
  private readonly states = new Map<string, HeapState<unknown>>()
  private restored = new Map<string, StateTableSnapshot>()

  constructor(
    readonly context: KeyContext,
    readonly namespaces: Namespaces = new Namespaces(),
    /** The clock by which values live, ms. */
    private readonly ttlTime: () => number = () => 0,
  ) {}

  /** To be called before any state is asked for. */
  restore(snapshot: KeyedStateSnapshot): void {
    this.restored = new Map(snapshot.map((table) => [table.name, table]))
  }

  /** Mirrors the registration of a state's meta info: one name, one kind (D-5). */
  table<V>(name: string, kind: StateTable<V>['kind'], observer: StateObserver | null = null, ttl: Ttl | null = null): StateTable<V> {
    const known = this.tables.get(name)
    if (known !== undefined) {
      if (known.kind !== kind)
        throw new JavaException('java.lang.ClassCastException', `The state "${name}" is a ${known.kind} state, not a ${kind} state.`)
      return known as StateTable<V>
    }
    const table = new StateTable<V>(name, kind, this.context, this.namespaces, observer, ttl)
    const restored = this.restored.get(name)
    if (restored !== undefined) {
      if (restored.kind !== kind) {
        throw new IllegalStateException(`Incompatible key/value state types. Was [${restored.kind}], registered with [${kind}].`)
      }
      if (restored.ttl !== (ttl !== null)) {
        throw new JavaException(
          'org.apache.flink.util.StateMigrationException',
          'The new state serializer must not be incompatible with the old state serializer: one has a time to live, the other has none.',
        )
      }
      this.fill(table, restored)
      this.restored.delete(name)
    }
    this.tables.set(name, table as StateTable<unknown>)
    return table
  }

  private fill<V>(table: StateTable<V>, restored: StateTableSnapshot): void {
    const { key, mapKey } = this.context
    for (const entry of restored.entries) {
      this.context.setCurrentKey(entry.key)
      table.put(entry.window === null ? VOID_NAMESPACE : this.namespaces.of(entry.window), copyStored(table.kind, entry.value) as V)
    }
    this.context.key = key
    this.context.mapKey = mapKey
  }

  /** A state object for this descriptor, the same one for each name; its namespace is set by the caller. */
  state(descriptor: AnyStateDescriptor, observer: StateObserver | null = null): HeapState<unknown> {
    const name = descriptor.getName()
    const known = this.states.get(name)
    if (known !== undefined && known.table.kind === descriptor.kind) return known
    const state = this.create(descriptor, observer)
    this.states.set(name, state)
    return state
  }

  private create(descriptor: AnyStateDescriptor, observer: StateObserver | null): HeapState<unknown> {
    const name = descriptor.getName()
    if (descriptor.getTtlConfig().isEnabled()) return this.createWithTtl(descriptor, observer)
    switch (descriptor.kind) {
      case 'value':
        return new HeapValueState(this.table(name, 'value', observer), descriptor.getDefaultValue())
      case 'list':
        return new HeapListState<unknown>(this.table(name, 'list', observer)) as unknown as HeapState<unknown>
      case 'map':
        return new HeapMapState<unknown, unknown>(this.table(name, 'map', observer)) as unknown as HeapState<unknown>
      case 'reducing':
        return new HeapReducingState(
          this.table(name, 'reducing', observer),
          (descriptor as ReducingStateDescriptor<unknown>).getReduceFunction(),
        )
      case 'aggregating': {
        const { getAggregateFunction } = descriptor as unknown as AggregatingStateDescriptor<unknown, unknown, unknown>
        return new HeapAggregatingState(this.table(name, 'aggregating', observer), getAggregateFunction.call(descriptor))
      }
    }
  }

  private createWithTtl(descriptor: AnyStateDescriptor, observer: StateObserver | null): HeapState<unknown> {
    const ttl = new Ttl(descriptor.getTtlConfig(), this.ttlTime)
    const told: StateObserver | null =
      observer === null ? null : (name, namespace, value, cleared) => observer(name, namespace, withoutTimes(value), cleared)
    const table = this.table<never>(descriptor.getName(), descriptor.kind, told, ttl)
    const state = (): unknown => {
      switch (descriptor.kind) {
        case 'value':
          return new TtlValueState(table, ttl, descriptor.getDefaultValue())
        case 'list':
          return new TtlListState(table, ttl)
        case 'map':
          return new TtlMapState(table, ttl)
        case 'reducing':
          return new TtlReducingState(table, ttl, descriptor as unknown as ReducingStateDescriptor<unknown>)
        case 'aggregating':
          return new TtlAggregatingState(table, ttl, descriptor as unknown as AggregatingStateDescriptor<unknown, unknown, unknown>)
      }
    }
    return state() as HeapState<unknown>
  }

  /** The keys for which a state holds something, in order of their first value. */
  getKeys(name: string, namespace: Namespace = VOID_NAMESPACE): unknown[] {
    const table = this.tables.get(name)
    if (table !== undefined) return table.keys(namespace)
    const restored = this.restored.get(name)?.entries ?? []
    return restored
      .filter(({ window }) => (window === null ? namespace.window === null : window.equals(namespace.window)))
      .map(({ key }) => key)
  }

  /** Entries of all states, of those restored and not asked for yet, too. */
  get size(): number {
    let size = 0
    for (const table of this.restored.values()) size += table.entries.length
    for (const table of this.tables.values()) size += table.size
    return size
  }

  /** Copies of everything; states that were restored but not asked for are in it, too. */
  snapshot(): KeyedStateSnapshot {
    const snapshots: StateTableSnapshot[] = [...this.restored.values()]
    for (const table of this.tables.values()) {
      const entries: { key: unknown; window: Window | null; value: unknown }[] = []
      table.forEach((namespace, { key, value }) => {
        const kept = table.ttl === null ? value : table.ttl.cleaned(table.kind, value)
        if (kept !== null) entries.push({ key, window: namespace.window, value: copyStored(table.kind, kept) })
      })
      snapshots.push({ name: table.name, kind: table.kind, ttl: table.ttl !== null, entries })
    }
    return snapshots
  }
}

function copyStored(kind: StateTable<unknown>['kind'], value: unknown): unknown {
  if (kind === 'list') return (value as readonly unknown[]).map(copyElement)
  if (kind === 'merging-windows') return [...(value as readonly unknown[])]
  if (kind !== 'map') return copyValue(value)
  const map = value as JavaHashMap<unknown, unknown>
  const entries = map.entries()
  const copy = new JavaHashMap<unknown, unknown>(javaCapacity(entries.length), map.keyType)
  for (const [key, item] of entries) copy.set(copyValue(key), copyValue(item))
  return copy
}

/** Evicting windows keep their elements' timestamps (W-23). */
const copyElement = (element: unknown): unknown => (element instanceof TimestampedValue ? element.copy(copyValue) : copyValue(element))

/** Of a map that Flink's MapSerializer reads back: `CollectionUtil.newHashMapWithExpectedSize`. */
function javaCapacity(expected: number): number {
  const wanted = expected <= 2 ? expected + 1 : Math.ceil(expected / 0.75)
  let capacity = 1
  while (capacity < wanted) capacity *= 2
  return capacity
}

/** State of the key at hand and of one namespace, as a function asks for it. Mirrors DefaultKeyedStateStore. */
export class HeapKeyedStateStore implements KeyedStateStore {
  constructor(
    private readonly backend: HeapKeyedStateBackend,
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
