import { CoreOptions, PipelineOptions } from '../../core/options'
import type { Settings } from './settings'

/** Settings of how the program is executed. Mirrors org.apache.flink.api.common.ExecutionConfig; serializers, restart strategies and job parameters are left out. */
export class ExecutionConfig {
  /** Stands for "the cluster's parallelism". */
  static readonly PARALLELISM_DEFAULT = -1

  /** @internal */
  constructor(private readonly settings: Settings) {}

  /** Sets how often watermark generators are asked for a watermark, in ms or as a Duration; 0 means never. */
  setAutoWatermarkInterval(interval: number | { toMillis(): number }): this {
    this.settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, `${typeof interval === 'number' ? interval : interval.toMillis()} ms`)
    return this
  }

  /** Returns how often watermark generators are asked for a watermark, in ms. */
  getAutoWatermarkInterval(): number {
    return this.settings.get(PipelineOptions.AUTO_WATERMARK_INTERVAL)
  }

  /** Sets the parallelism of operators that do not say theirs. */
  setParallelism(parallelism: number): this {
    this.settings.setParallelism(parallelism)
    return this
  }

  /** Returns the parallelism of operators that do not say theirs. */
  getParallelism(): number {
    return this.settings.get(CoreOptions.DEFAULT_PARALLELISM)
  }

  /** Sets the number of key groups of operators that do not say theirs. */
  setMaxParallelism(maxParallelism: number): void {
    this.settings.setMaxParallelism(maxParallelism)
  }

  /** Returns the number of key groups of operators that do not say theirs, −1 if it was never set. */
  getMaxParallelism(): number {
    return this.settings.get(PipelineOptions.MAX_PARALLELISM)
  }

  /** Hands records from operator to operator of a chain without copying them. */
  enableObjectReuse(): this {
    this.settings.set(PipelineOptions.OBJECT_REUSE, 'true')
    return this
  }

  /** Copies records between the operators of a chain, as is the default. */
  disableObjectReuse(): this {
    this.settings.set(PipelineOptions.OBJECT_REUSE, 'false')
    return this
  }

  /** Returns whether records are handed on without copying. */
  isObjectReuseEnabled(): boolean {
    return this.settings.get(PipelineOptions.OBJECT_REUSE)
  }
}
