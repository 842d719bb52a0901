import { checkpointFailureCode, SNAPSHOT_TYPES } from '../../../core/checkpoints'
import type { Alignment } from '../../../core/checkpoints'
import type { Configuration } from '../../../core/configuration'
import { DataOutput, encodeValue } from '../../../core/values'
import { TraceKind } from '../../../trace/kinds'
import type { JobStatus } from '../../../trace/kinds'
import { assignStates, validateCheckpoint } from '../../checkpoint/assignment'
import { refusalOf } from '../../checkpoint/restoreRefusal'
import type { RestoreRefusal } from '../../checkpoint/restoreRefusal'
import type { CheckpointOptions, TaskRestore } from '../../checkpoint/types'
import type { ControlMessage, Failure } from '../../messages'
import { control } from '../../messages'
import type { Execution } from '../execution'
import type { Executions } from '../executions'
import type { JobServices } from '../services'
import { CompletedCheckpointStore } from './completedCheckpoint'
import type { CompletedCheckpoint } from './completedCheckpoint'
import { CheckpointCoordinator } from './coordinator'
import type { CoordinatorWorld } from './coordinator'
import type { CheckpointFailure } from './failure'
import { CheckpointFailureManager } from './failureManager'
import { metadataOf } from './finalization'
import { JobTopology } from './jobTopology'
import type { PendingCheckpoint, TaskAcknowledgement } from './pendingCheckpoint'
import { calculatePlan } from './plan'
import { discardsOn, forCheckpoint, isSavepointOf, UNCLAIMED } from './properties'
import type { CheckpointProperties } from './properties'
import { checkpointSettings } from './settings'
import type { CheckpointSettings } from './settings'
import { CheckpointStorage, jobIdOf } from './storage'

const MICROS_PER_MILLI = 1000
const encoder = new TextEncoder()

/** What high availability keeps of a job's checkpoints when the JobManager dies. Mirrors CheckpointRecoveryFactory. */
export interface KeptCheckpoints {
  readonly checkpoints: readonly CompletedCheckpoint[]
  readonly nextId: number
}

export interface CheckpointedJob {
  readonly number: number
  readonly status: JobStatus | null
  readonly configuration: Configuration
  readonly services: JobServices
  readonly executions: Executions
  /** All of it fails, and the restart strategy is asked. */
  failGlobally(failure: Failure): void
}

/**
 * The checkpoints of one job, as its JobMaster has them: the coordinator with everything it needs of the cluster around it. A job that takes none by itself has it as
 * well: it can be asked for savepoints, and be begun from one. Mirrors what DefaultExecutionGraph and SchedulerBase know of checkpoints.
 */
export class JobCheckpoints implements CoordinatorWorld {
  readonly settings: CheckpointSettings
  readonly jobId: string
  readonly coordinator: CheckpointCoordinator
  readonly topology: JobTopology
  private readonly storage: CheckpointStorage
  private readonly restores = new Map<number, TaskRestore>()
  /** Tasks whose present attempt began finished. */
  private readonly begunFinished = new Set<number>()
  /** C-27: the next checkpoint stands for itself, for the job does not own what it began from. */
  private forceFull = false
  /** It began from a path of its configuration; state was dealt before; it was another JobManager's before. */
  private fromPath = false
  private restored = false
  private readonly recovered: boolean
  /** Attempts that have read all their input. */
  private readonly endOfData = new Set<Execution>()

  constructor(readonly job: CheckpointedJob) {
    const { services, number, configuration } = job
    this.settings = checkpointSettings(configuration)
    const { highAvailability, leadership } = services
    const run = services.environment.run
    this.jobId = jobIdOf(highAvailability === null && leadership > 0 ? `${run} ${leadership}` : run, number)
    this.topology = new JobTopology(number, services.graph, services.environment.streamGraph)
    this.storage = new CheckpointStorage(this.jobId, this.settings, services.files)
    const kept = highAvailability?.checkpoints.get(number) as KeptCheckpoints | undefined
    this.recovered = highAvailability !== null && leadership > 0
    const store = new CompletedCheckpointStore(this.settings.retained, kept?.checkpoints)
    for (const checkpoint of store.all) this.storage.shared.registerRestored(checkpoint, !checkpoint.properties.unclaimed)
    const failures = new CheckpointFailureManager(this.settings.tolerableFailures, {
      failJob: (message) => this.fail(message),
      failJobDueToTaskFailure: (message, task) => {
        const state = job.executions.find(task)?.state
        if (state === 'RUNNING' || state === 'INITIALIZING') this.fail(message)
      },
    })
    this.coordinator = new CheckpointCoordinator(this.settings, this, store, failures, kept?.nextId ?? 1)
  }

