import type { Problem } from '../core/problem'
import { problem } from '../core/problem'
import type { Plan } from '../graph/types'
import { isSimulated } from '../runtime/operators'

/** More of them than a tab can carry; a real cluster has other limits. */
const MOST_SUBTASKS = 20_000
const MOST_CHANNELS = 250_000

/** Why a plan, which can well be looked at, cannot be simulated: on the line of the first operator at fault. null: it can. */
export function refusalOf({ streamGraph, jobGraph, executionGraph }: Plan): Problem | null {
  if (jobGraph.jobs.some(({ type }) => type === 'BATCH')) return problem('batch-mode', {}, { in: 'run' })
  const node = streamGraph.nodes.find((candidate) => !isSimulated(candidate))
  if (node !== undefined) {
    const place = node.line === undefined ? ({ in: 'run' } as const) : ({ in: 'program', line: node.line } as const)
    return problem('not-simulated', { operator: node.name }, place)
  }
  const subtasks = executionGraph.vertices.length
  const channels = executionGraph.channels.length
  if (subtasks > MOST_SUBTASKS || channels > MOST_CHANNELS) return problem('plan-too-large', { subtasks, channels })
  return null
}
