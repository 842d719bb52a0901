import type { Configuration } from '../../../core/configuration'
import { CheckpointingOptions, RocksDBOptions } from '../../../core/options'
import type { LsmSettings } from './ColumnFamily'

/** Virtual µs. */
export interface AccessCosts {
  readonly read: number
  readonly write: number
  /** For each file that a read looks in. */
  readonly file: number
  /** For each row of a walk. */
  readonly next: number
}

export interface RocksDbSettings extends LsmSettings {
  readonly incremental: boolean
  readonly costs: AccessCosts
}

export const rocksDbSettings = (configuration: Configuration): RocksDbSettings => ({
  incremental: configuration.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS),
  writeBufferSize: configuration.get(RocksDBOptions.WRITE_BUFFER_SIZE),
  targetFileSize: configuration.get(RocksDBOptions.TARGET_FILE_SIZE_BASE),
  levelBase: configuration.get(RocksDBOptions.MAX_SIZE_LEVEL_BASE),
  costs: {
    read: configuration.get(RocksDBOptions.READ_COST),
    write: configuration.get(RocksDBOptions.WRITE_COST),
    file: configuration.get(RocksDBOptions.FILE_COST),
    next: 1,
  },
})