  get isPeriodic(): boolean {
    return this.settings.interval !== Infinity
  }

  private fail(message: string): void {
    this.job.failGlobally({ className: 'org.apache.flink.util.FlinkRuntimeException', message })
  }

  // ---- the life of the job --------------------------------------------------------------------------------------------

  /** Mirrors CheckpointCoordinatorDeActivator. */
  statusChanged(status: JobStatus): void {
    if (status === 'RUNNING') {
      if (this.isPeriodic && !this.topology.hasBlockingOutput) this.coordinator.startScheduler()
    } else this.coordinator.stopScheduler()
  }

  /** After what had stopped them came to nothing. */
  resume(): void {
    if (this.job.status === 'RUNNING') this.statusChanged('RUNNING')
  }

  /** C-1 */
  ended(status: JobStatus): void {
    this.coordinator.shutdown()
    const { store } = this.coordinator
    const kept = store.all.filter(({ properties }) => !discardsOn(properties, status))
    for (const checkpoint of store.all) if (!kept.includes(checkpoint)) this.discard(checkpoint)
    if (kept.length === 0) this.storage.discardShared(Infinity)
    store.clear()
    this.job.services.highAvailability?.checkpoints.delete(this.job.number)
  }

  private keep(): void {
    const { coordinator } = this
    const kept: KeptCheckpoints = { checkpoints: [...coordinator.store.all], nextId: coordinator.idCounter }
    this.job.services.highAvailability?.checkpoints.set(this.job.number, kept)
  }

  // ---- restoring ------------------------------------------------------------------------------------------------------

  /**
   * Before the job is scheduled for the first time: reads what it is to begin from. `done` comes at once if that is nothing. Mirrors
   * SchedulerBase.createAndRestoreExecutionGraph.
   */
  initialize(done: (failure: Failure | null) => void): void {
    const { restore } = this.settings
    // A JobManager that has taken over goes on from the job's own checkpoints.
    if (restore === null || this.coordinator.store.latest !== null) return done(null)
    this.storage.read(restore.path, (outcome) => {
      if ('className' in outcome) return done(this.cannotRestore(outcome))
      const { metadata, path, size } = outcome
      try {
        validateCheckpoint(metadata, restore.path, this.topology.assigned, restore.allowNonRestoredState)
      } catch (thrown) {
        return done(this.cannotRestore(refusalOf(thrown, restore.path, true)))
      }
      const owned = restore.claimMode === 'CLAIM'
      const savepoint = metadata.type !== 'checkpoint' && metadata.type !== 'full-checkpoint'
      const claimed: CheckpointProperties = {
        ...forCheckpoint('NO_EXTERNALIZED_CHECKPOINTS'),
        type: savepoint ? 'savepoint' : 'checkpoint',
      }
      const checkpoint: CompletedCheckpoint = {
        id: metadata.checkpoint,
        timestamp: metadata.timestamp,
        properties: owned ? claimed : UNCLAIMED,
        path,
        metadata,
        metadataSize: size,
        uploaded: 0,
        fullSize: 0,
        foreign: true,
      }
      this.storage.shared.registerRestored(checkpoint, owned)
      this.coordinator.store.add(checkpoint)
      this.coordinator.idsFrom(metadata.checkpoint + 1)
      this.forceFull = restore.claimMode === 'NO_CLAIM'
      this.fromPath = true
      this.keep()
      done(null)
    })
  }

  /** State for new attempts of these subtasks, from the latest checkpoint; null: it is assigned. Mirrors SchedulerBase.restoreState. */
  restore(tasks: readonly number[]): Failure | null {
    const { coordinator, job, topology } = this
    coordinator.abortPending('JOB_FAILOVER_REGION')
    for (const task of tasks) {
      this.restores.delete(task)
      this.begunFinished.delete(task)
    }
    const { latest } = coordinator.store
    const again = this.restored || this.recovered
    this.restored = true
    if (latest === null) {
      if (this.isPeriodic && again) this.emit(TraceKind.JobRestored, 0, 0, 0, NaN, encoder.encode(''))
      return null
    }
    try {
      const { tasks: states, maxParallelism } = assignStates(latest.metadata, topology.assigned)
      topology.override(maxParallelism)
      for (const task of tasks) {
        const { vertex, subtask } = job.services.graph.vertex(task)
        const state = states.get(vertex)?.[subtask] ?? null
        // Also one without any state is told that it is restored.
        const foreign = latest.foreign === true ? { foreign: true as const } : {}
        this.restores.set(task, { checkpoint: latest.id, state: state ?? { operators: {} }, ...foreign })
        if (state?.finished === true) this.begunFinished.add(task)
      }
    } catch (thrown) {
      return this.cannotRestore(refusalOf(thrown, latest.path ?? `checkpoint ${latest.id}`, latest.foreign === true))
    }
    const type = SNAPSHOT_TYPES.indexOf(latest.metadata.type)
    this.emit(TraceKind.JobRestored, latest.id, type, again || !this.fromPath ? 0 : 1, NaN, encoder.encode(latest.path ?? ''))
    return null
  }

