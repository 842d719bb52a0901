import type { EventPage } from '../core/page'

/** An empty page whose columns share one buffer, so that it moves between threads as one transfer. */
export function newPage(count: number, payloadBytes: number, buffer = new ArrayBuffer(pageBytes(count, payloadBytes))): EventPage {
  const words = 16 * count
  const bytes = words + 24 * count
  return {
    count,
    time: new Float64Array(buffer, 0, count),
    x: new Float64Array(buffer, 8 * count, count),
    process: new Int32Array(buffer, words, count),
    a: new Int32Array(buffer, words + 4 * count, count),
    b: new Int32Array(buffer, words + 8 * count, count),
    c: new Int32Array(buffer, words + 12 * count, count),
    d: new Int32Array(buffer, words + 16 * count, count),
    payloadEnd: new Int32Array(buffer, words + 20 * count, count),
    kind: new Uint8Array(buffer, bytes, count),
    payload: new Uint8Array(buffer, bytes + count, payloadBytes),
  }
}

const pageBytes = (count: number, payloadBytes: number): number => 41 * count + payloadBytes
