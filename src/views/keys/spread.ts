import { keyGroupRangeOf, operatorIndexOf, type KeyGroupRange } from '../../core/keygroups'
import type { KeyTable } from './table'

/** How a keyed task runs: as many subtasks, as many key groups. */
export interface Setting {
  readonly parallelism: number
  readonly maxParallelism: number
}

/** What an amount per subtask says about how evenly it lies. */
export interface Skew {
  readonly total: number
  readonly mean: number
  readonly largest: number
  /** The first subtask that has as much. */
  readonly at: number
  /** Subtasks that have nothing. */
  readonly idle: number
  /** Largest by mean: 1 is even. 1 also when there is nothing at all. */
  readonly factor: number
}

/** Where the keys of a table go. */
export interface Spread {
  readonly setting: Setting
  /** By subtask (K-5). */
  readonly ranges: readonly KeyGroupRange[]
  /** By key. */
  readonly groups: Int32Array
  readonly subtasks: Int32Array
  /** By subtask. */
  readonly keys: Float64Array
  readonly records: Float64Array
  /** By key group. */
  readonly groupKeys: Float64Array
  readonly groupRecords: Float64Array
}

/** Throws IllegalArgumentException, as Flink does, for settings that cannot be. */
export function spreadOf(table: KeyTable, setting: Setting): Spread {
  const { parallelism, maxParallelism } = setting
  const ranges = [keyGroupRangeOf(maxParallelism, parallelism, 0)]
  for (let subtask = 1; subtask < parallelism; subtask++) ranges.push(keyGroupRangeOf(maxParallelism, parallelism, subtask))
  const groups = table.murmurs.map((murmur) => murmur % maxParallelism)
  const subtasks = groups.map((group) => operatorIndexOf(group, maxParallelism, parallelism))
  const spread: Spread = {
    setting,
    ranges,
    groups,
    subtasks,
    keys: new Float64Array(parallelism),
    records: new Float64Array(parallelism),
    groupKeys: new Float64Array(maxParallelism),
    groupRecords: new Float64Array(maxParallelism),
  }
  for (let key = 0; key < table.size; key++) {
    const records = table.records[key]!
    spread.keys[subtasks[key]!]!++
    spread.records[subtasks[key]!]! += records
    spread.groupKeys[groups[key]!]!++
    spread.groupRecords[groups[key]!]! += records
  }
  return spread
}

/** How unevenly amounts lie: `factor` is the largest over the mean, 1 where there is nothing. */
export function skewOf(amounts: Float64Array): Skew {
  let total = 0
  let at = 0
  let idle = 0
  for (let i = 0; i < amounts.length; i++) {
    total += amounts[i]!
    if (amounts[i]! > amounts[at]!) at = i
    if (amounts[i] === 0) idle++
  }
  const mean = total / amounts.length
  return { total, mean, largest: amounts[at]!, at, idle, factor: total === 0 ? 1 : amounts[at]! / mean }
}

/** What changes hands between two settings. */
export interface Moves {
  /** State can go from one to the other: both have the same key groups (K-2). */
  readonly possible: boolean
  /** By key group; empty where that means nothing. */
  readonly moved: Uint8Array
  readonly groups: number
  readonly keys: number
  readonly records: number
}

/** The key groups of `from` that belong to another subtask in `to`, and what of the table lies in them. */
export function movesBetween(table: KeyTable, from: Spread, to: Spread): Moves {
  const { maxParallelism } = from.setting
  if (maxParallelism !== to.setting.maxParallelism) return { possible: false, moved: new Uint8Array(0), groups: 0, keys: 0, records: 0 }
  const moved = new Uint8Array(maxParallelism)
  let groups = 0
  let keys = 0
  let records = 0
  for (let group = 0; group < maxParallelism; group++) {
    const before = operatorIndexOf(group, maxParallelism, from.setting.parallelism)
    if (before === operatorIndexOf(group, maxParallelism, to.setting.parallelism)) continue
    moved[group] = 1
    groups++
    keys += from.groupKeys[group]!
    records += from.groupRecords[group]!
  }
  return { possible: true, moved, groups, keys, records: table.size === 0 ? 0 : records }
}
