import type { CheckpointFailureReason } from '../../../core/checkpoints'
import type { CompletedCheckpoint, CompletedCheckpointStore } from './completedCheckpoint'
import { failureOf } from './failure'
import type { CheckpointFailure } from './failure'
import type { CheckpointFailureManager } from './failureManager'
import { PendingCheckpoint } from './pendingCheckpoint'
import type { TaskAcknowledgement } from './pendingCheckpoint'
import { PeriodicTrigger } from './periodicTrigger'
import type { Scheduler } from './periodicTrigger'
import type { CheckpointPlan } from './plan'
import { isSavepointOf, isSynchronousOf } from './properties'
import type { CheckpointProperties } from './properties'
import { CheckpointRequestDecider } from './requestDecider'
import type { CheckpointTriggerRequest, RequestOutcome } from './requestDecider'

/** Times in ms. Mirrors CheckpointCoordinatorConfiguration. */
export interface CoordinatorSettings {
  /** Infinity: only what is asked for. */
  readonly interval: number
  readonly minPause: number
  readonly timeout: number
  readonly maxConcurrent: number
  /** Of checkpoints by hand and of periodic ones. */
  readonly properties: CheckpointProperties
}

/** What the coordinator asks and tells of the world around it. */
export interface CoordinatorWorld extends Scheduler {
  /** ms, processing time of the machines. */
  timestamp(): number
  plan(): CheckpointPlan | CheckpointFailure
  /** Where a checkpoint goes: its own directory; null: the JobManager's memory. */
  locationOf(id: number, properties: CheckpointProperties, target: string | null): string | null
  trigger(checkpoint: PendingCheckpoint): void
  notifyComplete(tasks: readonly number[], checkpoint: number, subsumed: number): void
  notifyAborted(tasks: readonly number[], checkpoint: number, latestCompleted: number): void
  /**
   * Writes what there is to write; `done` comes at once or later. Gives a failure for what cannot be completed.
   * Mirrors PendingCheckpoint.finalizeCheckpoint.
   */
  finalize(checkpoint: PendingCheckpoint, done: (outcome: CompletedCheckpoint | CheckpointFailure) => void): void
  /** State is here, for whichever checkpoint: shared files are known from now on. */
  registered(checkpoint: PendingCheckpoint | null, id: number, acknowledgement: TaskAcknowledgement): void
  /** Nobody wants it. */
  discardState(id: number, acknowledgement: TaskAcknowledgement): void
  discardPending(checkpoint: PendingCheckpoint): void
  /** Those that were kept and no longer are; `lowest`: the oldest that is. */
  discardSubsumed(checkpoints: readonly CompletedCheckpoint[], lowest: number): void
  // ---- told ----
  refused(properties: CheckpointProperties, failure: CheckpointFailure): void
  acknowledged(checkpoint: PendingCheckpoint, task: number, acknowledgement: TaskAcknowledgement): void
  declined(checkpoint: PendingCheckpoint, task: number, failure: CheckpointFailure): void
  completed(checkpoint: CompletedCheckpoint, subsumed: number): void
  /** `counted`: continuous failures with this one; −1: it does not count. */
  aborted(checkpoint: PendingCheckpoint, failure: CheckpointFailure, counted: number): void
}

/**
 * Takes checkpoints of one job and keeps account of them (C-2 … C-10). Mirrors CheckpointCoordinator. What Flink hands to an executor is `post`ed: done when what is
 * being done is done, in order. Left out: operator coordinators and master hooks, backlog.
 */
export class CheckpointCoordinator {
  private readonly pending = new Map<number, PendingCheckpoint>()
  private readonly decider: CheckpointRequestDecider
  private readonly periodic: PeriodicTrigger
  private triggering = false
  private scheduling = false
  private lastCompletion = -Infinity
  private shutDown = false
  private posted: (() => void)[] = []
  private draining = false
  private waiting: (() => void)[] = []

  constructor(
    private readonly settings: CoordinatorSettings,
    private readonly world: CoordinatorWorld,
    readonly store: CompletedCheckpointStore,
    private readonly failureManager: CheckpointFailureManager,
    /** The next one's; 1 for a job's first (C-6). */
    private nextId: number,
  ) {
    this.periodic = new PeriodicTrigger(world, Math.max(settings.interval, settings.minPause), () =>
      this.enter(() => this.request(settings.properties, null, true, () => undefined)),
    )
    this.decider = new CheckpointRequestDecider(settings.maxConcurrent, settings.minPause, {
      now: () => world.now(),
      pending: () => this.pending.size,
      isTriggering: () => this.triggering,
      lastCompletion: () => this.lastCompletion,
      rescheduleTrigger: (delay) => this.periodic.schedule(delay),
    })
  }

