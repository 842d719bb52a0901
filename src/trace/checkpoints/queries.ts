import type { CheckpointsState, CheckpointTrack, JobTrack, Mark, RestoreMark, ShareTrack } from './state'

// What one may ask of checkpoints at a moment. What has an event beyond the moment is not there yet.

export type Status = 'pending' | 'completed' | 'failed'

/** `mark` if it has happened. */
export const seen = <M extends { readonly event: number }>(state: CheckpointsState, mark: M | null): M | null =>
  mark !== null && mark.event <= state.event ? mark : null
const isPast = (state: CheckpointsState, event: number): boolean => event >= 0 && event <= state.event

const jobAt = (state: CheckpointsState, job: number): JobTrack | null => state.index.jobs[job] ?? null

/** A job's checkpoints that have been triggered, the oldest first. */
export function checkpointsAt(state: CheckpointsState, job: number): readonly CheckpointTrack[] {
  const all = jobAt(state, job)?.checkpoints ?? []
  let count = all.length
  while (count > 0 && all[count - 1]!.triggered > state.event) count--
  return count === all.length ? all : all.slice(0, count)
}

export const statusOf = (state: CheckpointsState, track: CheckpointTrack): Status =>
  !isPast(state, track.ended) ? 'pending' : track.outcome

/** Completed, and its files not given up. */
export const isKept = (state: CheckpointsState, track: CheckpointTrack): boolean =>
  statusOf(state, track) === 'completed' && !isPast(state, track.discarded)

/** µs from the trigger to its end, or to the moment while it is pending: Flink's End to End Duration. */
export const durationOf = (state: CheckpointsState, track: CheckpointTrack): number =>
  (isPast(state, track.ended) ? track.endedTime : state.time) - track.time

export const latest = (state: CheckpointsState, job: number, status: Status, savepoint: boolean | null = null): CheckpointTrack | null =>
  checkpointsAt(state, job).findLast(
    (track) =>
      statusOf(state, track) === status &&
      (savepoint === null || savepoint === (track.type !== 'checkpoint' && track.type !== 'full-checkpoint')),
  ) ?? null

export interface Counts {
  readonly triggered: number
  readonly inProgress: number
  readonly completed: number
  readonly failed: number
  readonly restored: number
  /** Requests that got no number. */
  readonly refused: number
}

/** As the Overview of Flink's dashboard counts. */
export function countsOf(state: CheckpointsState, job: number): Counts {
  const all = checkpointsAt(state, job)
  const of = (status: Status): number => all.reduce((sum, track) => sum + (statusOf(state, track) === status ? 1 : 0), 0)
  const past = (marks: readonly Mark[]): number => marks.filter(({ event }) => event <= state.event).length
  return {
    triggered: all.length,
    inProgress: of('pending'),
    completed: of('completed'),
    failed: of('failed'),
    restored: past((jobAt(state, job)?.restores ?? []).filter(({ checkpoint }) => checkpoint > 0)),
    refused: past(jobAt(state, job)?.refused ?? []),
  }
}

/** The last time that a job went back to a checkpoint. */
export const latestRestore = (state: CheckpointsState, job: number): RestoreMark | null =>
  jobAt(state, job)?.restores.findLast(({ event }) => event <= state.event) ?? null

export interface Range {
  readonly least: number
  readonly average: number
  readonly most: number
}

/** Over the completed checkpoints: the Summary of Flink's dashboard. null: none is. */
export function summaryOf(state: CheckpointsState, job: number, of: (track: CheckpointTrack) => number): Range | null {
  const values = checkpointsAt(state, job)
    .filter((track) => statusOf(state, track) === 'completed')
    .map(of)
  if (values.length === 0) return null
  return {
    least: Math.min(...values),
    average: values.reduce((sum, value) => sum + value, 0) / values.length,
    most: Math.max(...values),
  }
}

/** Sums and maxima over those that have acknowledged. */
export interface Totals {
  readonly acknowledged: number
  readonly of: number
  readonly latestAck: number
  readonly checkpointed: number
  readonly full: number
  readonly processed: number
  readonly persisted: number
}

export function totalsOf(state: CheckpointsState, track: CheckpointTrack): Totals {
  let acknowledged = 0
  let latestAck = -1
  let checkpointed = 0
  let full = 0
  let processed = 0
  let persisted = 0
  for (const share of track.shares.values()) {
    const ack = seen(state, share.acknowledged)
    if (ack === null) continue
    acknowledged++
    latestAck = Math.max(latestAck, ack.time)
    checkpointed += ack.metrics?.checkpointedSize ?? ack.bytes
    full += ack.metrics?.fullSize ?? ack.bytes
    processed += ack.metrics?.bytesProcessedDuringAlignment ?? 0
    persisted += ack.metrics?.bytesPersistedDuringAlignment ?? 0
  }
  return { acknowledged, of: track.must.length, latestAck, checkpointed, full, processed, persisted }
}

