import type { Fold } from '../../trace/types'

/** The log folds nothing: its lines are the events themselves, up to the playhead. */
export interface LogState {
  event: number
}

export const logFold: Fold<LogState> = {
  init: () => ({ event: -1 }),
  apply(state, event) {
    state.event = event.index
  },
  clone: (state) => ({ ...state }),
  size: () => 16,
}
