import { TraceLog } from '../trace/log'
import type { TraceHeader } from '../trace/types'

/** What views that need no run are shown with before there is one: no job, no cluster, no event. */
export const NO_RUN: { readonly header: TraceHeader; readonly log: TraceLog } = {
  header: {
    scenarioHash: '',
    streamGraph: {
      jobName: '',
      jobType: 'STREAMING',
      nodes: [],
      edges: [],
      chainingEnabled: true,
      chainDifferentMaxParallelism: true,
      configuration: {},
    },
    executionGraph: {
      job: { jobName: '', jobType: 'STREAMING', jobs: [], vertices: [], edges: [], configuration: {} },
      generations: [],
      vertices: [],
      channels: [],
      sharedSlots: 0,
    },
    hosts: [],
    topics: [],
    clockStart: 0,
    linkLatency: 0,
    warnings: [],
  },
  log: new TraceLog(),
}
