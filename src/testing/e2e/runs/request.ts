import { compile } from '../../../client/compile'
import type { RunRequest } from '../../../minicluster/types'

/** A program on two TaskManagers, without topics. */
export function requestOf(text: string): RunRequest {
  return {
    scenario: {
      version: 4,
      name: 'test',
      program: { language: 'typescript', text },
      topics: [],
      cluster: { taskManagers: 2, linkLatency: 10, clockStart: 1_700_000_000_000, recordCost: 20 },
      configuration: {},
      interventions: [],
      seed: 1,
    },
    compiled: compile(text),
    topics: [],
    tracing: true,
  }
}
