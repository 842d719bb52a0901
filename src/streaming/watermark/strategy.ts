import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { Duration, millisOf } from '../time'
import type { TimeLike } from '../time'
import { SETTINGS } from '../timeSettings'
import type { WatermarkSettings } from '../timeSettings'
import { simpleNameOf } from '../operators/names'
import { AscendingTimestampsWatermarks, BoundedOutOfOrdernessWatermarks, NoWatermarksGenerator } from './generators'
import type {
  TimestampAssigner,
  TimestampAssignerContext,
  TimestampAssignerLike,
  TimestampAssignerSupplier,
  WatermarkGenerator,
  WatermarkGeneratorContext,
  WatermarkGeneratorSupplier,
  WatermarkGeneratorSupplierLike,
} from './watermark'
import { WatermarksWithIdleness } from './watermarksWithIdleness'

/** Mirrors WatermarkAlignmentParams; all in ms. */
export interface WatermarkAlignmentParams {
  /** Sources of one group wait for each other. */
  readonly watermarkGroup: string
  /** How far a source may be ahead, in ms. */
  readonly maxAllowedWatermarkDrift: number
  /** How often sources compare, in ms. */
  readonly updateInterval: number
}

const alignmentSettings = (params: WatermarkAlignmentParams | undefined): WatermarkSettings['alignment'] =>
  params === undefined
    ? null
    : { group: params.watermarkGroup, maxDrift: params.maxAllowedWatermarkDrift, updateInterval: params.updateInterval }

/** Keeps the timestamp that a record has. */
export class RecordTimestampAssigner<T> implements TimestampAssigner<T> {
  extractTimestamp(_element: T, recordTimestamp: number): number {
    return recordTimestamp
  }
}

/**
 * How records get their timestamps, and how watermarks follow from them. Mirrors org.apache.flink.api.common.eventtime.WatermarkStrategy.
 */
export abstract class WatermarkStrategy<T> implements TimestampAssignerSupplier<T>, WatermarkGeneratorSupplier<T> {
  /** Makes a generator for a subtask. */
  abstract createWatermarkGenerator(context: WatermarkGeneratorContext): WatermarkGenerator<T>

  /** Makes an assigner for a subtask. */
  createTimestampAssigner(_context: TimestampAssignerContext): TimestampAssigner<T> {
    return new RecordTimestampAssigner()
  }

  /** undefined: sources are not aligned. */
  getAlignmentParameters(): WatermarkAlignmentParams | undefined {
    return undefined
  }

  /** @internal A strategy of the program's own is known by its class alone. */
  [SETTINGS](): WatermarkSettings {
    const { createTimestampAssigner } = WatermarkStrategy.prototype
    return {
      generator: { type: 'user', name: simpleNameOf(this, 'WatermarkStrategy') },
      assigner: this.createTimestampAssigner !== createTimestampAssigner,
      idleness: null,
      alignment: alignmentSettings(this.getAlignmentParameters()),
    }
  }

  /** `assigner`: `(element, recordTimestamp) => ms`, an object with `extractTimestamp`, or one with `createTimestampAssigner`. */
  withTimestampAssigner(assigner: TimestampAssignerLike<T> | TimestampAssignerSupplier<T>): WatermarkStrategy<T> {
    if (assigner === null || assigner === undefined) throw new NullPointerException('timestampAssigner')
    if (typeof assigner === 'function')
      return new Derived(this, { assigner: { createTimestampAssigner: () => ({ extractTimestamp: assigner }) } })
    if ('createTimestampAssigner' in assigner) return new Derived(this, { assigner })
    return new Derived(this, { assigner: { createTimestampAssigner: () => assigner } })
  }

  /** Records that stay away for longer than this no longer hold others back (T-5). */
  withIdleness(idleTimeout: TimeLike): WatermarkStrategy<T> {
    if (idleTimeout === null || idleTimeout === undefined) throw new NullPointerException('idleTimeout')
    if (millisOf(idleTimeout) <= 0) throw new IllegalArgumentException('idleTimeout must be greater than zero')
    return new Derived(this, { idleTimeout })
  }

