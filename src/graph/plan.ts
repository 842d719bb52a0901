import type { Configuration } from '../core/configuration'
import { executionGraphOf } from './executionGraph'
import { jobGraphOf } from './jobGraph'
import type { Plan, StreamGraph } from './types'

/** All three graphs of a program. Throws Flink's exceptions, with the line at fault where it is known. */
export function planOf(streamGraph: StreamGraph, configuration: Configuration): Plan {
  const jobGraph = jobGraphOf(streamGraph, configuration)
  return { streamGraph, jobGraph, executionGraph: executionGraphOf(jobGraph, streamGraph), warnings: [] }
}
