import { NullPointerException } from '../../core/exceptions'
import { keyTypeOf, mapKeyOf } from '../../core/values'

export type MapKey = string | number | bigint | boolean

/** The key at hand, to which all keyed state and timers belong. Mirrors org.apache.flink.streaming.api.operators.KeyContext. */
export class KeyContext {
  key: unknown = undefined
  /** What a Map knows the key by; undefined before the first key. */
  mapKey: MapKey | undefined = undefined

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
