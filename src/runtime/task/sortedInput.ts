import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { StreamNode } from '../../graph/types'
import type { StreamOperator } from '../operators/types'

/** The record a thread is at work on, for the trace. */
interface Working {
  recordNumber: number
  recordOrigin: number
}
interface Held {
  readonly value: unknown
  readonly timestamp: number
  readonly number: number
  readonly origin: number
}

/** Whether an operator gets its keyed input in order (G-21): in streaming one that gives nothing before the end of its input and does not sort itself. */
export const takesSortedInput = ({ traits, keyedBy, operator }: StreamNode): boolean =>
  traits?.outputOnlyAfterEndOfStream === true && keyedBy.some((key) => key !== null) && operator.kind !== 'sortPartition'

/**
 * Holds the records of an operator's only input until its end, then gives them in order of timestamp, and the last watermark after them. Mirrors
 * SortingDataInput; as there, statuses end here. Left out: that Flink goes from key to key, in the order of their bytes, and spills to disk.
 */
export class SortedInput implements StreamOperator {
  private held: Held[] = []
  private watermark = LONG_MIN

  constructor(
    private readonly operator: StreamOperator,
    private readonly working: Working,
    private readonly trace: { inputBegins(): void },
  ) {}

  open(): void {
    this.operator.open()
  }

  processElement(value: unknown, timestamp: number): void {
    const { recordNumber: number, recordOrigin: origin } = this.working
    this.held.push({ value, timestamp, number, origin })
  }

  processWatermark(watermark: number): void {
    this.watermark = Math.max(this.watermark, watermark)
  }

  processStatus(): void {}

  endInput(input: number): void {
    const { operator, working, trace } = this
    const at = ({ timestamp }: Held): number => (hasTimestamp(timestamp) ? timestamp : LONG_MIN)
    const sorted = this.held.sort((a, b) => at(a) - at(b))
    this.held = []
    for (const { value, timestamp, number, origin } of sorted) {
      working.recordNumber = number
      working.recordOrigin = origin
      trace.inputBegins()
      operator.processElement(value, timestamp, input)
    }
    if (this.watermark > LONG_MIN) operator.processWatermark(this.watermark, input)
    operator.endInput(input)
  }

  isDrained(): boolean {
    return this.operator.isDrained?.() !== false
  }
  finish(): void {
    this.operator.finish()
  }
  close(): void {
    this.operator.close()
  }
}
