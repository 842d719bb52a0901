import { taskName } from './names'
import type { ChainBreak, Plan } from './types'

/** Ids, lines and whose will it was are for those who mend it, not for a line of text. */
const UNTOLD = new Set(['node', 'sourceNode', 'line', 'call', 'strategy', 'by'])

const why = ({ rule, args }: ChainBreak): string => {
  const told = Object.entries(args).flatMap(([name, value]) => (UNTOLD.has(name) ? [] : [`${name} ${value}`]))
  return told.length === 0 ? rule : `${rule}: ${told.join(', ')}`
}

/**
 * A plan as a page of text: vertices, the exchanges between them with the reason for each cut, and who shares a slot.
 * For tests and terminals.
 */
export function planText({ jobGraph, executionGraph }: Plan): string {
  const lines = [`${jobGraph.jobName} (${jobGraph.jobType})`]
  for (const vertex of jobGraph.vertices) {
    const group = vertex.slotSharingGroup === 'default' ? '' : ` in ${vertex.slotSharingGroup}`
    lines.push(`${vertex.index} ${vertex.name} x${vertex.parallelism}${group}`)
  }
  for (const edge of jobGraph.edges) {
    const tag = edge.outputTag === undefined ? '' : ` [${edge.outputTag}]`
    const blocking = edge.resultType === 'BLOCKING' ? ' blocking' : ''
    lines.push(`${edge.fromVertex} -> ${edge.toVertex} ${edge.partitioner.name}${tag}${blocking} (${why(edge.reason)})`)
  }
  for (let slot = 0; slot < executionGraph.sharedSlots; slot++) {
    const names = executionGraph.vertices
      .filter((vertex) => vertex.sharedSlot === slot)
      .map(({ vertex, subtask, parallelism }) => taskName(String(vertex), subtask, parallelism))
    lines.push(`slot ${slot}: ${names.join(', ')}`)
  }
  return lines.join('\n')
}
