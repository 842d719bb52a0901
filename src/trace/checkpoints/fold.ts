import { ALIGNMENTS, SNAPSHOT_TYPES } from '../../core/checkpoints'
import { grown } from '../graphs'
import { momentFold } from '../growing'
import type { Take } from '../growing'
import { EXECUTION_STATES, TraceKind } from '../kinds'
import { Steps } from '../time/steps'
import type { Fold, TraceEvent } from '../types'
import { sharesOf } from './payloads'
import { CheckpointsIndex, CheckpointTrack, ProcessTrack, ShareTrack } from './state'
import type { CheckpointsState, Mark } from './state'

const IS_OVER = new Set(['CANCELED', 'FAILED'].map((state) => EXECUTION_STATES.indexOf(state as 'FAILED')))

const TAKE: (Take<CheckpointsIndex> | undefined)[] = []

/** All that views and explanations ask of checkpoints (`queries.ts`). */
export const checkpointsFold: Fold<CheckpointsState> = momentFold(({ executionGraph }) => new CheckpointsIndex(executionGraph), TAKE)

const by = (take: Take<CheckpointsIndex>, ...kinds: number[]): void => {
  for (const kind of kinds) TAKE[kind] = take
}

const markOf = ({ index: event, time }: TraceEvent): Mark => ({ event, time })
const typeOf = (code: number) => SNAPSHOT_TYPES[code] ?? 'checkpoint'
const alignmentOf = (code: number) => ALIGNMENTS[code] ?? 'aligned'

// ---- who is there ------------------------------------------------------------------------------------------------------

by((index, event) => {
  index.graph = grown(index.graph, event)
}, TraceKind.ExecutionGraphCreated)

by((index, event) => {
  if (event.d !== 0 && !index.processes.has(event.d)) index.processes.set(event.d, new ProcessTrack(event.d, event.a))
  // Nobody reads on from what was blocked: the next attempt has other channels.
  if (!IS_OVER.has(event.c)) return
  for (const [channel, blocked] of index.blocking) {
    if (index.graph.channels[channel]?.to !== event.a) continue
    blocked.until = event.index
    index.blocking.delete(channel)
  }
}, TraceKind.ExecutionState)

by((index, event) => {
  const process = index.processes.get(event.process)
  if (process !== undefined) (index.io[process.vertex] ??= new Steps()).add(event.index, event.time, event.a)
}, TraceKind.TaskIo)

// ---- the JobManager ----------------------------------------------------------------------------------------------------

by((index, event) => {
  const { a: job, b: id, c, index: triggered, time, x } = event
  const track = new CheckpointTrack(job, id, typeOf(c), triggered, time, x, sharesOf.triggered(event))
  for (const vertex of track.must) track.shares.set(vertex, new ShareTrack(vertex))
  index.job(job).checkpoints.push(track)
  index.job(job).byId.set(id, track)
}, TraceKind.CheckpointTriggered)

by((index, event) => {
  index.job(event.a).refused.push({ ...markOf(event), type: typeOf(event.b), reason: event.c })
}, TraceKind.CheckpointRefused)

by((index, event) => {
  const track = index.job(event.a).byId.get(event.b)
  if (track === undefined) return
  shareOf(track, event.c).acknowledged = {
    ...markOf(event),
    bytes: event.x,
    metrics: sharesOf.acknowledged(event),
    attempt: event.d,
  }
}, TraceKind.CheckpointAcknowledged)

by((index, event) => {
  const track = index.job(event.a).byId.get(event.b)
  if (track !== undefined && event.d >= 0) shareOf(track, event.d).declined = { ...markOf(event), reason: event.c }
}, TraceKind.CheckpointDeclined)

by((index, event) => {
  const track = index.job(event.a).byId.get(event.b)
  if (track === undefined || track.ended >= 0) return
  end(track, event)
  track.outcome = 'completed'
  track.completion = sharesOf.completed(event)
  track.bytes = event.x
}, TraceKind.CheckpointCompleted)

by((index, event) => {
  const track = index.job(event.a).byId.get(event.b)
  if (track === undefined || track.ended >= 0) return
  end(track, event)
  track.reason = event.c
  track.failures = event.d
}, TraceKind.CheckpointAborted)

by((index, event) => {
  const track = index.job(event.a).byId.get(event.b)
  if (track !== undefined) track.discarded = event.index
}, TraceKind.CheckpointDiscarded)

by((index, event) => {
  index.job(event.a).restores.push({ ...markOf(event), checkpoint: event.b, first: event.d === 1 })
}, TraceKind.JobRestored)

by((index, event) => {
  // Whoever waited for acknowledgements is no more.
  for (const job of index.jobs) for (const track of job?.checkpoints ?? []) if (track.ended < 0) end(track, event)
}, TraceKind.JobManagerDied)

function end(track: CheckpointTrack, event: TraceEvent): void {
  track.ended = event.index
  track.endedTime = event.time
}

// ---- tasks -------------------------------------------------------------------------------------------------------------

function shareOf(track: CheckpointTrack, vertex: number): ShareTrack {
  let share = track.shares.get(vertex)
  if (share === undefined) track.shares.set(vertex, (share = new ShareTrack(vertex)))
  return share
}