  /** Told beside what becomes of the job. */
  private cannotRestore(refusal: RestoreRefusal): RestoreRefusal {
    this.job.services.context.emit(TraceKind.Problem, 0, 0, 0, 0, NaN, encoder.encode(JSON.stringify(refusal.problem)))
    return refusal
  }

  restoreOf(task: number): TaskRestore | undefined {
    return this.restores.get(task)
  }

  // ---- messages -------------------------------------------------------------------------------------------------------

  handle(message: ControlMessage): void {
    switch (message.type) {
      case 'acknowledge-checkpoint': {
        const { execution, attempt, checkpoint, state, metrics } = message
        const known = this.isCurrent(execution, attempt)
        return this.coordinator.acknowledge(known ? execution : -1, checkpoint, { state, metrics })
      }
      case 'decline-checkpoint': {
        const { execution, attempt, checkpoint, reason, message: text } = message
        if (this.isCurrent(execution, attempt)) this.coordinator.decline(execution, checkpoint, { reason, message: text })
        return
      }
      case 'notify-end-of-data':
        return this.dataEnded(message.execution, message.attempt)
    }
  }

  private isCurrent(task: number, attempt: number): boolean {
    return this.job.executions.find(task)?.attempt === attempt
  }

  taskFailed(task: number): void {
    this.coordinator.taskFailed(task)
  }

  /** C-25: with the last task that has read all its input one more checkpoint is taken. Mirrors SchedulerBase.notifyEndOfData. */
  private dataEnded(task: number, attempt: number): void {
    const execution = this.job.executions.find(task)
    if (execution?.attempt !== attempt || !this.isPeriodic || !this.settings.afterTasksFinish) return
    this.endOfData.add(execution)
    const all = this.topology.tasks.map((index) => this.job.executions.find(index))
    if (all.every((one) => one !== undefined && (one.state === 'FINISHED' || this.endOfData.has(one))))
      this.coordinator.triggerCheckpoint(() => undefined)
  }

  // ---- what the coordinator asks --------------------------------------------------------------------------------------

  now(): number {
    return this.job.services.context.now / MICROS_PER_MILLI
  }

  after(delay: number, action: () => void): () => void {
    let wanted = true
    this.job.services.timers.after(delay, () => {
      if (wanted) action()
    })
    return () => void (wanted = false)
  }

  timestamp(): number {
    const { environment, context } = this.job.services
    return environment.clock.at(context.now)
  }

  plan(): ReturnType<CoordinatorWorld['plan']> {
    const { executions } = this.job
    return calculatePlan(
      {
        vertices: this.topology.planVertices,
        producersOf: (task) => this.topology.producersOf(task),
        stateOf: (task) => executions.find(task)?.state ?? null,
        hasBlockingOutput: this.topology.hasBlockingOutput,
      },
      this.settings.afterTasksFinish,
    )
  }

  locationOf(id: number, properties: CheckpointProperties, target: string | null): string | null {
    return this.storage.locationOf(id, properties, target)
  }

  trigger({ id, timestamp, plan, properties, path }: PendingCheckpoint): void {
    const type = this.forceFull && properties.type === 'checkpoint' ? 'full-checkpoint' : properties.type
    // The number is used up, whatever becomes of the checkpoint.
    this.keep()
    this.emit(TraceKind.CheckpointTriggered, id, SNAPSHOT_TYPES.indexOf(type), 0, timestamp, encoded(plan.waitFor))
    const options: CheckpointOptions = {
      type,
      ...(properties.format === 'native' ? { native: true as const } : {}),
      directory: path,
      alignment: this.alignmentOf(properties),
      alignedTimeout: this.settings.unaligned && !isSavepointOf(properties) ? this.settings.alignedTimeout : Infinity,
    }
    const barrier = { id, timestamp, options }
    for (const task of plan.trigger) this.send(task, { type: 'trigger-checkpoint', barrier })
  }

