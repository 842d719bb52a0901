import { problem, type Problem } from '../../core/problem'
import type { StreamGraph, StreamNode } from '../../graph/types'
import type { Call, ProgramText } from './programText'

/** Methods that give their own operator back, so that they can stand behind the call that makes it. */
export const SETTERS: ReadonlySet<string> = new Set([
  'name',
  'uid',
  'setUidHash',
  'setParallelism',
  'setMaxParallelism',
  'forceNonParallel',
  'slotSharingGroup',
  'setDescription',
  'setBufferTimeout',
  'startNewChain',
  'disableChaining',
  'returns',
])

/** Methods that make operators, for graphs that do not say which one made theirs. */
const MAKERS =
  /^(map|flatMap|filter|process|project|transform|reduce|aggregate|apply|with|fold|sum|min|max|minBy|maxBy|assignTimestampsAndWatermarks|print|printToErr|addSink|sinkTo|writeAs\w+|writeTo\w+|addSource|from(Source|Data|Elements|Collection|Sequence|ParallelCollection)|generateSequence|read\w*File|createInput|socketTextStream|(un)?orderedWait(WithRetry)?|iterate|closeWith)$/

/** Where an operator is made: the call, and the setters that follow it in its chain. */
export interface Place {
  readonly call: Call
  readonly setters: readonly Call[]
}

/** The call of the program that makes a node of its graph; else the problem that it cannot be told, with the line to look at. */
export function locate(program: ProgramText, graph: StreamGraph, node: StreamNode): Place | Problem {
  const { line } = node
  if (line === undefined) return problem('edit-no-line', { operator: node.name })
  const made = invocationsOf(graph, node)
  const candidates = program.calls
    .filter((call) => makes(call, node) && isOnLine(program, call, line) && !isInsideFunctionOf(program, call))
    // A call runs once its arguments are there, and the chain before it.
    .sort((one, other) => one.close - other.close)
  const place = { in: 'program', line } as const
  const [only] = candidates
  if (only === undefined) return problem('edit-unclear', { operator: node.name, line }, place)
  if (candidates.length === 1 && made.length > 1) return problem('edit-made-several', { line, call: only.name, count: made.length }, place)
  if (candidates.length !== made.length) return problem('edit-unclear', { operator: node.name, line }, place)
  const at = made.findIndex((nodes) => nodes.includes(node))
  const call = candidates[at]!
  if (made[at]!.length > 1 && node.role !== 'sink' && feeds(graph, node, made[at]!))
    return problem('edit-made-inside', { operator: node.name, call: call.name }, place)
  return { call, setters: settersBehind(program, call) }
}

/** The run of setters behind a call. */
export function settersBehind(program: ProgramText, call: Call): readonly Call[] {
  const setters: Call[] = []
  for (let next = program.next(call); next !== null && SETTERS.has(next.name); next = program.next(next)) setters.push(next)
  return setters
}

const makes = (call: Call, node: StreamNode): boolean => (node.call === undefined ? MAKERS.test(call.name) : call.name === node.call)

/** Engines say the line of a method's name or of its parenthesis. */
const isOnLine = (program: ProgramText, call: Call, line: number): boolean =>
  program.lineOfToken(call.nameAt) === line || program.lineOfToken(call.open) === line

/** Whether a call stands in a function that is given to an operator: `.flatMap(line => line.split(' ').map(…))`. */
function isInsideFunctionOf(program: ProgramText, call: Call): boolean {
  return program
    .functionBodies()
    .some(
      ([start, end]) =>
        start <= call.nameAt &&
        call.nameAt <= end &&
        program.calls.some((outer) => outer !== call && MAKERS.test(outer.name) && outer.open < start && end <= outer.close),
    )
}

/** Nodes of one line and method by the call that made them, in order; of one call come the parts of a sink, a join or a reader of files. */
function invocationsOf(graph: StreamGraph, node: StreamNode): readonly (readonly StreamNode[])[] {
  const there = graph.nodes.filter(({ line, call }) => line === node.line && call === node.call).sort((one, other) => one.id - other.id)
  const groups: StreamNode[][] = []
  for (const next of there) {
    const inputs = new Set(graph.edges.filter(({ to }) => to === next.id).map(({ from }) => from))
    const joined = groups.filter((group) => group.some((made) => inputs.has(made.id) && madeTogether(made, next)))
    const rest = groups.filter((group) => !joined.includes(group))
    groups.splice(0, groups.length, ...rest, [...joined.flat(), next])
  }
  return groups
}

const madeTogether = (up: StreamNode, down: StreamNode): boolean =>
  down.role === 'sink' || up.role === 'sink'
    ? up.role === down.role
    : (down.call !== undefined && /^(apply|with|read\w*File)$/.test(down.call)) || down.name.startsWith('Split Reader')

/** Whether a node made by a call is a step on the way to what the call gives back. */
const feeds = (graph: StreamGraph, node: StreamNode, made: readonly StreamNode[]): boolean =>
  graph.edges.some(({ from, to }) => from === node.id && made.some(({ id }) => id === to))
