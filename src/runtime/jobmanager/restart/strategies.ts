import { IllegalArgumentException, IllegalStateException } from '../../../core/exceptions'
import { javaDouble } from './javaDouble'

/**
 * Whether a job may restart after a failure, and when. Mirrors RestartBackoffTimeStrategy and its implementations in
 * org.apache.flink.runtime.executiongraph.failover (R-4 … R-7). Times are ms.
 */
export interface RestartBackoffTimeStrategy {
  /** A failure was reported now. False: it belongs to the attempt that is under way (exponential delay only). */
  notifyFailure(): boolean
  /** A question without side effects. */
  canRestart(): boolean
  /** From now. */
  getBackoffTime(): number
  /** As Flink prints it: `Recovery is suppressed by …`. */
  toString(): string
}

/** ms since whatever moment; only differences count. */
export type Clock = () => number

/** A whole number from −bound to bound, each equally likely. */
export type Jitter = (bound: bigint) => bigint

/** As Preconditions.checkArgument. */
function check(condition: boolean, message: string): void {
  if (!condition) throw new IllegalArgumentException(message)
}

/** */
export class NoRestartBackoffTimeStrategy implements RestartBackoffTimeStrategy {
  notifyFailure(): boolean {
    return true
  }
  canRestart(): boolean {
    return false
  }
  getBackoffTime(): number {
    return 0
  }
  toString(): string {
    return 'NoRestartBackoffTimeStrategy'
  }
}

/** */
export class FixedDelayRestartBackoffTimeStrategy implements RestartBackoffTimeStrategy {
  private attempt = 0

  /** Throws IllegalArgumentException for numbers below 0. */
  constructor(
    private readonly attempts: number,
    private readonly delay: number,
  ) {
    check(attempts >= 0, 'Maximum number of restart attempts must be at least 0.')
    check(delay >= 0, 'Backoff time between restart attempts must be at least 0 ms.')
  }

  notifyFailure(): boolean {
    this.attempt++
    return true
  }
  canRestart(): boolean {
    return this.attempt <= this.attempts
  }
  getBackoffTime(): number {
    return this.delay
  }
  toString(): string {
    return `FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=${this.attempts}, backoffTimeMS=${this.delay})`
  }
}

/** */
export class FailureRateRestartBackoffTimeStrategy implements RestartBackoffTimeStrategy {
  private readonly failures: number[] = []

  /** Throws IllegalArgumentException for a rate or interval below 1, or a delay below 0. */
  constructor(
    private readonly now: Clock,
    private readonly maxFailures: number,
    private readonly interval: number,
    private readonly delay: number,
  ) {
    check(maxFailures > 0, 'Maximum number of restart attempts per time unit must be greater than 0.')
    check(interval > 0, 'Failures interval must be greater than 0 ms.')
    check(delay >= 0, 'Backoff time must be at least 0 ms.')
  }

  private get full(): boolean {
    return this.failures.length > this.maxFailures
  }

  notifyFailure(): boolean {
    if (this.full) this.failures.shift()
    this.failures.push(this.now())
    return true
  }
  canRestart(): boolean {
    return !this.full || this.now() - this.failures[0]! > this.interval
  }
  getBackoffTime(): number {
    return this.delay
  }
  /** The doubled name and the single bracket are Flink's. */
  toString(): string {
    const { interval, delay, maxFailures } = this
    return (
      'FailureRateRestartBackoffTimeStrategy(FailureRateRestartBackoffTimeStrategy(' +
      `failuresIntervalMS=${interval},backoffTimeMS=${delay},maxFailuresPerInterval=${maxFailures})`
    )
  }
}

export interface ExponentialDelay {
  readonly initialBackoff: number
  readonly maxBackoff: number
  readonly multiplier: number
  readonly resetThreshold: number
  /** Share of the delay, 0 … 1. */
  readonly jitter: number
  readonly attempts: number
}

/** What `nextRestart` is before the first failure: Java's Integer.MIN_VALUE. */
const NEVER = -2147483648
const LONG_MAX = 9223372036854775807n

/** */
export class ExponentialDelayRestartBackoffTimeStrategy implements RestartBackoffTimeStrategy {
  private attempt = 0
  private nextRestart = NEVER

  /** Throws IllegalArgumentException as R-6's last line says. */
  constructor(
    private readonly now: Clock,
    private readonly jitter: Jitter,
    private readonly settings: ExponentialDelay,
  ) {
    const { initialBackoff, maxBackoff, multiplier, resetThreshold, attempts } = settings
    check(initialBackoff >= 1, 'Initial backoff must be at least 1.')
    check(maxBackoff >= 1, 'Maximum backoff must be at least 1.')
    check(initialBackoff <= maxBackoff, 'Initial backoff cannot be higher than maximum backoff.')
    check(multiplier > 1, 'Backoff multiplier must be greater than 1.')
    check(resetThreshold >= 1, 'Threshold duration for exponential backoff reset must be at least 1.')
    check(settings.jitter >= 0 && settings.jitter <= 1, 'Jitter factor must be >= 0 and <= 1.')
    check(attempts >= 1, 'The attemptsBeforeResetBackoff must be at least 1.')
  }

  notifyFailure(): boolean {
    const now = this.now()
    // Failures until the restart that is planned belong to it.
    if (now <= this.nextRestart) return false
    if (now - this.nextRestart >= this.settings.resetThreshold) this.attempt = 0
    this.nextRestart = now + this.nextBackoff()
    this.attempt++
    return true
  }
  canRestart(): boolean {
    return this.attempt <= this.settings.attempts
  }
  /** Throws IllegalStateException before the first failure. */
  getBackoffTime(): number {
    if (this.nextRestart === NEVER) throw new IllegalStateException('Please call notifyFailure first.')
    return Math.max(0, this.nextRestart - this.now())
  }

  /** In Java's longs: where the delay is as great as they get, a jitter upwards overflows and the delay is the first one again (R-6, BUG). */
  private nextBackoff(): number {
    const { initialBackoff, maxBackoff, multiplier, jitter } = this.settings
    let power = 1
    // No power function: those of engines differ in the last bit.
    for (let i = 0; i < this.attempt && power < Number(LONG_MAX); i++) power *= multiplier
    const backoff = toLong(initialBackoff * power)
    const bound = toLong(Number(backoff) * jitter)
    const jittered = BigInt.asIntN(64, backoff + (jitter === 0 ? 0n : this.jitter(bound)))
    const capped = jittered < BigInt(maxBackoff) ? jittered : BigInt(maxBackoff)
    return capped > BigInt(initialBackoff) ? Number(capped) : initialBackoff
  }

  toString(): string {
    const { initialBackoff, maxBackoff, multiplier, resetThreshold, jitter, attempts } = this.settings
    return (
      `ExponentialDelayRestartBackoffTimeStrategy(initialBackoffMS=${initialBackoff}, maxBackoffMS=${maxBackoff}, ` +
      `backoffMultiplier=${javaDouble(multiplier)}, resetBackoffThresholdMS=${resetThreshold}, jitterFactor=${javaDouble(jitter)}, ` +
      `attemptsBeforeResetBackoff=${attempts}, currentRestartAttempt=${this.attempt}, nextRestartTimestamp=${this.nextRestart})`
    )
  }
}

/** Java's cast from double to long: towards zero, and no further than the ends. */
const toLong = (value: number): bigint => (value >= Number(LONG_MAX) ? LONG_MAX : BigInt(Math.trunc(value)))
