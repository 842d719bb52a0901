import type { Arguments, Text } from '../../i18n'
import { keyGroups as words } from '../../i18n/keyGroups'
import type { KeyType } from '../../core/values'
import type { KeyTable } from './table'
import { skewOf, type Moves, type Spread } from './spread'

export type Say = (text: Text, args?: Arguments) => string

/** `12 345`. */
export const spaced = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')
/** At most one digit behind the point. */
const rounded = (n: number): string =>
  Number.isInteger(n) ? spaced(n) : n < 1000 ? String(Math.round(n * 10) / 10) : spaced(Math.round(n))
/** Whole, but never 0 or 100 for what is not. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0'
  const share = (100 * part) / whole
  return share > 0 && share < 1 ? '<1' : share < 100 && share > 99 ? '>99' : String(Math.round(share))
}
/** `1 key`, `12 keys`. */
export const keysText = (n: number, t: Say): string => (n === 1 ? t(words.keys1) : t(words.keysN, { count: spaced(n) }))
export const recordsText = (n: number, t: Say): string => (n === 1 ? t(words.records1) : t(words.recordsN, { count: spaced(n) }))
/** Subtasks are counted from 1 where they are named, as everywhere on screen. */
export const subtaskName = (subtask: number): string => `#${subtask + 1}`

/** A task's name as it is written on screen. */
export const titleOf = (name: string): string => name.replaceAll(' -> ', ' → ')

/** Below this a difference is nothing that anyone would call skew. */
const EVEN = 1.05

/** How evenly keys, or records where they are told apart, lie on the subtasks. */
export function skewWords(table: KeyTable, spread: Spread, t: Say): string {
  const { parallelism, maxParallelism } = spread.setting
  const sentences: string[] = []
  if (table.size > 0) {
    if (parallelism === 1) sentences.push(t(words.one))
    else {
      const byRecords = table.total !== table.size
      const skew = skewOf(byRecords ? spread.records : spread.keys)
      const even = skew.factor < EVEN
      const text = even ? (byRecords ? words.evenRecords : words.evenKeys) : byRecords ? words.skewRecords : words.skewKeys
      sentences.push(
        t(text, {
          subtasks: spaced(parallelism),
          subtask: subtaskName(skew.at),
          largest: spaced(skew.largest),
          total: spaced(skew.total),
          keys: keysText(skew.total, t),
          records: recordsText(skew.total, t),
          factor: rounded(skew.factor),
          mean: rounded(skew.mean),
        }),
      )
      if (skew.idle > 0) sentences.push(skew.idle === 1 ? t(words.idle1) : t(words.idle, { idle: spaced(skew.idle) }))
    }
  }
  const least = Math.floor(maxParallelism / parallelism)
  if (parallelism > 1) {
    if (maxParallelism % parallelism !== 0)
      sentences.push(
        t(words.groupsUneven, { maxParallelism: spaced(maxParallelism), subtasks: spaced(parallelism), least, most: least + 1 }),
      )
    else sentences.push(least === 1 ? t(words.groupsEach1) : t(words.groupsEach, { groups: spaced(least) }))
  }
  return sentences.join(' ')
}

/** What a change from one setting to another moves. */
export function moveWords(table: KeyTable, from: Spread, to: Spread, moves: Moves, t: Say): string {
  if (!moves.possible) return t(words.movesImpossible, { a: spaced(from.setting.maxParallelism), b: spaced(to.setting.maxParallelism) })
  if (moves.groups === 0) return t(words.movesNothing)
  const sentences = [
    t(words.moves, {
      groups: spaced(moves.groups),
      maxParallelism: spaced(from.setting.maxParallelism),
      keys: spaced(moves.keys),
      all: keysText(table.size, t),
      percent: percent(moves.keys, table.size),
    }),
  ]
  if (table.total !== table.size) sentences.push(t(words.movesRecords, { percent: percent(moves.records, table.total) }))
  return sentences.join(' ')
}

/** How Java makes a hash of such a key (K-6). */
export function hashRule(type: KeyType): Text {
  if (typeof type === 'object') return words.hashTuple
  switch (type) {
    case 'String':
      return words.hashString
    case 'Integer':
    case 'Short':
    case 'Byte':
      return words.hashInteger
    case 'Long':
      return words.hashLong
    case 'Double':
      return words.hashDouble
    case 'Boolean':
      return words.hashBoolean
    case 'Pojo':
      return words.hashPojo
    default:
      return words.hashOther
  }
}
