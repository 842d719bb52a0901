import type { StateKind } from '../../streaming/state'
import type { KeyContext, MapKey } from './KeyContext'
import type { Namespace } from './Namespace'
import type { Ttl } from './ttlStates'

export interface StateEntry<V> {
  readonly key: unknown
  value: V
}

/** Told of each change of a state, for the trace. */
export type StateObserver = (name: string, namespace: Namespace, value: unknown, cleared: boolean) => void

/**
 * One state of an operator: a value for each namespace and key. Mirrors org.apache.flink.runtime.state.heap.StateTable without its copy-on-write.
 * An access is one lookup in a Map as long as the namespace stays the same.
 */
export class StateTable<V> {
  private readonly byNamespace = new Map<Namespace, Map<MapKey, StateEntry<V>>>()
  private namespace: Namespace | undefined
  private entries: Map<MapKey, StateEntry<V>> | undefined

  constructor(
    readonly name: string,
    readonly kind: StateKind | 'merging-windows',
    private readonly context: KeyContext,
    readonly observer: StateObserver | null,
    /** null: values live for ever. */
    readonly ttl: Ttl | null = null,
  ) {}

  private select(namespace: Namespace): Map<MapKey, StateEntry<V>> | undefined {
    this.namespace = namespace
    return (this.entries = this.byNamespace.get(namespace))
  }

  /** The entry of the key at hand. */
  entry(namespace: Namespace): StateEntry<V> | undefined {
    const mapKey = this.context.requireKey()
    const entries = namespace === this.namespace ? this.entries : this.select(namespace)
    return entries === undefined ? undefined : entries.get(mapKey)
  }

  /** Sets the value of the key at hand. */
  put(namespace: Namespace, value: V): void {
    const mapKey = this.context.requireKey()
    let entries = namespace === this.namespace ? this.entries : this.select(namespace)
    if (entries === undefined) {
      entries = new Map()
      this.byNamespace.set(namespace, entries)
      this.entries = entries
      namespace.uses++
    }
    const entry = entries.get(mapKey)
    if (entry === undefined) entries.set(mapKey, { key: this.context.key, value })
    else entry.value = value
  }

  /** Removes the entry of the key at hand; returns it. */
  remove(namespace: Namespace): StateEntry<V> | undefined {
    const mapKey = this.context.requireKey()
    const entries = namespace === this.namespace ? this.entries : this.select(namespace)
    const entry = entries?.get(mapKey)
    if (entries === undefined || entry === undefined) return undefined
    entries.delete(mapKey)
    if (entries.size === 0) {
      this.byNamespace.delete(namespace)
      this.entries = undefined
      namespace.uses--
    }
    return entry
  }

  /** In order of insertion, namespace by namespace. */
  forEach(visit: (namespace: Namespace, entry: StateEntry<V>) => void): void {
    for (const [namespace, entries] of this.byNamespace) for (const entry of entries.values()) visit(namespace, entry)
  }

  keys(namespace: Namespace): unknown[] {
    return [...(this.byNamespace.get(namespace)?.values() ?? [])].map((entry) => entry.key)
  }

  get size(): number {
    let size = 0
    for (const entries of this.byNamespace.values()) size += entries.size
    return size
  }
}
