import { problem, type Problem } from '../../core/problem'
import type { OperatorEdit } from '../../graph/edits'
import type { StreamEdge, StreamGraph, StreamNode } from '../../graph/types'
import { addBefore, remove, type Change } from './changes'
import type { Place } from './locate'
import type { Call, ProgramText } from './programText'

type PartitionerEdit = Extract<OperatorEdit, { set: 'partitioner' }>

const PARTITIONERS: ReadonlySet<string> = new Set(['forward', 'rebalance', 'rescale', 'shuffle', 'broadcast', 'global', 'partitionCustom'])
/** What stands between keyBy and the operator that it is for. */
const WINDOWING: ReadonlySet<string> = new Set([
  'window',
  'windowAll',
  'countWindow',
  'countWindowAll',
  'timeWindow',
  'timeWindowAll',
  'trigger',
  'evictor',
  'allowedLateness',
  'sideOutputLateData',
])

/** Takes away, changes or adds the partitioner on an edge of an operator, its only one if `from` is not said. Of several in a row the nearest to it counts (G-2). */
export function partitionerChanges(
  program: ProgramText,
  graph: StreamGraph,
  node: StreamNode,
  { call }: Place,
  { value, from }: PartitionerEdit,
): readonly Change[] | Problem {
  const at = { in: 'program', line: program.lineOfToken(call.nameAt) } as const
  const inputs = graph.edges.filter(({ to }) => to === node.id)
  const edges = inputs.filter((edge) => from === undefined || edge.from === from)
  const [edge] = edges
  if (edge === undefined) return problem('edit-no-input', { operator: node.name }, at)
  if (edges.length > 1) return problem('edit-several-inputs', { operator: node.name, count: edges.length }, at)
  if (edge.partitioner.name === 'HASH') return problem('edit-keyed', { operator: node.name }, at)
  if (inputs.length > 1) return changesOnEdge(program, graph, node, edge, value)

  let first = call
  for (let before = program.previous(first); before !== null && WINDOWING.has(before.name); before = program.previous(first)) first = before
  const found = partitionersBefore(program, first)
  if ('code' in found) return found
  const [nearest] = found
  if (value === 'none') {
    if (nearest === undefined) return problem('edit-nothing', { operator: node.name }, at)
    return found.map((link) => remove(program, link))
  }
  if (nearest === undefined) {
    // `AsyncDataStream.orderedWait(stream, …)`: what stands before the dot is no stream.
    if (program.isImported(program.textAt(first.dot - 1))) return problem('edit-unclear', { operator: node.name, line: at.line }, at)
    return [addBefore(program, first, `.${value}()`)]
  }
  return replaced(program, nearest, node, value)
}

function replaced(program: ProgramText, link: Call, node: StreamNode, value: string): readonly Change[] | Problem {
  if (link.name === value) return problem('edit-same', { operator: node.name })
  return [{ start: program.tokens[link.nameAt]!.start, end: program.tokens[link.close]!.end, text: `${value}()` }]
}

/** Of several inputs: the call that the edge says, if it made no other edge and is the only such one on its line. */
function changesOnEdge(program: ProgramText, graph: StreamGraph, node: StreamNode, edge: StreamEdge, value: PartitionerEdit['value']) {
  const { line, call } = edge
  const place = line === undefined ? undefined : ({ in: 'program', line } as const)
  if (line === undefined || call === undefined) {
    if (value === 'none') return problem('edit-nothing', { operator: node.name }, place)
    return problem('edit-several-inputs', { operator: node.name, count: graph.edges.filter(({ to }) => to === node.id).length }, place)
  }
  const links = program.calls.filter((link) => link.name === call && program.lineOfToken(link.nameAt) === line)
  const made = graph.edges.filter((other) => other.line === line && other.call === call)
  if (links.length !== 1 || made.length !== 1 || !PARTITIONERS.has(call))
    return problem('edit-unclear', { operator: node.name, line }, place)
  return value === 'none' ? [remove(program, links[0]!)] : replaced(program, links[0]!, node, value)
}

/** Partitioners directly before a link, nearest first; through a variable only if nobody else reads it. */
function partitionersBefore(program: ProgramText, link: Call): readonly Call[] | Problem {
  const found: Call[] = []
  let from = program.previous(link)
  if (from === null) {
    const root = link.dot - 1
    const variable = program.isDot(root - 1) ? '' : program.textAt(root)
    from = /^[\w$]+$/.test(variable) ? program.valueOf(variable) : null
    if (from !== null && PARTITIONERS.has(from.name) && program.readsOf(variable)?.length !== 1) {
      const line = program.lineOfToken(from.nameAt)
      return problem('edit-shared', { variable, line }, { in: 'program', line })
    }
  }
  for (; from !== null && PARTITIONERS.has(from.name); from = program.previous(from)) found.push(from)
  return found
}
