import { Configuration, type ConfigOption } from '../../core/configuration'
import { IllegalArgumentException } from '../../core/exceptions'
import { UPPER_BOUND_MAX_PARALLELISM } from '../../core/keygroups'
import { checkConfiguration } from '../../core/option-check'
import { CoreOptions, PipelineOptions } from '../../core/options'
import { ProblemError, type Problem } from '../../core/problem'
import { validateParallelism } from '../operators/transformation'

/** What a program sets by `env.…`, under Flink's keys, over what the cluster and the submission configured. */
export class Settings {
  private own = Configuration.fromMap({})

  private readonly told = new Map<string, Problem>()

  /** `line`: the line of the program that is running. */
  constructor(
    private readonly base: Configuration,
    private readonly line: () => number | undefined = () => undefined,
  ) {}

  get<T>(option: ConfigOption<T>): T {
    return this.own.getOptional(option) ?? this.base.get(option)
  }

  set(option: ConfigOption<unknown>, text: string): void {
    const entries = this.own.toMap()
    for (const key of option.fallbackKeys) delete entries[key]
    this.check({ [option.key]: text })
    this.own = Configuration.fromMap({ ...entries, [option.key]: text })
  }

  /** Takes back what the program set. */
  remove(option: ConfigOption<unknown>): void {
    const entries = this.own.toMap()
    for (const key of [option.key, ...option.fallbackKeys]) delete entries[key]
    this.own = Configuration.fromMap(entries)
  }

  /** Throws the problem of the first value that is none of its key's type. */
  setAll(configuration: Configuration): void {
    this.check(configuration.toMap())
    this.own = this.own.merge(configuration)
  }

  /** What must be said about the program's settings: unknown keys, and keys without effect here. */
  get warnings(): readonly Problem[] {
    return [...this.told.values()]
  }

  private check(entries: Readonly<Record<string, string>>): void {
    for (const found of checkConfiguration(entries)) {
      const line = this.line()
      const here: Problem = line === undefined ? found : { ...found, place: { in: 'program', line } }
      if (here.severity === 'error') throw new ProblemError(here)
      this.told.set(`${here.code} ${String(here.args?.key)}`, here)
    }
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
