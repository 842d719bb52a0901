import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { Duration, millisOf } from '../time'
import type { TimeLike } from '../time'

/**
 * How long a state's values live without being touched, in processing time. Mirrors org.apache.flink.api.common.state.StateTtlConfig. RocksDB cleans
 * up when it compacts, unless that is disabled; the cleanup of the heap in the background does nothing: what has expired goes when it is met, or in
 * a full snapshot.
 */
export class StateTtlConfig {
  /** Values live for ever. */
  static readonly DISABLED = new StateTtlConfig(0, 'Disabled', 'NeverReturnExpired', false)

  /** @internal */
  constructor(
    /** @internal ms. */
    readonly ttl: number,
    private readonly updateType: `${StateTtlConfig.UpdateType}`,
    private readonly stateVisibility: `${StateTtlConfig.StateVisibility}`,
    /** @internal */
    readonly cleanupInFullSnapshot: boolean,
    /** @internal */
    readonly cleanupInBackground = true,
  ) {}

  /** Begins with a time that values live after their last write. */
  static newBuilder(ttl: TimeLike): StateTtlConfig.Builder {
    return new StateTtlConfig.Builder(ttl)
  }

  /** Returns what renews a value's life. */
  getUpdateType(): `${StateTtlConfig.UpdateType}` {
    return this.updateType
  }
  /** Returns whether expired values are given out. */
  getStateVisibility(): `${StateTtlConfig.StateVisibility}` {
    return this.stateVisibility
  }
  /** Returns how long a value lives. */
  getTimeToLive(): Duration {
    return Duration.ofMillis(this.ttl)
  }
  /** Returns whether values expire at all. */
  isEnabled(): boolean {
    return this.updateType !== 'Disabled'
  }
}

/** Nested types, as in Java. */
export namespace StateTtlConfig {
  /** What renews a value's life. */
  export enum UpdateType {
    Disabled = 'Disabled',
    OnCreateAndWrite = 'OnCreateAndWrite',
    OnReadAndWrite = 'OnReadAndWrite',
  }
  /** Whether a value that has expired but is still there is given out. */
  export enum StateVisibility {
    ReturnExpiredIfNotCleanedUp = 'ReturnExpiredIfNotCleanedUp',
    NeverReturnExpired = 'NeverReturnExpired',
  }
  /** Which time counts. */
  export enum TtlTimeCharacteristic {
    ProcessingTime = 'ProcessingTime',
  }

  /** Collects what a configuration says. */
  export class Builder {
    private ttl: number
    private updateType: `${UpdateType}` = 'OnCreateAndWrite'
    private stateVisibility: `${StateVisibility}` = 'NeverReturnExpired'
    private fullSnapshot = false
    private background = true

    constructor(ttl: TimeLike) {
      this.ttl = millisOf(ttl)
    }
    /** Says what renews a value's life. */
    setUpdateType(updateType: `${UpdateType}`): this {
      this.updateType = updateType
      return this
    }
    /** A value's life begins anew when it is written. */
    updateTtlOnCreateAndWrite(): this {
      return this.setUpdateType('OnCreateAndWrite')
    }
    /** A value's life begins anew when it is read or written. */
    updateTtlOnReadAndWrite(): this {
      return this.setUpdateType('OnReadAndWrite')
    }
    /** Says whether expired values are given out. */
    setStateVisibility(stateVisibility: `${StateVisibility}`): this {
      this.stateVisibility = stateVisibility
      return this
    }
    /** Expired values are given out as long as they are there. */
    returnExpiredIfNotCleanedUp(): this {
      return this.setStateVisibility('ReturnExpiredIfNotCleanedUp')
    }
    /** Expired values are never given out. */
    neverReturnExpired(): this {
      return this.setStateVisibility('NeverReturnExpired')
    }
    /** Says which time counts; there is processing time only. */
    setTtlTimeCharacteristic(_characteristic: `${TtlTimeCharacteristic}`): this {
      return this
    }
    /** Processing time counts. */
    useProcessingTime(): this {
      return this
    }
    /** Leaves what has expired out of full snapshots. */
    cleanupFullSnapshot(): this {
      this.fullSnapshot = true
      return this
    }
    /** Accepted without effect. */
    cleanupIncrementally(_cleanupSize: number, _runCleanupForEveryRecord: boolean): this {
      return this
    }
    /** Accepted without effect. */
    cleanupInRocksdbCompactFilter(_queryTimeAfterNumEntries?: number, _periodicCompactionTime?: TimeLike): this {
      return this
    }
    /** What has expired goes when it is met, or in a full snapshot. */
    disableCleanupInBackground(): this {
      this.background = false
      return this
    }
    /** Says how long a value lives. */
    setTimeToLive(ttl: TimeLike): this {
      if (ttl === null || ttl === undefined) throw new NullPointerException('ttl')
      this.ttl = millisOf(ttl)
      return this
    }
    /** @deprecated use `setTimeToLive` */
    setTtl(ttl: TimeLike): this {
      return this.setTimeToLive(ttl)
    }
    /** Makes the configuration. */
    build(): StateTtlConfig {
      if (this.ttl <= 0) throw new IllegalArgumentException('TTL is expected to be positive.')
      return new StateTtlConfig(this.ttl, this.updateType, this.stateVisibility, this.fullSnapshot, this.background)
    }
  }
}
