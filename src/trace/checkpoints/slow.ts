import { TaskIo } from '../cluster/state'
import { partOf, seen, statusOf } from './queries'
import type { Part } from './queries'
import type { CheckpointsState, CheckpointTrack } from './state'

/** What most of the time went to. */
export type Cause =
  /** A barrier stood in a channel behind what was there before it. */
  | 'queue'
  /** The link, and nothing else. */
  | 'way'
  | 'sync'
  | 'async'
  /** The task was told, and had not come to it. */
  | 'busy'
  /** It has not been heard of. */
  | 'silent'

/** A station on the way from the trigger to the last acknowledgement, from the end to the beginning. */
export interface Station {
  readonly vertex: number
  /** The channel whose barrier it waited for; −1: a source, or none. */
  readonly channel: number
  /** µs that the barrier took from the sender to the task's handling it; −1: it has none. */
  readonly travel: number
  /** The event at which the barrier went out; −1. */
  readonly sent: number
  /** The event at which it came in; −1: it has not. */
  readonly arrived: number
}

export interface SlowPath {
  /** Of the subtask that acknowledged last, or that is waited for. */
  readonly part: Part
  readonly stations: readonly Station[]
  readonly cause: Cause
  /** Where the time went: the channel of the longest travel for `queue` and `way`, else −1. */
  readonly channel: number
  /** Execution vertex at which it went. */
  readonly vertex: number
  /** µs that the cause took. */
  readonly took: number
  /** Whether the first barrier was late (start delay) or the others were (alignment), of `queue` and `way`. */
  readonly during: 'start' | 'alignment'
  /** The subtask that was busy, so that what stood before the barrier did not move; −1: none is known. */
  readonly blame: number
  /** Share of that time in which it was busy, 0 … 1. */
  readonly blameBusy: number
  /** The event to look at. */
  readonly event: number
}

/** Way that a barrier makes with nothing before it, in links: more than this much of a link's latency is waiting. */
const FREE_LINKS = 2

/** The subtask that held the checkpoint up, and why; null: nobody takes part, or nothing has begun. `linkLatency` in µs. */
export function slowestPath(state: CheckpointsState, track: CheckpointTrack, linkLatency: number): SlowPath | null {
  const parts = [...track.shares.values()].map((share) => partOf(state, track, share))
  if (parts.length === 0) return null
  const isOver = statusOf(state, track) === 'completed'
  const open = parts.filter(({ acknowledged }) => acknowledged < 0)
  const part =
    open.length > 0 && !isOver
      ? open.reduce((worst, one) => (progress(one) < progress(worst) ? one : worst))
      : parts.reduce((last, one) => (one.acknowledged > last.acknowledged ? one : last))
  return explain(state, track, part, linkLatency)
}

/** How far a subtask has come: who has come least far is waited for, and of those whoever stands furthest upstream. */
const PHASES = { waiting: 1, aligning: 2, snapshot: 3, writing: 4, acknowledged: 5, declined: 0 } as const
const progress = (part: Part): number => PHASES[part.phase] * 1e6 + part.share.vertex

function explain(state: CheckpointsState, track: CheckpointTrack, part: Part, linkLatency: number): SlowPath {
  const stations = wayTo(state, track, part.share.vertex)
  const length = (stretch: { readonly from: number; readonly to: number } | null): number =>
    stretch === null ? 0 : stretch.to - stretch.from
  const sync = length(part.sync)
  const async = length(part.async)
  const longest = stations.reduce<Station | null>(
    (most, station) => (station.travel >= 0 && (most === null || station.travel > most.travel) ? station : most),
    null,
  )
  const travel = longest?.travel ?? -1
  const own = { part, stations, channel: -1, vertex: part.share.vertex, during: 'start', blame: -1, blameBusy: 0 } as const
  if (async >= sync && async >= travel && part.async !== null) return { ...own, cause: 'async', took: async, event: part.async.event }
  if (sync >= travel && part.sync !== null) return { ...own, cause: 'sync', took: sync, event: part.sync.event }
  if (longest === null || longest.channel < 0) {
    const took = length(part.startDelay)
    const isSource = stations.length <= 1 && part.startDelay.open
    return { ...own, cause: isSource ? 'silent' : 'busy', took, event: part.startDelay.event }
  }
  const from = state.index.graph.channels[longest.channel]!
  const began = sentAt(track, from.from, longest.channel)
  const until = began + travel
  const blame = busiest(state, longest.vertex, began, until)
  const receiver = track.shares.get(longest.vertex)
  const first = receiver?.arrived[0]
  return {
    ...own,
    cause: travel > FREE_LINKS * linkLatency ? 'queue' : 'way',
    channel: longest.channel,
    vertex: longest.vertex,
    took: travel,
    during: first === undefined || first.channel === longest.channel ? 'start' : 'alignment',
    blame: blame.vertex,
    blameBusy: blame.busy,
    event: longest.sent,
  }
}

