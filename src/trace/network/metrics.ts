import { LONG_MIN } from '../../core/time'
import type { StreamGraph } from '../../graph/types'
import { JOB_STATUSES } from '../kinds'
import type { TraceLog } from '../log'
import { inputGates, outputPools, queuesOf, usageOf } from './buffers'
import type { BufferSettings } from './buffers'
import { ratePerSecond, timeGauges } from './gauges'
import { attemptAt, eventAt, valueAt } from './state'
import type { AttemptTrack, NetworkState } from './state'

/** Flink's names; their order is that of the table. */
export const TASK_METRICS = [
  'idleTimeMsPerSecond',
  'busyTimeMsPerSecond',
  'softBackPressuredTimeMsPerSecond',
  'hardBackPressuredTimeMsPerSecond',
  'backPressuredTimeMsPerSecond',
  'accumulateIdleTimeMs',
  'accumulateBusyTimeMs',
  'accumulateBackPressuredTimeMs',
  'inPoolUsage',
  'outPoolUsage',
  'inputQueueLength',
  'inputQueueSize',
  'outputQueueLength',
  'outputQueueSize',
  'debloatedBufferSize',
  'estimatedTimeToConsumeBuffersMs',
  'numRecordsIn',
  'numRecordsInPerSecond',
  'numRecordsOut',
  'numRecordsOutPerSecond',
  'numBytesIn',
  'numBytesOut',
  'numLateRecordsDropped',
  'currentInputWatermark',
  'currentOutputWatermark',
  'currentEmitEventTimeLag',
  'watermarkLag',
] as const
export type TaskMetric = (typeof TASK_METRICS)[number]

export const JOB_METRICS = [
  'lastCheckpointDuration',
  'lastCheckpointSize',
  'totalNumberOfCheckpoints',
  'numberOfInProgressCheckpoints',
  'numberOfCompletedCheckpoints',
  'numberOfFailedCheckpoints',
  'numRestarts',
  'uptime',
  'downtime',
] as const
export type JobMetric = (typeof JOB_METRICS)[number]

/** A metric's value, and the event since which; −1: it is of no event. Absent in the map: a task of this sort has no such metric. */
export interface MetricValue {
  readonly value: number
  readonly event: number
}

/** Task with a source of the old kind at its head: its busy time is not known (N-10). */
export function hasLegacySource({ nodes }: StreamGraph, { graph }: NetworkState, vertex: number): boolean {
  const head = graph.job.vertices[graph.vertices[vertex]?.vertex ?? -1]?.chain[0]?.node
  return nodes.find(({ id }) => id === head)?.traits?.source === 'legacy'
}

const hasWindows = ({ nodes }: StreamGraph, { graph }: NetworkState, vertex: number): boolean => {
  const chain = graph.job.vertices[graph.vertices[vertex]?.vertex ?? -1]?.chain ?? []
  return chain.some(({ node }) => nodes.find(({ id }) => id === node)?.operator.kind === 'window')
}

/** N-10, N-12, N-13: metrics of a subtask's attempt at the moment; null: it has not been deployed. */
export function taskMetrics(
  state: NetworkState,
  log: TraceLog,
  streamGraph: StreamGraph,
  vertex: number,
  settings: BufferSettings,
): ReadonlyMap<TaskMetric, MetricValue> | null {
  const attempt = attemptAt(state, vertex)
  if (attempt === null) return null
  const { index } = state
  const values = new Map<TaskMetric, MetricValue>()
  const put = (name: TaskMetric, value: number, event = -1) => values.set(name, { value, event })
  const legacy = hasLegacySource(streamGraph, state, vertex)

  const gauges = timeGauges(state, attempt, legacy)
  put('idleTimeMsPerSecond', gauges.idle)
  put('busyTimeMsPerSecond', gauges.busy)
  put('softBackPressuredTimeMsPerSecond', gauges.softBackPressured)
  put('hardBackPressuredTimeMsPerSecond', gauges.hardBackPressured)
  put('backPressuredTimeMsPerSecond', gauges.backPressured)
  const spent = attempt.io.until(state.time)
  put('accumulateIdleTimeMs', Math.floor(spent.idle / 1000))
  put('accumulateBusyTimeMs', legacy ? NaN : Math.floor(spent.busy / 1000))
  put('accumulateBackPressuredTimeMs', Math.floor(spent.backPressured / 1000))

  const inputs = index.inputs[vertex] ?? []
  const outputs = index.outputs[vertex] ?? []
  if (inputs.length > 0) {
    const gates = inputGates(state, vertex, settings)
    const { used, size } = usageOf(gates)
    put('inPoolUsage', size === 0 ? 0 : used / size)
    const { length, size: bytes } = queuesOf(state, inputs, 'receiver')
    put('inputQueueLength', length)
    put('inputQueueSize', bytes)
    if (settings.debloating) {
      const smallest = gates.reduce((least, gate) => (gate.bufferSize < least.bufferSize ? gate : least))
      put('debloatedBufferSize', smallest.bufferSize, smallest.bufferSizeEvent)
      put('estimatedTimeToConsumeBuffersMs', valueAt(state, attempt.timeToConsume, 0), eventAt(state, attempt.timeToConsume))
    }
  }
  if (outputs.length > 0) {
    const { used, size } = usageOf(outputPools(state, vertex, settings))
    put('outPoolUsage', size === 0 ? 0 : used / size)
    const { length, size: bytes } = queuesOf(state, outputs, 'sender')
    put('outputQueueLength', length)
    put('outputQueueSize', bytes)
  }

  put('numRecordsIn', attempt.recordsIn.count(state.event), attempt.recordsIn.last(state.event))
  put('numRecordsInPerSecond', ratePerSecond(state, log, attempt, attempt.recordsIn))
  put('numRecordsOut', attempt.recordsOut.count(state.event), attempt.recordsOut.last(state.event))
  put('numRecordsOutPerSecond', ratePerSecond(state, log, attempt, attempt.recordsOut))
  if (inputs.length > 0) put('numBytesIn', valueAt(state, attempt.bytesIn, 0), eventAt(state, attempt.bytesIn))
  if (outputs.length > 0) put('numBytesOut', valueAt(state, attempt.bytesOut, 0), eventAt(state, attempt.bytesOut))
  if (hasWindows(streamGraph, state, vertex)) put('numLateRecordsDropped', attempt.late.count(state.event), attempt.late.last(state.event))
  const output = valueAt(state, attempt.outputWatermark, LONG_MIN)
  if (inputs.length > 0)
    put('currentInputWatermark', valueAt(state, attempt.inputWatermark, LONG_MIN), eventAt(state, attempt.inputWatermark))
  put('currentOutputWatermark', output, eventAt(state, attempt.outputWatermark))
  if (inputs.length === 0) {
    if (eventAt(state, attempt.emitLag) >= 0)
      put('currentEmitEventTimeLag', valueAt(state, attempt.emitLag, 0), eventAt(state, attempt.emitLag))
    if (output !== LONG_MIN) put('watermarkLag', index.processingTime(state.time) - output, eventAt(state, attempt.outputWatermark))
  }
  return values
}

