import { ALIGNMENTS } from '../../core/checkpoints'
import { grown } from '../graphs'
import { momentFold } from '../growing'
import type { Take } from '../growing'
import { EXECUTION_STATES, TraceKind } from '../kinds'
import { processingTimeAt } from '../processingTime'
import { Steps } from '../time/steps'
import type { Fold, TraceEvent } from '../types'
import { Io } from './ioTrack'
import { AttemptTrack, NetworkIndex } from './state'
import type { NetworkState } from './state'

const TAKE: (Take<NetworkIndex> | undefined)[] = []

/** Buffers, credits, and what Flink's metrics are made of (`metrics.ts`, `buffers.ts`, `bottleneck.ts`). */
export const networkFold: Fold<NetworkState> = momentFold((header) => {
  const index = new NetworkIndex(header.executionGraph, (micros) => processingTimeAt(header, micros))
  for (const { host, startsAt } of header.hosts) index.hostStarts.set(host, startsAt ?? 0)
  return index
}, TAKE)

const by = (take: Take<NetworkIndex>, ...kinds: number[]): void => {
  for (const kind of kinds) TAKE[kind] = take
}
const ofTask = (take: (attempt: AttemptTrack, event: TraceEvent, index: NetworkIndex) => void): Take<NetworkIndex> => {
  return (index, event) => {
    const attempt = index.processes.get(event.process)
    // What one that was given up still says on its way out is no metric of anybody.
    if (attempt !== undefined && attempt.ended < 0) take(attempt, event, index)
  }
}

// ---- who is there ------------------------------------------------------------------------------------------------------

by((index, event) => {
  index.graph = grown(index.graph, event)
  index.lookUp()
}, TraceKind.ExecutionGraphCreated)

by((index, event) => {
  if (!index.hostStarts.has(event.a)) index.hostStarts.set(event.a, event.time)
}, TraceKind.TaskManagerRegistered)

const [RUNNING, FINISHED, CANCELED, FAILED] = (['RUNNING', 'FINISHED', 'CANCELED', 'FAILED'] as const).map((state) =>
  EXECUTION_STATES.indexOf(state),
)

by((index, event) => {
  const { a: vertex, b: number, c: state, d: process } = event
  const attempts = (index.attempts[vertex] ??= [])
  let last = attempts.at(-1)
  if (process !== 0 && !index.processes.has(process)) {
    if (last !== undefined) end(index, last, event)
    last = new AttemptTrack(process, vertex, number, event.index, event.time)
    attempts.push(last)
    index.processes.set(process, last)
  }
  if (last?.attempt !== number) return
  if (state === RUNNING && last.running < 0) {
    last.running = event.index
    last.runningTime = event.time
    // It may have worked already, on what a checkpoint held.
    if (last.io.at(event.index).event < 0) last.io.add(event.index, event.time, Io.Idle)
  } else if (state === FINISHED || state === CANCELED || state === FAILED) end(index, last, event)
}, TraceKind.ExecutionState)

function end(index: NetworkIndex, attempt: AttemptTrack, event: TraceEvent): void {
  if (attempt.ended >= 0) return
  attempt.ended = event.index
  attempt.endedTime = event.time
  attempt.io.add(event.index, event.time, Io.None)
  for (const channel of index.inputs[attempt.vertex] ?? []) {
    const { receiver, blocked, stopped } = index.channel(channel)
    if (receiver.buffers.length > 0) receiver.add(event.index, event.time, 0, 0, 0)
    if (blocked.length > 0) blocked.add(event.index, event.time, 0)
    if (stopped.length > 0) stopped.add(event.index, event.time, 0)
  }
  // What a finished task has written is there until it is read.
  if (event.kind === TraceKind.ExecutionState && event.c === FINISHED && event.a === attempt.vertex) return
  for (const channel of index.outputs[attempt.vertex] ?? []) {
    const { sender, credits, stopped } = index.channel(channel)
    if (stopped.length > 0) stopped.add(event.index, event.time, 0)
    if (sender.buffers.length > 0) sender.add(event.index, event.time, 0, 0, 0)
    if (credits.length > 0) credits.add(event.index, event.time, 0)
  }
}

