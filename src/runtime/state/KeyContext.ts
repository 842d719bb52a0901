import { NullPointerException } from '../../core/exceptions'
import { keyTypeOf, mapKeyOf } from '../../core/values'
import { Cell } from './Namespace'
import type { Namespace } from './Namespace'

export type MapKey = string | number | bigint | boolean

/** The key at hand, to which all keyed state and timers belong. Mirrors org.apache.flink.streaming.api.operators.KeyContext. */
export class KeyContext {
  key: unknown = undefined
  /** What a Map knows the key by; undefined before the first key. */
  mapKey: MapKey | undefined = undefined
  /** How many kinds of things are kept by key (KeyedSlots). */
  slots = 0
  /** The cell asked for last: what belongs to an element is asked for at once. */
  private at = new Cell(null, 0)

  /** All that is kept for a key in a namespace. */
  cell(namespace: Namespace, mapKey: MapKey): Cell | undefined {
    const { at } = this
    if (at.namespace === namespace && at.mapKey === mapKey) return at
    const { neighbour } = at
    if (neighbour !== undefined && neighbour.namespace === namespace && neighbour.mapKey === mapKey) return (this.at = neighbour)
    const cell = namespace.cell(mapKey)
    if (cell !== undefined) {
      at.neighbour = cell
      this.at = cell
    }
    return cell
  }

  /** Refuses what is no key, as Flink does: null, arrays, Map … (`keyTypeOf`). */
  setCurrentKey(key: unknown): void {
    switch (typeof key) {
      case 'number':
      case 'boolean':
      case 'bigint':
        this.mapKey = key
        break
      case 'string':
        this.mapKey = key.charCodeAt(0) === 0 ? mapKeyOf(key) : key
        break
      default:
        keyTypeOf(key)
        this.mapKey = mapKeyOf(key)
    }
    this.key = key
  }

  requireKey(): MapKey {
    if (this.mapKey === undefined) {
      throw new NullPointerException('No key set. This method should not be called outside of a keyed context.')
    }
    return this.mapKey
  }
}
