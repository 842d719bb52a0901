import { javaToString, valueFromBytes } from '../core/values'
import { TraceKind } from './kinds'
import type { TraceLog } from './log'
import type { Names } from './names'

/** Colours that keys are drawn in. */
export const HUES = 8

export interface KeyLook {
  /** 0 … HUES − 1 by the key's Java hash, the same in every run; −1 for no key. */
  readonly hue: number
  /** The key as Java prints it; empty for no key. */
  readonly text: string
  readonly keyGroup: number
}

const NONE: KeyLook = { hue: -1, text: '', keyGroup: -1 }
/** By the log's names: a truncated log has new ones. */
const known = new WeakMap<Names, Map<number, KeyLook>>()

/** How key `key` of a process looks. */
export function keyLook(log: TraceLog, process: number, key: number): KeyLook {
  const seen = log.names.keyAt(process, key)
  if (seen < 0) return NONE
  let looks = known.get(log.names)
  if (looks === undefined) known.set(log.names, (looks = new Map()))
  const look = looks.get(seen)
  if (look !== undefined) return look
  const event = log.at(seen)
  const fresh: KeyLook = { hue: hueOf(event.d), text: javaToString(valueFromBytes(event.payload())), keyGroup: event.c }
  looks.set(seen, fresh)
  return fresh
}

/** How the key looks under which record (origin, number) was made, if a window made it; of others the record itself does not tell. */
export function keyLookOfRecord(log: TraceLog, origin: number, number: number): KeyLook {
  const made = log.names.recordAt(origin, number)
  if (made < 0) return NONE
  const event = log.at(made)
  if (event.kind !== TraceKind.RecordMade) return NONE
  const opened = log.names.windowAt(origin, event.c)
  return opened < 0 ? NONE : keyLook(log, origin, log.at(opened).c)
}

/** Of a Java hash, which for short texts differs in its low bits alone. */
export function hueOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) % HUES
}
