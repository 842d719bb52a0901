import { murmurHash } from '../../core/keygroups'
import { javaHashCode, mapKeyOf, type KeyType } from '../../core/values'

/** Different keys, column by column; a key that comes again counts as one more record of it. */
export interface KeyTable {
  readonly size: number
  readonly values: readonly unknown[]
  readonly types: readonly KeyType[]
  /** Java's hashCode, and what MathUtils.murmurHash makes of it (K-3). */
  readonly hashes: Int32Array
  readonly murmurs: Int32Array
  readonly records: Float64Array
  /** All records together. */
  readonly total: number
}

/** 0.0 and −0.0 are different keys as Double, as they are in Java (K-6). */
const NEGATIVE_ZERO = '\0-0'

export class KeyTableBuilder {
  private readonly places = new Map<unknown, number>()
  private readonly values: unknown[] = []
  private readonly types: KeyType[] = []
  private readonly hashes: number[] = []
  private readonly records: number[] = []
  private total = 0

  /** One more record of a key. */
  add(value: unknown, type: KeyType): void {
    const identity = type === 'Double' && Object.is(value, -0) ? NEGATIVE_ZERO : mapKeyOf(value)
    this.total++
    const known = this.places.get(identity)
    if (known !== undefined) {
      this.records[known]!++
      return
    }
    this.places.set(identity, this.values.length)
    this.values.push(value)
    this.types.push(type)
    this.hashes.push(javaHashCode(value, type))
    this.records.push(1)
  }

  build(): KeyTable {
    const hashes = Int32Array.from(this.hashes)
    return {
      size: this.values.length,
      values: this.values,
      types: this.types,
      hashes,
      murmurs: hashes.map(murmurHash),
      records: Float64Array.from(this.records),
      total: this.total,
    }
  }
}

/** `Tuple2<String, Integer>` and the like. */
export const typeText = (type: KeyType): string =>
  typeof type === 'string' ? type : `Tuple${type.tuple.length}<${type.tuple.map(typeText).join(', ')}>`
