import { expect, it } from 'vitest'
import { Configuration } from '../../../core/configuration'
import { restartStrategyOf } from './choice'

const chosen = (configuration: Record<string, string>): string =>
  restartStrategyOf(Configuration.fromMap({}), Configuration.fromMap(configuration), { now: () => 0, jitter: () => 0n }).toString()
const FIXED = 'restart-strategy.fixed-delay'

it('bounds are told by the strategy, texts that are no values by the configuration, in Flink’s words', () => {
  expect(() => chosen({ 'restart-strategy.type': 'fixed-delay', [`${FIXED}.attempts`]: '-1' })).toThrow(
    'Maximum number of restart attempts must be at least 0.',
  )
  expect(() => chosen({ 'restart-strategy.type': 'fixed-delay', [`${FIXED}.attempts`]: 'many' })).toThrow(
    `Could not parse value 'many' for key '${FIXED}.attempts'.`,
  )
  expect(() => chosen({ 'restart-strategy.type': 'fixed-delay', [`${FIXED}.attempts`]: '2147483648' })).toThrow('Could not parse value')
  expect(() => chosen({ 'restart-strategy.type': 'failure-rate', 'restart-strategy.failure-rate.max-failures-per-interval': '0' })).toThrow(
    'Maximum number of restart attempts per time unit must be greater than 0.',
  )
  expect(() => chosen({ 'restart-strategy.type': 'exponential-delay', 'restart-strategy.exponential-delay.jitter-factor': '1.5' })).toThrow(
    'Jitter factor must be >= 0 and <= 1.',
  )
  expect(chosen({ 'restart-strategy.type': 'fixed-delay', [`${FIXED}.delay`]: '2min', [`${FIXED}.attempts`]: '+3' })).toBe(
    'FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=3, backoffTimeMS=120000)',
  )
})
