import { IllegalArgumentException } from '../../core/exceptions'
import { CheckpointingOptions as Options } from '../../core/options'
import { millisOf, type TimeLike } from '../time'
import { CheckpointingMode } from './CheckpointingMode'
import type { Settings } from './settings'

/** What becomes of a job's last checkpoint when the job ends. Mirrors org.apache.flink.configuration.ExternalizedCheckpointRetention. */
export enum ExternalizedCheckpointRetention {
  /** It goes when the job is canceled. */
  DELETE_ON_CANCELLATION = 'DELETE_ON_CANCELLATION',
  /** It stays. */
  RETAIN_ON_CANCELLATION = 'RETAIN_ON_CANCELLATION',
  /** It goes. */
  NO_EXTERNALIZED_CHECKPOINTS = 'NO_EXTERNALIZED_CHECKPOINTS',
}

/**
 * Settings of checkpoints, under Flink's keys. Mirrors org.apache.flink.streaming.api.environment.CheckpointConfig; backlog intervals,
 * local recovery and storage objects are left out.
 */
export class CheckpointConfig {
  /** Names of retention, as they were before 1.20. */
  static readonly ExternalizedCheckpointCleanup = ExternalizedCheckpointRetention

  /** @internal */
  constructor(private readonly settings: Settings) {}

  /** Takes no checkpoints. */
  disableCheckpointing(): void {
    this.settings.remove(Options.CHECKPOINTING_INTERVAL)
  }

  /** Returns whether checkpoints are taken. */
  isCheckpointingEnabled(): boolean {
    return this.getCheckpointInterval() > 0
  }

  /** Sets whether every record counts once, or at least once. */
  setCheckpointingMode(mode: CheckpointingMode): void {
    this.settings.set(Options.CHECKPOINTING_CONSISTENCY_MODE, mode)
  }

  /** Sets whether every record counts once, or at least once. */
  setCheckpointingConsistencyMode(mode: CheckpointingMode): void {
    this.setCheckpointingMode(mode)
  }

  /** Returns whether every record counts once, or at least once. */
  getCheckpointingMode(): CheckpointingMode {
    return this.settings.get(Options.CHECKPOINTING_CONSISTENCY_MODE) as CheckpointingMode
  }

  /** Returns whether every record counts once, or at least once. */
  getCheckpointingConsistencyMode(): CheckpointingMode {
    return this.getCheckpointingMode()
  }

  /** Sets how often a checkpoint is taken, in ms. */
  setCheckpointInterval(checkpointInterval: number): void {
    if (!(checkpointInterval >= 10)) throw new IllegalArgumentException('Checkpoint interval must be larger than or equal to 10 ms')
    this.settings.set(Options.CHECKPOINTING_INTERVAL, `${checkpointInterval} ms`)
  }

  /** Returns how often a checkpoint is taken, in ms; −1 for never. */
  getCheckpointInterval(): number {
    return this.settings.get(Options.CHECKPOINTING_INTERVAL) ?? -1
  }

  /** Sets how long a checkpoint may take, in ms. */
  setCheckpointTimeout(checkpointTimeout: number): void {
    if (!(checkpointTimeout >= 10)) throw new IllegalArgumentException('Checkpoint timeout must be larger than or equal to 10 ms')
    this.settings.set(Options.CHECKPOINTING_TIMEOUT, `${checkpointTimeout} ms`)
  }

  /** Returns how long a checkpoint may take, in ms. */
  getCheckpointTimeout(): number {
    return this.settings.get(Options.CHECKPOINTING_TIMEOUT)
  }

  /** Sets how long to wait between the end of a checkpoint and the next, in ms. */
  setMinPauseBetweenCheckpoints(minPauseBetweenCheckpoints: number): void {
    if (!(minPauseBetweenCheckpoints >= 0)) throw new IllegalArgumentException('Pause value must be zero or positive')
    this.settings.set(Options.MIN_PAUSE_BETWEEN_CHECKPOINTS, `${minPauseBetweenCheckpoints} ms`)
  }

  /** Returns how long to wait between the end of a checkpoint and the next, in ms. */
  getMinPauseBetweenCheckpoints(): number {
    return this.settings.get(Options.MIN_PAUSE_BETWEEN_CHECKPOINTS)
  }

