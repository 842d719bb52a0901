import { IllegalArgumentException } from '../core/exceptions'

/** What stands wherever Flink takes a length of time: a Duration, an old Time, or milliseconds. */
export type TimeLike = Duration | Time | number

/** Whole milliseconds of `time`. */
export function millisOf(time: TimeLike): number {
  const millis =
    typeof time === 'number' ? time : time instanceof Duration ? time.toMillis() : time instanceof Time ? time.toMilliseconds() : NaN
  if (!Number.isFinite(millis))
    throw new IllegalArgumentException(`${String(time)} is no length of time: use Duration.ofSeconds(…), or milliseconds`)
  return Math.trunc(millis)
}

const whole = (amount: number): number => {
  if (!Number.isInteger(amount)) throw new IllegalArgumentException(`a length of time is made of whole units, not of ${String(amount)}`)
  return amount
}

/** A length of time. Mirrors java.time.Duration, to the millisecond. */
export class Duration {
  /** No time at all. */
  static readonly ZERO = new Duration(0)
  private constructor(private readonly millis: number) {}

  /** A length of time in nanoseconds, cut to whole milliseconds. */
  static ofNanos(nanos: number): Duration {
    return new Duration(Math.floor(whole(nanos) / 1_000_000))
  }
  /** A length of time in milliseconds. */
  static ofMillis(millis: number): Duration {
    return new Duration(whole(millis))
  }
  /** A length of time in seconds. */
  static ofSeconds(seconds: number): Duration {
    return new Duration(whole(seconds) * 1000)
  }
  /** A length of time in minutes. */
  static ofMinutes(minutes: number): Duration {
    return new Duration(whole(minutes) * 60_000)
  }
  /** A length of time in hours. */
  static ofHours(hours: number): Duration {
    return new Duration(whole(hours) * 3_600_000)
  }
  /** A length of time in days. */
  static ofDays(days: number): Duration {
    return new Duration(whole(days) * 86_400_000)
  }

  /** Returns the length in milliseconds. */
  toMillis(): number {
    return this.millis
  }
  /** Returns the length in whole seconds. */
  toSeconds(): number {
    return Math.floor(this.millis / 1000)
  }
  /** Returns the length in whole seconds. */
  getSeconds(): number {
    return this.toSeconds()
  }
  /** Returns the length in whole minutes. */
  toMinutes(): number {
    return Math.trunc(this.millis / 60_000)
  }
  /** Returns the length in whole hours. */
  toHours(): number {
    return Math.trunc(this.millis / 3_600_000)
  }
  /** Returns the length in whole days. */
  toDays(): number {
    return Math.trunc(this.millis / 86_400_000)
  }
  /** Returns the length in nanoseconds. */
  toNanos(): number {
    return this.millis * 1_000_000
  }
  /** Returns the sum of both. */
  plus(other: Duration): Duration {
    return new Duration(this.millis + other.millis)
  }
  /** Returns this and so many milliseconds more. */
  plusMillis(millis: number): Duration {
    return new Duration(this.millis + whole(millis))
  }
  /** Returns this and so many seconds more. */
  plusSeconds(seconds: number): Duration {
    return new Duration(this.millis + whole(seconds) * 1000)
  }
  /** Returns this without the other. */
  minus(other: Duration): Duration {
    return new Duration(this.millis - other.millis)
  }
  /** Returns this without so many milliseconds. */
  minusMillis(millis: number): Duration {
    return new Duration(this.millis - whole(millis))
  }
  /** Returns so many times this. */
  multipliedBy(factor: number): Duration {
    return new Duration(this.millis * whole(factor))
  }
  /** Returns this divided. */
  dividedBy(divisor: number): Duration {
    return new Duration(Math.trunc(this.millis / whole(divisor)))
  }
  /** Returns the same length backwards. */
  negated(): Duration {
    return new Duration(-this.millis)
  }
  /** Returns whether it is no time at all. */
  isZero(): boolean {
    return this.millis === 0
  }
  /** Returns whether it goes backwards. */
  isNegative(): boolean {
    return this.millis < 0
  }
  /** Returns −1, 0 or 1 for shorter, equal or longer. */
  compareTo(other: Duration): number {
    return Math.sign(this.millis - other.millis)
  }
  /** Returns whether both are equally long. */
  equals(other: unknown): boolean {
    return other instanceof Duration && other.millis === this.millis
  }

