import { mix } from './prng'

/**
 * A rolling 64-bit hash of a sequence of bytes: how the bytes are cut into calls makes no difference, and the value may
 * be read at any moment. Two FNV-1a lanes with different offsets and primes, finished with Murmur3's finaliser. Finds
 * differences between runs; no protection against anyone who makes collisions on purpose.
 */
export class RollingHash {
  private low = 0x811c9dc5 | 0
  private high = 0x7a5662bd | 0
  private length = 0

  update(bytes: Uint8Array, start = 0, end = bytes.length): this {
    let { low, high } = this
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!
      low = Math.imul(low ^ byte, 0x01000193)
      high = Math.imul(high ^ byte, 0x01000197) ^ (low >>> 15)
    }
    this.low = low
    this.high = high
    this.length += end - start
    return this
  }

  /** 32 bits, whole, 0 … 2^32 − 1. */
  value32(): number {
    return mix(this.low ^ this.length) >>> 0
  }

  /** 64 bits as 16 hex digits. */
  digest(): string {
    return hex(mix(this.high ^ mix(this.length))) + hex(mix(this.low ^ this.length))
  }

  clone(): RollingHash {
    const copy = new RollingHash()
    copy.low = this.low
    copy.high = this.high
    copy.length = this.length
    return copy
  }
}

export const hashOfBytes = (bytes: Uint8Array): string => new RollingHash().update(bytes).digest()
/** Of the text's UTF-8 bytes. */
export const hashOfText = (text: string): string => hashOfBytes(new TextEncoder().encode(text))

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0')
