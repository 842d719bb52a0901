import { Moment } from '../growing'
import type { ExecutionGraph } from '../../graph/types'
import { EventList, FloatColumn, IntColumn } from '../columns'
import { Steps } from '../time/steps'
import { IoTrack } from './ioTrack'

/**
 * What is known of buffers and metrics at a moment: as in `trace/time`, one index over the trace that all states share and that only grows; a state
 * is a moment, and whoever asks looks at the index through it.
 */
export type NetworkState = Moment<NetworkIndex>

/** A queue at one end of a channel: buffers that wait (value), bytes, and buffers of that side's pool that it holds (N-12). */
export class QueueTrack {
  readonly buffers = new Steps()
  readonly bytes = new FloatColumn()
  readonly held = new IntColumn()

  add(event: number, time: number, buffers: number, bytes: number, held: number): void {
    this.bytes.put(this.buffers.length, bytes)
    this.held.put(this.buffers.length, held)
    this.buffers.add(event, time, buffers)
  }
}

export class ChannelTrack {
  readonly sender = new QueueTrack()
  readonly receiver = new QueueTrack()
  /** In hand of the sender. */
  readonly credits = new Steps()
  /** By sequence number: bytes of what was sent last with it. */
  readonly sentBytes = new IntColumn()
  /** BufferSent and BufferArrived of data, counted through all attempts; sent − arrived are on the link. */
  readonly sent = new EventList()
  readonly arrived = new EventList()
  /** Checkpoint whose aligned barrier stopped it at the receiver (value); 0: it is read. */
  readonly blocked = new Steps()
  /** Checkpoint behind whose aligned barrier the sender sends nothing (N-6); 0: it sends. */
  readonly stopped = new Steps()
}

/** One attempt of a subtask: Flink gives each its own metrics. */
export class AttemptTrack {
  readonly io = new IoTrack()
  readonly recordsIn = new EventList()
  readonly recordsOut = new EventList()
  /** Bytes so far (value), at each buffer. */
  readonly bytesIn = new Steps()
  readonly bytesOut = new Steps()
  readonly inputWatermark = new Steps()
  readonly outputWatermark = new Steps()
  readonly late = new EventList()
  /** ms between a record's timestamp and the moment at which the source emitted it. */
  readonly emitLag = new Steps()
  readonly asked = new EventList()
  readonly answered = new EventList()
  /** By job edge: how its output pool (0) and its gate (1) last turned: value buffers in use, flags the size. */
  readonly pools: [Map<number, Steps>, Map<number, Steps>] = [new Map(), new Map()]
  /** By job edge of a gate: bytes a buffer (value), as buffer debloating wants it. */
  readonly bufferSizes = new Map<number, Steps>()
  /** ms to consume what is in flight, at the last debloating. */
  readonly timeToConsume = new Steps()
  /** RUNNING; −1: not yet. */
  running = -1
  runningTime = 0
  /** FINISHED, CANCELED, FAILED, or the next attempt. */
  ended = -1
  endedTime = 0

  // Of the last RecordOut: to tell a record that goes to many from many records of one name.
  lastNumber = -1
  lastOrigin = -1
  lastChannel = -1

  constructor(
    readonly process: number,
    /** Execution vertex. */
    readonly vertex: number,
    readonly attempt: number,
    readonly started: number,
    readonly startedTime: number,
  ) {}
}

/** Figures of a job, which the JobManager keeps. */
export class JobTrack {
  readonly completed = new EventList()
  readonly failed = new EventList()
  readonly triggered = new EventList()
  /** ms, bytes: of the last one that was completed. */
  readonly lastDuration = new Steps()
  readonly lastSize = new Steps()
  readonly restarts = new EventList()
  /** JobStatus codes. */
  readonly status = new Steps()
  /** Virtual µs of triggers that are pending, by checkpoint, as far as the index goes. */
  readonly pending = new Map<number, number>()
}

/** Everything that the trace tells of buffers and metrics, as far as any state of the fold has come. */
export class NetworkIndex {
  /** Last event taken in. */
  event = -1
  readonly channels: ChannelTrack[] = []
  /** By execution vertex. */
  readonly attempts: AttemptTrack[][] = []
  readonly processes = new Map<number, AttemptTrack>()
  readonly jobs: JobTrack[] = []
  /** Deaths of the JobManager: its figures begin again. */
  readonly deaths = new EventList()
  /** Virtual µs at which each host's metrics began to be updated. */
  readonly hostStarts = new Map<number, number>()
  /** By execution vertex: ids of its channels. */
  inputs: number[][] = []
  outputs: number[][] = []

  constructor(
    public graph: ExecutionGraph,
    /** Virtual µs → ms since the epoch. */
    readonly processingTime: (micros: number) => number,
  ) {
    this.lookUp()
  }

  /** After another graph came. */
  lookUp(): void {
    const { vertices, channels } = this.graph
    this.inputs = vertices.map(() => [])
    this.outputs = vertices.map(() => [])
    for (const { id, from, to } of channels) {
      this.outputs[from]!.push(id)
      this.inputs[to]!.push(id)
    }
  }

  channel(channel: number): ChannelTrack {
    return (this.channels[channel] ??= new ChannelTrack())
  }

  job(job: number): JobTrack {
    return (this.jobs[job] ??= new JobTrack())
  }
}

/** The attempt of an execution vertex that is on, or was last, at the moment. */
export function attemptAt(state: NetworkState, vertex: number): AttemptTrack | null {
  return state.index.attempts[vertex]?.findLast(({ started }) => started <= state.event) ?? null
}

/** The step that holds at the moment, −1: none. */
export const stepAt = (state: NetworkState, steps: Steps): number => steps.count(state.event) - 1

/** The value that holds at the moment. */
export function valueAt(state: NetworkState, steps: Steps, otherwise: number): number {
  const at = stepAt(state, steps)
  return at < 0 ? otherwise : steps.value(at)
}
export const eventAt = (state: NetworkState, steps: Steps): number => {
  const at = stepAt(state, steps)
  return at < 0 ? -1 : steps.event(at)
}

/** The same moment at a later virtual time, before the next event: the playhead may stand between two. */
export function momentAt(state: NetworkState, time: number): NetworkState {
  const moment = new Moment(state.index, state.graph)
  moment.event = state.event
  moment.time = Math.max(state.time, time)
  return moment
}
