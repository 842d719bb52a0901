import { taskName } from '../../../graph/names'
import { sharedSlotsOf } from '../../../graph/slotSharing'
import { family } from '../family'
import { jobOf, type GivenVertices } from './jobVertices'

export const slotSharing = family<GivenVertices>('slot-sharing', (given) => {
  const { slotOf, count } = sharedSlotsOf(jobOf(given))
  const groups: string[][] = Array.from({ length: count }, () => [])
  let subtasks = 0
  for (const { name, parallelism } of given.jobVertices) {
    for (let subtask = 0; subtask < parallelism; subtask++) groups[slotOf[subtasks++]!]!.push(taskName(name, subtask, parallelism))
  }
  return { groups }
})
