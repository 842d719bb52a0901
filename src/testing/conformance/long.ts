import { LONG_MAX, LONG_MIN } from '../../core/time'

/** A Java long in the vectors: a number, the ends by name, or decimal digits for what a double cannot hold. */
export type LongJson = number | string

/** Digits beyond 2^53 are rounded: cases with them are marked `big`. */
export const toNumber = (long: LongJson): number => (long === 'MAX' ? LONG_MAX : long === 'MIN' ? LONG_MIN : Number(long))

export const fromNumber = (n: number): LongJson => (n === LONG_MAX ? 'MAX' : n === LONG_MIN ? 'MIN' : n)

/** Whether a case holds, or leads to, a long that no double can hold: it may be skipped. (The ends are no such thing: they have names.) */
export const beyondDoubles = (vector: unknown): boolean => /"-?\d{16,}"/.test(JSON.stringify(vector))
