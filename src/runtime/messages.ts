import type { ExecutionState } from '../trace/kinds'
import type { Message } from '../kernel/types'
import type { CheckpointFailureReason } from '../core/checkpoints'
import type { CheckpointBarrier, CheckpointMetrics, TaskStateSnapshot } from './checkpoint/types'
import type { TaskDeployment, ThrowAtRecord } from './deployment'

/** The control plane: what JobManager, TaskManagers and tasks say to each other. Mirrors the RPC gateways of org.apache.flink.runtime. */

/** To each root process, injected at time 0: come to life. */
export interface Start extends Message {
  readonly type: 'start'
}

/** TaskManager → JobManager. Mirrors ResourceManagerGateway.registerTaskExecutor and sendSlotReport. */
export interface RegisterTaskManager extends Message {
  readonly type: 'register-task-manager'
  readonly slots: number
  /** How often it has registered before: each time it begins with empty slots, and the JobManager answers all but the first. */
  readonly before: number
  /** Graphs that were made anew and that it knows. */
  readonly graphs: number
}

/** JobManager → TaskManager, when it has registered again: what came from the JobManager before that was for its former self. Mirrors TaskExecutorRegistrationSuccess. */
export interface TaskManagerRegisteredAgain extends Message {
  readonly type: 'registered-again'
  readonly before: number
  /** Virtual µs of the JobManager's first heartbeat. */
  readonly heartbeatsFrom: number
}

/** JobManager → TaskManager: offer a slot to a job. Mirrors TaskExecutorGateway.requestSlot. */
export interface RequestSlot extends Message {
  readonly type: 'request-slot'
  readonly slot: number
  readonly job: number
}

/** TaskManager → JobManager. Mirrors JobMasterGateway.offerSlots. */
export interface OfferSlot extends Message {
  readonly type: 'offer-slot'
  readonly slot: number
  readonly job: number
}

/** JobManager → TaskManager. Mirrors TaskExecutorGateway.freeSlot. */
export interface FreeSlot extends Message {
  readonly type: 'free-slot'
  readonly slot: number
}

/** TaskManager → JobManager, when a slot is free again. Mirrors ResourceManagerGateway.notifySlotAvailable. */
export interface SlotAvailable extends Message {
  readonly type: 'slot-available'
  readonly slot: number
}

/** JobManager → TaskManagers: a job is scheduled with another parallelism (`rescaled`). In Flink each task is told what it needs of that. */
export interface ExecutionGraphCreated extends Message {
  readonly type: 'execution-graph-created'
  readonly job: number
  /** By vertex of the job graph. */
  readonly parallelism: readonly number[]
}

/** JobManager → TaskManager. Mirrors TaskExecutorGateway.submitTask. */
export interface SubmitTask extends Message {
  readonly type: 'submit-task'
  readonly task: TaskDeployment
}

/** TaskManager → its new task: the first thing that a task hears. */
export interface RunTask extends Message {
  readonly type: 'run-task'
}

/** JobManager → task. Mirrors TaskExecutorGateway.cancelTask, less a hop. */
export interface CancelTask extends Message {
  readonly type: 'cancel-task'
}

/** Why a task or a job failed, as Flink would print it. */
export interface Failure {
  /** Full Java class, or the JavaScript error's name. */
  readonly className: string
  readonly message: string
  /** S-13: no restart strategy is asked. */
  readonly unrecoverable?: true
  /** The intervention that threw it (`throw-at-record`). */
  readonly intervention?: number
}

/** Task → JobManager. Mirrors JobMasterGateway.updateTaskExecutionState, less a hop. */
export interface TaskState extends Message {
  readonly type: 'task-state'
  readonly execution: number
  readonly attempt: number
  readonly state: ExecutionState
  readonly failure?: Failure
}

/** Source → JobManager, each update interval: the watermark it has come to; of an idle one MAX. Mirrors ReportedWatermarkEvent. */
export interface ReportWatermark extends Message {
  readonly type: 'report-watermark'
  readonly execution: number
  readonly attempt: number
  readonly node: number
  readonly watermark: number
}

/** JobManager → source task. Mirrors TaskExecutorGateway.triggerCheckpoint, less a hop. */
export interface TriggerCheckpoint extends Message {
  readonly type: 'trigger-checkpoint'
  readonly barrier: CheckpointBarrier
}

/** Task → JobManager. Mirrors CheckpointCoordinatorGateway.acknowledgeCheckpoint. */
export interface AcknowledgeCheckpoint extends Message {
  readonly type: 'acknowledge-checkpoint'
  readonly execution: number
  readonly attempt: number
  readonly checkpoint: number
  readonly metrics: CheckpointMetrics
  readonly state: TaskStateSnapshot
}

/** Task → JobManager. Mirrors CheckpointCoordinatorGateway.declineCheckpoint. */
export interface DeclineCheckpoint extends Message {
  readonly type: 'decline-checkpoint'
  readonly execution: number
  readonly attempt: number
  readonly checkpoint: number
  readonly reason: CheckpointFailureReason
  readonly message: string
}

/** JobManager → task. Mirrors TaskExecutorGateway.confirmCheckpoint. */
export interface NotifyCheckpointComplete extends Message {
  readonly type: 'notify-checkpoint-complete'
  readonly checkpoint: number
}

/** JobManager → task. Mirrors TaskExecutorGateway.abortCheckpoint. */
export interface NotifyCheckpointAborted extends Message {
  readonly type: 'notify-checkpoint-aborted'
  readonly checkpoint: number
  /** 0: none yet. */
  readonly latestCompleted: number
}

/** Task → JobManager: it has read all its input. Mirrors JobMasterGateway.notifyEndOfData. */
export interface NotifyEndOfData extends Message {
  readonly type: 'notify-end-of-data'
  readonly execution: number
  readonly attempt: number
}

