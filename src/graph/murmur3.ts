/**
 * Murmur3, 128 bits, x64 variant, seed 0, as Guava's Hashing.murmur3_128(0) gives it: the bytes of both halves, little endian.
 * In 64-bit words of two 32-bit halves; only operator ids are made with it, so clarity comes before speed.
 */
const MASK = (1n << 64n) - 1n
const C1 = 0x87c37b91114253d5n
const C2 = 0x4cf5ad432745937fn

const rotl = (x: bigint, bits: bigint): bigint => ((x << bits) | (x >> (64n - bits))) & MASK
const mixK1 = (k: bigint): bigint => (rotl((k * C1) & MASK, 31n) * C2) & MASK
const mixK2 = (k: bigint): bigint => (rotl((k * C2) & MASK, 33n) * C1) & MASK
function finish(h: bigint): bigint {
  h ^= h >> 33n
  h = (h * 0xff51afd7ed558ccdn) & MASK
  h ^= h >> 33n
  h = (h * 0xc4ceb9fe1a85ec53n) & MASK
  return h ^ (h >> 33n)
}

/** Little-endian word of the up to 8 bytes from `at`. */
function word(bytes: Uint8Array, at: number): bigint {
  let result = 0n
  for (let i = Math.min(at + 8, bytes.length) - 1; i >= at; i--) result = (result << 8n) | BigInt(bytes[i]!)
  return result
}

/** The 16 bytes of the hash with seed 0, as Guava's Hashing.murmur3_128(0) gives them: first word first, each little-endian. */
export function murmur3_128(bytes: Uint8Array): Uint8Array {
  let h1 = 0n
  let h2 = 0n
  let at = 0
  for (; at + 16 <= bytes.length; at += 16) {
    h1 ^= mixK1(word(bytes, at))
    h1 = (((rotl(h1, 27n) + h2) & MASK) * 5n + 0x52dce729n) & MASK
    h2 ^= mixK2(word(bytes, at + 8))
    h2 = (((rotl(h2, 31n) + h1) & MASK) * 5n + 0x38495ab5n) & MASK
  }
  if (at < bytes.length) {
    if (bytes.length - at > 8) h2 ^= mixK2(word(bytes, at + 8))
    h1 ^= mixK1(word(bytes.subarray(0, Math.min(at + 8, bytes.length)), at))
  }
  h1 ^= BigInt(bytes.length)
  h2 ^= BigInt(bytes.length)
  h1 = (h1 + h2) & MASK
  h2 = (h2 + h1) & MASK
  h1 = finish(h1)
  h2 = finish(h2)
  h1 = (h1 + h2) & MASK
  h2 = (h2 + h1) & MASK
  const result = new Uint8Array(16)
  for (let i = 0; i < 8; i++) {
    result[i] = Number((h1 >> BigInt(8 * i)) & 0xffn)
    result[8 + i] = Number((h2 >> BigInt(8 * i)) & 0xffn)
  }
  return result
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
export const hex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += DIGITS[byte]!
  return text
}
