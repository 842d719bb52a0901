import type { CheckpointMetrics } from '../../core/checkpoints'
import type { TraceEvent } from '../types'

// What payloads of these kinds hold, read with care: a trace may come from a file that anyone has changed.

export interface ToldCompletion {
  /** null: in the JobManager's memory. */
  readonly path: string | null
  readonly fullSize: number
  readonly metadataSize: number
  readonly retained: boolean
}

export interface ToldRestart {
  readonly strategy: string
  readonly failure: string
  /** Execution vertex that failed; −1: none. */
  readonly vertex: number
  /** Execution vertices that restart. */
  readonly region: readonly number[]
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(event: TraceEvent): Fields {
  if (event.payload().length === 0) return {}
  const value = event.value()
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
const listOf = (event: TraceEvent): readonly unknown[] => {
  if (event.payload().length === 0) return []
  const value = event.value()
  return Array.isArray(value) ? (value as unknown[]) : []
}
const number = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : otherwise
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const numbers = (value: unknown): number[] => (Array.isArray(value) ? (value as unknown[]).map((item) => number(item, -1)) : [])

export const sharesOf = {
  /** Execution vertices that must acknowledge. */
  triggered: (event: TraceEvent): readonly number[] => listOf(event).map((item) => number(item, -1)),
  /** null: not told. */
  acknowledged: (event: TraceEvent): CheckpointMetrics | null => {
    const fields = fieldsOf(event)
    if (!('fullSize' in fields)) return null
    return {
      alignmentDuration: number(fields.alignmentDuration),
      startDelay: number(fields.startDelay),
      syncDuration: number(fields.syncDuration),
      asyncDuration: number(fields.asyncDuration),
      bytesProcessedDuringAlignment: number(fields.bytesProcessedDuringAlignment),
      bytesPersistedDuringAlignment: number(fields.bytesPersistedDuringAlignment),
      checkpointedSize: number(fields.checkpointedSize),
      fullSize: number(fields.fullSize),
      unaligned: fields.unaligned === true,
    }
  },
  completed: (event: TraceEvent): ToldCompletion => {
    const fields = fieldsOf(event)
    return {
      path: typeof fields.path === 'string' ? fields.path : null,
      fullSize: number(fields.fullSize, number(event.x)),
      metadataSize: number(fields.metadataSize),
      retained: fields.retained === true,
    }
  },
  restart: (event: TraceEvent): ToldRestart => {
    const fields = fieldsOf(event)
    return {
      strategy: text(fields.strategy),
      failure: text(fields.failure),
      vertex: number(fields.vertex, -1),
      region: numbers(fields.region),
    }
  },
  /** By operator: [node, bytes to upload, bytes in full]. */
  sync: (event: TraceEvent): readonly { readonly node: number; readonly bytes: number; readonly full: number }[] =>
    listOf(event).flatMap((item) => {
      const [node, bytes, full] = numbers(item)
      return node === undefined ? [] : [{ node, bytes: bytes ?? 0, full: full ?? 0 }]
    }),
} as const

/** A payload of two things, as [key or null, value] or [state name, value]. */
export function pairOf(event: TraceEvent): readonly [unknown, unknown] {
  const list = listOf(event)
  const [first = null, second = ''] = list
  return [first, second]
}
