import { assert } from '../../base/assert'
import { UnsupportedOperationException } from '../../core/exceptions'
import { decodeValue, encodeValue, JavaHashMap, typeName } from '../../core/values'
import type { DataInput, DataOutput, KeyType } from '../../core/values'
import { GlobalWindow, TimestampedValue, TimeWindow } from '../../streaming/windowing'
import type { Window } from '../../streaming/windowing'
import { VOID_NAMESPACE } from './Namespace'
import type { Namespace, Namespaces } from './Namespace'
import type { TtlValue } from './ttlStates'

/** What can be kept by key. Order is the code in the bytes: only ever append. */
export const STORED_KINDS = [
  'value',
  'list',
  'map',
  'reducing',
  'aggregating',
  'merging-windows',
  'event-timers',
  'processing-timers',
  'join-buffer',
] as const
export type StoredKind = (typeof STORED_KINDS)[number]

export const isTimers = (kind: StoredKind): boolean => kind === 'event-timers' || kind === 'processing-timers'

/** Mirrors RegisteredKeyValueStateBackendMetaInfo. */
export interface StateMeta {
  readonly name: string
  readonly kind: StoredKind
  /** Whether values carry the times of their last touch. */
  readonly ttl: boolean
}

export function writeMetas(out: DataOutput, metas: readonly StateMeta[]): void {
  out.writeVarint(metas.length)
  for (const { name, kind, ttl } of metas) {
    out.writeUtf8(name)
    out.writeByte(STORED_KINDS.indexOf(kind))
    out.writeByte(ttl ? 1 : 0)
  }
}

export function readMetas(input: DataInput): StateMeta[] {
  return Array.from({ length: input.readVarint() }, () => ({
    name: input.readUtf8(),
    kind: STORED_KINDS[input.readByte()]!,
    ttl: input.readByte() === 1,
  }))
}

// ---- namespaces --------------------------------------------------------------------------------------------------------

const NO_NAMESPACE = 0
const LABELLED = 1
const TIME_WINDOW = 2
const GLOBAL_WINDOW = 3

export function writeWindow(out: DataOutput, window: Window): void {
  if (window instanceof TimeWindow) {
    out.writeByte(TIME_WINDOW)
    out.writeF64(window.getStart())
    out.writeF64(window.getEnd())
  } else if (window instanceof GlobalWindow) out.writeByte(GLOBAL_WINDOW)
  else {
    throw new UnsupportedOperationException(
      `Windows of the class ${typeName(window)} cannot be stored: only TimeWindow and GlobalWindow have a serializer.`,
    )
  }
}

function windowOf(tag: number, input: DataInput): Window {
  if (tag === GLOBAL_WINDOW) return GlobalWindow.get()
  assert(tag === TIME_WINDOW, 'no window has this tag')
  const start = input.readF64()
  return new TimeWindow(start, input.readF64())
}

export const readWindow = (input: DataInput): Window => windowOf(input.readByte(), input)

export function writeNamespace(out: DataOutput, namespace: Namespace): void {
  if (namespace.window !== null) writeWindow(out, namespace.window)
  else if (namespace.label === '') out.writeByte(NO_NAMESPACE)
  else {
    out.writeByte(LABELLED)
    out.writeUtf8(namespace.label)
  }
}

export function readNamespace(input: DataInput, namespaces: Namespaces): Namespace {
  const tag = input.readByte()
  if (tag === NO_NAMESPACE) return VOID_NAMESPACE
  return tag === LABELLED ? namespaces.labelled(input.readUtf8()) : namespaces.of(windowOf(tag, input))
}

// ---- values ------------------------------------------------------------------------------------------------------------

/** Before each part of a value that has several: so that parts can be put behind each other without a count. */
const END = 0
const PLAIN = 1
/** Evicting windows keep their elements' timestamps (W-23). */
const TIMESTAMPED = 2

