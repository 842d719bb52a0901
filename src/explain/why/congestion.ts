import { TaskIo } from '../../trace/cluster/state'
import { busiest } from '../../trace/checkpoints/slow'
import type { CheckpointTrack } from '../../trace/checkpoints/state'
import { channelName } from '../../trace/narration'
import type { Held } from './hold'
import { checkpointsOf } from './known'
import { slowHeld, slowTask } from './slow'
import type { Situation } from './situation'

/** µs that are looked back to tell who is busy. */
const WINDOW = 1_000_000

interface Blocking {
  readonly track: CheckpointTrack
  /** ChannelBlocked. */
  readonly event: number
}

/** The checkpoint for which a channel is not read at the moment: its barrier is there, others are not; null: it is read. */
function blocking(s: Situation, channel: number): Blocking | null {
  const to = s.header.executionGraph.channels[channel]?.to
  if (to === undefined) return null
  const tracks = checkpointsOf(s).index.jobs[s.jobOf(to)]?.checkpoints ?? []
  for (let at = tracks.length - 1; at >= 0; at--) {
    const track = tracks[at]!
    if (track.triggered > s.event) continue
    const mark = track.shares
      .get(to)
      ?.blocked.find((one) => one.channel === channel && one.event <= s.event && (one.until < 0 || one.until > s.event))
    if (mark !== undefined) return { track, event: mark.event }
  }
  return null
}

export function blockingCheckpoint(s: Situation, channel: number): { readonly job: number; readonly id: number } | null {
  const found = blocking(s, channel)
  return found === null ? null : { job: found.track.job, id: found.track.id }
}

/** What a channel waits for that is blocked by a checkpoint; null: it is not. */
export function blockedByCheckpoint(s: Situation, channel: number): Held | null {
  const found = blocking(s, channel)
  if (found === null) return null
  const first = s.cause('channel-blocked', { channel: channelName(s.header, channel), id: found.track.id }, found.event, {
    kind: 'channel',
    channel,
  })
  const slow = slowHeld(s, found.track)
  return { causes: [first, ...(slow?.causes ?? [])], root: 'aligning-checkpoint', fixes: slow?.fixes ?? [] }
}

/** A task that cannot give on what it has, because nobody takes it: from there down to whoever is busy; null: it can. */
export function backPressured(s: Situation, exec: number): Held | null {
  const state = checkpointsOf(s)
  const io = state.index.io[exec]
  const count = io?.count(s.event) ?? 0
  if (io === undefined || count === 0 || io.value(count - 1) !== TaskIo.BackPressured) return null
  const since = io.event(count - 1)
  const from = Math.max(0, s.time - WINDOW)
  const { vertex, busy } = busiest(state, exec, from, Math.max(from + 1, s.time))
  if (vertex < 0 || vertex === exec) return null
  const slow = slowTask(s, vertex, -1, Math.round(busy * 100))
  return {
    causes: [s.cause('back-pressured', { task: s.subtaskName(exec) }, since, s.subtaskSelection(exec)), ...slow.causes],
    root: 'slow-operator',
    fixes: slow.fixes,
  }
}
