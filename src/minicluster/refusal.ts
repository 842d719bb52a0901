import type { Problem } from '../core/problem'
import { problem } from '../core/problem'
import type { Plan } from '../graph/types'
import { isSimulated } from '../runtime/operators'

/** Why a plan, which can well be looked at, cannot be simulated: on the line of the first operator at fault. null: it can. */
export function refusalOf({ streamGraph, jobGraph, executionGraph }: Plan): Problem | null {
  if (jobGraph.jobs.some(({ type }) => type === 'BATCH')) return problem('batch-mode', {}, { in: 'run' })
  const node = streamGraph.nodes.find((node) => !isSimulated(node))
  if (node !== undefined) {
    const place = node.line === undefined ? ({ in: 'run' } as const) : ({ in: 'program', line: node.line } as const)
    return problem('not-simulated', { operator: node.name }, place)
  }
  return executionGraph.tooLarge === undefined ? null : problem('plan-too-large', executionGraph.tooLarge)
}
