import { Configuration, type ConfigOption } from '../../core/configuration'
import { IllegalArgumentException } from '../../core/exceptions'
import { UPPER_BOUND_MAX_PARALLELISM } from '../../core/keygroups'
import { CoreOptions, PipelineOptions } from '../../core/options'
import { validateParallelism } from '../operators/transformation'

/** What a program sets by `env.…`, under Flink's keys, over what the cluster and the submission configured. */
export class Settings {
  private own = Configuration.fromMap({})

  constructor(private readonly base: Configuration) {}

  get<T>(option: ConfigOption<T>): T {
    return this.own.getOptional(option) ?? this.base.get(option)
  }

  set(option: ConfigOption<unknown>, text: string): void {
    const entries = this.own.toMap()
    for (const key of option.fallbackKeys) delete entries[key]
    this.own = Configuration.fromMap({ ...entries, [option.key]: text })
  }

  setAll(configuration: Configuration): void {
    this.own = this.own.merge(configuration)
  }

  /** Mirrors ExecutionConfig.setParallelism: −1 goes back to the cluster's. */
  setParallelism(parallelism: number): void {
    validateParallelism(parallelism)
    this.set(CoreOptions.DEFAULT_PARALLELISM, String(parallelism === -1 ? this.base.get(CoreOptions.DEFAULT_PARALLELISM) : parallelism))
  }

  /** Mirrors StreamExecutionEnvironment.setMaxParallelism. */
  setMaxParallelism(maxParallelism: number): void {
    if (!Number.isInteger(maxParallelism) || maxParallelism <= 0 || maxParallelism > UPPER_BOUND_MAX_PARALLELISM) {
      throw new IllegalArgumentException(
        `maxParallelism is out of bounds 0 < maxParallelism <= ${UPPER_BOUND_MAX_PARALLELISM}. Found: ${maxParallelism}`,
      )
    }
    this.set(PipelineOptions.MAX_PARALLELISM, String(maxParallelism))
  }

  /** Only what the program set. */
  toMap(): Record<string, string> {
    return this.own.toMap()
  }
}