/** A value, with the time of its last touch if it has one. */
export const writeTouched = (out: DataOutput, ttl: boolean, value: unknown): void => {
  if (ttl) {
    out.writeF64((value as TtlValue<unknown>).touched)
    encodeValue(out, (value as TtlValue<unknown>).value)
  } else encodeValue(out, value)
}
export const readTouched = (input: DataInput, ttl: boolean): unknown => {
  if (!ttl) return decodeValue(input)
  const touched = input.readF64()
  return { value: decodeValue(input), touched } satisfies TtlValue<unknown>
}

/** An element of a list by itself: `readStored` reads any number of them up to the end of the bytes. */
export function writeElement(out: DataOutput, ttl: boolean, element: unknown): void {
  if (!ttl && element instanceof TimestampedValue) {
    out.writeByte(TIMESTAMPED)
    out.writeF64(element.hasTimestamp() ? element.getTimestamp() : NaN)
    encodeValue(out, element.getValue())
  } else {
    out.writeByte(PLAIN)
    writeTouched(out, ttl, element)
  }
}

function readElement(input: DataInput, ttl: boolean, tag: number): unknown {
  if (tag !== TIMESTAMPED) return readTouched(input, ttl)
  const timestamp = input.readF64()
  return new TimestampedValue(decodeValue(input), timestamp)
}

/** Throws ProblemError `value-not-serializable` for what is no value. `closed` false: a list to which more may be appended. */
export function writeStored(out: DataOutput, kind: StoredKind, ttl: boolean, value: unknown, closed = true): void {
  switch (kind) {
    case 'list':
      for (const element of value as readonly unknown[]) writeElement(out, ttl, element)
      if (closed) out.writeByte(END)
      return
    case 'map':
    case 'join-buffer': {
      const map = value as JavaHashMap<unknown, unknown>
      encodeValue(out, map.keyType ?? null)
      for (const [key, item] of map.entries()) {
        out.writeByte(PLAIN)
        encodeValue(out, key)
        writeTouched(out, ttl, item)
      }
      out.writeByte(END)
      return
    }
    case 'merging-windows':
      for (const [window, state] of value as readonly (readonly [Window, Window])[]) {
        out.writeByte(PLAIN)
        writeWindow(out, window)
        writeWindow(out, state)
      }
      out.writeByte(END)
      return
    case 'event-timers':
    case 'processing-timers':
      out.writeF64(value as number)
      return
    default:
      writeTouched(out, ttl, value)
  }
}

/** What `writeStored` wrote; lists end with the bytes as well. */
export function readStored(input: DataInput, kind: StoredKind, ttl: boolean): unknown {
  switch (kind) {
    case 'list': {
      const list: unknown[] = []
      while (!input.exhausted) {
        const tag = input.readByte()
        if (tag === END) break
        list.push(readElement(input, ttl, tag))
      }
      return list
    }
    case 'map':
    case 'join-buffer': {
      const keyType = (decodeValue(input) as KeyType | null) ?? undefined
      const entries: [unknown, unknown][] = []
      while (input.readByte() !== END) {
        const key = decodeValue(input)
        entries.push([key, readTouched(input, ttl)])
      }
      const map = new JavaHashMap<unknown, unknown>(javaCapacity(entries.length), keyType)
      for (const [key, item] of entries) map.set(key, item)
      return map
    }
    case 'merging-windows': {
      const mapping: [Window, Window][] = []
      while (!input.exhausted && input.readByte() !== END) {
        const window = readWindow(input)
        mapping.push([window, readWindow(input)])
      }
      return mapping
    }
    case 'event-timers':
    case 'processing-timers':
      return input.readF64()
    default:
      return readTouched(input, ttl)
  }
}

/** Of a map that Flink's MapSerializer reads back: `CollectionUtil.newHashMapWithExpectedSize`. */
export function javaCapacity(expected: number): number {
  const wanted = expected <= 2 ? expected + 1 : Math.ceil(expected / 0.75)
  let capacity = 1
  while (capacity < wanted) capacity *= 2
  return capacity
}
