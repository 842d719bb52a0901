import { IllegalArgumentException } from './exceptions'

/** Mirrors org.apache.flink.runtime.state.KeyGroupRangeAssignment and KeyGroupRange (K-1 … K-5). */

export const DEFAULT_LOWER_BOUND_MAX_PARALLELISM = 1 << 7
export const UPPER_BOUND_MAX_PARALLELISM = 1 << 15

/** Inclusive on both ends. */
export interface KeyGroupRange {
  readonly start: number
  readonly end: number
}

/** As checkParallelismPreconditions: throws IllegalArgumentException outside 1…32768. */
export function checkParallelism(parallelism: number): void {
  if (!(parallelism > 0 && parallelism <= UPPER_BOUND_MAX_PARALLELISM)) {
    throw new IllegalArgumentException(`Operator parallelism not within bounds: ${parallelism}`)
  }
}

/** MathUtils.murmurHash: Murmur3-32 of one block, made non-negative by negation (K-3). */
export function murmurHash(code: number): number {
  code = Math.imul(code, 0xcc9e2d51)
  code = (code << 15) | (code >>> 17)
  code = Math.imul(code, 0x1b873593)
  code = (code << 13) | (code >>> 19)
  code = (Math.imul(code, 5) + 0xe6546b64) | 0
  code ^= 4
  code ^= code >>> 16
  code = Math.imul(code, 0x85ebca6b)
  code ^= code >>> 13
  code = Math.imul(code, 0xc2b2ae35)
  code ^= code >>> 16
  return code >= 0 ? code : code === -2147483648 ? 0 : -code
}

/** K-3, from a key's Java hash code. */
export const keyGroupOf = (hashCode: number, maxParallelism: number): number => murmurHash(hashCode) % maxParallelism

/** K-4: the subtask that owns a key group. */
export const operatorIndexOf = (keyGroup: number, maxParallelism: number, parallelism: number): number =>
  Math.floor((keyGroup * parallelism) / maxParallelism)

/** K-5. Throws IllegalArgumentException where Flink does. */
export function keyGroupRangeOf(maxParallelism: number, parallelism: number, subtask: number): KeyGroupRange {
  checkParallelism(parallelism)
  checkParallelism(maxParallelism)
  if (maxParallelism < parallelism) {
    throw new IllegalArgumentException('Maximum parallelism must not be smaller than parallelism.')
  }
  const start = Math.trunc((subtask * maxParallelism + parallelism - 1) / parallelism)
  const end = Math.trunc(((subtask + 1) * maxParallelism - 1) / parallelism)
  if (start < 0 || start > end) throw new IllegalArgumentException('null')
  return { start, end }
}

/** K-1. */
export function computeDefaultMaxParallelism(parallelism: number): number {
  checkParallelism(parallelism)
  const wanted = parallelism + Math.floor(parallelism / 2)
  let power = 1
  while (power < wanted) power *= 2
  return Math.min(Math.max(power, DEFAULT_LOWER_BOUND_MAX_PARALLELISM), UPPER_BOUND_MAX_PARALLELISM)
}
