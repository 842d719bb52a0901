import { NO_TIMESTAMP } from '../core/time'

/**
 * The trace: what each kind of event says, column by column (see core/page.ts). This table is the only place where
 * columns get a meaning; the runtime emits by it, folds and narration read by it.
 *
 * A record is known by (origin, number): the address of the process that made it and a count there. Operators that answer
 * a record at once (map, filter, flatMap, process) hand its identity on; what a window or timer makes gets a new one.
 * x is NaN for a record without timestamp. Addresses are the kernel's; vertex, subtask and channel numbers those of the ExecutionGraph.
 */
export const TraceKind = {
  // The cluster
  JobStatus: 1, //            a: JobStatus (code below), b: job · payload: reason or empty
  ExecutionState: 2, //       a: execution vertex index, b: attempt, c: ExecutionState, d: address of the task (0 before deployment) · payload: failure message
  TaskManagerRegistered: 3, // a: host, b: slots
  SlotAllocated: 4, //        a: host, b: slot, c: shared slot that is in it from now on; −1: the job keeps the slot, with nothing in it, d: job
  SlotFreed: 5, //            a: host, b: slot: no job has it any more
  Intervention: 6, //         a: index in the scenario
  TaskManagerLost: 8, //       a: host, b: 0 stopped in order, 1 died · payload: why, in Flink's words
  ExecutionGraphCreated: 9, // a: job, b: first execution vertex, c: first channel, d: first shared slot: the job is scheduled with another parallelism, and what follows is numbered as `rescaled` numbers it · payload: parallelism by job vertex, as a value
  Problem: 7, //              payload: JSON of a core Problem (a user exception with its line, an ignored setting …)

  // Records
  SourceRecord: 10, //        a: node, b: number, c: partition, d: offset, x: timestamp · payload: value. The origin is the emitting process
  RecordIn: 11, //            a: channel, b: number, c: origin, x: timestamp
  RecordOut: 12, //           a: channel, b: number, c: origin, d: key id (−1: none), x: timestamp · payload: value
  RecordDropped: 13, //       a: node, b: number, c: origin, x: timestamp: a filter said no, or a flatMap or process function gave nothing
  SinkRecord: 14, //          a: node, b: number, c: origin, d: key id or −1, x: timestamp · payload: value
  SideRecord: 15, //          a: node, b: number, c: origin, d: 0 a function of the program put it there, else it is late data, and this its key id + 1, x: timestamp · payload: tag (UTF-8)
  KeySeen: 16, //             b: key id (a count of this process), c: key group, d: Java hash · payload: key as a value
  RecordMade: 17, //          a: node, b: number, c: window id or −1, x: timestamp: a new record, from a firing window or timer. The origin is the emitting process
  UserOutput: 18, //          a: node (0: the main program) · payload: a line the program wrote with console.log

  // Buffers
  BufferSent: 20, //          a: channel, b: sequence number on it, c: records, d: bytes
  BufferArrived: 21, //       a: channel, b: sequence number
  CreditsGranted: 22, //      a: channel, b: credits now in hand of the sender
  TaskIo: 23, //              a: 0 idle, 1 busy, 2 back-pressured: what the task has been since this moment
  WatermarkOut: 24, //        a: channel, x: watermark, written behind what the channel was given before
  StatusOut: 25, //           a: channel, b: 1 idle, 0 active: likewise

  // Time
  WatermarkEmitted: 30, //    a: node, x: watermark: by a source or watermark operator
  WatermarkIn: 31, //         a: channel, x: watermark, as the valve got it
  WatermarkAdvanced: 32, //   a: node of the chain's head, b: input by which it rose, x: the task's combined input watermark
  StatusEmitted: 33, //       a: node, b: 1 idle, 0 active
  StatusIn: 34, //            a: channel, b: 1 idle, 0 active
  TimerRegistered: 35, //     a: node, b: key id, c: 0 event, 1 processing time, d: window id or −1, x: time
  TimerDeleted: 36, //        likewise
  TimerFired: 37, //          likewise
  EndOfInput: 38, //          a: channel (−1: a source that has no more)

  // Windows; ids count within one process
  WindowOpened: 40, //        a: node, b: window id, c: key id, d: 0 time window, 1 global, x: start · payload: end as a value
  WindowElement: 41, //       a: node, b: window id, c: number, d: origin, x: timestamp
  WindowTrigger: 42, //       a: node, b: window id, c: 0 continue, 1 fire, 2 purge, 3 fire and purge, d: 0 element, 1 event timer, 2 processing timer (only if not continue)
  WindowFired: 43, //         a: node, b: window id, c: elements or −1 (aggregated), x: watermark
  WindowCleared: 44, //       a: node, b: window id
  WindowMerged: 45, //        a: node, b: window id that stays, c: window id that is merged into it (−1 or b itself: it only grew), x: new start · payload: new end as a value
  LateDropped: 46, //         a: node, b: number, c: origin, d: key id, x: watermark · payload: the record's timestamp as a value

  // Schedulers
  SchedulerState: 60, //      a: job, b: SchedulerState (code below): of the adaptive scheduler only · payload: why, or empty
  SlotRequested: 61, //       a: shared slot, b: job, c: 0 wanted and not there yet, 1 no longer wanted. What was wanted is there with its SlotAllocated

  // Sources: what a partition (a split of the reader) does to the watermark; −1 in place of one: the reader's own output, or the whole reader
  SplitAssigned: 70, //       a: node, b: partition: the emitting subtask reads it; −1: it reads through the reader's own output, or nothing at all (a topic with too few partitions)
  SplitWatermark: 71, //      a: node, b: partition, x: its generator's watermark, when it rises; what they combine to is WatermarkEmitted
  SplitStatus: 72, //         a: node, b: partition, c: 1 idle, 0 active: its generator says so; 2: it has been read to its end and no longer counts
  SplitPaused: 73, //         a: node, b: partition, c: 1 alignment holds it, 0 it reads on, x: the greatest watermark allowed
  AlignmentAnnounced: 74, //  a: job, b: node of the source that it was told to first, x: greatest watermark allowed from now on, when it changes for a group and a drift · payload: [group, least watermark, execution vertex that reported it (−1: none)] as a value. By the JobManager
  WatermarkIgnored: 75, //    a: node, b: partition, x: a watermark below the last one, which a generator emitted: nothing comes of it · payload: the last one as a value

  // Operators that let a record wait, or leave it out
  AsyncRequested: 76, //      a: node, b: number, c: origin
  AsyncAnswered: 77, //       a: node, b: number, c: origin, d: 0 completed, 1 timed out, 2 failed, 3 to be asked again
  NoWindow: 78, //            a: node, b: number, c: origin, d: key id, x: timestamp: no window takes it, and it is not late
  WindowSkipped: 79, //       a: node, b: number, c: origin, d: key id, x: start of a window that it is too late for, while another takes it · payload: end as a value
  JoinBuffered: 80, //        a: node, b: number, c: origin, d: 2 × key id + side (0 left, 1 right), x: timestamp: an interval join keeps it
  JoinCleared: 81, //         a: node, b: key id, c: side, x: timestamp of what an interval join no longer keeps

  // An evictor's work. Between the trigger's word and WindowFired: taken out before the function; behind WindowFired: after it
  WindowEvicted: 82, //       a: node, b: window id, c: number, d: origin, x: timestamp

  // State. Of a window: `window-contents` is what a reduce or aggregate holds of it, other names are its trigger's or the function's
  StateUpdated: 50, //        a: node, b: key id, c: window id or −1, d: 0 update, 1 clear · payload: [state name, value] as a value
} as const
export type TraceKindName = keyof typeof TraceKind

