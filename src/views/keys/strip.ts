import type { KeyGroupRange } from '../../core/keygroups'
import { subtaskName } from './words'

/** Key groups that are drawn as one cell: one, or several where there is no room for each. */
export interface Bin {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  /** Its keys a key group by those of the fullest bin, 0 … 1. */
  readonly depth: number
  readonly moved: boolean
}

/** All key groups in at most `most` cells. */
export function binsOf(keys: Float64Array, moved: Uint8Array | null, most: number): Bin[] {
  const groups = keys.length
  const count = Math.max(1, Math.min(groups, most))
  const bins: { from: number; to: number; mean: number; moved: boolean }[] = []
  let fullest = 0
  for (let bin = 0; bin < count; bin++) {
    const from = Math.floor((bin * groups) / count)
    const to = Math.floor(((bin + 1) * groups) / count)
    let sum = 0
    let moves = false
    for (let group = from; group < to; group++) {
      sum += keys[group]!
      if (moved?.[group] === 1) moves = true
    }
    const mean = sum / (to - from)
    fullest = Math.max(fullest, mean)
    bins.push({ from, to, mean, moved: moves })
  }
  return bins.map(({ from, to, mean, moved: moves }) => ({ from, to, depth: fullest === 0 ? 0 : mean / fullest, moved: moves }))
}

/** The ranges of subtasks as they are drawn: neighbours differ, and a name stands where there is room for it. */
export interface Band {
  readonly from: number
  readonly to: number
  readonly odd: boolean
  readonly label: string
}

/** Below this many px a range is no longer told from its neighbour: several are drawn as one. */
const LEAST = 2.5
/** px that a character takes. */
const CHARACTER = 6.2

export function bandsOf(ranges: readonly KeyGroupRange[], pxPerGroup: number): Band[] {
  const together = Math.max(1, Math.ceil((LEAST * ranges.length) / (pxPerGroup * (ranges.at(-1)!.end + 1))))
  const bands: Band[] = []
  for (let subtask = 0; subtask < ranges.length; subtask += together) {
    const from = ranges[subtask]!.start
    const to = ranges[Math.min(ranges.length, subtask + together) - 1]!.end + 1
    const name = together === 1 ? subtaskName(subtask) : ''
    bands.push({ from, to, odd: bands.length % 2 === 1, label: name.length * CHARACTER + 3 <= (to - from) * pxPerGroup ? name : '' })
  }
  return bands
}
