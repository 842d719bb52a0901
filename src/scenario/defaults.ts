import type { Cluster, Scenario, Topic } from './types'

export const DEFAULT_CLUSTER: Cluster = {
  taskManagers: 2,
  linkLatency: 10,
  /** 1 January 2001, 00:00 UTC: above 0, because Flink's idleness timer takes 0 for "not started" (T-5). */
  clockStart: 978_307_200_000,
  recordCost: 20,
}

/** An empty scenario on a cluster of two TaskManagers with Flink's defaults; `overrides` wins. */
export const newScenario = (overrides: Partial<Scenario> = {}): Scenario => ({
  version: 4,
  name: '',
  program: { language: 'typescript', text: '' },
  topics: [],
  cluster: DEFAULT_CLUSTER,
  configuration: { 'parallelism.default': '2', 'taskmanager.numberOfTaskSlots': '2' },
  interventions: [],
  seed: 1,
  ...overrides,
})

/** The flights of the first lesson: an hour at the airports passes in a second of the cluster's clock. */
export const FLIGHTS_TOPIC: Topic = {
  name: 'flights',
  partitions: 2,
  table: { from: 'app', file: 'flights-2k', edits: [] },
  eventTime: 'date',
  arrival: { by: 'column', column: 'arrival', speed: 3600, delay: 2000 },
}