/** What channels do to carry things: most of what happens, and least of what one asks. */
export const isNetwork = (kind: number): boolean => kind >= TraceKind.BufferSent && kind <= TraceKind.TaskIo

/** Order is the code in the trace: only ever append. S-15 */
export const JOB_STATUSES = [
  'INITIALIZING',
  'CREATED',
  'RUNNING',
  'FAILING',
  'FAILED',
  'CANCELLING',
  'CANCELED',
  'FINISHED',
  'RESTARTING',
  'SUSPENDED',
  'RECONCILING',
] as const
export type JobStatus = (typeof JOB_STATUSES)[number]
/** S-16 */
export const EXECUTION_STATES = [
  'CREATED',
  'SCHEDULED',
  'DEPLOYING',
  'INITIALIZING',
  'RUNNING',
  'FINISHED',
  'CANCELING',
  'CANCELED',
  'FAILED',
  'RECONCILING',
] as const
export type ExecutionState = (typeof EXECUTION_STATES)[number]

/** S-7: states of the adaptive scheduler. Order is the code in the trace: only ever append. */
export const SCHEDULER_STATES = [
  'Created',
  'WaitingForResources',
  'CreatingExecutionGraph',
  'Executing',
  'Restarting',
  'Canceling',
  'Failing',
  'StopWithSavepoint',
  'Finished',
] as const
export type SchedulerState = (typeof SCHEDULER_STATES)[number]

export const NOTHING = NO_TIMESTAMP
