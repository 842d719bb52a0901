import { javaToString } from '../../core/values'
import type { TraceEvent } from '../types'

// What these events hold, read with care: a trace may come from a file that anyone has changed.

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
const number = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : otherwise
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const valueOf = (event: TraceEvent): unknown => (event.payload().length === 0 ? null : event.value())

export type ToldRange = readonly [smallest: string, greatest: string, first: number, last: number]
const rangeOf = (value: unknown): ToldRange => {
  const [smallest, greatest, first, last] = listOf(value)
  return [text(smallest), text(greatest), number(first, -1), number(last, -1)]
}

/** Of an SstFileWritten. */
export function toldFile(event: TraceEvent): { readonly state: string; readonly range: ToldRange } {
  const [smallest, greatest, state, first, last] = listOf(valueOf(event))
  return { state: text(state), range: rangeOf([smallest, greatest, first, last]) }
}

export interface HeldFile {
  readonly number: number
  readonly level: number
  readonly bytes: number
  readonly entries: number
  readonly range: ToldRange
}

export interface HeldTable {
  readonly name: string
  readonly kind: string
  /** Of the heap; −1: not told. */
  readonly entries: number
  /** Of RocksDB. */
  readonly memtable: { readonly entries: number; readonly bytes: number } | null
  readonly files: readonly HeldFile[]
}

/** State of an operator that is not kept by key. */
export interface HeldList {
  readonly name: string
  readonly mode: 'SPLIT_DISTRIBUTE' | 'UNION' | 'BROADCAST'
  readonly items: number
  /** −1: restored, and nobody has asked for it. */
  readonly bytes: number
  /** The first of them, as Java prints them; of a broadcast state with its key. */
  readonly first: readonly string[]
}

export interface Held {
  readonly backend: 'hashmap' | 'rocksdb' | 'none'
  readonly tables: readonly HeldTable[]
  readonly operator: readonly HeldList[]
  readonly incremental: boolean
  /** Bytes at which RocksDB flushes a memtable, and compacts; null: not told. */
  readonly limits: { readonly writeBuffer: number; readonly levelBase: number; readonly targetFile: number } | null
}

/** Of a StateHeld. */
export function toldHeld(event: TraceEvent): Held {
  const fields = fieldsOf(valueOf(event))
  const { limits } = fields
  const ofLimits = fieldsOf(limits)
  return {
    backend: fields.backend === 'rocksdb' ? 'rocksdb' : fields.backend === 'none' ? 'none' : 'hashmap',
    tables: listOf(fields.states).map((each) => {
      const table = fieldsOf(each)
      const memtable = fieldsOf(table.memtable)
      return {
        name: text(table.name),
        kind: text(table.kind),
        entries: number(table.entries, -1),
        memtable: 'memtable' in table ? { entries: number(memtable.entries), bytes: number(memtable.bytes) } : null,
        files: listOf(table.levels).flatMap((files, level) =>
          listOf(files).map((one) => {
            const file = fieldsOf(one)
            return {
              number: number(file.number),
              level,
              bytes: number(file.bytes),
              entries: number(file.entries),
              range: rangeOf(file.range),
            }
          }),
        ),
      }
    }),
    operator: listOf(fields.operator).map((each) => {
      const [name, mode, items, bytes, first] = listOf(each)
      const shown =
        first instanceof Map
          ? [...(first as Map<unknown, unknown>)].map(([key, value]) => `${javaToString(key)} → ${javaToString(value)}`)
          : listOf(first).map(javaToString)
      return {
        name: text(name),
        mode: mode === 'UNION' || mode === 'BROADCAST' ? mode : 'SPLIT_DISTRIBUTE',
        items: number(items),
        bytes: number(bytes, -1),
        first: shown,
      }
    }),
    incremental: fields.incremental === true,
    limits:
      'writeBuffer' in ofLimits
        ? { writeBuffer: number(ofLimits.writeBuffer), levelBase: number(ofLimits.levelBase), targetFile: number(ofLimits.targetFile) }
        : null,
  }
}
