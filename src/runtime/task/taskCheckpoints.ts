import { checkpointFailureText, isSynchronous } from '../../core/checkpoints'
import type { CheckpointFailureReason } from '../../core/checkpoints'
import { FlinkRuntimeException } from '../../core/exceptions'
import { declinesNow } from '../../core/faults'
import { addressOf } from '../../kernel/types'
import type { Context } from '../../kernel/types'
import { OutputBarriers } from '../checkpoint/barriers/OutputBarriers'
import type { AlignmentClock } from '../checkpoint/barriers/CheckpointBarrierHandler'
import { SubtaskCheckpointCoordinator } from '../checkpoint/subtaskCoordinator'
import type { CheckpointedChain, CheckpointedTask } from '../checkpoint/subtaskCoordinator'
import { subtaskCheckpointSettings } from '../checkpoint/subtaskSettings'
import type {
  AlignmentMetrics,
  BarrierListener,
  ChannelBuffers,
  CheckpointBarrier,
  CheckpointMetrics,
  TaskStateSnapshot,
} from '../checkpoint/types'
import { JOB_MANAGER_HOST } from '../deployment'
import type { FileAnswer, FileKindCode } from '../external/messages'
import { control } from '../messages'
import type { ControlMessage } from '../messages'
import type { BuiltTask } from './build'
import type { Task } from './task'

const JOB_MANAGER = addressOf(JOB_MANAGER_HOST, 0)
const MICROS_PER_MILLI = 1000
/** A timer of Flink's runs one ms after the time it was set for. */
const TIMER_SLACK = 1

/**
 * A task's part in checkpoints: what starts one, what it waits for before it ends (C-25, C-26), and how it speaks to the JobManager about it. Mirrors the
 * part of StreamTask, SourceOperatorStreamTask and SourceStreamTask that does this.
 */
export class TaskCheckpoints implements BarrierListener, CheckpointedTask {
  readonly settings
  readonly coordinator: SubtaskCheckpointCoordinator
  readonly clock: AlignmentClock
  readonly inlineThreshold: number
  readonly subtask: number
  readonly attempt: number
  readonly tracing: boolean
  /** C-26: the savepoint with which the job stops. */
  private syncSavepoint: number | null = null
  /** C-25: the first checkpoint behind the end of data. */
  private finalMin: number | null = null
  private finalCompleted = false
  /** Waits for the source's end. */
  private behindEnd: CheckpointBarrier | null = null
  private knownOutputs: OutputBarriers | null = null

  constructor(private readonly task: Task) {
    const { environment, deployment } = task
    this.settings = subtaskCheckpointSettings(environment.configuration)
    this.inlineThreshold = this.settings.inlineThreshold
    this.tracing = task.tracing
    this.attempt = deployment.attempt
    this.subtask = environment.executionGraph.vertices[deployment.execution]!.subtask
    this.clock = {
      millis: () => task.processingTime(),
      micros: () => task.context.now,
      after: (delay, run) => task.timers.afterOnClock(delay + TIMER_SLACK, run),
    }
    this.coordinator = new SubtaskCheckpointCoordinator(this, deployment.restore?.checkpoint ?? null)
  }

  private get built(): BuiltTask {
    return this.task.parts
  }
  get context(): Context {
    return this.task.context
  }
  get displayName(): string {
    return this.task.displayName
  }
  get chain(): CheckpointedChain {
    return this.built.chain
  }
  get outputs(): OutputBarriers {
    return (this.knownOutputs ??= new OutputBarriers(this.built.partitions, this.clock))
  }

  /** Whether the task goes on behind the end of its data, until nothing can come any more. */
  get outlivesData(): boolean {
    return this.settings.enabled || this.syncSavepoint !== null
  }

  /** Whether nothing holds the task up any more, its data being over. Mirrors StreamTask.afterInvoke. */
  get mayFinish(): boolean {
    if (!this.task.operatorFiles.settled) return false
    const waits = this.settings.afterTasksFinish || this.syncSavepoint !== null
    if (waits && !this.finalCompleted) return false
    return !this.settings.afterTasksFinish || (this.task.isReadToEnd && !this.coordinator.busy)
  }

  // ---- what starts a checkpoint ----------------------------------------------------------------------------------------

