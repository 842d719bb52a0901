import { IllegalStateException, JavaException } from '../../core/exceptions'
import { DataOutput, encodeValue } from '../../core/values'
import type { JavaHashMap } from '../../core/values'
import type { SnapshotContext } from '../checkpoint/types'
import type { MapState } from '../../streaming/state'
import { HeapListState, HeapMapState } from './heapStates'
import { KeyedStateBackend } from './KeyedStateBackend'
import type { BackendEnvironment, KeyedSnapshot } from './KeyedStateBackend'
import { writeNamespace, writeStored } from './keyedFormat'
import { GroupedEntries } from './keyGroupsStream'
import type { StateSection } from './keyGroupsStream'
import { VOID_NAMESPACE } from './Namespace'
import type { Namespace } from './Namespace'
import { HeapStateTable, LimitedHeapStateTable } from './StateTable'
import type { StateEntry, StateObserver, StateTable, TableKind } from './StateTable'
import type { Ttl } from './ttlStates'

/** Virtual µs: Flink only marks its copy-on-write tables; writing them out is the asynchronous part. */
const SYNC_COST = 10
/** What an entry takes on a heap beside its value, and how much larger a value is there than in bytes. */
const OBJECT_BYTES = 64
const HEAP_FACTOR = 2
const MEASURE_EVERY = 64

/**
 * Keyed state as objects on the heap. Mirrors HeapKeyedStateBackend; key groups matter only when state moves, so entries are not kept by them: a
 * snapshot puts them in order. It is written at once, since values may change in place right after it: what Flink's copy-on-write tables
 * are for, and what they miss where a value is changed in place, is no part of it.
 */
export class HeapKeyedStateBackend extends KeyedStateBackend {
  private accessesLeft = MEASURE_EVERY
  private readonly measure = new DataOutput(64)

  constructor(
    environment: BackendEnvironment,
    /** Bytes of heap for this state; null: as much as it wants. */
    private readonly limit: number | null = null,
  ) {
    super(environment)
  }

  protected createTable<V>(name: string, kind: TableKind, observer: StateObserver | null, ttl: Ttl | null): StateTable<V> {
    const { context, namespaces, limit } = this
    if (limit === null) return new HeapStateTable<V>(name, kind, context, namespaces, observer, ttl)
    return new LimitedHeapStateTable<V>(() => this.used(), name, kind, context, namespaces, observer, ttl)
  }

  /** Now and then, so that measuring costs no more than in proportion to the accesses. */
  private used(): void {
    if (--this.accessesLeft > 0) return
    let entries = 0
    let bytes = 0
    for (const table of this.tables.values()) {
      this.measure.reset()
      table.forEach((_namespace, { value }) => {
        entries++
        writeStored(this.measure, table.kind, table.ttl !== null, value)
      })
      bytes += this.measure.length
    }
    this.accessesLeft = Math.max(MEASURE_EVERY, entries)
    if (entries * OBJECT_BYTES + bytes * HEAP_FACTOR > this.limit!) throw new JavaException('java.lang.OutOfMemoryError', 'Java heap space')
  }

  protected listState(table: StateTable<unknown[]>): HeapListState<unknown> {
    return new HeapListState(table)
  }

  protected mapState(table: StateTable<never>): MapState<unknown, unknown> & { namespace: Namespace } {
    return new HeapMapState(table as unknown as StateTable<JavaHashMap<unknown, unknown>>)
  }

  protected restoreFiles(): never {
    throw new IllegalStateException(
      'Unexpected state handle type, expected: class org.apache.flink.runtime.state.KeyGroupsStateHandle, but found: ' +
        'class org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle',
    )
  }

  snapshot(_context: SnapshotContext, timers: readonly StateSection[]): KeyedSnapshot {
    const sections: StateSection[] = []
    for (const table of this.tables.values()) sections.push(this.section(table))
    const handle = this.fullSnapshot([...sections, ...timers])
    const fullSize = handle?.type === 'key-groups' && handle.stream.kind === 'bytes' ? handle.stream.bytes.length : 0
    return { handle, syncCost: handle === null ? 0 : SYNC_COST, fullSize }
  }

  /** One pass over the entries, one to put them in order of their groups, one that writes: no object is made for an entry. */
  private section(table: StateTable<unknown>): StateSection {
    const { name, kind, ttl } = table
    const hasTtl = ttl !== null
    const cleaning = ttl?.config.cleanupInFullSnapshot === true
    const entries: StateEntry<unknown>[] = []
    /** Empty: all of the void namespace. */
    const namespaces = new Map<StateEntry<unknown>, Namespace>()
    /** Of entries of which only a part is kept. */
    const cleaned = new Map<StateEntry<unknown>, unknown>()
    table.forEach((namespace, entry) => {
      if (cleaning) {
        const value = ttl.cleaned(kind, entry.value)
        if (value === null) return
        cleaned.set(entry, value)
      }
      if (entry.group < 0) entry.group = this.groupOf(entry.key)
      entries.push(entry)
      if (namespace !== VOID_NAMESPACE) namespaces.set(entry, namespace)
    })
    const grouped = new GroupedEntries(this.environment.range, entries, groupOfEntry)
    const plain = namespaces.size === 0
    return {
      meta: { name, kind, ttl: hasTtl },
      count: (group) => grouped.count(group),
      write: (out: DataOutput, group) => {
        const end = grouped.end(group)
        for (let i = grouped.begin(group); i < end; i++) {
          const entry = grouped.sorted[i]!
          writeNamespace(out, plain ? VOID_NAMESPACE : (namespaces.get(entry) ?? VOID_NAMESPACE))
          encodeValue(out, entry.key)
          writeStored(out, kind, hasTtl, cleaning ? cleaned.get(entry) : entry.value)
        }
      },
    }
  }

  internals(): { readonly entries: number; readonly memory: number; readonly bytes: number; readonly value: object } {
    const { size } = this
    const states = [...this.tables.values()].map(({ name, kind, size: entries }) => ({ name, kind, entries }))
    return { entries: size, memory: size, bytes: -1, value: { backend: 'hashmap', states } }
  }
}

const groupOfEntry = (entry: StateEntry<unknown>): number => entry.group
