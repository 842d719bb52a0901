import { AssertionFailure } from '../../../base/assert'
import { UnsupportedOperationException } from '../../../core/exceptions'
import { NO_TIMESTAMP } from '../../../core/time'
import { InputStatus } from '../input'
import type { InputStatusCode } from '../input'
import { NO_PAUSE } from './SourceReader'
import type { ReaderOutput, SourceReader } from './SourceReader'

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

/** Reads one range, number by number: sequences, collections and generators alike. Mirrors IteratorSourceReader. Its records come without timestamps, through the main output. */
export class SequenceReader implements SourceReader {
  private next: number
  private readonly last: number

  constructor(
    range: NumberRange | undefined,
    private readonly partition: number,
    private readonly valueOf: (index: number) => unknown,
  ) {
    this.next = range?.from ?? 0
    this.last = range?.to ?? -1
  }

  start(): void {}

  pollNext(output: ReaderOutput): InputStatusCode {
    if (this.next > this.last) return InputStatus.End
    const index = this.next++
    output.emit(this.valueOf(index), NO_TIMESTAMP, this.partition, index)
    return InputStatus.More
  }

  pauseOrResumeSplit(): void {
    throw new UnsupportedOperationException(NO_PAUSE)
  }

  fetched(): void {
    throw new AssertionFailure('a sequence reads no log')
  }
}
