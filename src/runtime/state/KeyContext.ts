import { NullPointerException } from '../../core/exceptions'
import { mapKeyOf } from '../../core/values'

export type MapKey = string | number | bigint | boolean

/** The key at hand, to which all keyed state and timers belong. Mirrors org.apache.flink.streaming.api.operators.KeyContext. */
export class KeyContext {
  key: unknown = undefined
  /** What a Map knows the key by; undefined before the first key. */
  mapKey: MapKey | undefined = undefined

  setCurrentKey(key: unknown): void {
    if (key === null || key === undefined) throw new NullPointerException('Assigned key must not be null!')
    this.key = key
    this.mapKey = mapKeyOf(key)
  }

  requireKey(): MapKey {
    if (this.mapKey === undefined) {
      throw new NullPointerException('No key set. This method should not be called outside of a keyed context.')
    }
    return this.mapKey
  }
}
