import type { Problem } from '../core/problem'
import type { TraceHeader } from '../trace/types'
import type { Run } from './types'

/** A run of what cannot be simulated: its graphs are there to be looked at, and it goes no further. */
export const refusedRun = (header: TraceHeader, problem: Problem, dispose = (): void => {}): Run => ({
  header,
  refused: true,
  advance: () => Promise.resolve({ state: 'broken', problem, frontier: 0 }),
  pause: () => {},
  dispose,
})
