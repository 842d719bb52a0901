import type { Brand } from '../base/brand'

/** Virtual time since the run began, in whole microseconds: the clock of the kernel and of the trace. */
export type VirtualMicros = Brand<number, 'VirtualMicros'>
/** Processing time as user code sees it, in milliseconds since the epoch: the scenario's start plus virtual time. */
export type ProcessingMillis = Brand<number, 'ProcessingMillis'>
/** Event time, in milliseconds since the epoch. */
export type EventMillis = Brand<number, 'EventMillis'>

export const micros = (n: number): VirtualMicros => n as VirtualMicros

/** Java's Long.MIN_VALUE as the double nearest to it; in event time: no watermark yet. */
export const LONG_MIN = -9223372036854775808
/** Java's Long.MAX_VALUE as the double nearest to it; as a watermark: the end of the stream. */
export const LONG_MAX = 9223372036854775807

/**
 * A double as Java's long: beyond 2^53 the doubles are sparse, and the two at the ends stand for the ends themselves. For sums that may leave
 * the range, which wrap around there; nothing on the path of ordinary times.
 */
export const toLong = (n: number): bigint => (n >= LONG_MAX ? 2n ** 63n - 1n : n <= LONG_MIN ? -(2n ** 63n) : BigInt(Math.trunc(n)))

/** The nearest double to a long that wrapped around, but an end only for an end. */
export function fromLong(long: bigint): number {
  const wrapped = BigInt.asIntN(64, long)
  const n = Number(wrapped)
  if (n === LONG_MAX) return wrapped === 2n ** 63n - 1n ? LONG_MAX : LONG_MAX - 1024
  if (n === LONG_MIN) return wrapped === -(2n ** 63n) ? LONG_MIN : LONG_MIN + 1024
  return n
}

/** The timestamp of a record that has none: NaN keeps the per-record path on doubles. Ask with `hasTimestamp`. */
export const NO_TIMESTAMP = NaN
export const hasTimestamp = (timestamp: number): boolean => timestamp === timestamp
