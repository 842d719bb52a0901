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

/** The timestamp of a record that has none: NaN keeps the per-record path on doubles. Ask with `hasTimestamp`. */
export const NO_TIMESTAMP = NaN
export const hasTimestamp = (timestamp: number): boolean => timestamp === timestamp
