/** How far the run in hand has come. */
export type Phase =
  | 'none' //       nothing has run
  | 'compiling'
  | 'loading' //    topics are read
  | 'starting' //   the cluster is set up
  | 'replaying' //  what is on screen is made again, beside it, with other interventions
  | 'simulating'
  | 'resting' //    far enough ahead of the playhead
  | 'stopped' //    by the person; can go on
  | 'ended'
  | 'broken' //     the sandbox had to be torn down
  | 'refused' //    planned, and not simulated yet: there are graphs, and no events
  | 'planned' //    a plan from elsewhere is shown: there is nothing that could run

export const UNDER_WAY: readonly Phase[] = ['compiling', 'loading', 'starting', 'replaying', 'simulating']
/** Until then the trace on screen is that of the run before. */
export const COMING: readonly Phase[] = ['compiling', 'loading', 'starting', 'replaying']
/** No event will come any more. */
export const OVER: readonly Phase[] = ['ended', 'broken', 'refused', 'planned']
