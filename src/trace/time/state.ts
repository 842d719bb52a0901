import type { Moment } from '../growing'
import type { ExecutionGraph } from '../../graph/types'
import { EventList, FloatColumn, IntColumn } from '../columns'
import type { TimePlan } from './plan'
import { Steps } from './steps'

/**
 * What is known of time at a moment. Everything there is lies in one index over the trace that all states of the fold share and that only grows;
 * a state is a moment, and whoever asks (`queries.ts`) looks at the index through it: what has an event beyond the moment is not there yet.
 * So a keyframe costs nothing, and a seek as much as looking things up. `Track`s are parts of the index: keep them, but read them through queries.
 */
export type TimeState = Moment<TimeIndex>

/** Flags of a channel's steps. */
export const ChannelFlag = {
  Idle: 1,
  /** Takes no part in the minimum: idle, or not yet caught up after it was (T-15, T-16). */
  Unaligned: 2,
  Ended: 4,
  /** The first step of another attempt. */
  Reset: 8,
} as const

export class ChannelTrack {
  /** As the receiver's valve has it: value is the watermark, flags are ChannelFlag. */
  readonly steps = new Steps()
  /** Records that the receiver took from it. */
  readonly records = new EventList()
  /** What the sender last put on it, flags Idle and Reset. */
  readonly sent = new Steps()

  constructor(readonly channel: number) {}
}

/** One logical input of a task: what its valve gives. */
export class InputTrack {
  /** Combined watermark of the channels; flag 1: idle. */
  readonly steps = new Steps()

  constructor(
    readonly input: number,
    /** In the order of the valve. */
    readonly channels: readonly number[],
  ) {}
}

/** Flags of a split's steps. */
export const SplitFlag = { Idle: 1, Paused: 2, Ended: 4 } as const

/** A partition that a source subtask reads; partition −1: the reader's own output. */
export class SplitTrack {
  /** The SplitAssigned, or the first sign of it. */
  assigned = -1
  /** The generator's watermark; flags are SplitFlag. Sources of the old kind, and those that tell nothing of splits, have no steps. */
  readonly steps = new Steps()
  /** SplitPaused that held it: the greatest watermark allowed. */
  readonly allowed = new Steps()
  /** SourceRecord events. */
  readonly records = new EventList()
  /** Timestamps of those that were greater than all before. */
  readonly greatest = new Steps()
  /** WatermarkIgnored: watermarks below the last one. */
  readonly ignored = new EventList()

  constructor(
    readonly attempt: AttemptTrack,
    readonly node: number,
    readonly partition: number,
  ) {}
}

/** A source's or watermark operator's own output: what its generators come to. Flag 1: idle. */
export class GeneratorTrack {
  readonly steps = new Steps()
  /** Watermarks below the last one that its generator emitted. */
  readonly ignored = new EventList()

  constructor(readonly node: number) {}
}

/** Of a window's `marks`, in their lowest bits. State: a StateUpdated of it; Evicted: a WindowEvicted. */
export const WindowMark = { Trigger: 0, Fired: 1, Result: 2, Merged: 3, Cleared: 4, State: 5, Evicted: 6 } as const
const MARK_BITS = 3
export const markOf = (event: number, mark: number): number => (event << MARK_BITS) | mark
export const eventOfMark = (packed: number): number => packed >> MARK_BITS
export const kindOfMark = (packed: number): number => packed & 7

/** A window of one key in one attempt of a subtask. It lives as long as it is told of, also when it merges with others. */
export class WindowTrack {
  /** WindowElement events of its own. */
  readonly elements = new EventList()
  /** What else happened to it, as `markOf` packs it; made when it is first needed. */
  marks: EventList | null = null
  /** Windows that were merged into this one, by the events. */
  readonly taken: { readonly event: number; readonly window: number }[] = NONE as never
  /** Bounds after each merge: made when first needed. */
  starts: Steps | null = null
  ends: Steps | null = null
  /** WindowCleared, or the WindowMerged that took it into another; −1: it is open as far as the index goes. */
  closed = -1
  /** The window that took it in; −1. */
  into = -1
  /** Rows of the node's two timer tables: `row * 2 + domain`. */
  timers: number[] | null = null

  constructor(
    readonly node: NodeTrack,
    /** Number in its process, as `Selection` has it. */
    readonly window: number,
    readonly key: number,
    readonly global: boolean,
    /** The WindowOpened event and the bounds that it tells, ms. */
    readonly opened: number,
    readonly start: number,
    readonly end: number,
  ) {}

  get process(): number {
    return this.node.attempt.process
  }

  took(event: number, window: number): void {
    if ((this.taken as unknown) === NONE) (this as { taken: WindowTrack['taken'] }).taken = []
    this.taken.push({ event, window })
  }
}
const NONE: readonly never[] = []

