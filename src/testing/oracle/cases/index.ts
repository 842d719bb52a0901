import type { Family } from '../../conformance/family'
import { windowOperator } from '../../conformance/families/windowOperator'
import { randomWindows, tiesSorted } from './windows'

/** What can be asked about: cases of a family of vectors, made at random. */
export interface Kind {
  readonly family: Family
  readonly make: (seed: number) => unknown
  /** Where the vectors leave an order open, Flink's answer is put into theirs. */
  readonly settled?: (answer: unknown) => unknown
}

export const KINDS: Readonly<Record<string, Kind>> = {
  windows: { family: windowOperator, make: randomWindows, settled: tiesSorted },
}
