import type { ConfigOption } from '../../core/configuration'
import { RestartStrategyOptions } from '../../core/options'
import { millisOf, type TimeLike } from '../time'

/** What to do when a job fails, as settings under Flink's keys. Mirrors RestartStrategies.RestartStrategyConfiguration. */
export class RestartStrategyConfiguration {
  /** @internal */
  constructor(
    private readonly description: string,
    /** @internal null: leave it to the cluster. */
    readonly settings: readonly (readonly [ConfigOption<unknown>, string])[] | null,
  ) {}

  /** Returns the strategy in words. */
  getDescription(): string {
    return this.description
  }

  /** Returns the strategy in words. */
  toString(): string {
    return this.description
  }
}

const Options = RestartStrategyOptions
const ms = (time: TimeLike): string => `${millisOf(time)} ms`

/** The strategies there are. Mirrors org.apache.flink.api.common.restartstrategy.RestartStrategies. @deprecated use the keys `restart-strategy.…` */
export const RestartStrategies = {
  /** Fails with the first failure. */
  noRestart: (): RestartStrategyConfiguration =>
    new RestartStrategyConfiguration('Restart deactivated.', [[Options.RESTART_STRATEGY, 'none']]),

  /** Does what the cluster is configured to do. */
  fallBackRestart: (): RestartStrategyConfiguration => new RestartStrategyConfiguration('Cluster level default restart strategy', null),

  /** Restarts up to that often, each time after that time. */
  fixedDelayRestart: (restartAttempts: number, delayBetweenAttempts: TimeLike): RestartStrategyConfiguration =>
    new RestartStrategyConfiguration(`Restart with fixed delay (${ms(delayBetweenAttempts)}). #${restartAttempts} restart attempts.`, [
      [Options.RESTART_STRATEGY, 'fixed-delay'],
      [Options.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, String(restartAttempts)],
      [Options.RESTART_STRATEGY_FIXED_DELAY_DELAY, ms(delayBetweenAttempts)],
    ]),

  /** Restarts as long as there are not more failures than that within an interval. */
  failureRateRestart: (failureRate: number, failureInterval: TimeLike, delayInterval: TimeLike): RestartStrategyConfiguration =>
    new RestartStrategyConfiguration(
      `Failure rate restart with maximum of ${failureRate} failures within interval ${ms(failureInterval)} and fixed delay ${ms(delayInterval)}.`,
      [
        [Options.RESTART_STRATEGY, 'failure-rate'],
        [Options.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL, String(failureRate)],
        [Options.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL, ms(failureInterval)],
        [Options.RESTART_STRATEGY_FAILURE_RATE_DELAY, ms(delayInterval)],
      ],
    ),

  /** Restarts after delays that grow, and shrink again after a quiet time. */
  exponentialDelayRestart: (
    initialBackoff: TimeLike,
    maxBackoff: TimeLike,
    backoffMultiplier: number,
    resetBackoffThreshold: TimeLike,
    jitterFactor: number,
  ): RestartStrategyConfiguration =>
    new RestartStrategyConfiguration(
      `Restart with exponential delay: starting at ${ms(initialBackoff)}, increasing by ${backoffMultiplier}, with maximum ${ms(maxBackoff)}. ` +
        `Delay resets after ${ms(resetBackoffThreshold)} with jitter ${jitterFactor}`,
      [
        [Options.RESTART_STRATEGY, 'exponential-delay'],
        [Options.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, ms(initialBackoff)],
        [Options.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, ms(maxBackoff)],
        [Options.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, String(backoffMultiplier)],
        [Options.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, ms(resetBackoffThreshold)],
        [Options.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR, String(jitterFactor)],
      ],
    ),
} as const