  /** ISO 8601, as Java writes it: `PT1H30M`, `PT0.5S`. */
  toString(): string {
    if (this.millis === 0) return 'PT0S'
    const hours = Math.trunc(this.millis / 3_600_000)
    const minutes = Math.trunc((this.millis % 3_600_000) / 60_000)
    const seconds = (this.millis % 60_000) / 1000
    return `PT${hours === 0 ? '' : `${hours}H`}${minutes === 0 ? '' : `${minutes}M`}${seconds === 0 ? '' : `${seconds}S`}`
  }
}

/** Mirrors java.util.concurrent.TimeUnit. */
export class TimeUnit {
  /** 10⁻⁹ seconds. */
  static readonly NANOSECONDS = new TimeUnit('NANOSECONDS', 1e-6)
  /** 10⁻⁶ seconds. */
  static readonly MICROSECONDS = new TimeUnit('MICROSECONDS', 1e-3)
  /** 10⁻³ seconds. */
  static readonly MILLISECONDS = new TimeUnit('MILLISECONDS', 1)
  /** Seconds. */
  static readonly SECONDS = new TimeUnit('SECONDS', 1000)
  /** 60 seconds. */
  static readonly MINUTES = new TimeUnit('MINUTES', 60_000)
  /** 60 minutes. */
  static readonly HOURS = new TimeUnit('HOURS', 3_600_000)
  /** 24 hours. */
  static readonly DAYS = new TimeUnit('DAYS', 86_400_000)

  private constructor(
    private readonly label: string,
    private readonly millis: number,
  ) {}

  /** `amount` of this unit in milliseconds; a rest is cut off, as in Java. */
  toMillis(amount: number): number {
    return Math.trunc(amount * this.millis)
  }
  /** Returns so much of this unit in whole seconds. */
  toSeconds(amount: number): number {
    return Math.trunc((amount * this.millis) / 1000)
  }
  /** Returns Java's name of the unit. */
  name(): string {
    return this.label
  }
  toString(): string {
    return this.label
  }
}

/** Mirrors org.apache.flink.streaming.api.windowing.time.Time. @deprecated use Duration */
export class Time {
  private constructor(
    private readonly size: number,
    private readonly unit: TimeUnit,
  ) {}

  /** So much of a unit. */
  static of(size: number, unit: TimeUnit): Time {
    return new Time(whole(size), unit)
  }
  /** A length of time in milliseconds. */
  static milliseconds(milliseconds: number): Time {
    return Time.of(milliseconds, TimeUnit.MILLISECONDS)
  }
  /** A length of time in seconds. */
  static seconds(seconds: number): Time {
    return Time.of(seconds, TimeUnit.SECONDS)
  }
  /** A length of time in minutes. */
  static minutes(minutes: number): Time {
    return Time.of(minutes, TimeUnit.MINUTES)
  }
  /** A length of time in hours. */
  static hours(hours: number): Time {
    return Time.of(hours, TimeUnit.HOURS)
  }
  /** A length of time in days. */
  static days(days: number): Time {
    return Time.of(days, TimeUnit.DAYS)
  }

  /** Returns how many units. */
  getSize(): number {
    return this.size
  }
  /** Returns the unit. */
  getUnit(): TimeUnit {
    return this.unit
  }
  /** Returns the length in milliseconds. */
  toMilliseconds(): number {
    return this.unit.toMillis(this.size)
  }
  /** Returns the same as a Duration. */
  toDuration(): Duration {
    return Duration.ofMillis(this.toMilliseconds())
  }
  /** Returns whether both are equally long. */
  equals(other: unknown): boolean {
    return other instanceof Time && other.toMilliseconds() === this.toMilliseconds()
  }
  toString(): string {
    return `${this.toMilliseconds()} ms`
  }
}