/** What the process that speaks does for checkpoint `id`; null when it is no task, or nobody triggered that. */
function shareIn(index: CheckpointsIndex, event: TraceEvent, id: number): ShareTrack | null {
  const process = index.processes.get(event.process)
  if (process === undefined) return null
  const track = index.jobOf(process).byId.get(id)
  if (track === undefined) return null
  const share = shareOf(track, process.vertex)
  share.process = event.process
  return share
}

const ofTask = (id: 'a' | 'b', take: (share: ShareTrack, event: TraceEvent, index: CheckpointsIndex) => void): Take<CheckpointsIndex> => {
  return (index, event) => {
    const share = shareIn(index, event, event[id])
    if (share !== null) take(share, event, index)
  }
}
const barrierOf = (event: TraceEvent, overtook: number) => ({
  ...markOf(event),
  channel: event.a,
  alignment: alignmentOf(event.c),
  overtook,
})

by(
  ofTask('b', (share, event) => {
    // One that turns unaligned on its way says so once more.
    const before = share.sent.findIndex(({ channel }) => channel === event.a)
    if (before >= 0) share.sent[before] = { ...share.sent[before]!, alignment: alignmentOf(event.c), overtook: event.d }
    else share.sent.push(barrierOf(event, event.d))
  }),
  TraceKind.BarrierOut,
)
by(
  ofTask('b', (share, event) => {
    if (!share.arrived.some(({ channel }) => channel === event.a)) share.arrived.push(barrierOf(event, 0))
  }),
  TraceKind.BarrierIn,
)
by(
  ofTask('b', (share, event) => share.announced.push({ ...markOf(event), channel: event.a })),
  TraceKind.BarrierAnnounced,
)
by(
  ofTask('b', (share, event, index) => {
    const mark = { ...markOf(event), channel: event.a, until: -1 }
    share.blocked.push(mark)
    index.blocking.set(event.a, mark)
  }),
  TraceKind.ChannelBlocked,
)
by((index, event) => {
  const blocked = index.blocking.get(event.a)
  if (blocked === undefined) return
  blocked.until = event.index
  index.blocking.delete(event.a)
}, TraceKind.ChannelResumed)
by(
  ofTask('a', (share, event) => {
    share.alignment = { ...markOf(event), channels: event.b }
  }),
  TraceKind.AlignmentBegun,
)
by(
  ofTask('a', (share, event) => {
    share.aligned = { ...markOf(event), how: event.b, reason: event.c, duration: event.x }
  }),
  TraceKind.AlignmentEnded,
)
by(
  ofTask('a', (share, event, index) => {
    share.begun = { ...markOf(event), alignment: alignmentOf(event.b), startDelay: event.x }
    share.offsets = [...(index.processes.get(event.process)?.offsets.values() ?? [])]
  }),
  TraceKind.CheckpointBegun,
)
by(
  ofTask('a', (share, event) => {
    share.sync = { ...markOf(event), duration: event.b, bytes: event.x, operators: sharesOf.sync(event) }
  }),
  TraceKind.SnapshotSync,
)
by(
  ofTask('a', (share, event) => {
    share.done = { ...markOf(event), duration: event.b, bytes: event.x }
  }),
  TraceKind.SnapshotDone,
)
by(
  ofTask('b', (share, event) => {
    const { a: channel, c: records, d: bytes } = event
    const side = event.x === 1 ? 'output' : 'input'
    const mark = { ...markOf(event), channel, side, records, bytes } as const
    const before = share.persisted.findIndex((known) => known.channel === channel && known.side === side)
    if (before < 0) share.persisted.push(mark)
    else share.persisted[before] = mark
  }),
  TraceKind.ChannelStatePersisted,
)
by(
  ofTask('a', (share, event) => {
    share.notified = { ...markOf(event), how: event.b }
  }),
  TraceKind.CheckpointNotified,
)

// ---- what they hold ----------------------------------------------------------------------------------------------------

by((index, event) => index.processes.get(event.process)?.updates.add(event.index), TraceKind.StateUpdated)
by((index, event) => {
  const { a: node, c: partition, d } = event
  index.processes.get(event.process)?.offsets.set(`${node}/${partition}`, { node, partition, offset: d + 1, event: event.index })
}, TraceKind.SourceRecord)
by((index, event) => {
  const { a: node, b: partition, c: offset } = event
  index.processes.get(event.process)?.offsets.set(`${node}/${partition}`, { node, partition, offset, event: event.index })
}, TraceKind.OffsetRestored)
by((index, event) => {
  const process = index.processes.get(event.process)
  if (process !== undefined) process.restored = event.b
}, TraceKind.StateRestored)
by((index, event) => {
  const process = index.processes.get(event.process)
  if (process !== undefined && event.d > 0) index.jobOf(process).byId.get(event.d)?.transactions.add(event.index)
}, TraceKind.TransactionMoved)
by(
  (index, event) => {
    index.files.add(event.index)
    if (event.kind === TraceKind.FileWritten && event.c >= 0) index.used.add(event.index, event.time, event.c)
  },
  TraceKind.FileWritten,
  TraceKind.FileDeleted,
  TraceKind.FileFailed,
)