  get pendingIds(): readonly number[] {
    return [...this.pending.keys()]
  }
  get queued(): number {
    return this.decider.queued
  }
  /** ms */
  get nextTrigger(): number | null {
    return this.periodic.next
  }
  /** What high availability keeps beside the store. */
  get idCounter(): number {
    return this.nextId
  }
  /** No metadata is being written. */
  get isSettled(): boolean {
    return ![...this.pending.values()].some(({ finalizing }) => finalizing)
  }

  private enter(action: () => void): void {
    if (this.draining) return action()
    this.draining = true
    action()
    while (this.posted.length > 0) this.posted.shift()!()
    this.draining = false
  }

  private post(action: () => void): void {
    this.posted.push(action)
    this.enter(() => undefined)
  }

  // ---- the periodic scheduler -----------------------------------------------------------------------------------------

  /** First after `delay` ms: Flink's is random in [minPause, base interval], here it is the base interval (DET). */
  startScheduler(delay = Math.max(this.settings.interval, this.settings.minPause)): void {
    if (this.scheduling) this.stopScheduler()
    this.scheduling = true
    this.periodic.schedule(delay)
  }

  /** Also gives up what is under way or waits. */
  stopScheduler(): void {
    this.enter(() => {
      this.scheduling = false
      this.periodic.cancel()
      this.abortAll('CHECKPOINT_COORDINATOR_SUSPEND')
    })
  }

  /** Nothing is taken from now on. */
  shutdown(): void {
    this.enter(() => {
      this.shutDown = true
      this.scheduling = false
      this.periodic.cancel()
      this.abortAll('CHECKPOINT_COORDINATOR_SHUTDOWN')
    })
  }

  private abortAll(reason: CheckpointFailureReason): void {
    this.decider.abortAll(failureOf(reason))
    this.abortPending(reason)
  }

  /** C-9: as when a region is restarted. */
  abortPending(reason: CheckpointFailureReason): void {
    this.enter(() => {
      for (const checkpoint of [...this.pending.values()]) this.abort(checkpoint, failureOf(reason), null)
    })
  }

  /** C-9: the task's attempt has failed. */
  taskFailed(task: number): void {
    this.enter(() => {
      for (const checkpoint of [...this.pending.values()])
        if (!checkpoint.isAcknowledgedBy(task)) this.abort(checkpoint, failureOf('TASK_FAILURE'), null)
    })
  }

  /** When no metadata is being written any more: at once, or later. A restore waits for it, as for Flink's lock. */
  whenSettled(action: () => void): void {
    if (this.isSettled) action()
    else this.waiting.push(action)
  }

  /** Ids begin behind a checkpoint that the job was begun from. */
  idsFrom(next: number): void {
    this.nextId = next
  }

  // ---- triggering -----------------------------------------------------------------------------------------------------

  /** By hand. `done` is called once. */
  triggerCheckpoint(done: (outcome: RequestOutcome) => void): void {
    this.post(() => this.request(this.settings.properties, null, false, done))
  }

  triggerSavepoint(properties: CheckpointProperties, target: string | null, done: (outcome: RequestOutcome) => void): void {
    this.post(() => this.request(properties, target, false, done))
  }

  private request(
    properties: CheckpointProperties,
    target: string | null,
    periodic: boolean,
    done: (outcome: RequestOutcome) => void,
  ): void {
    this.startTriggering(this.decider.submit({ properties, target, periodic, timestamp: this.world.now(), done }))
  }

  private lookAtQueue(): void {
    if (!this.shutDown) this.startTriggering(this.decider.next())
  }

  /** Behind what is posted now: Flink's clean-up has to come back to the coordinator first. */
  private lookLater(): void {
    this.post(() => this.post(() => this.lookAtQueue()))
  }

  private startTriggering(request: CheckpointTriggerRequest | null): void {
    if (request === null) return
    if (this.shutDown) return this.triggerFailed(request, failureOf('CHECKPOINT_COORDINATOR_SHUTDOWN'))
    if (request.periodic && !this.scheduling) return this.triggerFailed(request, failureOf('PERIODIC_SCHEDULER_SHUTDOWN'))
    this.triggering = true
    const plan = this.world.plan()
    if ('reason' in plan) return this.triggerFailed(request, plan)
    this.triggerTasks(request, plan)
  }

