import type { SnapshotType } from '../../core/checkpoints'
import type { Problem } from '../../core/problem'
import type { FileAtStart } from '../../runtime/external/fileSystem'

/** A run whose files are kept, as the storage worker hears of it. */
export interface RunAbout {
  /** No other run has it, on this machine or another. */
  readonly id: string
  /** Of its scenario. */
  readonly name: string
  /** ms since the epoch, the browser's clock. */
  readonly started: number
  /** False: a preview, whose files are in memory and go with it. */
  readonly keep: boolean
  /** Whether its checkpoints outlive it: `execution.checkpointing.externalized-checkpoint-retention` says so. Savepoints always do. */
  readonly retains: boolean
}

/** A checkpoint or savepoint that one can start from. */
export interface KeptSnapshot {
  /** As one gives it to `execution.state-recovery.path`. */
  readonly path: string
  /** Name of the scenario that it comes from. */
  readonly name: string
  /** ms since the epoch, the browser's clock: when its run was started. */
  readonly started: number
  /** Virtual µs at which it was complete. */
  readonly at: number
  /** Bytes of all that a restore may read. */
  readonly size: number
  readonly files: number
  /** What its metadata says; null: nobody can read it. */
  readonly content: {
    readonly type: SnapshotType
    readonly checkpoint: number
    readonly job: string
    /** ms, processing time of the trigger. */
    readonly timestamp: number
    readonly operators: readonly { readonly name: string; readonly parallelism: number }[]
  } | null
}

/** Files of one snapshot, in hand. */
export interface SnapshotBundle {
  readonly path: string
  readonly name: string
  readonly at: number
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[]
}

export interface StorageUse {
  /** Bytes of all files that are kept; of snapshots, and of runs under way. */
  readonly bytes: number
  /** What the browser gives this page in all, and what is in use; null: it does not say. */
  readonly quota: number | null
  readonly used: number | null
  /** Why nothing outlives the tab; null: it does. */
  readonly refused: Problem | null
}

/** Control plane of the storage worker, through Comlink. All reject with ProblemError's data as `StorageAnswer`. */
export interface StorageApi {
  /** From now on the run's files come through the port (files/protocol). */
  open(about: RunAbout, port: MessagePort): void
  /** The run is over: what does not outlive it goes. */
  close(id: string): void
  /** What the restore path of a run needs; the run may read it from then on. */
  found(id: string, path: string): Promise<StorageAnswer<readonly FileAtStart[]>>
  list(): Promise<StorageAnswer<readonly KeptSnapshot[]>>
  /** A snapshot, and what no other shares with it. */
  remove(path: string): Promise<StorageAnswer<null>>
  bundle(path: string): Promise<StorageAnswer<SnapshotBundle>>
  add(bundle: SnapshotBundle): Promise<StorageAnswer<null>>
  use(): Promise<StorageAnswer<StorageUse>>
  /** Through this port it says, once, why nothing outlives the tab: a Problem. */
  watch(port: MessagePort): void
}

/** Comlink would keep no more than an error's message. */
export type StorageAnswer<T> = { readonly value: T } | { readonly problem: Problem }
