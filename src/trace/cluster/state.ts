import type { ExecutionGraph } from '../../graph/types'
import { LONG_MIN } from '../../core/time'
import { JOB_STATUSES } from '../kinds'
import type { ClusterPlan } from './plan'

export const TaskIo = { Idle: 0, Busy: 1, BackPressured: 2 } as const
const CREATED = JOB_STATUSES.indexOf('CREATED')

/** Where a TaskManager stands. */
export const HostState = { NotYet: 0, Registered: 1, Lost: 2 } as const

type Column = Uint8Array | Int8Array | Int32Array | Float64Array
const NO_BYTES = new Uint8Array(0)
const NO_CODES = new Int8Array(0)
const NO_INTS = new Int32Array(0)
const NO_NUMBERS = new Float64Array(0)

/** What stands in each column before anything was said. A column that is not here is not copied. */
const BY_VERTEX = {
  executionState: 0,
  executionEvent: -1,
  attempt: 0,
  process: 0,
  watermarkIn: LONG_MIN,
  watermarkInEvent: -1,
  watermarkOut: LONG_MIN,
  watermarkOutEvent: -1,
  idle: 0,
  recordsIn: 0,
  recordsOut: 0,
  dropped: 0,
  late: 0,
  lateEvent: -1,
  written: 0,
  keys: 0,
  timers: 0,
  windows: 0,
  io: 0,
  ioCount: 0,
  checkpointPhase: 0,
  checkpointId: 0,
  checkpointEvent: -1,
  alignedFor: 0,
  alignedSeen: 0,
} as const
const BY_CHANNEL = {
  appended: 0,
  sent: 0,
  arrived: 0,
  read: 0,
  buffersSent: 0,
  buffersArrived: 0,
  recordsBuffered: 0,
  recordsInFlight: 0,
  recordsQueued: 0,
  recordsRead: 0,
  recordsRestored: 0,
  channelWatermark: LONG_MIN,
  channelWatermarkEvent: -1,
  channelIdle: 0,
  channelEnded: 0,
  lastReadEvent: -1,
  credits: -1,
  barriersOut: 0,
  barriersIn: 0,
  blockedFor: 0,
  blockedEvent: -1,
} as const
const BY_JOB = { jobStatus: CREATED, jobEvent: -1, restarts: 0, restartEvent: -1, schedulerState: -1, schedulerEvent: -1 } as const
const BY_HOST = { hostState: 0, hostEvent: -1, registeredEvent: -1, offeredSlots: 0 } as const
const BY_SHARED_SLOT = { slotHost: -1, slotNumber: -1, slotEvent: -1, wantedEvent: -1 } as const

type Name = keyof typeof BY_VERTEX | keyof typeof BY_CHANNEL | keyof typeof BY_JOB | keyof typeof BY_HOST | keyof typeof BY_SHARED_SLOT

/** What a slot of a TaskManager holds, and the event that made it so. */
export interface SlotContent {
  /** −1: nothing runs in it. */
  readonly sharedSlot: number
  /** Whose it is, with or without anything in it; −1: it is free. */
  readonly job: number
  readonly event: number
}

/**
 * The cluster at a moment: columns by execution vertex, channel, job, host and shared slot. Numbers named `…Event` are indices of the
 * events that made the thing beside them so, −1 if nothing has.
 */
export class ClusterState {
  /** Index of the last event seen, and its virtual time. */
  event = -1
  time = 0
  /** As it is now: its last generation is alive, the columns have an entry for all. */
  graph: ExecutionGraph

  // By execution vertex
  executionState: Uint8Array = NO_BYTES
  executionEvent: Int32Array = NO_INTS
  attempt: Int32Array = NO_INTS
  /** Address of the task; 0 before deployment. */
  process: Int32Array = NO_INTS
  /** Combined watermark of the inputs, and what the task has sent on; LONG_MIN before the first. */
  watermarkIn: Float64Array = NO_NUMBERS
  watermarkInEvent: Int32Array = NO_INTS
  watermarkOut: Float64Array = NO_NUMBERS
  watermarkOutEvent: Int32Array = NO_INTS
  /** 1: the task has told its outputs that it is idle. */
  idle: Uint8Array = NO_BYTES
  recordsIn: Int32Array = NO_INTS
  recordsOut: Int32Array = NO_INTS
  dropped: Int32Array = NO_INTS
  late: Int32Array = NO_INTS
  lateEvent: Int32Array = NO_INTS
  written: Int32Array = NO_INTS
  keys: Int32Array = NO_INTS
  timers: Int32Array = NO_INTS
  windows: Int32Array = NO_INTS
  io: Uint8Array = NO_BYTES
  ioCount: Int32Array = NO_INTS
  /** What the task does for a checkpoint (TaskCheckpoint), which one, and the event since which. */
  checkpointPhase: Uint8Array = NO_BYTES
  checkpointId: Int32Array = NO_INTS
  checkpointEvent: Int32Array = NO_INTS
  /** The checkpoint whose barriers came last, and how many of them are there. */
  alignedFor: Int32Array = NO_INTS
  alignedSeen: Int32Array = NO_INTS

