import { Prng } from '../../../base/prng'
import { Configuration } from '../../../core/configuration'
import { JavaException } from '../../../core/exceptions'
import { jitterFrom, restartStrategyOf } from '../../../runtime/jobmanager/restart/choice'
import {
  ExponentialDelayRestartBackoffTimeStrategy,
  FailureRateRestartBackoffTimeStrategy,
  FixedDelayRestartBackoffTimeStrategy,
  NoRestartBackoffTimeStrategy,
} from '../../../runtime/jobmanager/restart/strategies'
import type { Clock, Jitter, RestartBackoffTimeStrategy } from '../../../runtime/jobmanager/restart/strategies'
import { family } from '../family'

type StrategyJson =
  | { readonly type: 'none' | 'fallback' }
  | { readonly type: 'fixed-delay'; readonly attempts: number; readonly delay: number }
  | { readonly type: 'failure-rate'; readonly maxFailures: number; readonly interval: number; readonly delay: number }
  | {
      readonly type: 'exponential-delay'
      readonly initialBackoff: number
      readonly maxBackoff: number
      readonly multiplier: number
      readonly resetThreshold: number
      readonly jitter: number
      readonly attempts?: number
    }
type Step = readonly ['advance', number] | readonly ['failure']
type Given =
  | { readonly kind: 'steps'; readonly strategy: StrategyJson; readonly startTime: number; readonly steps: readonly Step[] }
  | {
      readonly kind: 'choice'
      readonly program: StrategyJson
      readonly jobConfiguration: Readonly<Record<string, string>>
      readonly clusterConfiguration: Readonly<Record<string, string>>
      readonly checkpointing: boolean
    }
  | { readonly kind: 'jitter'; readonly strategy: StrategyJson; readonly failures: number }
interface Expected {
  readonly possibleBackoffs?: readonly (readonly number[])[]
}

const INT_MAX = 2147483647
const noJitter: Jitter = () => 0n

function strategyOf(json: StrategyJson, now: Clock, jitter: Jitter): RestartBackoffTimeStrategy {
  switch (json.type) {
    case 'none':
    case 'fallback':
      return new NoRestartBackoffTimeStrategy()
    case 'fixed-delay':
      return new FixedDelayRestartBackoffTimeStrategy(json.attempts, json.delay)
    case 'failure-rate':
      return new FailureRateRestartBackoffTimeStrategy(now, json.maxFailures, json.interval, json.delay)
    case 'exponential-delay':
      return new ExponentialDelayRestartBackoffTimeStrategy(now, jitter, { ...json, attempts: json.attempts ?? INT_MAX })
  }
}

/** Instead of a value, what Flink throws. */
function tried<T>(run: () => T): T | { readonly error: string } {
  try {
    return run()
  } catch (error) {
    if (error instanceof JavaException) return { error: error.message }
    throw error
  }
}

const backoffOf = (strategy: RestartBackoffTimeStrategy): object => {
  const backoff = tried(() => strategy.getBackoffTime())
  return typeof backoff === 'number' ? { backoff } : { backoffError: backoff.error }
}

function steps({ strategy: json, startTime, steps }: Extract<Given, { kind: 'steps' }>): unknown {
  let now = startTime
  const strategy = strategyOf(json, () => now, noJitter)
  return {
    steps: steps.map((step) => {
      const attempt = step[0] === 'failure' ? { newAttempt: strategy.notifyFailure() } : {}
      if (step[0] === 'advance') now += step[1]
      return { ...attempt, canRestart: strategy.canRestart(), ...backoffOf(strategy) }
    }),
  }
}

/** What the strategy gives over many seeds, of which each must be possible, and all that is likely must come up. */
function jitter({ strategy: json, failures }: Extract<Given, { kind: 'jitter' }>, { possibleBackoffs }: Expected): unknown {
  const seen = Array.from({ length: failures }, () => new Set<number>())
  const most = Math.max(...possibleBackoffs!.map((backoffs) => backoffs.length))
  for (let seed = 0; seed < 40 * most; seed++) {
    const prng = new Prng(seed)
    let now = 0
    const strategy = strategyOf(json, () => now, jitterFrom(() => prng.nextUint32()))
    for (const backoffs of seen) {
      strategy.notifyFailure()
      const backoff = strategy.getBackoffTime()
      backoffs.add(backoff)
      now += backoff + 1
    }
  }
  return { possibleBackoffs: seen.map((backoffs) => [...backoffs].sort((a, b) => a - b)) }
}

function choice({ program, jobConfiguration, clusterConfiguration, checkpointing }: Extract<Given, { kind: 'choice' }>): unknown {
  const world = { now: () => 0, jitter: noJitter }
  if (program.type !== 'fallback') return { strategy: strategyOf(program, world.now, world.jitter).toString() }
  const job = checkpointing ? { ...jobConfiguration, 'execution.checkpointing.interval': '10 s' } : jobConfiguration
  return { strategy: restartStrategyOf(Configuration.fromMap(job), Configuration.fromMap(clusterConfiguration), world).toString() }
}

export const restartStrategies = family<Given, Expected>('restart-strategies', (given, expect) =>
  tried(() => {
    switch (given.kind) {
      case 'steps':
        return steps(given)
      case 'jitter':
        return jitter(given, expect)
      case 'choice':
        return choice(given)
    }
  }),
)
