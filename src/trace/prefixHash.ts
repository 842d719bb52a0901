const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

/** Of a payload; 0 for none. */
export function hashOfPayload(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0
  let hash = end - start
  let i = start
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)), 0x85ebca6b)
    hash ^= hash >>> 15
  }
  for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return hash ^ (hash >>> 16)
}

/** Both halves of a double in one word; all NaNs are one. */
function wordOf(value: number): number {
  if (value !== value) return 0x7ff80000
  float[0] = value
  return words[0]! ^ Math.imul(words[1]!, 0x9e3779b1)
}

/**
 * Two 32-bit lanes over events: equal events in equal order give equal hashes, whatever pages they came in.
 * Not against an adversary: it says whether a run reproduced itself. Works by words, not bytes as base/hash does, because
 * every event of every run goes through it; its two lanes are all its state, so a log can keep one for every 1024th event.
 */
export class PrefixHash {
  high = 0x6a09e667
  low = 0x3c6ef372

  /** `payload` is its hash. */
  event(time: number, process: number, kind: number, a: number, b: number, c: number, d: number, x: number, payload: number): void {
    let { high, low } = this
    let word = wordOf(time)
    high = Math.imul(high ^ word, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ word, 0xc2b2ae35)
    word = process ^ (kind << 24)
    high = Math.imul(high ^ (high >>> 15) ^ word, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ word, 0xc2b2ae35)
    high = Math.imul(high ^ (high >>> 15) ^ a, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ a, 0xc2b2ae35)
    high = Math.imul(high ^ (high >>> 15) ^ b, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ b, 0xc2b2ae35)
    high = Math.imul(high ^ (high >>> 15) ^ c, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ c, 0xc2b2ae35)
    high = Math.imul(high ^ (high >>> 15) ^ d, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ d, 0xc2b2ae35)
    word = wordOf(x)
    high = Math.imul(high ^ (high >>> 15) ^ word, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ word, 0xc2b2ae35)
    high = Math.imul(high ^ (high >>> 15) ^ payload, 0x85ebca6b)
    low = Math.imul(((low << 13) | (low >>> 19)) ^ payload, 0xc2b2ae35)
    this.high = high ^ (high >>> 15)
    this.low = low ^ (low >>> 16)
  }

  /** 16 hex digits. */
  digest(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
    return hex(this.high) + hex(this.low)
  }
}
