import { IllegalArgumentException } from '../../core/exceptions'
import { sequenceSource } from './collections'
import type { Source } from './Source'

/** Whole numbers, a share for each subtask. Mirrors org.apache.flink.api.connector.source.lib.NumberSequenceSource. */
export class NumberSequenceSource implements Source<number> {
  /** Only for the type checker. */
  declare readonly recordType?: number

  /** Makes the numbers from `from` to `to`, both included. */
  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    if (from > to) throw new IllegalArgumentException("'from' must be <= 'to'")
  }

  /** Returns the first number. */
  getFrom(): number {
    return this.from
  }

  /** Returns the last number. */
  getTo(): number {
    return this.to
  }

  /** @internal */
  describe() {
    const { params, functions } = sequenceSource(this.from, this.to)
    return { params: { ...params, bounded: true }, functions }
  }
}
