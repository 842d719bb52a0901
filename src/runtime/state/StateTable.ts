import type { StateKind } from '../../streaming/state'
import type { KeyContext } from './KeyContext'
import { KeyedSlots } from './KeyedSlots'
import type { Namespace, Namespaces } from './Namespace'
import type { Ttl } from './ttlStates'

/** Of keyed state: what programs ask for, and what operators keep for themselves. */
export type TableKind = StateKind | 'merging-windows' | 'join-buffer'

export interface StateEntry<V> {
  readonly key: unknown
  value: V
  /** The key's group; −1: not asked yet. */
  group: number
}

/**
 * Told of each change of a state, for the trace. `restored`: nothing changed, it came out of a checkpoint. `expires`: when all of it will be past its
 * time to live, processing time in ms; NaN or absent: never.
 */
export type StateObserver = (
  name: string,
  namespace: Namespace,
  value: unknown,
  cleared: boolean,
  restored?: boolean,
  expires?: number,
) => void

/** One state of an operator: a value for each namespace and key. Mirrors org.apache.flink.runtime.state.internal.InternalKvState, all kinds of it. */
export interface StateTable<V> {
  readonly name: string
  readonly kind: TableKind
  readonly observer: StateObserver | null
  /** null: values live for ever. */
  readonly ttl: Ttl | null
  /** Of the key at hand. Its value is the stored object itself, or a copy of it: a change is a change once `replace` was called. */
  entry(namespace: Namespace): StateEntry<V> | undefined
  /** Sets the value of the key at hand. */
  put(namespace: Namespace, value: V): void
  /** Sets the value of an entry that was just asked for. */
  replace(entry: StateEntry<V>, namespace: Namespace, value: V): void
  /** Removes the entry of the key at hand; returns it. */
  remove(namespace: Namespace): StateEntry<V> | undefined
  forEach(visit: (namespace: Namespace, entry: StateEntry<V>) => void): void
  keys(namespace: Namespace): unknown[]
  readonly size: number
}

/** A table's entries as a snapshot goes through them; they stay the same objects while their values change. */
export interface EntryList<V> {
  /** In the order of `forEach`, each with its group. */
  readonly entries: readonly StateEntry<V>[]
  /** Empty: all of the void namespace. */
  readonly namespaces: ReadonlyMap<StateEntry<V>, Namespace>
  /** Entries in each group of the backend's range. */
  readonly counts: Int32Array
}

/** Objects on the heap, by reference. Mirrors org.apache.flink.runtime.state.heap.StateTable without its copy-on-write. */
export class HeapStateTable<V> implements StateTable<V> {
  private readonly slots: KeyedSlots<StateEntry<V>>
  /** From the last snapshot; null: entries have come or gone since. */
  list: EntryList<V> | null = null

  constructor(
    readonly name: string,
    readonly kind: TableKind,
    private readonly context: KeyContext,
    private readonly namespaces: Namespaces,
    readonly observer: StateObserver | null,
    readonly ttl: Ttl | null = null,
  ) {
    this.slots = new KeyedSlots(context)
  }

  entry(namespace: Namespace): StateEntry<V> | undefined {
    return this.slots.get(namespace, this.context.requireKey())
  }

  put(namespace: Namespace, value: V): void {
    const entry = this.entry(namespace)
    if (entry === undefined) {
      this.list = null
      this.slots.create(namespace, this.context.requireKey(), { key: this.context.key, value, group: -1 })
    } else entry.value = value
  }

  replace(entry: StateEntry<V>, _namespace: Namespace, value: V): void {
    entry.value = value
  }

  remove(namespace: Namespace): StateEntry<V> | undefined {
    const entry = this.entry(namespace)
    if (entry !== undefined) {
      this.list = null
      this.slots.remove(namespace, this.context.requireKey())
    }
    return entry
  }

  /** Namespace by namespace, in the order of the keys' first values. */
  forEach(visit: (namespace: Namespace, entry: StateEntry<V>) => void): void {
    for (const namespace of this.namespaces) for (const entry of this.slots.values(namespace)) visit(namespace, entry)
  }

  keys(namespace: Namespace): unknown[] {
    return this.slots.values(namespace).map((entry) => entry.key)
  }

  get size(): number {
    let size = 0
    this.forEach(() => size++)
    return size
  }
}

/** On a heap that is not endless: whoever asks for an entry may be about to make it larger, and is counted. */
export class LimitedHeapStateTable<V> extends HeapStateTable<V> {
  constructor(
    private readonly used: () => void,
    ...table: ConstructorParameters<typeof HeapStateTable>
  ) {
    super(...table)
  }

  override entry(namespace: Namespace): StateEntry<V> | undefined {
    this.used()
    return super.entry(namespace)
  }
}