by(
  ofTask((attempt, event) => attempt.io.add(event.index, event.time, event.a)),
  TraceKind.TaskIo,
)

// ---- channels ----------------------------------------------------------------------------------------------------------

by((index, event) => {
  const attempt = index.processes.get(event.process)
  const { sender, receiver } = index.channel(event.a)
  // One that has finished still sends what it has.
  if (attempt === undefined || isOver(index, attempt)) return
  const { a: channel, b: side, c: buffers, d: bytes } = event
  if ((side === 0 ? index.graph.channels[channel]?.from : index.graph.channels[channel]?.to) !== attempt.vertex) return
  ;(side === 0 ? sender : receiver).add(event.index, event.time, buffers, bytes, Number.isNaN(event.x) ? buffers : event.x)
}, TraceKind.QueueLength)

/** Whether somebody else has taken its place, or it was given up. */
const isOver = (index: NetworkIndex, attempt: AttemptTrack): boolean => index.attempts[attempt.vertex]!.at(-1) !== attempt

by((index, event) => {
  index.channel(event.a).credits.add(event.index, event.time, event.b)
}, TraceKind.CreditsGranted)

by((index, event) => {
  const { a, b: sequence, d: bytes } = event
  const channel = index.channel(a)
  channel.sentBytes.put(sequence, bytes)
  // Events take no credit.
  if (bytes === 0) return
  channel.sent.add(event.index)
  if (channel.credits.length > 0) channel.credits.add(event.index, event.time, Math.max(0, channel.credits.lastValue - 1))
  const sender = index.processes.get(event.process)
  if (sender !== undefined) sender.bytesOut.add(event.index, event.time, (sender.bytesOut.lastValue || 0) + bytes)
}, TraceKind.BufferSent)

by((index, event) => {
  const channel = index.channel(event.a)
  const bytes = channel.sentBytes.get(event.b)
  if (bytes === 0) return
  channel.arrived.add(event.index)
  const receiver = index.processes.get(event.process)
  if (receiver !== undefined) receiver.bytesIn.add(event.index, event.time, (receiver.bytesIn.lastValue || 0) + bytes)
}, TraceKind.BufferArrived)

by((index, event) => {
  index.channel(event.a).blocked.add(event.index, event.time, event.b)
}, TraceKind.ChannelBlocked)
by((index, event) => {
  const { blocked, stopped } = index.channel(event.a)
  if (blocked.length > 0 && blocked.lastValue !== 0) blocked.add(event.index, event.time, 0)
  // The word to go on is on its way for as long as the link takes; nothing tells of its arrival.
  if (stopped.length > 0 && stopped.lastValue !== 0) stopped.add(event.index, event.time, 0)
}, TraceKind.ChannelResumed)
by((index, event) => {
  const alignment = ALIGNMENTS[event.c]
  if (alignment !== 'unaligned' && alignment !== 'at-least-once') index.channel(event.a).stopped.add(event.index, event.time, event.b)
}, TraceKind.BarrierOut)

by(
  ofTask((attempt, event) => {
    stepsOf(attempt.pools[event.a === 0 ? 0 : 1], event.b).add(event.index, event.time, event.c, event.d)
  }),
  TraceKind.PoolUsage,
)
by(
  ofTask((attempt, event) => {
    stepsOf(attempt.bufferSizes, event.a).add(event.index, event.time, event.b)
    attempt.timeToConsume.add(event.index, event.time, event.x)
  }),
  TraceKind.BufferSize,
)

function stepsOf(map: Map<number, Steps>, key: number): Steps {
  let steps = map.get(key)
  if (steps === undefined) map.set(key, (steps = new Steps()))
  return steps
}

