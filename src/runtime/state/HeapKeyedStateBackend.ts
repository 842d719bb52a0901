import { IllegalStateException, JavaException } from '../../core/exceptions'
import { DataOutput, encodeValue } from '../../core/values'
import type { JavaHashMap } from '../../core/values'
import type { SnapshotContext } from '../checkpoint/types'
import type { MapState } from '../../streaming/state'
import { HeapListState, HeapMapState } from './heapStates'
import { KeyedStateBackend } from './KeyedStateBackend'
import type { BackendEnvironment, KeyedSnapshot } from './KeyedStateBackend'
import { writeNamespace, writeStored } from './keyedFormat'
import { checkGroup } from './keyGroupsStream'
import type { StateSection } from './keyGroupsStream'
import { VOID_NAMESPACE } from './Namespace'
import type { Namespace } from './Namespace'
import { HeapStateTable, LimitedHeapStateTable } from './StateTable'
import type { EntryList, StateEntry, StateObserver, StateTable, TableKind } from './StateTable'
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
    for (const table of this.tables.values()) sections.push(this.section(table as HeapStateTable<unknown>))
    const handle = this.fullSnapshot([...sections, ...timers])
    const fullSize = handle?.type === 'key-groups' && handle.stream.kind === 'bytes' ? handle.stream.bytes.length : 0
    return { handle, syncCost: handle === null ? 0 : SYNC_COST, fullSize }
  }

  /**
   * One pass that writes, and where keys have come or gone since the last snapshot one that lists them: no object is made for an entry. Entries are written
   * in the order in which they came into being, each to its group's part, since that is how they lie in memory: group by group it takes twice as long.
   */
  private section(table: HeapStateTable<unknown>): StateSection {
    const { name, kind, ttl } = table
    const hasTtl = ttl !== null
    const cleaned = ttl?.config.cleanupInFullSnapshot === true ? this.cleaned(table, ttl) : null
    const { entries, namespaces, counts } = cleaned === null ? (table.list ??= this.list(table, null)) : this.list(table, cleaned)
    const plain = namespaces.size === 0
    const { start } = this.environment.range
    const parts = this.partsOf(table)
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]!
      const out = parts[entry.group - start]!
      writeNamespace(out, plain ? VOID_NAMESPACE : (namespaces.get(entry) ?? VOID_NAMESPACE))
      encodeValue(out, entry.key)
      writeStored(out, kind, hasTtl, cleaned === null ? entry.value : cleaned.get(entry))
    }
    return {
      meta: { name, kind, ttl: hasTtl },
      count: (group) => counts[group - start]!,
      write(out: DataOutput, group) {
        const { bytes, length } = parts[group - start]!
        out.writeBytes(bytes.subarray(0, length))
      },
    }
  }

  /** Memory for what a table writes, by key group: used again for its next snapshot. */
  private readonly parts = new Map<HeapStateTable<unknown>, DataOutput[]>()

  private partsOf(table: HeapStateTable<unknown>): readonly DataOutput[] {
    const { start, end } = this.environment.range
    let parts = this.parts.get(table)
    if (parts === undefined) this.parts.set(table, (parts = Array.from({ length: end - start + 1 }, () => new DataOutput(64))))
    for (const part of parts) {
      part.reset()
      part.useShapes()
    }
    return parts
  }

  /** What is left of each entry without what is past its time to live (D-15); entries of which nothing is left are not in it. */
  private cleaned(table: HeapStateTable<unknown>, ttl: Ttl): ReadonlyMap<StateEntry<unknown>, unknown> {
    const cleaned = new Map<StateEntry<unknown>, unknown>()
    table.forEach((_namespace, entry) => {
      const value = ttl.cleaned(table.kind, entry.value)
      if (value !== null) cleaned.set(entry, value)
    })
    return cleaned
  }

  /** `kept` null: all of them. */
  private list(table: HeapStateTable<unknown>, kept: ReadonlyMap<StateEntry<unknown>, unknown> | null): EntryList<unknown> {
    const { range } = this.environment
    const entries: StateEntry<unknown>[] = []
    const namespaces = new Map<StateEntry<unknown>, Namespace>()
    const counts = new Int32Array(range.end - range.start + 1)
    table.forEach((namespace, entry) => {
      if (kept !== null && !kept.has(entry)) return
      if (entry.group < 0) entry.group = this.groupOf(entry.key)
      checkGroup(range, entry.group)
      counts[entry.group - range.start]!++
      entries.push(entry)
      if (namespace !== VOID_NAMESPACE) namespaces.set(entry, namespace)
    })
    return { entries, namespaces, counts }
  }

  internals(): { readonly entries: number; readonly memory: number; readonly bytes: number; readonly value: object } {
    const { size } = this
    const states = [...this.tables.values()].map(({ name, kind, size: entries }) => ({ name, kind, entries }))
    return { entries: size, memory: size, bytes: -1, value: { backend: 'hashmap', states } }
  }
}
