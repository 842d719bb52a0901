import type { ConfigOption } from '../../core/configuration'
import { CheckpointingOptions, StateBackendOptions } from '../../core/options'

/** Where keyed state lives while a job runs, as settings under Flink's keys. Mirrors org.apache.flink.runtime.state.StateBackend from outside. */
export abstract class StateBackend {
  /** @internal */
  abstract readonly settings: readonly (readonly [ConfigOption<unknown>, string])[]
}

/** State as objects on the heap. */
export class HashMapStateBackend extends StateBackend {
  /** @internal */
  readonly settings = [[StateBackendOptions.STATE_BACKEND, 'hashmap']] as const
}

const rocksdb = (incremental: boolean | undefined) =>
  [
    [StateBackendOptions.STATE_BACKEND, 'rocksdb'],
    ...(incremental === undefined ? [] : [[CheckpointingOptions.INCREMENTAL_CHECKPOINTS, String(incremental)] as const]),
  ] as const

/** State as bytes in RocksDB, on the TaskManager's disk. */
export class EmbeddedRocksDBStateBackend extends StateBackend {
  /** @internal */
  readonly settings: readonly (readonly [ConfigOption<unknown>, string])[]

  /** With `true` a checkpoint holds only what is new. */
  constructor(enableIncrementalCheckpointing?: boolean) {
    super()
    this.settings = rocksdb(enableIncrementalCheckpointing)
  }
}

/** State on the heap, checkpoints in the JobManager's memory. @deprecated use HashMapStateBackend and checkpoint storage `jobmanager` */
export class MemoryStateBackend extends StateBackend {
  /** @internal */
  readonly settings = [
    [StateBackendOptions.STATE_BACKEND, 'hashmap'],
    [CheckpointingOptions.CHECKPOINT_STORAGE, 'jobmanager'],
  ] as const

  /** The size is accepted and has no effect. */
  constructor(_maxStateSize?: number) {
    super()
  }
}

const filesystem = (directory: string) =>
  [
    [CheckpointingOptions.CHECKPOINT_STORAGE, 'filesystem'],
    [CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory],
  ] as const

/** State on the heap, checkpoints in a file system. @deprecated use HashMapStateBackend and `setCheckpointStorage` */
export class FsStateBackend extends StateBackend {
  /** @internal */
  readonly settings: readonly (readonly [ConfigOption<unknown>, string])[]

  /** Writes checkpoints to that directory. */
  constructor(checkpointDataUri: string) {
    super()
    this.settings = [[StateBackendOptions.STATE_BACKEND, 'hashmap'], ...filesystem(checkpointDataUri)]
  }
}

/** State in RocksDB, checkpoints in a file system. @deprecated use EmbeddedRocksDBStateBackend and `setCheckpointStorage` */
export class RocksDBStateBackend extends StateBackend {
  /** @internal */
  readonly settings: readonly (readonly [ConfigOption<unknown>, string])[]

  /** Writes checkpoints to that directory; with `true` a checkpoint holds only what is new. */
  constructor(checkpointDataUri: string, enableIncrementalCheckpointing?: boolean) {
    super()
    this.settings = [...rocksdb(enableIncrementalCheckpointing), ...filesystem(checkpointDataUri)]
  }
}
