import type { Family } from '../../conformance/family'
import { jobs } from '../../conformance/jobs/family'
import { joins } from '../../conformance/families/joins'
import { timers } from '../../conformance/families/timers'
import { twoInputWatermarks } from '../../conformance/families/twoInputWatermarks'
import { watermarkGenerators } from '../../conformance/families/watermarkGenerators'
import { watermarkValve } from '../../conformance/families/watermarkValve'
import { windowOperator } from '../../conformance/families/windowOperator'
import { randomJob } from './jobs'
import { randomJoins } from './joins'
import { randomTimers } from './timers'
import { randomGenerators, randomTwoInputs, randomValve } from './watermarks'
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
  timers: { family: timers, make: randomTimers },
  valves: { family: watermarkValve, make: randomValve },
  'two-inputs': { family: twoInputWatermarks, make: randomTwoInputs },
  generators: { family: watermarkGenerators, make: randomGenerators },
  joins: { family: joins, make: randomJoins },
  jobs: { family: jobs, make: randomJob },
}
