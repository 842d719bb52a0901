import { checkpointsFold } from '../../trace/checkpoints/fold'
import type { CheckpointsState } from '../../trace/checkpoints/state'
import { jobsFold, type JobsState } from '../../trace/jobs/fold'
import { ledgersFold } from '../../trace/ledgers/fold'
import type { LedgersState } from '../../trace/ledgers/state'
import type { Fold } from '../../trace/types'
import type { Situation } from './situation'

/**
 * A fold whose states are moments of one index that only grows: taken in once, as far as anybody asked, and good for every moment before.
 * By the log's names, since a truncated log has new ones.
 */
function upTo<S extends { event: number }>(fold: Fold<S>): (s: Situation) => S {
  const states = new WeakMap<object, S>()
  return ({ log, sources, event, time }) => {
    let state = states.get(log.names)
    if (state === undefined) states.set(log.names, (state = fold.init(sources.header)))
    const reader = log.reader().before(state.event + 1)
    while (reader.index < event && reader.next()) fold.apply(state, reader)
    const moment = fold.clone(state)
    moment.event = event
    if ('time' in moment) moment.time = time
    return moment
  }
}

/** What is known of checkpoints, of ledgers, of jobs at a moment. */
export const checkpointsOf: (s: Situation) => CheckpointsState = upTo(checkpointsFold)
export const ledgersOf: (s: Situation) => LedgersState = upTo(ledgersFold)
export const jobsOf: (s: Situation) => JobsState = upTo(jobsFold)
