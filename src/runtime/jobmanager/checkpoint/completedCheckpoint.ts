import type { CheckpointMetadata } from '../../checkpoint/metadata'
import { isSavepointOf, isSynchronousOf } from './properties'
import type { CheckpointProperties } from './properties'

/** A checkpoint that the job can be restored from. Mirrors CompletedCheckpoint. */
export interface CompletedCheckpoint {
  readonly id: number
  /** ms, processing time of the trigger. */
  readonly timestamp: number
  readonly properties: CheckpointProperties
  /** Its own directory, without a slash at the end; null: it lies in the JobManager's memory. */
  readonly path: string | null
  readonly metadata: CheckpointMetadata
  /** Bytes of `_metadata`. */
  readonly metadataSize: number
  /** Bytes that it uploaded, and of all state that it refers to. */
  readonly uploaded: number
  readonly fullSize: number
  /** Another run took it. */
  readonly foreign?: true
}

/**
 * Checkpoints that the job keeps, oldest first. Mirrors DefaultCompletedCheckpointStore. What high availability keeps of it when the JobManager dies are
 * these very objects: `all`, handed to the next store.
 */
export class CompletedCheckpointStore {
  private checkpoints: CompletedCheckpoint[]

  constructor(
    private readonly retained: number,
    recovered: readonly CompletedCheckpoint[] = [],
  ) {
    this.checkpoints = [...recovered]
  }

  get all(): readonly CompletedCheckpoint[] {
    return this.checkpoints
  }

  get latest(): CompletedCheckpoint | null {
    return this.checkpoints.at(-1) ?? null
  }

  /** 0: none. */
  get latestId(): number {
    return this.latest?.id ?? 0
  }

  /** Gives those that went, oldest first: beyond those that are kept, but never the last one that is no savepoint, which later ones build on. Mirrors CheckpointSubsumeHelper. */
  add(checkpoint: CompletedCheckpoint): readonly CompletedCheckpoint[] {
    this.checkpoints.push(checkpoint)
    const lastCheckpoint = this.checkpoints.findLast(({ properties }) => !isSavepointOf(properties))
    const gone: CompletedCheckpoint[] = []
    for (const other of this.checkpoints) {
      if (this.checkpoints.length - gone.length <= this.retained) break
      if (other === checkpoint) continue
      const mayGo =
        isSavepointOf(other.properties) ||
        isSynchronousOf(checkpoint.properties) ||
        (lastCheckpoint !== undefined && lastCheckpoint !== other)
      if (mayGo) gone.push(other)
    }
    this.checkpoints = this.checkpoints.filter((other) => !gone.includes(other))
    return gone
  }

  clear(): void {
    this.checkpoints = []
  }
}