  /** C-6 */
  private triggerTasks(request: CheckpointTriggerRequest, plan: CheckpointPlan): void {
    const { world, settings } = this
    const { properties, target, done } = request
    const id = this.nextId++
    const checkpoint = new PendingCheckpoint(id, world.timestamp(), plan, properties, world.locationOf(id, properties, target), done)
    this.pending.set(id, checkpoint)
    world.after(settings.timeout, () =>
      this.enter(() => {
        if (!checkpoint.disposed) this.abort(checkpoint, failureOf('CHECKPOINT_EXPIRED'), null)
      }),
    )
    world.trigger(checkpoint)
    if (checkpoint.fullyAcknowledged) this.complete(checkpoint)
    this.triggering = false
    this.lookAtQueue()
  }

  private triggerFailed(request: CheckpointTriggerRequest, failure: CheckpointFailure): void {
    request.done(failure)
    this.world.refused(request.properties, failure)
    this.failureManager.handleFailure(null, request.properties, failure, null)
    this.triggering = false
    this.lookAtQueue()
  }

  // ---- what tasks say -------------------------------------------------------------------------------------------------

  acknowledge(task: number, id: number, acknowledgement: TaskAcknowledgement): void {
    if (this.shutDown) return
    this.enter(() => {
      const checkpoint = this.pending.get(id) ?? null
      this.world.registered(checkpoint, id, acknowledgement)
      const result = checkpoint === null || checkpoint.disposed ? 'unknown' : checkpoint.acknowledge(task, acknowledgement)
      if (result === 'unknown') return this.world.discardState(id, acknowledgement)
      if (result === 'duplicate') return
      this.world.acknowledged(checkpoint!, task, acknowledgement)
      if (checkpoint!.fullyAcknowledged) this.complete(checkpoint!)
    })
  }

  decline(task: number, id: number, failure: CheckpointFailure): void {
    if (this.shutDown) return
    this.enter(() => {
      const checkpoint = this.pending.get(id)
      if (checkpoint === undefined || checkpoint.finalizing) return
      this.world.declined(checkpoint, task, failure)
      this.abort(checkpoint, failure, task)
    })
  }

  // ---- the end of a checkpoint ----------------------------------------------------------------------------------------

  private complete(checkpoint: PendingCheckpoint): void {
    checkpoint.finalizing = true
    this.world.finalize(checkpoint, (outcome) =>
      this.enter(() => {
        checkpoint.finalizing = false
        if (this.shutDown) return this.tooLate(checkpoint)
        if ('reason' in outcome) this.abort(checkpoint, outcome, null)
        else this.completed(checkpoint, outcome)
        this.settled()
      }),
    )
  }

  /** The job has ended meanwhile. */
  private tooLate(checkpoint: PendingCheckpoint): void {
    checkpoint.disposed = true
    this.pending.delete(checkpoint.id)
    this.world.discardPending(checkpoint)
    checkpoint.done(failureOf('CHECKPOINT_COORDINATOR_SHUTDOWN'))
  }

  private settled(): void {
    if (!this.isSettled) return
    const { waiting } = this
    this.waiting = []
    for (const action of waiting) this.post(action)
  }

  private completed(pending: PendingCheckpoint, checkpoint: CompletedCheckpoint): void {
    const { world, store } = this
    const { id, properties, plan } = pending
    pending.disposed = true
    this.lookLater()
    const gone = isSavepointOf(properties) ? [] : store.add(checkpoint)
    if (gone.length > 0) this.lookLater()
    const last = gone.at(-1)
    const subsumed = last?.properties.discardOnSubsumed === true ? last.id : -1
    this.failureManager.handleSuccess(id)
    world.completed(checkpoint, subsumed)
    if (gone.length > 0) world.discardSubsumed(gone, store.all[0]!.id)
    pending.done(checkpoint)
    this.pending.delete(id)
    this.lookLater()
    this.lastCompletion = world.now()
    if (isSavepointOf(properties) && !isSynchronousOf(properties)) return
    for (const older of [...this.pending.values()])
      if (older.id < id && !isSavepointOf(older.properties)) this.abort(older, failureOf('CHECKPOINT_SUBSUMED'), null)
    world.notifyComplete(plan.commitTo, id, subsumed)
  }

  private abort(checkpoint: PendingCheckpoint, failure: CheckpointFailure, task: number | null): void {
    if (checkpoint.disposed || checkpoint.finalizing) return
    const { id, properties, plan } = checkpoint
    checkpoint.disposed = true
    checkpoint.done(failure)
    this.world.discardPending(checkpoint)
    this.lookLater()
    this.world.aborted(checkpoint, failure, this.failureManager.counterAfter(id, properties, failure, task))
    this.failureManager.handleFailure(id, properties, failure, task)
    const latest = this.store.latestId
    this.post(() => this.world.notifyAborted(plan.commitTo, id, latest))
    this.pending.delete(id)
    this.lookLater()
  }
}
