import { IllegalStateException } from '../../core/exceptions'
import { encodeValue } from '../../core/values'
import type { DataOutput, JavaHashMap } from '../../core/values'
import type { SnapshotContext } from '../checkpoint/types'
import type { MapState } from '../../streaming/state'
import { HeapListState, HeapMapState } from './heapStates'
import { KeyedStateBackend } from './KeyedStateBackend'
import type { KeyedSnapshot } from './KeyedStateBackend'
import { writeNamespace, writeStored } from './keyedFormat'
import { GroupedEntries } from './keyGroupsStream'
import type { StateSection } from './keyGroupsStream'
import type { Namespace } from './Namespace'
import { HeapStateTable } from './StateTable'
import type { StateEntry, StateObserver, StateTable, TableKind } from './StateTable'
import type { Ttl } from './ttlStates'

/** Virtual µs: Flink only marks its copy-on-write tables; writing them out is the asynchronous part. */
const SYNC_COST = 10

/**
 * Keyed state as objects on the heap. Mirrors HeapKeyedStateBackend; key groups matter only when state moves, so entries are not kept by them: a
 * snapshot puts them in order. It is written at once, since values may change in place right after it: what Flink's copy-on-write tables
 * are for, and what they miss where a value is changed in place, is no part of it.
 */
export class HeapKeyedStateBackend extends KeyedStateBackend {
  protected createTable<V>(name: string, kind: TableKind, observer: StateObserver | null, ttl: Ttl | null): StateTable<V> {
    return new HeapStateTable<V>(name, kind, this.context, this.namespaces, observer, ttl)
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

  private section(table: StateTable<unknown>): StateSection {
    const { name, kind, ttl } = table
    const hasTtl = ttl !== null
    const cleaning = ttl?.config.cleanupInFullSnapshot === true
    const entries: StateEntry<unknown>[] = []
    const namespaces: Namespace[] = []
    const values: unknown[] = []
    const indexes: number[] = []
    table.forEach((namespace, entry) => {
      let { value } = entry
      if (cleaning) {
        value = ttl.cleaned(kind, value)
        if (value === null) return
      }
      if (entry.group < 0) entry.group = this.groupOf(entry.key)
      indexes.push(entries.length)
      entries.push(entry)
      namespaces.push(namespace)
      values.push(value)
    })
    const grouped = new GroupedEntries(this.environment.range, indexes, (index) => entries[index]!.group)
    return {
      meta: { name, kind, ttl: hasTtl },
      count: (group) => grouped.count(group),
      write: (out: DataOutput, group) =>
        grouped.forEach(group, (index) => {
          writeNamespace(out, namespaces[index]!)
          encodeValue(out, entries[index]!.key)
          writeStored(out, kind, hasTtl, values[index])
        }),
    }
  }

  internals(): { readonly entries: number; readonly memory: number; readonly bytes: number; readonly value: unknown } {
    const { size } = this
    const states = [...this.tables.values()].map(({ name, kind, size: entries }) => ({ name, kind, entries }))
    return { entries: size, memory: size, bytes: -1, value: { backend: 'hashmap', states } }
  }
}
