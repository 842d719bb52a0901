import type { Selection } from '../../scenario/types'
import { aliveVertices } from '../../trace/cluster/members'
import { attemptAt, attemptOfProcess, splitsOf, taskWatermarkOf, traceUpstream, type Upstream } from '../../trace/time/queries'
import type { TimeState } from '../../trace/time/state'
import type { Row } from './rows'

/** The execution vertex whose watermark a selection is about; −1: none. */
export function vertexOf(state: TimeState, selection: Selection | null): number {
  switch (selection?.kind) {
    case 'subtask':
      return aliveVertices(state.graph, selection.vertex)[selection.subtask] ?? -1
    case 'task':
      return mostBehind(state, aliveVertices(state.graph, selection.vertex))
    case 'operator':
      return mostBehind(state, aliveVertices(state.graph, state.index.plan.taskOf.get(selection.node) ?? -1))
    case 'channel':
      return state.index.plan.channelTo[selection.channel] ?? -1
    case 'window':
    case 'timer':
      return attemptOfProcess(state, selection.process)?.vertex ?? -1
    case 'partition':
      return splitsOf(state, selection.node, selection.partition).at(-1)?.attempt.vertex ?? -1
    default:
      return -1
  }
}

/** Of subtasks that run the one with the least watermark, the first of equals; −1: none runs. */
export function mostBehind(state: TimeState, vertices: readonly number[]): number {
  let found = -1
  let lowest = Infinity
  for (const vertex of vertices) {
    const attempt = attemptAt(state, vertex)
    if (attempt === null) continue
    const value = taskWatermarkOf(state, attempt)
    if (found >= 0 && value >= lowest) continue
    found = vertex
    lowest = value
  }
  return found
}

/** Where nobody points: the subtask that is furthest behind of the tasks that windows, joins and timers would be in, those with inputs. */
export function worst(state: TimeState): number {
  const { graph, index } = state
  const receivers = graph.job.vertices.filter(({ index: vertex }) => !index.plan.isSource[vertex])
  return mostBehind(
    state,
    receivers.flatMap(({ index: vertex }) => aliveVertices(graph, vertex)),
  )
}

/** The lines of the ledger that are on the way from a subtask to what holds it. */
export interface Lit {
  readonly way: Upstream
  readonly ids: ReadonlySet<string>
  readonly asked: string
  readonly blamed: string
}

export function lit(state: TimeState, vertex: number): Lit | null {
  if (vertex < 0) return null
  const way = traceUpstream(state, vertex)
  const ids = new Set<string>()
  for (const { vertex: at, channel } of way.hops) {
    ids.add(`s${at}`)
    // A task that is shut stands for its subtasks.
    const task = state.graph.vertices[at]
    if (task !== undefined) ids.add(`t${task.vertex} shut`)
    // Where channels are folded, the one that holds is the only one listed.
    if (channel >= 0) ids.add(`c${channel}`).add(`l${at}`)
  }
  const last = way.hops.at(-1)!.vertex
  let blamed = `s${last}`
  if (way.split !== null && way.split.split.partition >= 0) blamed = `p${last} ${way.split.split.partition}`
  if (way.heldBy === 'generator') blamed = `g${last} ${way.node}`
  ids.add(blamed)
  return { way, ids, asked: `s${vertex}`, blamed }
}

export const isLit = ({ ids }: Lit, row: Row): boolean => ids.has(row.kind === 'task' && !row.open ? `${row.id} shut` : row.id)

/** What a line is on the way: who is asked about, who is to blame, a station between them, or passed by. */
export function roleOf({ way, ids, asked, blamed }: Lit, row: Row): 'asked' | 'blamed' | 'on' | 'through' {
  const id = row.kind === 'task' && !row.open ? `${row.id} shut` : row.id
  if (!ids.has(id)) return 'through'
  // Where nobody holds it, nobody is to blame.
  if (id === blamed && way.heldBy !== 'on-the-way') return 'blamed'
  return id === asked ? 'asked' : 'on'
}
