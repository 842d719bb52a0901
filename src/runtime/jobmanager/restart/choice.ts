import type { ConfigOption, Configuration } from '../../../core/configuration'
import { IllegalArgumentException } from '../../../core/exceptions'
import { CheckpointingOptions, RestartStrategyOptions } from '../../../core/options'
import { ProblemError } from '../../../core/problem'
import {
  ExponentialDelayRestartBackoffTimeStrategy,
  FailureRateRestartBackoffTimeStrategy,
  FixedDelayRestartBackoffTimeStrategy,
  NoRestartBackoffTimeStrategy,
} from './strategies'
import type { Clock, Jitter, RestartBackoffTimeStrategy } from './strategies'

/** What a strategy needs of the world. */
export interface RestartWorld {
  readonly now: Clock
  readonly jitter: Jitter
}

/**
 * The strategy of a job (R-1 … R-3): the job's own configuration, else the cluster's, else none without checkpoints and exponential delay with them. Parameters
 * come from where the name came from. Mirrors RestartBackoffTimeStrategyFactoryLoader; what a program sets through RestartStrategies is part of the job's
 * configuration here. Throws IllegalArgumentException for an unknown name or parameters that are none.
 */
export function restartStrategyOf(job: Configuration, cluster: Configuration, world: RestartWorld): RestartBackoffTimeStrategy {
  const named = fromConfiguration(job, world) ?? fromConfiguration(cluster, world)
  if (named !== null) return named
  const checkpointing = isCheckpointing(job) || isCheckpointing(cluster)
  return checkpointing ? exponentialDelay(undefined, world) : new NoRestartBackoffTimeStrategy()
}

const isCheckpointing = (configuration: Configuration): boolean =>
  configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL) !== undefined

function fromConfiguration(configuration: Configuration, world: RestartWorld): RestartBackoffTimeStrategy | null {
  const option = RestartStrategyOptions.RESTART_STRATEGY
  const name = [option.key, ...option.fallbackKeys].map((key) => configuration.raw(key)).find((text) => text !== undefined)
  if (name === undefined) return null
  switch (name.trim().toLowerCase()) {
    case 'none':
    case 'off':
    case 'disable':
      return new NoRestartBackoffTimeStrategy()
    case 'fixed-delay':
    case 'fixeddelay':
      return new FixedDelayRestartBackoffTimeStrategy(
        read(configuration, RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS),
        read(configuration, RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY),
      )
    case 'failure-rate':
    case 'failurerate':
      return new FailureRateRestartBackoffTimeStrategy(
        world.now,
        read(configuration, RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL),
        read(configuration, RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL),
        read(configuration, RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY),
      )
    case 'exponential-delay':
    case 'exponentialdelay':
      return exponentialDelay(configuration, world)
    default:
      throw new IllegalArgumentException(`${name.toLowerCase()} is an unknown value of RestartStrategyType.`)
  }
}

/** With the defaults only, where no configuration is given. */
function exponentialDelay(configuration: Configuration | undefined, world: RestartWorld): RestartBackoffTimeStrategy {
  const value = (option: (typeof RestartStrategyOptions)[ExponentialOption]): number =>
    configuration === undefined ? option.defaultValue : read(configuration, option)
  return new ExponentialDelayRestartBackoffTimeStrategy(world.now, world.jitter, {
    initialBackoff: value(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF),
    maxBackoff: value(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF),
    multiplier: value(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER),
    resetThreshold: value(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD),
    jitter: value(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR),
    attempts: value(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS),
  })
}
type ExponentialOption = Extract<keyof typeof RestartStrategyOptions, `RESTART_STRATEGY_EXPONENTIAL_DELAY_${string}`>

const INT_MIN = -2147483648
const INT_MAX = 2147483647

/** Bounds are the strategy's to check. Throws IllegalArgumentException as Configuration does for a text that is no value of the option's type. */
function read(configuration: Configuration, option: ConfigOption<number>): number {
  const { min: _min, max: _max, ...unbounded } = option
  const parsed: ConfigOption<number> = option.type === 'int' ? { ...unbounded, min: INT_MIN, max: INT_MAX } : unbounded
  try {
    return configuration.get(parsed)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    throw new IllegalArgumentException(`Could not parse value '${configuration.raw(option.key)}' for key '${option.key}'.`)
  }
}

/** Uniform over −bound … bound, from a generator of 32 bits. */
export const jitterFrom =
  (nextUint32: () => number): Jitter =>
  (bound) => {
    const range = 2n * bound + 1n
    const bits = BigInt(range.toString(2).length)
    for (;;) {
      let drawn = 0n
      for (let got = 0n; got < bits; got += 32n) drawn = (drawn << 32n) | BigInt(nextUint32())
      drawn = BigInt.asUintN(Number(bits), drawn)
      if (drawn < range) return drawn - bound
    }
  }