/**
 * New JobManager → TaskManagers, with high availability: who leads now. Mirrors what LeaderRetrievalService tells. Heartbeats themselves are not sent:
 * while nothing is broken nothing comes of them, and what is broken both sides work out at the times at which one would have been missed (runtime/heartbeats).
 */
export interface NewLeader extends Message {
  readonly type: 'new-leader'
  /** Of the JobManager, counted from 0: a later one does not know what was said to an earlier one. */
  readonly leadership: number
}

/** JobManager → task (an intervention), TaskManager → its task (what it lives by is gone): it fails with this. Mirrors Task.failExternally. */
export interface FailTask extends Message {
  readonly type: 'fail-task'
  readonly failure: Failure
}

/** JobManager → task: an operator's function is to throw at a record. Those that are deployed later are told in their deployment. */
export interface ThrowAt extends Message {
  readonly type: 'throw-at'
  readonly throwAt: ThrowAtRecord
}

/**
 * Injected into each TaskManager when another host dies or the link to it is cut: its connections break. TaskManager → its tasks: those that still
 * read from there fail (`connectionLost`).
 */
export interface ConnectionClosed extends Message {
  readonly type: 'connection-closed'
  readonly host: number
}

/** JobManager → source: no further than this. Mirrors WatermarkAlignmentEvent. */
export interface AnnounceWatermark extends Message {
  readonly type: 'announce-watermark'
  readonly node: number
  readonly allowed: number
}

/** JobManager → task: from now on an operator costs that many µs a record. */
export interface SetCost extends Message {
  readonly type: 'set-cost'
  readonly node: number
  readonly cost: number
}

/** Injected into the JobManager at an intervention's time. */
export interface Intervene extends Message {
  readonly type: 'intervene'
  readonly index: number
  readonly action:
    | { readonly do: 'cancel'; readonly job?: number }
    | { readonly do: 'slow'; readonly node: number; readonly subtask: number; readonly cost: number }
    | { readonly do: 'start-task-manager' }
    | { readonly do: 'stop-task-manager'; readonly host: number }
    /** What becomes of these is in the log's arrivals and in everyone's clock: the JobManager only says that they are due. */
    | { readonly do: 'silence-partition'; readonly topic: string; readonly partition: number; readonly until?: number }
    | { readonly do: 'delay-partition'; readonly topic: string; readonly partition: number; readonly by: number }
    | { readonly do: 'set-clock'; readonly running: boolean; readonly forward: number }
    /** What these do is in everyone's faults (core/faults): the JobManager only says that they are due. */
    | { readonly do: 'kill-task-manager'; readonly host: number }
    | { readonly do: 'cut-link'; readonly hosts: readonly [number, number]; readonly until: number }
    | {
        readonly do: 'set-disk'
        readonly latency: number
        readonly bandwidth: number
        readonly capacity: number | null
        readonly failing: boolean
      }
    | { readonly do: 'system-outage'; readonly system: string; readonly until: number }
    | { readonly do: 'kill-job-manager'; readonly downtime: number }
    | { readonly do: 'fail-task'; readonly vertex: number; readonly subtask: number }
    | { readonly do: 'throw-at-record'; readonly node: number; readonly subtask: number; readonly record: number; readonly times: number }
    | { readonly do: 'decline-checkpoints'; readonly vertex: number; readonly subtask: number; readonly until: number }
    | { readonly do: 'trigger-checkpoint'; readonly job?: number }
    | { readonly do: 'trigger-savepoint'; readonly job?: number; readonly directory?: string; readonly native?: boolean }
    | { readonly do: 'stop-with-savepoint'; readonly job?: number; readonly drain: boolean; readonly directory?: string }
}

/** Injected into a TaskManager at an intervention's time: `taskmanager.sh stop`. Mirrors TaskExecutor.onStop. */
export interface StopTaskManager extends Message {
  readonly type: 'stop-task-manager'
}

/** TaskManager → JobManager, the last that is heard of it. Mirrors JobMasterGateway.disconnectTaskManager. */
export interface DisconnectTaskManager extends Message {
  readonly type: 'disconnect-task-manager'
  readonly cause: Failure
}

/** JobManager → everyone, when the last job has reached a terminal state: the cluster goes with its program. */
export interface ShutDown extends Message {
  readonly type: 'shut-down'
}

export type ControlMessage =
  | Start
  | RegisterTaskManager
  | TaskManagerRegisteredAgain
  | RequestSlot
  | OfferSlot
  | FreeSlot
  | SlotAvailable
  | ExecutionGraphCreated
  | SubmitTask
  | RunTask
  | CancelTask
  | TaskState
  | SetCost
  | ReportWatermark
  | AnnounceWatermark
  | Intervene
  | StopTaskManager
  | TriggerCheckpoint
  | AcknowledgeCheckpoint
  | DeclineCheckpoint
  | NotifyCheckpointComplete
  | NotifyCheckpointAborted
  | NotifyEndOfData
  | NewLeader
  | FailTask
  | ThrowAt
  | ConnectionClosed
  | DisconnectTaskManager
  | ShutDown

/** So that the compiler checks a message where it is made. */
export const control = (message: ControlMessage): ControlMessage => message

/** What a reader fails with whose producer's TaskManager is gone: mirrors CreditBasedPartitionRequestClientHandler. */
export const connectionLost = (host: number): Failure => ({
  className: 'org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException',
  message: `Connection unexpectedly closed by remote task manager 'taskmanager-${host}'. This might indicate that the remote task manager was lost.`,
})

export const failureText = (failure: Failure): string =>
  failure.message === '' ? failure.className : `${failure.className}: ${failure.message}`