/** Timers of one operator of an attempt, of one domain, in the order in which they were set. */
export class TimerTable {
  readonly keys = new IntColumn()
  /** −1: no window's. */
  readonly windows = new IntColumn()
  readonly times = new FloatColumn()
  readonly registered = new IntColumn()
  /** The event that deleted or fired it, plus 1; 0: none yet. */
  readonly ended = new IntColumn()
  /** 1: it fired. */
  readonly fired = new IntColumn()
  length = 0
  /** Rows that are pending as far as the index goes, by key and time: the oldest first. */
  readonly pending = new Map<string, number[]>()

  constructor(
    readonly node: NodeTrack,
    readonly domain: 'event' | 'processing',
  ) {}
}

/** Records that an operator dropped or sent to its side output because they were late. */
export class LateTrack {
  readonly events = new EventList()
  readonly timestamps = new FloatColumn()
  readonly watermarks = new FloatColumn()
  /** 1: to the side output. */
  readonly toSide = new IntColumn()
  length = 0
}

/** What an interval join keeps. `side` 0: left. */
export class JoinTrack {
  readonly keys = new IntColumn()
  readonly sides = new IntColumn()
  readonly timestamps = new FloatColumn()
  readonly buffered = new IntColumn()
  /** The JoinCleared, plus 1; 0: none yet. */
  readonly cleared = new IntColumn()
  length = 0
  readonly kept = new Map<string, number[]>()
}

/** Requests of an async operator. */
export class AsyncTrack {
  readonly numbers = new IntColumn()
  readonly origins = new FloatColumn()
  readonly requested = new IntColumn()
  /** The AsyncAnswered that ended it, plus 1; 0: in flight. */
  readonly answered = new IntColumn()
  /** 0 completed, 1 timed out, 2 failed. */
  readonly outcomes = new IntColumn()
  /** How often it was asked again, as far as the index goes: by the events. */
  readonly again: EventList[] = []
  length = 0
  readonly inFlight = new Map<string, number[]>()
}

/** An operator in an attempt. */
export class NodeTrack {
  readonly windows: WindowTrack[] = []
  readonly timers: { readonly event: TimerTable; readonly processing: TimerTable }
  readonly late = new LateTrack()
  /** NoWindow and WindowSkipped. */
  readonly noWindow = new EventList()
  readonly skipped = new EventList()
  /** Records it dropped: a filter said no, or a function gave nothing. */
  readonly dropped = new EventList()
  generator: GeneratorTrack | null = null
  join: JoinTrack | null = null
  async: AsyncTrack | null = null

  constructor(
    readonly attempt: AttemptTrack,
    readonly node: number,
  ) {
    this.timers = { event: new TimerTable(this, 'event'), processing: new TimerTable(this, 'processing') }
  }
}

/** What became of an attempt. Everything that an attempt had in memory is gone when it is over. */
export type AttemptEnd = 'finished' | 'lost'

/** One attempt of a subtask: a process. */
export class AttemptTrack {
  /** Its end: CANCELED, FAILED, FINISHED, or the next attempt; −1: as far as the index goes, it lives. */
  ended = -1
  endedAs: AttemptEnd = 'lost'
  /** Combined watermark of its inputs (WatermarkAdvanced). */
  readonly watermark = new Steps()
  /** What it last sent to other tasks, flag 1: idle. */
  readonly sent = new Steps()
  /** One for each logical input; none for a source. */
  readonly inputs: InputTrack[] = []
  readonly splits: SplitTrack[] = []
  readonly nodes = new Map<number, NodeTrack>()
  /** By window number: windows of all its operators. */
  readonly windows: WindowTrack[] = []
  /** EndOfInput of a source: it has no more; −1. */
  exhausted = -1

  constructor(
    readonly process: number,
    /** Execution vertex. */
    readonly vertex: number,
    readonly attempt: number,
    readonly started: number,
  ) {}
}

/** What the JobManager lets a group of sources do (T-12): value is the greatest watermark allowed. */
export class AlignmentTrack {
  readonly allowed = new Steps()
  /** At each of these: the least watermark reported, and the execution vertex that reported it (−1: none). */
  readonly least = new FloatColumn()
  readonly reporters = new IntColumn()

  constructor(
    readonly job: number,
    readonly group: string,
  ) {}
}

/** Everything that the trace tells of time, as far as any state of the fold has come. */
export class TimeIndex {
  /** Last event taken in. */
  event = -1
  readonly channels: ChannelTrack[] = []
  /** By execution vertex: its attempts, in order. */
  readonly attempts: AttemptTrack[][] = []
  readonly processes = new Map<number, AttemptTrack>()
  /** By operator: where it ran. */
  readonly nodes = new Map<number, NodeTrack[]>()
  readonly alignments: AlignmentTrack[] = []
  /** SplitAssigned was told at all: without it nothing is known of subtasks that have no split. */
  readonly splitNodes = new Set<number>()

  constructor(
    readonly plan: TimePlan,
    /** As the index has come to it. */
    public graph: ExecutionGraph,
  ) {}
}