  /** Lets sources of one group wait when they are too far ahead. */
  withWatermarkAlignment(
    watermarkGroup: string,
    maxAllowedWatermarkDrift: TimeLike,
    updateInterval: TimeLike = Duration.ofSeconds(1),
  ): WatermarkStrategy<T> {
    if (typeof watermarkGroup !== 'string') throw new NullPointerException('watermarkGroup cannot be null')
    const params = {
      watermarkGroup,
      maxAllowedWatermarkDrift: millisOf(maxAllowedWatermarkDrift),
      updateInterval: millisOf(updateInterval),
    }
    if (params.maxAllowedWatermarkDrift < 0)
      throw new IllegalArgumentException('maxAllowedWatermarkDrift must be greater than or equal to zero')
    if (params.updateInterval <= 0) throw new IllegalArgumentException('updateInterval must be positive')
    return new Derived(this, { alignment: params })
  }

  /** For timestamps that never fall: the watermark is the last one less 1 ms (T-1). */
  static forMonotonousTimestamps<T>(): WatermarkStrategy<T> {
    return new Generated<T>(() => new AscendingTimestampsWatermarks(), { type: 'monotonous' })
  }

  /** For records that come at most this much out of order (T-1). */
  static forBoundedOutOfOrderness<T>(maxOutOfOrderness: TimeLike): WatermarkStrategy<T> {
    const generator = { type: 'bounded', bound: millisOf(maxOutOfOrderness) } as const
    return new Generated<T>(() => new BoundedOutOfOrdernessWatermarks(maxOutOfOrderness), generator)
  }

  /** Makes watermarks by a generator of one's own. */
  static forGenerator<T>(supplier: WatermarkGeneratorSupplierLike<T>): WatermarkStrategy<T> {
    const create =
      typeof supplier === 'function' ? supplier : (context: WatermarkGeneratorContext) => supplier.createWatermarkGenerator(context)
    return new Generated(create, { type: 'user', name: simpleNameOf(supplier, 'WatermarkGenerator') })
  }

  /** Makes no watermarks at all. */
  static noWatermarks<T>(): WatermarkStrategy<T> {
    return new Generated<T>(() => new NoWatermarksGenerator(), { type: 'none' })
  }
}

class Generated<T> extends WatermarkStrategy<T> {
  constructor(
    private readonly create: (context: WatermarkGeneratorContext) => WatermarkGenerator<T>,
    private readonly generator: WatermarkSettings['generator'],
  ) {
    super()
  }
  override [SETTINGS](): WatermarkSettings {
    return { generator: this.generator, assigner: false, idleness: null, alignment: null }
  }
  createWatermarkGenerator(context: WatermarkGeneratorContext): WatermarkGenerator<T> {
    return this.create(context)
  }
}

/** A strategy with one thing changed. */
class Derived<T> extends WatermarkStrategy<T> {
  constructor(
    private readonly base: WatermarkStrategy<T>,
    private readonly change: {
      readonly assigner?: TimestampAssignerSupplier<T>
      readonly idleTimeout?: TimeLike
      readonly alignment?: WatermarkAlignmentParams
    },
  ) {
    super()
  }
  override [SETTINGS](): WatermarkSettings {
    const base = this.base[SETTINGS]()
    const { assigner, idleTimeout, alignment } = this.change
    return {
      generator: base.generator,
      assigner: base.assigner || assigner !== undefined,
      idleness: idleTimeout === undefined ? base.idleness : millisOf(idleTimeout),
      alignment: alignment === undefined ? base.alignment : alignmentSettings(alignment),
    }
  }
  createWatermarkGenerator(context: WatermarkGeneratorContext): WatermarkGenerator<T> {
    const generator = this.base.createWatermarkGenerator(context)
    return this.change.idleTimeout === undefined
      ? generator
      : new WatermarksWithIdleness(generator, this.change.idleTimeout, context.getInputActivityClock())
  }
  override createTimestampAssigner(context: TimestampAssignerContext): TimestampAssigner<T> {
    return (this.change.assigner ?? this.base).createTimestampAssigner(context)
  }
  override getAlignmentParameters(): WatermarkAlignmentParams | undefined {
    return this.change.alignment ?? this.base.getAlignmentParameters()
  }
}
