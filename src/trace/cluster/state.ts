import { LONG_MIN } from '../../core/time'
import { JOB_STATUSES } from '../kinds'
import type { ClusterPlan } from './plan'

export const TaskIo = { Idle: 0, Busy: 1, BackPressured: 2 } as const
const CREATED = JOB_STATUSES.indexOf('CREATED')

/**
 * The cluster at a moment: columns by execution vertex and by channel. Numbers named `…Event` are indices of the events that
 * made the thing beside them so, −1 if nothing has.
 */
export class ClusterState {
  /** Index of the last event seen, and its virtual time. */
  event = -1
  time = 0
  jobStatus = CREATED
  jobEvent = -1

  // By execution vertex
  readonly executionState: Uint8Array
  readonly executionEvent: Int32Array
  readonly attempt: Int32Array
  /** Address of the task; 0 before deployment. */
  readonly process: Int32Array
  /** Combined watermark of the inputs, and what the task has sent on; LONG_MIN before the first. */
  readonly watermarkIn: Float64Array
  readonly watermarkInEvent: Int32Array
  readonly watermarkOut: Float64Array
  readonly watermarkOutEvent: Int32Array
  /** 1: the task has told its outputs that it is idle. */
  readonly idle: Uint8Array
  readonly recordsIn: Int32Array
  readonly recordsOut: Int32Array
  readonly dropped: Int32Array
  readonly late: Int32Array
  readonly lateEvent: Int32Array
  readonly written: Int32Array
  readonly keys: Int32Array
  readonly timers: Int32Array
  readonly windows: Int32Array
  readonly io: Uint8Array
  readonly ioCount: Int32Array

  // By channel: how far along its items each station has come
  readonly appended: Int32Array
  readonly sent: Int32Array
  readonly arrived: Int32Array
  readonly read: Int32Array
  readonly buffersSent: Int32Array
  readonly buffersArrived: Int32Array
  // Records alone
  readonly recordsBuffered: Int32Array
  readonly recordsInFlight: Int32Array
  readonly recordsQueued: Int32Array
  readonly recordsRead: Int32Array
  /** As the receiver's valve knows it. */
  readonly channelWatermark: Float64Array
  readonly channelWatermarkEvent: Int32Array
  readonly channelIdle: Uint8Array
  readonly channelEnded: Uint8Array
  /** Last that came out of it, of whatever sort. */
  readonly lastReadEvent: Int32Array
  /** −1: never told. */
  readonly credits: Int32Array

  /** By host: 1 once registered. */
  readonly registered: Uint8Array
  /** By shared slot: where it is, −1 nowhere. */
  readonly slotHost: Int32Array
  readonly slotNumber: Int32Array
  /** `vertex * 128 + partition` → last offset read. */
  readonly offsets: Map<number, number>

  constructor(
    readonly plan: ClusterPlan,
    from?: ClusterState,
  ) {
    const v = plan.vertices
    const c = plan.channels
    if (from !== undefined) {
      this.event = from.event
      this.time = from.time
      this.jobStatus = from.jobStatus
      this.jobEvent = from.jobEvent
    }
    this.executionState = from?.executionState.slice() ?? new Uint8Array(v)
    this.executionEvent = from?.executionEvent.slice() ?? new Int32Array(v).fill(-1)
    this.attempt = from?.attempt.slice() ?? new Int32Array(v)
    this.process = from?.process.slice() ?? new Int32Array(v)
    this.watermarkIn = from?.watermarkIn.slice() ?? new Float64Array(v).fill(LONG_MIN)
    this.watermarkInEvent = from?.watermarkInEvent.slice() ?? new Int32Array(v).fill(-1)
    this.watermarkOut = from?.watermarkOut.slice() ?? new Float64Array(v).fill(LONG_MIN)
    this.watermarkOutEvent = from?.watermarkOutEvent.slice() ?? new Int32Array(v).fill(-1)
    this.idle = from?.idle.slice() ?? new Uint8Array(v)
    this.recordsIn = from?.recordsIn.slice() ?? new Int32Array(v)
    this.recordsOut = from?.recordsOut.slice() ?? new Int32Array(v)
    this.dropped = from?.dropped.slice() ?? new Int32Array(v)
    this.late = from?.late.slice() ?? new Int32Array(v)
    this.lateEvent = from?.lateEvent.slice() ?? new Int32Array(v).fill(-1)
    this.written = from?.written.slice() ?? new Int32Array(v)
    this.keys = from?.keys.slice() ?? new Int32Array(v)
    this.timers = from?.timers.slice() ?? new Int32Array(v)
    this.windows = from?.windows.slice() ?? new Int32Array(v)
    this.io = from?.io.slice() ?? new Uint8Array(v)
    this.ioCount = from?.ioCount.slice() ?? new Int32Array(v)
    this.appended = from?.appended.slice() ?? new Int32Array(c)
    this.sent = from?.sent.slice() ?? new Int32Array(c)
    this.arrived = from?.arrived.slice() ?? new Int32Array(c)
    this.read = from?.read.slice() ?? new Int32Array(c)
    this.buffersSent = from?.buffersSent.slice() ?? new Int32Array(c)
    this.buffersArrived = from?.buffersArrived.slice() ?? new Int32Array(c)
    this.recordsBuffered = from?.recordsBuffered.slice() ?? new Int32Array(c)
    this.recordsInFlight = from?.recordsInFlight.slice() ?? new Int32Array(c)
    this.recordsQueued = from?.recordsQueued.slice() ?? new Int32Array(c)
    this.recordsRead = from?.recordsRead.slice() ?? new Int32Array(c)
    this.channelWatermark = from?.channelWatermark.slice() ?? new Float64Array(c).fill(LONG_MIN)
    this.channelWatermarkEvent = from?.channelWatermarkEvent.slice() ?? new Int32Array(c).fill(-1)
    this.channelIdle = from?.channelIdle.slice() ?? new Uint8Array(c)
    this.channelEnded = from?.channelEnded.slice() ?? new Uint8Array(c)
    this.lastReadEvent = from?.lastReadEvent.slice() ?? new Int32Array(c).fill(-1)
    this.credits = from?.credits.slice() ?? new Int32Array(c).fill(-1)
    this.registered = from?.registered.slice() ?? new Uint8Array(plan.hosts)
    this.slotHost = from?.slotHost.slice() ?? new Int32Array(plan.graph.sharedSlots).fill(-1)
    this.slotNumber = from?.slotNumber.slice() ?? new Int32Array(plan.graph.sharedSlots).fill(-1)
    this.offsets = new Map(from?.offsets)
  }

  get bytes(): number {
    return (
      512 +
      40 * 64 +
      82 * this.plan.vertices +
      74 * this.plan.channels +
      this.plan.hosts +
      8 * this.slotHost.length +
      32 * this.offsets.size
    )
  }
}

/** An execution vertex as a fold knows it before anything was said. */
export const PARTITIONS = 128
