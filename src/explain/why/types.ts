import type { OperatorEdit } from '../../graph/edits'
import type { ResolvedTopic, Scenario, Selection } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import type { TraceHeader } from '../../trace/types'

/** What a person may ask, at a moment of the run. Numbers are those of the trace. */
export type Question =
  /** Why has this window not fired (yet, or again)? */
  | { readonly about: 'window'; readonly process: number; readonly window: number }
  /** Why has this timer not fired? */
  | (Extract<Selection, { kind: 'timer' }> & { readonly about: 'timer' })
  /** Why has this record had no effect: filtered, dropped, late, joined with nothing, still waiting in a window? */
  | { readonly about: 'record'; readonly origin: number; readonly number: number }
  /** Why does the watermark of this subtask stand where it stands? */
  | { readonly about: 'watermark'; readonly vertex: number; readonly subtask: number }
  /** Why does this operator (a sink, a join, a window) give nothing, or nothing more? */
  | { readonly about: 'silence'; readonly node: number }
  /** Why is this checkpoint slow, what does it wait for, why did it fail? */
  | { readonly about: 'checkpoint'; readonly job: number; readonly id: number }
  /** Why did the job restart, or not? `event`: RestartScheduled, or the death of a JobManager. */
  | { readonly about: 'restart'; readonly event: number }
  /** Why does this stand outside once more, or is it not to be seen? `event`: ExternalWrote. */
  | { readonly about: 'output'; readonly event: number }
  /** Why is this value what it is? `event`: the StateUpdated that wrote it. */
  | { readonly about: 'value'; readonly event: number }
  /** Why did the state of this operator not come back, when its present attempt began? */
  | { readonly about: 'state'; readonly node: number }

/** Where a chain of causes ends: what somebody could have done otherwise, or what is still to come. */
export type RootCause =
  | 'no-timestamps' //            records have no event time
  | 'no-watermark-strategy' //    nobody makes watermarks
  | 'no-periodic-emission' //     the auto-watermark interval is 0, or the clock stands
  | 'silent-partition' //         a partition gives nothing, and no idleness is set (or its timeout is not over)
  | 'all-idle' //                 idle, but all inputs are: nothing moves the watermark
  | 'more-subtasks-than-partitions'
  | 'bound-too-large' //          the bound is larger than what the data still brings
  | 'no-later-event' //           nothing later came
  | 'future-event' //             an event far ahead pushed the watermark, the rest is late
  | 'out-of-order' //             later than the bound allows for
  | 'window-offset' //            the window's edges are not where one thinks: offset, zone, epoch
  | 'no-window' //                it falls between windows
  | 'trigger-replaced' //         the trigger that would have fired was replaced by one that does not
  | 'trigger-never' //            the trigger never fires: global windows
  | 'trigger-user' //             the program's own trigger says CONTINUE
  | 'count-not-reached' //        for that key
  | 'lateness-expired'
  | 'processing-time-at-end' //   processing-time windows and timers are dropped at the end of the input
  | 'processing-time-not-reached' // the clock is not there yet, or stands
  | 'alignment' //                watermark alignment holds a source
  | 'user-code-throws'
  | 'user-code-filters' //        everything, or this record
  | 'watermark-went-back' //      a generator of the program's own emitted a lower one
  | 'no-partner' //               a join has nothing on the other side, within its bounds
  | 'waiting-for-answer' //       an asynchronous request is not answered
  | 'still-on-the-way' //         buffered, in a channel, or being worked on
  | 'no-data' //                  nothing was ever read
  | 'job-over' //                 canceled, failed, finished
  | 'generator-user' //           a generator of the program's own does not emit what it could
  | 'delta-not-reached' //        a delta trigger has not seen a difference that is large enough
  | 'time-unit' //                a source counts its times in seconds or µs, the others in ms
  // Checkpoints
  | 'slow-operator' //            barriers stand behind what it has not got to
  | 'aligning-checkpoint' //      its channel is blocked until the other barriers are there
  | 'snapshot-sync' //            the synchronous part
  | 'disk-slow' //                the asynchronous part
  | 'disk-full'
  | 'disk-failing'
  | 'timeout-too-short'
  | 'state-too-large' //          for the JobManager's memory
  | 'subsumed' //                 a newer one made it superfluous
  | 'task-finished'
  | 'task-not-running'
  // Failures
  | 'failed-on-purpose'
  | 'task-failed'
  | 'task-manager-killed'
  | 'task-manager-stopped'
  | 'task-manager-lost'
  | 'link-cut'
  | 'no-slots'
  | 'outside-unavailable'
  | 'job-manager-died'
  | 'no-high-availability'
  | 'no-checkpointing'
  | 'strategy-none'
  | 'attempts-used-up'
  | 'failure-rate'
  | 'unrecoverable'
  // What is outside, and what came back
  | 'plain-sink' //               each record is visible at once
  | 'at-least-once' //            the mode of checkpoints
  | 'next-checkpoint' //          it is committed with the next one
  | 'no-checkpoint-yet' //        none was complete
  | 'transaction-timed-out'
  | 'transaction-aborted'
  | 'uid-changed' //              state that nobody claims
  | 'field-not-state' //          the function keeps it in a field
  | 'ttl-expired'
  | 'no-state-then' //            there was none when the checkpoint was taken
  | 'idle-came-back' //           late: its partition was idle, so that the others went ahead without it

/** One link of the chain: a fact, where it can be seen, and since when. From the question to the root. */
export interface Cause {
  /** Key of its sentence in the dictionary `i18n/why`. */
  readonly code: string
  readonly args: Readonly<Record<string, CauseArg>>
  /** The event that made it so; −1: none. */
  readonly event: number
  /** The thing it is about. */
  readonly selection?: Selection
}
/** A name or number; a moment of event time, a span, both in ms. */
export type CauseArg = string | number | { readonly eventTime: number } | { readonly span: number } | { readonly processingTime: number }

/** A way out. It is applied as a fork. */
export interface Fix {
  readonly code: string
  readonly args: Readonly<Record<string, CauseArg>>
  readonly change:
    | { readonly of: 'scenario'; change(scenario: Scenario): Scenario }
    /** The program's text, by the same engine as the knobs: one or several edits made together. */
    | { readonly of: 'program'; readonly edits: readonly OperatorEdit[] }
    /** Nothing that a click could change: what to think of. */
    | { readonly of: 'advice' }
}

export interface Answer {
  readonly question: Question
  /** At least one; the last is the root. */
  readonly causes: readonly Cause[]
  /** null: nothing is wrong, what was asked for has happened. */
  readonly root: RootCause | null
  readonly fixes: readonly Fix[]
}

/** What an answer is computed from: graphs, trace and rules. `event` is the moment: the last event that counts. */
export interface WhySources {
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly scenario: Scenario
  readonly event: number
  /** Virtual µs of the moment. */
  readonly time: number
  /** The topics as the run read them: where events can be added and taken out. Absent: no such fix is offered. */
  readonly topics?: readonly ResolvedTopic[]
}