  /** Mirrors CheckpointOptions.forConfig. */
  private alignmentOf(properties: CheckpointProperties): Alignment {
    const { exactlyOnce, unaligned, alignedTimeout } = this.settings
    if (!exactlyOnce) return 'at-least-once'
    if (isSavepointOf(properties) || !unaligned) return 'aligned'
    return alignedTimeout === 0 ? 'unaligned' : 'aligned-with-timeout'
  }

  notifyComplete(tasks: readonly number[], checkpoint: number): void {
    for (const task of tasks) this.send(task, { type: 'notify-checkpoint-complete', checkpoint })
  }

  notifyAborted(tasks: readonly number[], checkpoint: number, latestCompleted: number): void {
    for (const task of tasks) this.send(task, { type: 'notify-checkpoint-aborted', checkpoint, latestCompleted })
  }

  private send(task: number, message: ControlMessage): void {
    const execution = this.job.executions.find(task)
    if (execution === undefined || execution.address === 0 || execution.terminal) return
    this.job.services.context.send(execution.address, control(message))
  }

  finalize(pending: PendingCheckpoint, done: (outcome: CompletedCheckpoint | CheckpointFailure) => void): void {
    const { id, timestamp, properties, path } = pending
    const metadata = metadataOf(this.jobId, pending, this.topology.snapshotVertices, (node) => this.topology.node(node), this.begunFinished)
    if ('reason' in metadata) return done(metadata)
    this.storage.write(path, metadata, (written) =>
      done('reason' in written ? written : { id, timestamp, properties, path, metadata, metadataSize: written.size, ...pending.sizes }),
    )
  }

  registered(checkpoint: PendingCheckpoint | null, id: number, { state }: TaskAcknowledgement): void {
    if (state !== null && (checkpoint === null || !isSavepointOf(checkpoint.properties))) this.storage.shared.register(id, state)
  }

  discardState(_id: number, { state }: TaskAcknowledgement): void {
    if (state !== null) this.storage.discardState(state)
  }

  discardPending({ path }: PendingCheckpoint): void {
    this.storage.discard(path)
  }

  discardSubsumed(checkpoints: readonly CompletedCheckpoint[], lowest: number): void {
    for (const checkpoint of checkpoints) if (checkpoint.properties.discardOnSubsumed) this.discard(checkpoint)
    this.storage.discardShared(lowest)
  }

  private discard({ id, path }: CompletedCheckpoint): void {
    this.storage.discard(path)
    this.emit(TraceKind.CheckpointDiscarded, id, 0, 0, NaN)
  }

  // ---- what is told ---------------------------------------------------------------------------------------------------

  private emit(kind: number, b: number, c: number, d: number, x: number, payload?: Uint8Array): void {
    this.job.services.context.emit(kind, this.job.number, b, c, d, x, payload)
  }

  refused({ type }: CheckpointProperties, { reason, message }: CheckpointFailure): void {
    this.emit(TraceKind.CheckpointRefused, SNAPSHOT_TYPES.indexOf(type), checkpointFailureCode(reason), 0, NaN, encoder.encode(message))
  }

  acknowledged({ id }: PendingCheckpoint, task: number, { metrics }: TaskAcknowledgement): void {
    const attempt = this.job.executions.find(task)?.attempt ?? 0
    this.emit(TraceKind.CheckpointAcknowledged, id, task, attempt, metrics?.checkpointedSize ?? 0, encoded({ ...metrics }))
  }

  declined({ id }: PendingCheckpoint, task: number, { reason, message }: CheckpointFailure): void {
    this.emit(TraceKind.CheckpointDeclined, id, checkpointFailureCode(reason), task, NaN, encoder.encode(message))
  }

  completed({ id, properties, path, metadata, metadataSize, uploaded, fullSize }: CompletedCheckpoint, subsumed: number): void {
    const retained = !properties.discardOnCancelled || !properties.discardOnFailed
    const payload = encoded({ path, fullSize: fullSize + metadataSize, metadataSize, retained })
    this.emit(TraceKind.CheckpointCompleted, id, SNAPSHOT_TYPES.indexOf(metadata.type), subsumed, uploaded, payload)
    if (!isSavepointOf(properties)) this.forceFull = false
    this.keep()
  }

  aborted({ id }: PendingCheckpoint, { reason, message }: CheckpointFailure, counted: number): void {
    this.emit(TraceKind.CheckpointAborted, id, checkpointFailureCode(reason), counted, NaN, encoder.encode(message))
  }
}

function encoded(value: unknown): Uint8Array {
  const out = new DataOutput(64)
  encodeValue(out, value)
  return out.toBytes()
}
