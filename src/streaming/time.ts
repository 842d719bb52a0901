import { IllegalArgumentException } from '../core/exceptions'

/** What stands wherever Flink takes a length of time: a Duration, an old Time, or milliseconds. */
export type TimeLike = Duration | Time | number

/** Whole milliseconds of `time`. */
export function millisOf(time: TimeLike): number {
  const millis =
    typeof time === 'number' ? time : time instanceof Duration ? time.toMillis() : time instanceof Time ? time.toMilliseconds() : NaN
  if (Number.isNaN(millis))
    throw new IllegalArgumentException(`${String(time)} is no length of time: use Duration.ofSeconds(…), or milliseconds`)
  return Math.trunc(millis)
}

const whole = (amount: number): number => {
  if (!Number.isInteger(amount)) throw new IllegalArgumentException(`a length of time is made of whole units, not of ${String(amount)}`)
  return amount
}

/** A length of time. Mirrors java.time.Duration, to the millisecond. */
export class Duration {
  static readonly ZERO = new Duration(0)
  private constructor(private readonly millis: number) {}

  static ofNanos(nanos: number): Duration {
    return new Duration(Math.floor(whole(nanos) / 1_000_000))
  }
  static ofMillis(millis: number): Duration {
    return new Duration(whole(millis))
  }
  static ofSeconds(seconds: number): Duration {
    return new Duration(whole(seconds) * 1000)
  }
  static ofMinutes(minutes: number): Duration {
    return new Duration(whole(minutes) * 60_000)
  }
  static ofHours(hours: number): Duration {
    return new Duration(whole(hours) * 3_600_000)
  }
  static ofDays(days: number): Duration {
    return new Duration(whole(days) * 86_400_000)
  }

  toMillis(): number {
    return this.millis
  }
  toSeconds(): number {
    return Math.floor(this.millis / 1000)
  }
  getSeconds(): number {
    return this.toSeconds()
  }
  toMinutes(): number {
    return Math.trunc(this.millis / 60_000)
  }
  toHours(): number {
    return Math.trunc(this.millis / 3_600_000)
  }
  toDays(): number {
    return Math.trunc(this.millis / 86_400_000)
  }
  toNanos(): number {
    return this.millis * 1_000_000
  }
  plus(other: Duration): Duration {
    return new Duration(this.millis + other.millis)
  }
  plusMillis(millis: number): Duration {
    return new Duration(this.millis + whole(millis))
  }
  plusSeconds(seconds: number): Duration {
    return new Duration(this.millis + whole(seconds) * 1000)
  }
  minus(other: Duration): Duration {
    return new Duration(this.millis - other.millis)
  }
  minusMillis(millis: number): Duration {
    return new Duration(this.millis - whole(millis))
  }
  multipliedBy(factor: number): Duration {
    return new Duration(this.millis * whole(factor))
  }
  dividedBy(divisor: number): Duration {
    return new Duration(Math.trunc(this.millis / whole(divisor)))
  }
  negated(): Duration {
    return new Duration(-this.millis)
  }
  isZero(): boolean {
    return this.millis === 0
  }
  isNegative(): boolean {
    return this.millis < 0
  }
  compareTo(other: Duration): number {
    return Math.sign(this.millis - other.millis)
  }
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
  static readonly NANOSECONDS = new TimeUnit('NANOSECONDS', 1e-6)
  static readonly MICROSECONDS = new TimeUnit('MICROSECONDS', 1e-3)
  static readonly MILLISECONDS = new TimeUnit('MILLISECONDS', 1)
  static readonly SECONDS = new TimeUnit('SECONDS', 1000)
  static readonly MINUTES = new TimeUnit('MINUTES', 60_000)
  static readonly HOURS = new TimeUnit('HOURS', 3_600_000)
  static readonly DAYS = new TimeUnit('DAYS', 86_400_000)

  private constructor(
    private readonly label: string,
    private readonly millis: number,
  ) {}

  /** `amount` of this unit in milliseconds; a rest is cut off, as in Java. */
  toMillis(amount: number): number {
    return Math.trunc(amount * this.millis)
  }
  toSeconds(amount: number): number {
    return Math.trunc((amount * this.millis) / 1000)
  }
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

  static of(size: number, unit: TimeUnit): Time {
    return new Time(whole(size), unit)
  }
  static milliseconds(milliseconds: number): Time {
    return Time.of(milliseconds, TimeUnit.MILLISECONDS)
  }
  static seconds(seconds: number): Time {
    return Time.of(seconds, TimeUnit.SECONDS)
  }
  static minutes(minutes: number): Time {
    return Time.of(minutes, TimeUnit.MINUTES)
  }
  static hours(hours: number): Time {
    return Time.of(hours, TimeUnit.HOURS)
  }
  static days(days: number): Time {
    return Time.of(days, TimeUnit.DAYS)
  }

  getSize(): number {
    return this.size
  }
  getUnit(): TimeUnit {
    return this.unit
  }
  toMilliseconds(): number {
    return this.unit.toMillis(this.size)
  }
  toDuration(): Duration {
    return Duration.ofMillis(this.toMilliseconds())
  }
  equals(other: unknown): boolean {
    return other instanceof Time && other.toMilliseconds() === this.toMilliseconds()
  }
  toString(): string {
    return `${this.toMilliseconds()} ms`
  }
}
