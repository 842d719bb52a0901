import { AssertionFailure } from '../../../base/assert'
import { UnsupportedOperationException } from '../../../core/exceptions'
import { NO_TIMESTAMP } from '../../../core/time'
import { InputStatus } from '../input'
import type { InputStatusCode } from '../input'
import { NO_PAUSE } from './SourceReader'
import type { ReaderOutput, SourceReader, SplitState } from './SourceReader'

/** Both ends included. */
export interface NumberRange {
  readonly from: number
  readonly to: number
}

/**
 * The share of one subtask of a range of whole numbers; undefined: none is left for it. Mirrors NumberSequenceSource.splitNumberRange: the first shares get
 * one more where it does not come out even. Flink hands the splits to whoever asks first; here split i goes to subtask i.
 */
export function shareOf(range: NumberRange, subtask: number, parallelism: number): NumberRange | undefined {
  const size = range.to - range.from + 1
  const each = Math.floor(size / parallelism)
  const extra = size - each * parallelism
  const from = range.from + subtask * each + Math.min(subtask, extra)
  const to = from + each - (subtask < extra ? 0 : 1)
  return from > to ? undefined : { from, to }
}

/**
 * Reads ranges, number by number: sequences, collections and generators alike. Mirrors IteratorSourceReader. Its records come without timestamps, through
 * the main output. One range to begin with; after a restore with less parallelism several, one behind the other.
 */
export class SequenceReader implements SourceReader {
  private next: number
  private last: number
  private readonly further: (readonly [partition: number, next: number, last: number])[] = []

  constructor(
    range: NumberRange | undefined,
    /** Which of the shares it is. */
    private partition: number,
    private readonly valueOf: (index: number) => unknown,
  ) {
    this.next = range?.from ?? 0
    this.last = range?.to ?? -1
  }

  start(): void {}

  pollNext(output: ReaderOutput): InputStatusCode {
    if (this.next > this.last && !this.takeNext()) return InputStatus.End
    const index = this.next++
    output.emit(this.valueOf(index), NO_TIMESTAMP, this.partition, index)
    return InputStatus.More
  }

  private takeNext(): boolean {
    const range = this.further.shift()
    if (range === undefined) return false
    ;[this.partition, this.next, this.last] = range
    return true
  }

  snapshotState(): readonly SplitState[] {
    const current = [this.partition, this.next, this.last] as const
    return [current, ...this.further].filter(([, next, last]) => next <= last)
  }

  restoreState(splits: readonly SplitState[]): readonly (readonly [number, number])[] {
    this.next = 0
    this.last = -1
    const ranges = splits as readonly (readonly [number, number, number])[]
    this.further.push(...ranges)
    return ranges.map(([partition, next]) => [partition, next])
  }

  pauseOrResumeSplit(): void {
    throw new UnsupportedOperationException(NO_PAUSE)
  }

  fetched(): void {
    throw new AssertionFailure('a sequence reads no log')
  }
}
