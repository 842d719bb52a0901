import { STAGES, type Stage } from './layout'

/** What the graph remembers of how a person looks at it; anyone may have changed it. */
export const readStage = (memory: unknown): Stage => {
  const stage = typeof memory === 'object' && memory !== null && 'stage' in memory ? memory.stage : undefined
  return STAGES.find((known) => known === stage) ?? 'subtasks'
}
