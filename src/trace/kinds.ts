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
  StateUpdated: 50, //        a: node, b: key id, c: window id or −1, d: 0 update, 1 clear, 2 restored as it was, x: when its time to live ends (processing time, ms) · payload: [state name, value] as a value

  // Checkpoints, told by the JobManager. c of a reason: its code in core/checkpoints
  CheckpointTriggered: 83, //      a: job, b: id, c: SnapshotType (core/checkpoints), x: trigger timestamp (processing time, ms) · payload: [execution vertices that must acknowledge] as a value
  CheckpointRefused: 84, //        a: job, b: SnapshotType, c: reason: the request got no id · payload: text
  CheckpointAcknowledged: 85, //   a: job, b: id, c: execution vertex, d: attempt, x: bytes uploaded · payload: CheckpointMetrics (core/checkpoints) as a value
  CheckpointDeclined: 86, //       a: job, b: id, c: reason, d: execution vertex · payload: text
  CheckpointCompleted: 87, //      a: job, b: id, c: SnapshotType, d: checkpoint that it pushed out of the store, −1: none, x: bytes uploaded · payload: { path, fullSize, metadataSize, retained } as a value; path null: in the JobManager's memory
  CheckpointAborted: 88, //        a: job, b: id, c: reason, d: continuous failures counted, −1: it does not count · payload: text
  CheckpointDiscarded: 89, //      a: job, b: id: its files go, but for those that others share
  JobRestored: 90, //              a: job, b: checkpoint id, 0: from nothing, c: SnapshotType, d: 1 the first start from a path, 0 after a failure · payload: path or empty
  RestartScheduled: 91, //         a: job, b: restarts so far, this one counted, −1: it will not restart, x: delay, ms · payload: { strategy, failure, vertex: execution vertex, region: [execution vertices] } as a value
  SavepointAsked: 92, //           a: job, b: SnapshotType, c: intervention, d: 0 asked, 1 done, 2 failed · payload: path or why it failed
  JobManagerDied: 93, //           nothing of it is left
  JobManagerStarted: 94, //        a: leadership, counted from 0, b: 1 with high availability: it takes over what jobs there were
  HeartbeatMissed: 95, //          a: host of the TaskManager, b: ms since the last one was heard · the JobManager gives it up with TaskManagerLost

  // Checkpoints in a task
  BarrierOut: 96, //               a: channel, b: id, c: Alignment (core/checkpoints), d: records that it overtook
  BarrierIn: 97, //                a: channel, b: id, c: Alignment: the task handles it
  BarrierAnnounced: 98, //         a: channel, b: id: it stands in the queue, and may yet overtake
  ChannelBlocked: 99, //           a: channel, b: id: what comes behind its barrier waits
  ChannelResumed: 100, //          a: channel
  AlignmentBegun: 101, //          a: id, b: channels whose barriers are waited for
  AlignmentEnded: 102, //          a: id, b: 0 all barriers are there, 1 it was given up, 2 the time for it is over, the rest goes unaligned, c: reason if given up, x: µs since it began
  CheckpointBegun: 103, //         a: id, b: Alignment, x: start delay, µs: the task takes its snapshot
  SnapshotSync: 104, //            a: id, b: µs of the synchronous part, x: bytes of all state · payload: [node, bytes to upload, bytes in full] for each operator as a value
  SnapshotDone: 105, //            a: id, b: µs of the asynchronous part, x: bytes uploaded
  ChannelStatePersisted: 106, //   a: channel, b: id, c: records, d: bytes, x: 0 input, 1 output
  CheckpointNotified: 107, //      a: id, b: 0 complete, 1 aborted
  StateRestored: 108, //           a: node, b: checkpoint id, c: keyed entries, d: bytes read · payload: { keyGroups, operator: [[name, items]], records in channels } as a value
  OffsetRestored: 109, //          a: node, b: partition, c: the offset that is read next
  StateHeld: 110, //               a: node, b: keyed entries, c: entries in memory, d: bytes (of backends that know) · payload: backend internals as a value, with `operator`: [[name, mode, items, bytes, the first items]]; at snapshots and restores, of RocksDB also at the start

  // RocksDB
  SstFileWritten: 111, //          a: node, b: file number, c: level, d: bytes, x: entries · payload: [smallest, greatest key, state, first, last key group] as a value; by a flush (level 0) or a compaction
  SstFileDropped: 112, //          a: node, b: file number: compacted away; its bytes live on in checkpoints that share it
  MemtableFlushed: 113, //         a: node, b: bytes, c: entries · payload: state, as a value

  // Sinks
  TransactionMoved: 114, //        a: node, b: system's number in this process, −1: not told, c: 0 begun, 1 pre-committed, 2 committed, 3 aborted, 4 committed in recovery, 5 aborted in recovery, 6 committing failed, d: checkpoint, −1: none · payload: name

  // Outside systems
  ExternalWrote: 115, //           a: system (its place in names told by ExternalNamed), b: transaction, −1: visible at once, c: process that wrote, d: record number of the sink's input, −1: unknown, x: its origin · payload: [key or null, value] as a value
  ExternalCommitted: 116, //       a: system, b: transaction, c: 0 by its owner, 1 once more (nothing changes)
  ExternalAborted: 117, //         a: system, b: transaction, c: 0 by its owner, 1 timed out, 2 fenced by its owner's successor
  ExternalNamed: 118, //           a: system, b: 0 table, 1 topic, 2 directory · payload: name
  FileWritten: 119, //             a: bytes, b: 0 checkpoint, 1 shared, 2 metadata, 3 sink, c: bytes used after it, −1: as before · payload: path
  FileDeleted: 120, //             a: bytes · payload: path
  FileFailed: 121, //              a: 0 write, 1 read, b: 0 full, 1 failing, 2 not there, 3 there already · payload: path

  // Network, while tracing
  PoolUsage: 122, //               a: 0 output pool of a job edge: it has stopped taking records, or takes them again; 1 gate of a job edge: a channel has begun to wait for a floating buffer, or none waits any more, b: job edge, c: buffers in use, d: size of the pool (out), exclusive + floating (in)
  QueueLength: 123, //             a: channel, b: 0 at the sender, 1 at the receiver, c: buffers that wait, events counted, d: bytes, x: buffers of that side's pool that it holds: all of them together are the pool's usage
  BufferSize: 124, //              a: job edge of a gate, b: bytes a buffer from now on, x: time to consume what is in flight, ms: buffer debloating

  // Failures on purpose
  FaultStruck: 125, //             a: intervention, b: execution vertex or −1 · payload: what it did, as text

  // Transactions of outside systems, told by them: what TransactionMoved tells is the sink's side, by the same name
  ExternalTransaction: 126, //     a: system, b: transaction (counted over all systems), c: 0 begun, 1 pre-committed, x: ms after which the system aborts it, 0 never · payload: name
} as const
export type TraceKindName = keyof typeof TraceKind

/** What channels do to carry things: most of what happens, and least of what one asks. */
export const isNetwork = (kind: number): boolean =>
  (kind >= TraceKind.BufferSent && kind <= TraceKind.TaskIo) || (kind >= TraceKind.PoolUsage && kind <= TraceKind.BufferSize)

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
