import type { Moment } from '../growing'
import type { Alignment, CheckpointMetrics, SnapshotType } from '../../core/checkpoints'
import type { ExecutionGraph } from '../../graph/types'
import { EventList } from '../columns'
import { Steps } from '../time/steps'
import type { ToldCompletion } from './payloads'

/**
 * What is known of checkpoints at a moment: as in `trace/time`, one index over the trace that all states share and that only grows; a state is a
 * moment, and whoever asks (`queries.ts`) looks at the index through it. Events are −1 where there is none.
 */
export type CheckpointsState = Moment<CheckpointsIndex>

/** Something that happened at an event. */
export interface Mark {
  readonly event: number
  /** Virtual µs. */
  readonly time: number
}

export interface BarrierMark extends Mark {
  readonly channel: number
  readonly alignment: Alignment
  /** Records that it overtook on its way out. */
  readonly overtook: number
}

/** A channel that is not read, because its barrier is there and others are not. */
export interface BlockedMark extends Mark {
  readonly channel: number
  /** The event that ended it; −1: as far as the index goes, none. */
  until: number
}

export interface PersistedMark extends Mark {
  readonly channel: number
  readonly side: 'input' | 'output'
  readonly records: number
  readonly bytes: number
}

/** Where a source stood when its task took its snapshot: the next offset to read. */
export interface OffsetMark {
  readonly node: number
  readonly partition: number
  readonly offset: number
  /** The event that says so. */
  readonly event: number
}

/** What one subtask does for a checkpoint. */
export class ShareTrack {
  /** Process that does it; −1: none has shown itself yet. */
  process = -1
  alignment: (Mark & { readonly channels: number }) | null = null
  /** Its end: 0 all barriers were there, 1 given up, 2 it took too long and the rest goes unaligned; µs since it began. */
  aligned: (Mark & { readonly how: number; readonly reason: number; readonly duration: number }) | null = null
  begun: (Mark & { readonly alignment: Alignment; readonly startDelay: number }) | null = null
  sync:
    | (Mark & {
        readonly duration: number
        readonly bytes: number
        readonly operators: readonly { readonly node: number; readonly bytes: number; readonly full: number }[]
      })
    | null = null
  done: (Mark & { readonly duration: number; readonly bytes: number }) | null = null
  acknowledged: (Mark & { readonly bytes: number; readonly metrics: CheckpointMetrics | null; readonly attempt: number }) | null = null
  declined: (Mark & { readonly reason: number }) | null = null
  notified: (Mark & { readonly how: number }) | null = null
  readonly announced: (Mark & { readonly channel: number })[] = []
  readonly arrived: BarrierMark[] = []
  readonly sent: BarrierMark[] = []
  readonly blocked: BlockedMark[] = []
  readonly persisted: PersistedMark[] = []
  /** At its snapshot. */
  offsets: readonly OffsetMark[] = []

  constructor(
    /** Execution vertex. */
    readonly vertex: number,
  ) {}
}

export type Outcome = 'completed' | 'failed'

export class CheckpointTrack {
  readonly shares = new Map<number, ShareTrack>()
  /** What ended it; −1: as far as the index goes, it is pending. */
  ended = -1
  endedTime = 0
  outcome: Outcome = 'failed'
  /** Of a failure: its code in core/checkpoints; −1: the JobManager died, and nobody knows of it any more. */
  reason = -1
  /** Failures in a row, this one counted; −1: it does not count. */
  failures = -1
  completion: ToldCompletion | null = null
  /** Uploaded by it, all in all. */
  bytes = 0
  discarded = -1
  /** TransactionMoved events that name it. */
  readonly transactions = new EventList()

  constructor(
    readonly job: number,
    readonly id: number,
    readonly type: SnapshotType,
    /** CheckpointTriggered, and its virtual µs. */
    readonly triggered: number,
    readonly time: number,
    /** Processing time of the trigger, ms. */
    readonly timestamp: number,
    /** Execution vertices that must acknowledge. */
    readonly must: readonly number[],
  ) {}
}

/** A request that got no number. */
export interface RefusedMark extends Mark {
  readonly type: SnapshotType
  readonly reason: number
}

export interface RestoreMark extends Mark {
  /** 0: from nothing. */
  readonly checkpoint: number
  readonly first: boolean
}

export class JobTrack {
  /** In the order of their triggers. */
  readonly checkpoints: CheckpointTrack[] = []
  readonly refused: RefusedMark[] = []
  readonly restores: RestoreMark[] = []
  /** By number: the last one that was triggered with it. */
  readonly byId = new Map<number, CheckpointTrack>()
}

/** A process that runs, or ran, a subtask. */
export class ProcessTrack {
  /** Its StateUpdated events. */
  readonly updates = new EventList()
  /** By operator and partition, `node/partition`: where it stands as far as the index goes. */
  readonly offsets = new Map<string, OffsetMark>()
  /** Checkpoint that it was restored from; 0: none. */
  restored = 0

  constructor(
    readonly process: number,
    readonly vertex: number,
  ) {}
}

/** Everything that the trace tells of checkpoints, as far as any state of the fold has come. */
export class CheckpointsIndex {
  /** Last event taken in. */
  event = -1
  readonly jobs: JobTrack[] = []
  readonly processes = new Map<number, ProcessTrack>()
  /** By execution vertex: what the task does (value: as TaskIo has it). */
  readonly io: Steps[] = []
  /** By channel: blocked marks that have not ended, as far as the index goes. */
  readonly blocking = new Map<number, BlockedMark>()
  /** FileWritten, FileDeleted and FileFailed. */
  readonly files = new EventList()
  /** Bytes that the file system holds, as it last said; −1: it has said nothing. */
  readonly used = new Steps()

  constructor(public graph: ExecutionGraph) {}

  job(job: number): JobTrack {
    return (this.jobs[job] ??= new JobTrack())
  }

  /** The job of a process that runs a subtask. */
  jobOf({ vertex }: ProcessTrack): JobTrack {
    const { vertices, job } = this.graph
    return this.job(job.vertices[vertices[vertex]?.vertex ?? -1]?.job ?? 0)
  }
}
