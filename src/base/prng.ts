/**
 * A generator of whole numbers, the same on every engine: sfc32 (Doty-Humphrey's small fast counter generator, 128 bits
 * of state) seeded through Murmur3's finaliser, so that neighbouring seeds and streams have nothing in common.
 */
export class Prng {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** `stream` tells generators of one seed apart: the kernel passes a process's address. */
  constructor(seed: number, stream = 0) {
    const high = Math.floor(seed / 4294967296) | 0
    this.a = mix(seed | 0)
    this.b = mix(this.a ^ (stream | 0) ^ 0x9e3779b9)
    this.c = mix(this.b ^ high ^ Math.floor(stream / 4294967296) ^ 0x85ebca6b)
    for (let i = 0; i < 12; i++) this.nextUint32()
  }

  /** 0 … 2^32 − 1. */
  nextUint32(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** 0 … bound − 1, each equally likely; `bound` whole, 1 … 2^32. */
  nextInt(bound: number): number {
    if (!(bound >= 1 && bound <= 4294967296) || Math.floor(bound) !== bound) throw new RangeError(`nextInt(${bound})`)
    // The values beyond the last whole multiple of bound would make the small results likelier.
    const limit = 4294967296 - (4294967296 % bound)
    let drawn = this.nextUint32()
    while (drawn >= limit) drawn = this.nextUint32()
    return drawn % bound
  }
}

/** Murmur3's 32-bit finaliser: a bijection in which every input bit moves about half of the output bits. */
export function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}