/** Where a subtask stands with a checkpoint. */
export type Phase = 'waiting' | 'aligning' | 'snapshot' | 'writing' | 'acknowledged' | 'declined'

/** A stretch of virtual µs; `to` is the moment while it goes on. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly open: boolean
  /** The event at which it began. */
  readonly event: number
}

/** What a subtask has done for a checkpoint by the moment. */
export interface Part {
  readonly share: ShareTrack
  readonly phase: Phase
  /** From the trigger to the first barrier, or the snapshot of a source. */
  readonly startDelay: Stretch
  readonly alignment: Stretch | null
  readonly sync: Stretch | null
  readonly async: Stretch | null
  /** µs of the acknowledgement; −1. */
  readonly acknowledged: number
  /** Channels whose barriers are there, and how many there are in all. */
  readonly arrived: readonly number[]
  readonly blocked: readonly number[]
  readonly unaligned: boolean
}

export function partOf(state: CheckpointsState, track: CheckpointTrack, share: ShareTrack): Part {
  const until = isPast(state, track.ended) ? Math.min(track.endedTime, state.time) : state.time
  const arrived = share.arrived.filter(({ event }) => event <= state.event)
  const blocked = share.blocked.filter((mark) => mark.event <= state.event && !isPast(state, mark.until))
  const begun = seen(state, share.begun)
  const sync = seen(state, share.sync)
  const done = seen(state, share.done)
  const ack = seen(state, share.acknowledged)
  const declined = seen(state, share.declined)
  const aligning = seen(state, share.alignment)
  const aligned = seen(state, share.aligned)
  const first = Math.min(arrived[0]?.time ?? Infinity, begun?.time ?? Infinity, aligning?.time ?? Infinity)
  const stretch = (from: number, to: number | null, event: number): Stretch => ({
    from,
    to: Math.max(from, to ?? until),
    open: to === null,
    event,
  })
  const syncEnd = begun === null ? null : begun.time + (sync?.duration ?? 0)
  const alignEnd = aligned?.time ?? (begun !== null && begun.alignment !== 'unaligned' ? begun.time : null)
  return {
    share,
    phase:
      declined !== null
        ? 'declined'
        : ack !== null
          ? 'acknowledged'
          : sync !== null
            ? 'writing'
            : begun !== null
              ? 'snapshot'
              : first < Infinity
                ? 'aligning'
                : 'waiting',
    startDelay: stretch(track.time, first < Infinity ? first : null, track.triggered),
    alignment: aligning === null ? null : stretch(aligning.time, alignEnd ?? done?.time ?? ack?.time ?? null, aligning.event),
    sync: begun === null ? null : stretch(begun.time, sync === null ? null : syncEnd, begun.event),
    async: sync === null || syncEnd === null ? null : stretch(Math.min(syncEnd, state.time), done?.time ?? ack?.time ?? null, sync.event),
    acknowledged: ack?.time ?? -1,
    arrived: arrived.map(({ channel }) => channel),
    blocked: blocked.map(({ channel }) => channel),
    unaligned: begun?.alignment === 'unaligned' || ack?.metrics?.unaligned === true,
  }
}

/** All subtasks that take part, in the order of their numbers. */
export const partsOf = (state: CheckpointsState, track: CheckpointTrack): Part[] =>
  [...track.shares.values()].sort((one, other) => one.vertex - other.vertex).map((share) => partOf(state, track, share))

/** A barrier's way through a channel; `to` is the moment while it is under way. */
export interface BarrierWay {
  readonly channel: number
  readonly from: number
  readonly to: number
  readonly arrived: boolean
  readonly event: number
  readonly overtook: number
  readonly unaligned: boolean
}

export function barrierWays(state: CheckpointsState, track: CheckpointTrack): BarrierWay[] {
  const ways: BarrierWay[] = []
  const { channels } = state.graph
  for (const share of track.shares.values()) {
    for (const { channel, time, event, overtook, alignment } of share.sent) {
      if (event > state.event) continue
      const receiver = track.shares.get(channels[channel]?.to ?? -1)
      const arrival = receiver?.arrived.find((mark) => mark.channel === channel) ?? null
      const there = seen(state, arrival)
      const over = isPast(state, track.ended) ? track.endedTime : state.time
      ways.push({
        channel,
        from: time,
        to: Math.max(time, there?.time ?? over),
        arrived: there !== null,
        event,
        overtook,
        unaligned: alignment === 'unaligned',
      })
    }
  }
  return ways
}
