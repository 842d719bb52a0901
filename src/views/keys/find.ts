import { keyGroupOf, keyGroupRangeOf, operatorIndexOf } from '../../core/keygroups'
import type { Setting } from './spread'

/** Integers tried before one gives up: every subtask has been found long before, unless it has very few of very many key groups. */
const TRIES = 2_000_000

/** The smallest Integer key from 0 on for each subtask, by subtask; −1 where none was found. Throws as `keyGroupRangeOf` does. */
export function smallestKeys({ parallelism, maxParallelism }: Setting): number[] {
  keyGroupRangeOf(maxParallelism, parallelism, 0)
  const found = new Array<number>(parallelism).fill(-1)
  let left = parallelism
  // The hash of an Integer is its value (K-6).
  for (let key = 0; left > 0 && key < TRIES; key++) {
    const subtask = operatorIndexOf(keyGroupOf(key, maxParallelism), maxParallelism, parallelism)
    if (found[subtask] !== -1) continue
    found[subtask] = key
    left--
  }
  return found
}