  // By channel: how far along its items each station has come
  appended: Int32Array = NO_INTS
  sent: Int32Array = NO_INTS
  arrived: Int32Array = NO_INTS
  read: Int32Array = NO_INTS
  buffersSent: Int32Array = NO_INTS
  buffersArrived: Int32Array = NO_INTS
  // Records alone
  recordsBuffered: Int32Array = NO_INTS
  recordsInFlight: Int32Array = NO_INTS
  recordsQueued: Int32Array = NO_INTS
  recordsRead: Int32Array = NO_INTS
  /** Of those in flight and queued: records that a checkpoint held, which nobody put on the channel in this attempt. They come out first. */
  recordsRestored: Int32Array = NO_INTS
  /** As the receiver's valve knows it. */
  channelWatermark: Float64Array = NO_NUMBERS
  channelWatermarkEvent: Int32Array = NO_INTS
  channelIdle: Uint8Array = NO_BYTES
  channelEnded: Uint8Array = NO_BYTES
  /** Last that came out of it, of whatever sort. */
  lastReadEvent: Int32Array = NO_INTS
  /** −1: never told. */
  credits: Int32Array = NO_INTS
  /** How many barriers were sent, and how many of those are past (`barriers.ts`). */
  barriersOut: Int32Array = NO_INTS
  barriersIn: Int32Array = NO_INTS
  /** The checkpoint for whose other barriers it waits; 0: it is read. */
  blockedFor: Int32Array = NO_INTS
  blockedEvent: Int32Array = NO_INTS

  // By job
  jobStatus: Uint8Array = NO_BYTES
  jobEvent: Int32Array = NO_INTS
  /** How often it was RESTARTING, and the last time. */
  restarts: Int32Array = NO_INTS
  restartEvent: Int32Array = NO_INTS
  /** Of the adaptive scheduler (SCHEDULER_STATES); −1: not told, as by the default one. */
  schedulerState: Int8Array = NO_CODES
  schedulerEvent: Int32Array = NO_INTS

  // By host
  /** HostState, and the registration or loss that made it so. */
  hostState: Uint8Array = NO_BYTES
  hostEvent: Int32Array = NO_INTS
  registeredEvent: Int32Array = NO_INTS
  /** As it said when it registered. */
  offeredSlots: Int32Array = NO_INTS

  // By shared slot
  /** Where it is, −1 nowhere; and the allocation or loss that made it so. */
  slotHost: Int32Array = NO_INTS
  slotNumber: Int32Array = NO_INTS
  slotEvent: Int32Array = NO_INTS
  /** The SlotRequested since which it is wanted, −1 if it is not, or is there. */
  wantedEvent: Int32Array = NO_INTS

  /** `slotKey(host, slot)` → what it holds; a slot that nothing was said of is free. */
  readonly slots: Map<number, SlotContent>
  /** `vertex * 128 + partition` → last offset read. */
  readonly offsets: Map<number, number>

  constructor(
    readonly plan: ClusterPlan,
    from?: ClusterState,
  ) {
    this.graph = from?.graph ?? plan.first
    this.slots = new Map(from?.slots)
    this.offsets = new Map(from?.offsets)
    if (from === undefined) {
      this.fit(BY_JOB, plan.first.job.jobs.length)
      this.fitHost(plan.hosts.reduce((most, { host }) => Math.max(most, host), 0))
      this.growTo(plan.first)
      return
    }
    this.event = from.event
    this.time = from.time
    for (const name of ALL) columnsOf(this)[name] = from[name].slice()
  }

  /** Takes the graph of the moment, and gives what it has more than the last one its place in the columns. */
  growTo(graph: ExecutionGraph): void {
    this.graph = graph
    this.fit(BY_VERTEX, graph.vertices.length)
    this.fit(BY_CHANNEL, graph.channels.length)
    this.fit(BY_SHARED_SLOT, graph.sharedSlots)
  }

  /** Makes room for a host that the header did not tell of. */
  fitHost(host: number): void {
    if (host >= this.hostState.length) this.fit(BY_HOST, host + 1)
  }

  /** Rough size of a copy. */
  get bytes(): number {
    let bytes = 1024 + 48 * this.slots.size + 32 * this.offsets.size
    for (const name of ALL) bytes += 64 + this[name].byteLength
    return bytes
  }

  private fit(columns: Readonly<Partial<Record<Name, number>>>, length: number): void {
    for (const name of Object.keys(columns) as Name[]) columnsOf(this)[name] = lengthened(this[name], length, columns[name]!)
  }
}

const ALL = [BY_VERTEX, BY_CHANNEL, BY_JOB, BY_HOST, BY_SHARED_SLOT].flatMap((columns) => Object.keys(columns)) as Name[]

const columnsOf = (state: ClusterState): Record<Name, Column> => state

function lengthened(column: Column, length: number, fill: number): Column {
  const make = column.constructor as new (length: number) => Column
  const longer = new make(length)
  longer.set(column)
  if (fill !== 0) longer.fill(fill, column.length)
  return longer
}

export const slotKey = (host: number, slot: number): number => host * 65536 + slot

/** How far apart the partitions of two vertices are in `offsets`. */
export const PARTITIONS = 128
