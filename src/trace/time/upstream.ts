import { attemptAt } from './attempts'
import { channelNow, taskNow } from './channels'
import type { Since } from './moments'
import { knowsSplits, leastSplit, splitNow, splitsAt, type SplitNow } from './sources'
import type { GeneratorTrack, TimeState } from './state'

/** A subtask on the way from a watermark that stands to what holds it. */
export interface Hop {
  /** Execution vertex. */
  readonly vertex: number
  readonly watermark: Since
  /** The channel over which it is held, −1: none; and what stands on it. */
  readonly channel: number
  readonly channelWatermark: Since | null
  /** The sender has sent a greater one: it is on its way. */
  readonly onTheWay: boolean
}

/** Where the way ends, and so what is to blame. */
export type HeldBy =
  /** A partition: `split` says which. */
  | 'partition'
  /** A source without partitions of its own, or one that tells nothing of them. */
  | 'source'
  /** Subtasks that read no partition, and are not idle either. */
  | 'no-splits'
  /** Watermarks are made there, in the middle of the job: `generator`. */
  | 'generator'
  /** No input takes part in the minimum: all are idle, or were and have not caught up. */
  | 'all-idle'
  /** A greater one is on its way: nothing holds it. */
  | 'on-the-way'
  /** It is not deployed (any more). */
  | 'not-running'

export interface Upstream {
  /** From the subtask that was asked about to the one where the way ends. */
  readonly hops: readonly Hop[]
  readonly heldBy: HeldBy
  readonly split: SplitNow | null
  /** The operator in whose hands it ends: a source, or a watermark operator; −1: none. */
  readonly node: number
}

/** From a subtask's watermark along the least channel, task by task, to the partition that is to blame. */
export function traceUpstream(state: TimeState, vertex: number): Upstream {
  const hops: Hop[] = []
  const seen = new Set<number>()
  let at = vertex
  for (;;) {
    const attempt = attemptAt(state, at)
    const none = { value: NaN, event: -1, time: 0 }
    if (attempt === null || seen.has(at)) {
      hops.push({ vertex: at, watermark: none, channel: -1, channelWatermark: null, onTheWay: false })
      return { hops, heldBy: 'not-running', split: null, node: -1 }
    }
    seen.add(at)
    const task = taskNow(state, attempt)
    const end = (heldBy: HeldBy, node = -1, split: SplitNow | null = null): Upstream => {
      hops.push({ vertex: at, watermark: task.watermark, channel: -1, channelWatermark: null, onTheWay: false })
      return { hops, heldBy, split, node }
    }
    const head = state.index.plan.head[state.graph.vertices[at]!.vertex]!
    if (attempt.inputs.length === 0) {
      const least = leastSplit(state, attempt)
      if (least !== null) return end(least.partition < 0 ? 'source' : 'partition', head, splitNow(state, least))
      if (splitsAt(state, attempt).length > 0) return end('all-idle', head)
      return end(knowsSplits(state, head) ? 'no-splits' : 'source', head)
    }
    const channel = task.leastChannel
    if (channel < 0) return end('all-idle')
    const now = channelNow(state, channel)
    const onTheWay = now.sent.value > now.watermark.value
    hops.push({ vertex: at, watermark: task.watermark, channel, channelWatermark: now.watermark, onTheWay })
    const sender = state.index.plan.channelFrom[channel]!
    if (onTheWay) {
      const from = attemptAt(state, sender)
      const watermark = from === null ? none : taskNow(state, from).watermark
      hops.push({ vertex: sender, watermark, channel: -1, channelWatermark: null, onTheWay: false })
      return { hops, heldBy: 'on-the-way', split: null, node: -1 }
    }
    const generator = lastGenerator(state, sender, channel)
    if (generator !== null) {
      const from = attemptAt(state, sender)!
      hops.push({ vertex: sender, watermark: taskNow(state, from).sent, channel: -1, channelWatermark: null, onTheWay: false })
      return { hops, heldBy: 'generator', split: null, node: generator.node }
    }
    at = sender
  }
}

/** The watermark operator that decides what a task sends on a channel; null: its inputs do. */
function lastGenerator(state: TimeState, vertex: number, channel: number): GeneratorTrack | { readonly node: number } | null {
  const { plan } = state.index
  const { edge } = state.graph.channels[channel]!
  for (let node: number | undefined = state.graph.job.edges[edge]!.from; node !== undefined; node = plan.parentOf.get(node)) {
    if (plan.isGenerator(node)) return attemptAt(state, vertex)?.nodes.get(node)?.generator ?? { node }
  }
  return null
}