const RUNNING = JOB_STATUSES.indexOf('RUNNING')
const RESTARTING = JOB_STATUSES.indexOf('RESTARTING')

/** N-13: what the JobManager says of a job; a JobManager that takes over counts from 0, and knows of no last checkpoint (−1). */
export function jobMetrics(state: NetworkState, job: number): ReadonlyMap<JobMetric, MetricValue> {
  const { event, time, index } = state
  const track = index.jobs[job]
  const values = new Map<JobMetric, MetricValue>()
  const put = (name: JobMetric, value: number, at = -1) => values.set(name, { value, event: at })
  if (track === undefined) return values
  const born = index.deaths.last(event)
  const counted = (list: typeof track.completed) => list.count(event) - list.count(born)
  const since = (list: typeof track.completed) => (counted(list) === 0 ? -1 : list.last(event))
  put('lastCheckpointDuration', valueAt(state, track.lastDuration, -1), eventAt(state, track.lastDuration))
  put('lastCheckpointSize', valueAt(state, track.lastSize, -1), eventAt(state, track.lastSize))
  const [triggered, completed, failed] = [counted(track.triggered), counted(track.completed), counted(track.failed)]
  put('totalNumberOfCheckpoints', triggered, since(track.triggered))
  put('numberOfInProgressCheckpoints', Math.max(0, triggered - completed - failed))
  put('numberOfCompletedCheckpoints', completed, since(track.completed))
  put('numberOfFailedCheckpoints', failed, since(track.failed))
  put('numRestarts', counted(track.restarts), since(track.restarts))
  const at = track.status.count(event) - 1
  const status = at < 0 ? -1 : track.status.value(at)
  const lasted = at < 0 ? 0 : Math.floor((time - track.status.time(at)) / 1000)
  const statusEvent = at < 0 ? -1 : track.status.event(at)
  put('uptime', status === RUNNING ? lasted : 0, statusEvent)
  put('downtime', status === RESTARTING ? lasted : 0, statusEvent)
  return values
}

/** N-11: as the dashboard marks a vertex. */
export type BackPressureLevel = 'ok' | 'low' | 'high'
export const levelOf = (ratio: number): BackPressureLevel => (ratio <= 0.1 ? 'ok' : ratio <= 0.5 ? 'low' : 'high')

/** What a subtask did with its time, in shares of 1: the last second, or as Flink's gauges have it. */
export type Measure = 'second' | 'dashboard'
export interface Shares {
  readonly idle: number
  /** NaN: not known (N-10). */
  readonly busy: number
  readonly backPressured: number
}
const SECOND = 1_000_000

export function sharesOf(state: NetworkState, streamGraph: StreamGraph, vertex: number, measure: Measure): Shares | null {
  const attempt = attemptAt(state, vertex)
  if (attempt === null || attempt.running < 0 || attempt.running > state.event) return null
  // Flink, too, forgets the metrics of a task that is over.
  if (attempt.ended >= 0 && attempt.ended <= state.event) return null
  const legacy = hasLegacySource(streamGraph, state, vertex)
  if (measure === 'dashboard') {
    const { idle, busy, backPressured } = timeGauges(state, attempt, legacy)
    return { idle: idle / 1000, busy: busy / 1000, backPressured: backPressured / 1000 }
  }
  return lastSecond(state, attempt, legacy)
}

/** Virtual µs of the last update of a subtask's gauges; −1: there was none yet. */
export function updateAt(state: NetworkState, vertex: number): number {
  const attempt = attemptAt(state, vertex)
  return attempt === null ? -1 : timeGauges(state, attempt, false).updated
}

function lastSecond(state: NetworkState, attempt: AttemptTrack, legacy: boolean): Shares {
  const from = Math.max(state.time - SECOND, Math.min(attempt.runningTime, state.time))
  const spent = attempt.io.between(from, state.time)
  const whole = Math.max(1, state.time - from)
  return { idle: spent.idle / whole, busy: legacy ? NaN : spent.busy / whole, backPressured: spent.backPressured / whole }
}