  /** Sets how many checkpoints may be under way at once. */
  setMaxConcurrentCheckpoints(maxConcurrentCheckpoints: number): void {
    if (!(maxConcurrentCheckpoints >= 1)) {
      throw new IllegalArgumentException('The maximum number of concurrent attempts must be at least one.')
    }
    this.settings.set(Options.MAX_CONCURRENT_CHECKPOINTS, String(maxConcurrentCheckpoints))
  }

  /** Returns how many checkpoints may be under way at once. */
  getMaxConcurrentCheckpoints(): number {
    return this.settings.get(Options.MAX_CONCURRENT_CHECKPOINTS)
  }

  /** Sets how many checkpoints may fail in a row before the job does. */
  setTolerableCheckpointFailureNumber(tolerableCheckpointFailureNumber: number): void {
    if (!(tolerableCheckpointFailureNumber >= 0)) {
      throw new IllegalArgumentException('The tolerable failure checkpoint number must be non-negative.')
    }
    this.settings.set(Options.TOLERABLE_FAILURE_NUMBER, String(tolerableCheckpointFailureNumber))
  }

  /** Returns how many checkpoints may fail in a row before the job does. */
  getTolerableCheckpointFailureNumber(): number {
    return this.settings.get(Options.TOLERABLE_FAILURE_NUMBER)
  }

  /** Sets what becomes of the last checkpoint when the job ends. */
  setExternalizedCheckpointRetention(retention: ExternalizedCheckpointRetention): void {
    this.settings.set(Options.EXTERNALIZED_CHECKPOINT_RETENTION, retention)
  }

  /** Sets what becomes of the last checkpoint when the job ends. @deprecated use `setExternalizedCheckpointRetention` */
  setExternalizedCheckpointCleanup(cleanupMode: ExternalizedCheckpointRetention): void {
    this.setExternalizedCheckpointRetention(cleanupMode)
  }

  /** Sets what becomes of the last checkpoint when the job ends. @deprecated use `setExternalizedCheckpointRetention` */
  enableExternalizedCheckpoints(cleanupMode: ExternalizedCheckpointRetention): void {
    this.setExternalizedCheckpointRetention(cleanupMode)
  }

  /** Returns what becomes of the last checkpoint when the job ends. */
  getExternalizedCheckpointRetention(): ExternalizedCheckpointRetention {
    return this.settings.get(Options.EXTERNALIZED_CHECKPOINT_RETENTION) as ExternalizedCheckpointRetention
  }

  /** Lets barriers overtake records, which are then part of the checkpoint. */
  enableUnalignedCheckpoints(enabled = true): void {
    this.settings.set(Options.ENABLE_UNALIGNED, String(enabled))
  }

  /** Returns whether barriers may overtake records. */
  isUnalignedCheckpointsEnabled(): boolean {
    return this.settings.get(Options.ENABLE_UNALIGNED)
  }

  /** Lets barriers overtake records even where that may lose some. */
  setForceUnalignedCheckpoints(forceUnalignedCheckpoints: boolean): void {
    this.settings.set(Options.FORCE_UNALIGNED, String(forceUnalignedCheckpoints))
  }

  /** Returns whether barriers overtake records even where that may lose some. */
  isForceUnalignedCheckpoints(): boolean {
    return this.settings.get(Options.FORCE_UNALIGNED)
  }

  /** Takes checkpoints of iterations too, which lose what is on its way round. @deprecated Flink has no iterations from 2.0 on */
  setForceCheckpointing(forceCheckpointing: boolean): void {
    this.settings.set(Options.FORCE_CHECKPOINTING, String(forceCheckpointing))
  }

  /** Sets after what time of alignment a checkpoint becomes unaligned. */
  setAlignedCheckpointTimeout(alignedCheckpointTimeout: TimeLike): void {
    this.settings.set(Options.ALIGNED_CHECKPOINT_TIMEOUT, `${millisOf(alignedCheckpointTimeout)} ms`)
  }

  /** Sets where checkpoints are written. */
  setCheckpointStorage(checkpointDirectory: string): void {
    this.settings.set(Options.CHECKPOINT_STORAGE, 'filesystem')
    this.settings.set(Options.CHECKPOINTS_DIRECTORY, checkpointDirectory)
  }
}