// ---- records and time --------------------------------------------------------------------------------------------------

by(
  ofTask((attempt, event) => attempt.recordsIn.add(event.index)),
  TraceKind.RecordIn,
)
by(
  ofTask((attempt, event, index) => {
    attempt.recordsIn.add(event.index)
    if (!Number.isNaN(event.x)) attempt.emitLag.add(event.index, event.time, index.processingTime(event.time) - event.x)
  }),
  TraceKind.SourceRecord,
)
by(
  ofTask((attempt, event, index) => {
    if (isCopy(attempt, event, index)) return
    attempt.recordsOut.add(event.index)
  }),
  TraceKind.RecordOut,
)

/** N-13: a record counts once, however many outputs and channels it goes to. */
function isCopy(attempt: AttemptTrack, event: TraceEvent, index: NetworkIndex): boolean {
  const { a: channel, b: number, c: origin } = event
  const before = attempt.lastChannel
  const same = number === attempt.lastNumber && origin === attempt.lastOrigin
  attempt.lastNumber = number
  attempt.lastOrigin = origin
  attempt.lastChannel = channel
  if (!same || channel <= before) return false
  const { channels, job } = index.graph
  const edge = channels[channel]?.edge ?? -1
  return channels[before]?.edge !== edge || job.edges[edge]?.partitioner.name === 'BROADCAST'
}

by(
  ofTask((attempt, event, index) => {
    if (headOf(index, attempt) === event.a) attempt.inputWatermark.add(event.index, event.time, event.x)
  }),
  TraceKind.WatermarkAdvanced,
)
by(
  ofTask((attempt, event) => {
    if (attempt.outputWatermark.lastValue !== event.x) attempt.outputWatermark.add(event.index, event.time, event.x)
  }),
  TraceKind.WatermarkOut,
  TraceKind.WatermarkEmitted,
)
by(
  ofTask((attempt, event) => attempt.late.add(event.index)),
  TraceKind.LateDropped,
)
by(
  ofTask((attempt, event) => attempt.asked.add(event.index)),
  TraceKind.AsyncRequested,
)
by(
  ofTask((attempt, event) => {
    if (event.d !== 3) attempt.answered.add(event.index)
  }),
  TraceKind.AsyncAnswered,
)

const headOf = ({ graph }: NetworkIndex, { vertex }: AttemptTrack): number =>
  graph.job.vertices[graph.vertices[vertex]?.vertex ?? -1]?.chain[0]?.node ?? -1

// ---- jobs --------------------------------------------------------------------------------------------------------------

by((index, event) => index.job(event.b).status.add(event.index, event.time, event.a), TraceKind.JobStatus)
by((index, event) => {
  const job = index.job(event.a)
  job.triggered.add(event.index)
  job.pending.set(event.b, event.time)
}, TraceKind.CheckpointTriggered)
by((index, event) => {
  const job = index.job(event.a)
  job.completed.add(event.index)
  const triggered = job.pending.get(event.b)
  job.pending.delete(event.b)
  if (triggered !== undefined) job.lastDuration.add(event.index, event.time, Math.floor((event.time - triggered) / 1000))
  job.lastSize.add(event.index, event.time, event.x)
}, TraceKind.CheckpointCompleted)
by((index, event) => {
  const job = index.job(event.a)
  job.failed.add(event.index)
  job.pending.delete(event.b)
}, TraceKind.CheckpointAborted)
by((index, event) => {
  if (event.b > 0) index.job(event.a).restarts.add(event.index)
}, TraceKind.RestartScheduled)
by((index, event) => {
  index.deaths.add(event.index)
  for (const job of index.jobs) {
    job?.pending.clear()
    job?.lastDuration.add(event.index, event.time, -1)
    job?.lastSize.add(event.index, event.time, -1)
  }
}, TraceKind.JobManagerDied)
