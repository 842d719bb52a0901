/**
 * The shape in which trace events leave the kernel: columns of fixed width and one arena for what has none, so that
 * a million events stay small, move between threads without a copy, and fold without an object each.
 * What the columns mean for each `kind` is declared in `src/trace/kinds.ts`; the kernel does not know.
 */
export interface EventPage {
  readonly count: number
  /** Virtual µs, ascending. */
  readonly time: Float64Array
  /** Address of the emitting process. */
  readonly process: Int32Array
  readonly kind: Uint8Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly c: Int32Array
  readonly d: Int32Array
  readonly x: Float64Array
  /** Where each event's payload ends in `payload`; it begins where the one before ends. */
  readonly payloadEnd: Int32Array
  readonly payload: Uint8Array
}