  /** The JobManager asks a source, or a task whose producers are all gone. */
  trigger(barrier: CheckpointBarrier): void {
    const { task } = this
    if (!task.isRunning) {
      const reason = 'CHECKPOINT_DECLINED_TASK_NOT_READY'
      const text = `Task name with subtask : ${task.displayName} Failure reason: ${checkpointFailureText(reason)}`
      return this.decline(barrier.id, reason, text)
    }
    const { source } = this.built
    const { type } = barrier.options
    if (source !== null && isSynchronous(type)) {
      this.syncSavepoint = barrier.id
      if (!task.dataEnded) {
        const drain = type === 'stop-with-savepoint-drain'
        source.stop(drain)
        if (drain || source.isOld) {
          this.behindEnd = barrier
          return
        }
      }
    } else if (source === null && !task.inputOver) return this.built.triggerOpenChannels(barrier)
    this.performInjected(barrier)
  }

  private performInjected(barrier: CheckpointBarrier): void {
    const startDelay = MICROS_PER_MILLI * Math.max(0, this.clock.millis() - barrier.timestamp)
    this.perform(barrier, false, { alignmentDuration: 0, startDelay, bytesProcessedDuringAlignment: 0 })
  }

  /** The end of data has gone out. */
  endedData(): void {
    const barrier = this.behindEnd
    this.behindEnd = null
    if (barrier !== null) this.performInjected(barrier)
  }

  private perform(barrier: CheckpointBarrier, inputs: boolean, metrics: AlignmentMetrics): void {
    const { id, options } = barrier
    if (isSynchronous(options.type)) this.syncSavepoint = id
    if (this.settings.afterTasksFinish && this.task.dataEnded) this.finalMin ??= id
    this.coordinator.checkpointState(barrier, inputs, metrics, this.task.dataEnded)
  }

  // ---- BarrierListener -------------------------------------------------------------------------------------------------

  triggerCheckpointOnBarrier(barrier: CheckpointBarrier, how: 'aligned' | 'at-least-once' | 'unaligned', metrics: AlignmentMetrics): void {
    this.perform(barrier, how === 'unaligned', metrics)
  }

  inputStateComplete(checkpoint: number, inflight: readonly ChannelBuffers[], metrics: AlignmentMetrics): void {
    this.coordinator.inputStateComplete(checkpoint, inflight, metrics)
  }

  abortCheckpointOnBarrier(checkpoint: number, reason: CheckpointFailureReason): void {
    this.failIfStopping(checkpoint)
    this.coordinator.abortCheckpointOnBarrier(checkpoint, reason, checkpointFailureText(reason))
  }

  // ---- notifications ---------------------------------------------------------------------------------------------------

  notifyComplete(checkpoint: number): void {
    if (!this.coordinator.notifyCheckpointComplete(checkpoint)) return
    const { syncSavepoint, finalMin } = this
    if (syncSavepoint === null ? finalMin !== null && checkpoint >= finalMin : checkpoint === syncSavepoint) this.finalCompleted = true
  }

  notifyAborted(checkpoint: number, latestCompleted: number): void {
    if (latestCompleted > 0) this.notifyComplete(latestCompleted)
    this.failIfStopping(checkpoint)
    this.coordinator.notifyCheckpointAborted(checkpoint)
  }

  private failIfStopping(checkpoint: number): void {
    if (this.syncSavepoint === checkpoint) throw new FlinkRuntimeException('Stop-with-savepoint failed.')
  }

  // ---- CheckpointedTask ------------------------------------------------------------------------------------------------

  acknowledge(checkpoint: number, metrics: CheckpointMetrics, state: TaskStateSnapshot): void {
    this.tell((execution, attempt) => ({ type: 'acknowledge-checkpoint', execution, attempt, checkpoint, metrics, state }))
  }

  decline(checkpoint: number, reason: CheckpointFailureReason, message: string): void {
    this.tell((execution, attempt) => ({ type: 'decline-checkpoint', execution, attempt, checkpoint, reason, message }))
  }

  private tell(message: (execution: number, attempt: number) => ControlMessage): void {
    const { execution, attempt } = this.task.deployment
    this.context.send(JOB_MANAGER, control(message(execution, attempt)))
  }

  isDeclining(checkpoint: number): boolean {
    const { environment, deployment, context } = this.task
    const { vertex } = environment.executionGraph.vertices[deployment.execution]!
    const intervention = declinesNow(environment.faults, vertex, this.subtask, context.now)
    if (intervention === undefined) return false
    this.task.faultStruck(intervention, `The snapshot of checkpoint ${checkpoint} was made to fail.`)
    return true
  }

  writeFile(path: string, bytes: Uint8Array, kind: FileKindCode, done: (error: FileAnswer['error']) => void): void {
    this.task.files.write(path, bytes, kind, done)
  }

  operatorFilesSettled(done: () => void): boolean {
    return this.task.operatorFiles.whenSettled(done)
  }

  deleteFile(path: string): void {
    this.task.files.delete(path)
  }
}
