import { aliveVertices } from '../../trace/cluster/members'
import { attemptAt, channelWatermark, splitsAt, taskWatermarkOf } from '../../trace/time/queries'
import type { AttemptTrack, SplitTrack, TimeState } from '../../trace/time/state'

/** A line of the ledger. Values are looked up when it is drawn: of thousands only those in sight are. */
export type Row =
  | { readonly kind: 'task'; readonly id: string; readonly vertex: number; readonly subtasks: readonly number[]; readonly open: boolean }
  | {
      readonly kind: 'subtask'
      readonly id: string
      readonly vertex: number
      readonly index: number
      readonly open: boolean
      readonly folds: boolean
    }
  | { readonly kind: 'partition'; readonly id: string; readonly index: number; readonly split: SplitTrack }
  | { readonly kind: 'generator'; readonly id: string; readonly index: number; readonly node: number; readonly attempt: AttemptTrack }
  | { readonly kind: 'input'; readonly id: string; readonly index: number; readonly input: number }
  | { readonly kind: 'channel'; readonly id: string; readonly index: number; readonly channel: number; readonly lonely: boolean }
  /** Of a subtask whose channels are folded, the one that holds it: which it is, is looked up when it is drawn. */
  | { readonly kind: 'least'; readonly id: string; readonly index: number }
  /** Channels that are not listed: all but the one that holds the rest. */
  | { readonly kind: 'others'; readonly id: string; readonly index: number; readonly count: number }

export type Order = 'plan' | 'behind'

export interface Folding {
  /** Tasks (job vertices) that are shut. */
  readonly shut: ReadonlySet<number>
  /** Subtasks (execution vertices) whose channels are shown other than by default. */
  readonly turned: ReadonlySet<number>
  readonly order: Order
}

/** So many channels of a subtask are listed without being asked for. */
const FEW_CHANNELS = 6
/** Of a job with more lines than this, only the channel that holds its subtask. */
const FEW_ROWS = 120

/**
 * The ledger's lines at a moment: tasks in the order of the plan, sources first, with their partitions; in each its subtasks, in each its channels. Sorted by what
 * is behind, the least come first within each. Costs a look at each channel only when they are sorted.
 */
export function rowsOf(state: TimeState, { shut, turned, order }: Folding): Row[] {
  const { graph, index } = state
  const rows: Row[] = []
  const many = countRows(state) > FEW_ROWS
  for (const { index: vertex } of graph.job.vertices) {
    const subtasks = sorted(aliveVertices(graph, vertex), order, (subtask) => {
      const attempt = attemptAt(state, subtask)
      return attempt === null ? Infinity : taskWatermarkOf(state, attempt)
    })
    const open = !shut.has(vertex)
    rows.push({ kind: 'task', id: `t${vertex}`, vertex, subtasks, open })
    if (!open) continue
    for (const subtask of subtasks) {
      const attempt = attemptAt(state, subtask)
      const inputs = index.plan.inputs[subtask] ?? []
      const channels = inputs.reduce((sum, { length }) => sum + length, 0)
      const folds = channels > 1 && (many || channels > FEW_CHANNELS)
      const all = !folds || turned.has(subtask)
      rows.push({ kind: 'subtask', id: `s${subtask}`, vertex, index: subtask, open: all, folds })
      if (attempt === null) continue
      for (const split of sorted(splitsAt(state, attempt), order, splitWatermark(state))) {
        if (split.partition >= 0) rows.push({ kind: 'partition', id: `p${subtask} ${split.partition}`, index: subtask, split })
      }
      for (const { node } of graph.job.vertices[vertex]!.chain) {
        if (index.plan.isGenerator(node)) rows.push({ kind: 'generator', id: `g${subtask} ${node}`, index: subtask, node, attempt })
      }
      if (!all) {
        rows.push({ kind: 'least', id: `l${subtask}`, index: subtask })
        rows.push({ kind: 'others', id: `o${subtask}`, index: subtask, count: channels - 1 })
        continue
      }
      inputs.forEach((own, input) => {
        if (inputs.length > 1) rows.push({ kind: 'input', id: `i${subtask} ${input}`, index: subtask, input })
        for (const channel of sorted(own, order, (each) => channelWatermark(state, each)))
          rows.push(channelRow(subtask, channel, channels === 1))
      })
    }
  }
  return rows
}

const channelRow = (index: number, channel: number, lonely: boolean): Row => ({
  kind: 'channel',
  id: `c${channel}`,
  index,
  channel,
  lonely,
})

const splitWatermark =
  (state: TimeState) =>
  ({ steps }: SplitTrack): number => {
    const at = steps.count(state.event) - 1
    return at < 0 ? -Infinity : steps.value(at)
  }

function countRows({ graph, index }: TimeState): number {
  let count = 0
  for (const { index: vertex } of graph.job.vertices)
    for (const subtask of aliveVertices(graph, vertex)) {
      count++
      for (const channels of index.plan.inputs[subtask] ?? []) count += channels.length
    }
  return count
}

function sorted<T>(items: readonly T[], order: Order, by: (item: T) => number): readonly T[] {
  if (order === 'plan' || items.length < 2) return items
  return items
    .map((item) => ({ item, value: by(item) }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
    .map(({ item }) => item)
}
