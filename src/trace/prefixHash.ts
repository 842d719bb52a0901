const scratch = new DataView(new ArrayBuffer(8))

/**
 * Two 32-bit lanes over a stream of words: equal events in equal order give equal hashes, whatever pages they came in.
 * Not against an adversary: it says whether a run reproduced itself. Works by words, not bytes as base/hash does, because
 * every event of every run goes through it; its two lanes are all its state, so a log can keep one for every 1024th event.
 */
export class PrefixHash {
  high = 0x6a09e667
  low = 0x3c6ef372

  word(word: number): void {
    this.high = Math.imul(this.high ^ word, 0x85ebca6b)
    this.high ^= this.high >>> 15
    this.low = Math.imul(this.low ^ word, 0xc2b2ae35)
    this.low = (this.low << 13) | (this.low >>> 19)
  }

  /** All NaNs are one. */
  float(value: number): void {
    scratch.setFloat64(0, value === value ? value : NaN)
    this.word(scratch.getInt32(0))
    this.word(scratch.getInt32(4))
  }

  bytes(bytes: Uint8Array, start: number, end: number): void {
    this.word(end - start)
    let i = start
    for (; i + 4 <= end; i += 4) this.word(bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))
    if (i < end) {
      let rest = 0
      for (let shift = 0; i < end; i++, shift += 8) rest |= bytes[i]! << shift
      this.word(rest)
    }
  }

  event(
    time: number,
    process: number,
    kind: number,
    a: number,
    b: number,
    c: number,
    d: number,
    x: number,
    payload: Uint8Array,
    from: number,
    end: number,
  ): void {
    this.float(time)
    this.word(process)
    this.word(kind)
    this.word(a)
    this.word(b)
    this.word(c)
    this.word(d)
    this.float(x)
    this.bytes(payload, from, end)
  }

  /** 16 hex digits. */
  digest(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
    return hex(this.high) + hex(this.low)
  }
}
