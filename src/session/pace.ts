/** Where somebody looks, and how fast the moment moves. */
export interface Position {
  readonly time: number
  readonly event: number
  readonly speed: number
}

/**
 * How far the cluster runs ahead of the playhead: to the end of the data as long as that is not many events, and always
 * some virtual µs (at speed 1), for what happens after the data.
 */
const AHEAD = 60e6
const AHEAD_EVENTS = 200_000
/** Beyond the last arrival, virtual µs: the job's answer to it. */
export const AFTER_DATA = 10e6
/** One advance: virtual µs at first; it grows while little happens and shrinks while much does, so that bounds are looked at now and then. */
export const STRIDE = 5e6
const STRIDE_EVENTS = 10_000

/**
 * Virtual µs up to which a run is wanted.
 * @param reached up to which it is known, in `events` events
 * @param expectedEnd the last arrival of the data
 */
export function wantedUntil({ time, event, speed }: Position, reached: number, events: number, expectedEnd: number): number {
  const ahead = events - event
  if (ahead > 2 * AHEAD_EVENTS && reached > time) return reached
  const near = time + AHEAD * Math.max(0.2, Math.min(20, speed))
  return ahead < AHEAD_EVENTS ? Math.max(near, expectedEnd + AFTER_DATA) : near
}

/** The next advance, after one that gave so many events. */
export const nextStride = (stride: number, events: number): number => (events < STRIDE_EVENTS ? stride * 2 : Math.max(10_000, stride / 2))
