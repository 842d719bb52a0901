import { SNAPSHOT_TYPES } from '../../../core/checkpoints'
import type { SnapshotType } from '../../../core/checkpoints'
import { CheckpointingOptions } from '../../../core/options'
import { TraceKind } from '../../../trace/kinds'
import type { Failure } from '../../messages'
import type { Execution } from '../execution'
import type { JobCheckpoints } from './jobCheckpoints'
import { forSavepoint } from './properties'
import { isFailure } from './requestDecider'

const encoder = new TextEncoder()

const NO_DIRECTORY =
  'No savepoint directory configured. You can either specify a directory while cancelling via -s :targetDirectory or configure a cluster-wide default via key ' +
  `'${CheckpointingOptions.SAVEPOINT_DIRECTORY.key}'.`

/** What somebody asked for by hand, and is told of. `intervention`: who asked. */
interface Asked {
  readonly intervention: number
  readonly type: SnapshotType
}

/** A stop that waits for the end of its tasks. */
interface Stopping extends Asked {
  readonly executions: readonly Execution[]
  /** Where the savepoint lies; null: it is not there yet. */
  path: string | null
}

/** Checkpoints and savepoints by hand, and the stop with a savepoint (C-26). Mirrors SchedulerBase.triggerSavepoint and StopWithSavepointTerminationHandlerImpl. */
export class Savepoints {
  private stopping: Stopping | null = null

  constructor(
    private readonly checkpoints: JobCheckpoints,
    private readonly failGlobally: (failure: Failure) => void,
  ) {}

  private tell({ intervention, type }: Asked, outcome: 0 | 1 | 2, text: string): void {
    const { number, services } = this.checkpoints.job
    services.context.emit(TraceKind.SavepointAsked, number, SNAPSHOT_TYPES.indexOf(type), intervention, outcome, NaN, encoder.encode(text))
  }

  checkpoint(intervention: number): void {
    const asked: Asked = { intervention, type: 'checkpoint' }
    this.tell(asked, 0, '')
    this.checkpoints.coordinator.triggerCheckpoint((outcome) =>
      isFailure(outcome) ? this.tell(asked, 2, outcome.message) : this.tell(asked, 1, outcome.path ?? ''),
    )
  }

  savepoint(intervention: number, directory: string | null, native: boolean): void {
    const asked: Asked = { intervention, type: 'savepoint' }
    this.tell(asked, 0, '')
    if (this.hasNoTarget(directory)) return this.tell(asked, 2, NO_DIRECTORY)
    const properties = forSavepoint('savepoint', !this.checkpoints.settings.unaligned, native ? 'native' : 'canonical')
    this.checkpoints.coordinator.triggerSavepoint(properties, directory, (outcome) =>
      isFailure(outcome) ? this.tell(asked, 2, outcome.message) : this.tell(asked, 1, outcome.path ?? ''),
    )
  }

  stop(intervention: number, drain: boolean, directory: string | null): void {
    const { job, coordinator, settings } = this.checkpoints
    const type: SnapshotType = drain ? 'stop-with-savepoint-drain' : 'stop-with-savepoint'
    const asked: Asked = { intervention, type }
    this.tell(asked, 0, '')
    if (this.hasNoTarget(directory)) return this.tell(asked, 2, NO_DIRECTORY)
    if (this.stopping !== null) return this.tell(asked, 2, 'Another stop with a savepoint is in progress.')
    const stopping: Stopping = { ...asked, executions: job.executions.all, path: null }
    this.stopping = stopping
    coordinator.stopScheduler()
    const properties = forSavepoint(type, !settings.unaligned, 'canonical')
    coordinator.triggerSavepoint(properties, directory, (outcome) => {
      if (isFailure(outcome)) return this.notTaken(stopping, outcome.message)
      stopping.path = outcome.path ?? ''
      this.lookAtTasks()
    })
  }

  private hasNoTarget(directory: string | null): boolean {
    return directory === null && this.checkpoints.settings.savepointDirectory === null
  }

  /** The job goes on, with its checkpoints. */
  private notTaken(stopping: Stopping, reason: string): void {
    this.stopping = null
    this.tell(stopping, 2, reason)
    this.checkpoints.resume()
  }

  /** To be called when a task has come to its end, before anything follows of it. */
  lookAtTasks(): void {
    const { stopping } = this
    if (stopping === null || stopping.path === null || !stopping.executions.every(({ terminal }) => terminal)) return
    this.stopping = null
    const states = new Set(stopping.executions.map(({ state }) => state).filter((state) => state !== 'FINISHED'))
    if (states.size === 0) return this.tell(stopping, 1, stopping.path)
    const { jobId } = this.checkpoints
    this.tell(
      stopping,
      2,
      `A savepoint has been created at: ${stopping.path}, but the corresponding job ${jobId} failed during stopping. The savepoint is consistent, but might have ` +
        'uncommitted transactions. If you want to commit the transaction please restart a job from this savepoint.',
    )
    this.failGlobally({
      className: 'org.apache.flink.util.FlinkException',
      message:
        `Inconsistent execution state after stopping with savepoint. At least one execution is still in one of the following states: ${[...states].join(', ')}. ` +
        `A global fail-over is triggered to recover the job ${jobId}.`,
    })
  }
}