const sentAt = (track: CheckpointTrack, vertex: number, channel: number): number =>
  track.shares.get(vertex)?.sent.find((mark) => mark.channel === channel)?.time ?? track.time

/** From a subtask back to the source whose barrier it had to wait for, by the barrier that came last to each. */
function wayTo(state: CheckpointsState, track: CheckpointTrack, vertex: number): Station[] {
  const stations: Station[] = []
  const { channels } = state.index.graph
  const met = new Set<number>()
  for (let at = vertex; at >= 0 && !met.has(at);) {
    met.add(at)
    const share = track.shares.get(at)
    const arrived = share?.arrived.filter(({ event }) => event <= state.event) ?? []
    const inputs = channels.filter(({ to, from }) => to === at && track.shares.has(from))
    if (inputs.length === 0) {
      stations.push({ vertex: at, channel: -1, travel: -1, sent: -1, arrived: -1 })
      break
    }
    // What is waited for, while it has not begun: a barrier that is under way, then one that was not sent.
    const missing = inputs.filter(({ id }) => !arrived.some(({ channel }) => channel === id))
    const begun = seen(state, share?.begun ?? null) !== null
    const last = arrived.at(-1)
    const underWay = missing.find(
      ({ id, from }) => seen(state, track.shares.get(from)?.sent.find((mark) => mark.channel === id) ?? null) !== null,
    )
    const channel = !begun && missing.length > 0 ? (underWay ?? missing[0]!) : (channels[last?.channel ?? -1] ?? inputs[0]!)
    const sent = seen(state, track.shares.get(channel.from)?.sent.find((mark) => mark.channel === channel.id) ?? null)
    const came = arrived.find((mark) => mark.channel === channel.id) ?? null
    const until = came?.time ?? state.time
    stations.push({
      vertex: at,
      channel: channel.id,
      travel: sent === null ? -1 : Math.max(0, until - sent.time),
      sent: sent?.event ?? -1,
      arrived: came?.event ?? -1,
    })
    at = channel.from
  }
  return stations
}

/** From a receiver down: who was busy rather than held up by others, between two moments (virtual µs); −1: nobody that is known. */
export function busiest(
  state: CheckpointsState,
  receiver: number,
  from: number,
  until: number,
): { readonly vertex: number; readonly busy: number } {
  const { graph } = state.index
  let at = receiver
  const met = new Set<number>()
  for (;;) {
    met.add(at)
    const own = timesOf(state, at, from, until)
    if (own.blocked <= own.busy) return own.busy > 0 ? { vertex: at, busy: own.busy } : { vertex: -1, busy: 0 }
    let next = -1
    let most = -1
    for (const channel of graph.channels) {
      if (channel.from !== at || met.has(channel.to)) continue
      const { busy, blocked } = timesOf(state, channel.to, from, until)
      if (busy + blocked > most) {
        most = busy + blocked
        next = channel.to
      }
    }
    if (next < 0) return { vertex: at, busy: own.busy }
    at = next
  }
}

/** Shares of a stretch of virtual time in which a subtask was busy, and back-pressured. */
function timesOf(
  state: CheckpointsState,
  vertex: number,
  from: number,
  until: number,
): { readonly busy: number; readonly blocked: number } {
  const io = state.index.io[vertex]
  if (io === undefined || until <= from) return { busy: 0, blocked: 0 }
  let busy = 0
  let blocked = 0
  let end = until
  for (let at = io.countByTime(until, io.count(state.event)) - 1; at >= 0 && end > from; at--) {
    const start = Math.max(from, io.time(at))
    const what = io.value(at)
    if (what === TaskIo.Busy) busy += end - start
    else if (what === TaskIo.BackPressured) blocked += end - start
    end = Math.min(end, start)
  }
  return { busy: busy / (until - from), blocked: blocked / (until - from) }
}
