import { LONG_MIN, NO_TIMESTAMP } from '../../core/time'
import { keyGroupOf } from '../../core/keygroups'
import { DataOutput, encodeValue, javaHashCode, mapKeyOf } from '../../core/values'
import type { KeyType } from '../../core/values'
import { TraceKind } from '../../trace/kinds'
import type { AsyncAnswerCode, OperatorTrace, ShownRange } from '../operators/types'
import type { TaskThread } from './thread'

const scratch = new DataOutput(4096)
/** Views of the scratch by their length: an event must not cost an object. */
const KEPT_VIEWS = 512
let views: (Uint8Array | undefined)[] = []
let viewed = scratch.bytes

/** Bytes of a value as trace payload: valid until the next call. */
export function payloadOf(value: unknown): Uint8Array {
  scratch.reset()
  encodeValue(scratch, value)
  return written()
}

/** By name: the bytes of `[name, value]` before the value. State is written with every record, and its names are few. */
const namedPrefixes = new Map<string, Uint8Array>()
/** The same bytes as `payloadOf([name, value])`. */
function namedPayloadOf(name: string, value: unknown): Uint8Array {
  let prefix = namedPrefixes.get(name)
  if (prefix === undefined) {
    // null is one byte.
    prefix = payloadOf([name, null]).slice(0, -1)
    namedPrefixes.set(name, prefix)
  }
  scratch.reset()
  scratch.ensure(prefix.length)
  scratch.bytes.set(prefix, 0)
  scratch.length = prefix.length
  encodeValue(scratch, value)
  return written()
}

function written(): Uint8Array {
  const { bytes, length } = scratch
  if (length >= KEPT_VIEWS) return bytes.subarray(0, length)
  if (viewed !== bytes) {
    viewed = bytes
    views = []
  }
  return (views[length] ??= bytes.subarray(0, length))
}

/** A timestamp as the trace shows it: Long.MIN_VALUE, which new sources give a record without one, counts as none. */
export const shownTimestamp = (timestamp: number): number => (timestamp === LONG_MIN ? NO_TIMESTAMP : timestamp)

/** The mode of an operator that answers its input at once. */
const ANSWERING = -2

const text = new TextEncoder()

/** How the keys of one keyed edge or operator are told apart from others of their kind. */
export interface Keying {
  readonly maxParallelism: number
  /** See `keyBy(f, Types.LONG)`; undefined: as the key itself says. */
  readonly keyType: KeyType | undefined
}

/** Keys of one task, numbered as they are first seen. */
export class KeyIds {
  private readonly ids = new Map<unknown, number>()

  constructor(private readonly task: TaskThread) {}

  idOf(key: unknown, keying: Keying): number {
    const mapKey = mapKeyOf(key)
    const known = this.ids.get(mapKey)
    if (known !== undefined) return known
    const id = this.ids.size
    this.ids.set(mapKey, id)
    const hash = javaHashCode(key, keying.keyType)
    this.task.context.emit(TraceKind.KeySeen, 0, id, keyGroupOf(hash, keying.maxParallelism), hash, NaN, payloadOf(key))
    return id
  }
}

/**
 * Writes what an operator does into the trace, by the table in trace/kinds.ts. Knows whether the operator is answering its input
 * (its outputs carry the input's identity) or making new records.
 */
export class TaskTrace implements OperatorTrace {
  readonly on: boolean
  private making = ANSWERING

  constructor(
    private readonly task: TaskThread,
    private readonly node: number,
    private readonly keys: KeyIds,
    private readonly keying: Keying,
  ) {
    this.on = task.tracing
  }

  /** A new input element has come. */
  inputBegins(): void {
    this.making = ANSWERING
  }

  /** Called for each output record while tracing: a new record gets a new identity. */
  stamp(timestamp: number): void {
    if (this.making === ANSWERING) return
    const { task } = this
    task.recordOrigin = task.context.self
    task.recordNumber = task.nextRecordNumber++
    task.context.emit(TraceKind.RecordMade, this.node, task.recordNumber, this.making, 0, shownTimestamp(timestamp))
  }

  keyId(key: unknown): number {
    return this.on ? this.keys.idOf(key, this.keying) : -1
  }

  recordDropped(timestamp: number): void {
    if (this.on) this.emitRecord(TraceKind.RecordDropped, timestamp)
  }

  recordsMade(window: number): void {
    this.making = window
  }

  watermarkEmitted(watermark: number): void {
    if (this.on) this.task.context.emit(TraceKind.WatermarkEmitted, this.node, 0, 0, 0, watermark)
  }

  statusEmitted(idle: boolean): void {
    if (this.on) this.task.context.emit(TraceKind.StatusEmitted, this.node, idle ? 1 : 0, 0, 0, NaN)
  }

  watermarkAdvanced(watermark: number, input: number): void {
    if (this.on) this.task.context.emit(TraceKind.WatermarkAdvanced, this.node, input, 0, 0, watermark)
  }

  watermarkIgnored(partition: number, watermark: number, last: number): void {
    if (this.on) this.task.context.emit(TraceKind.WatermarkIgnored, this.node, partition, 0, 0, watermark, payloadOf(last))
  }

  timer(what: 'registered' | 'deleted' | 'fired', key: number, processingTime: boolean, window: number, time: number): void {
    if (!this.on) return
    const kind = what === 'registered' ? TraceKind.TimerRegistered : what === 'deleted' ? TraceKind.TimerDeleted : TraceKind.TimerFired
    this.task.context.emit(kind, this.node, key, processingTime ? 1 : 0, window, time)
  }

  windowOpened(window: number, key: number, start: number, end: number, global: boolean): void {
    if (this.on) this.task.context.emit(TraceKind.WindowOpened, this.node, window, key, global ? 1 : 0, start, payloadOf(end))
  }

  windowElement(window: number, timestamp: number): void {
    const { task } = this
    if (this.on)
      task.context.emit(TraceKind.WindowElement, this.node, window, task.recordNumber, task.recordOrigin, shownTimestamp(timestamp))
  }

  currentRecord(): readonly [origin: number, number: number] {
    return [this.task.recordOrigin, this.task.recordNumber]
  }

  windowEvicted(window: number, [origin, number]: readonly [origin: number, number: number], timestamp: number): void {
    if (this.on) this.task.context.emit(TraceKind.WindowEvicted, this.node, window, number, origin, shownTimestamp(timestamp))
  }

  windowTrigger(window: number, result: number, by: number): void {
    if (this.on) this.task.context.emit(TraceKind.WindowTrigger, this.node, window, result, by, NaN)
  }

  windowFired(window: number, elements: number, watermark: number): void {
    if (this.on) this.task.context.emit(TraceKind.WindowFired, this.node, window, elements, 0, watermark)
  }

  windowCleared(window: number): void {
    if (this.on) this.task.context.emit(TraceKind.WindowCleared, this.node, window, 0, 0, NaN)
  }

  windowMerged(into: number, merged: number, start: number, end: number): void {
    if (this.on) this.task.context.emit(TraceKind.WindowMerged, this.node, into, merged, 0, start, payloadOf(end))
  }

  lateDropped(key: number, timestamp: number, watermark: number): void {
    const { task } = this
    if (this.on)
      task.context.emit(TraceKind.LateDropped, this.node, task.recordNumber, task.recordOrigin, key, watermark, payloadOf(timestamp))
  }

  noWindow(key: number, timestamp: number): void {
    if (this.on) this.emitRecord(TraceKind.NoWindow, timestamp, undefined, key)
  }

  windowSkipped(key: number, start: number, end: number): void {
    if (this.on) this.emitRecord(TraceKind.WindowSkipped, start, payloadOf(end), key)
  }

  joinBuffered(key: number, side: number, timestamp: number): void {
    if (this.on) this.emitRecord(TraceKind.JoinBuffered, timestamp, undefined, 2 * key + side)
  }

  joinCleared(key: number, side: number, timestamp: number): void {
    if (this.on) this.task.context.emit(TraceKind.JoinCleared, this.node, key, side, 0, timestamp)
  }

  asyncRequested([origin, number]: readonly [origin: number, number: number]): void {
    if (this.on) this.task.context.emit(TraceKind.AsyncRequested, this.node, number, origin, 0, NaN)
  }

  asyncAnswered([origin, number]: readonly [origin: number, number: number], how: AsyncAnswerCode): void {
    if (this.on) this.task.context.emit(TraceKind.AsyncAnswered, this.node, number, origin, how, NaN)
  }

  stateRestored(
    checkpoint: number,
    entries: number,
    bytes: number,
    keyGroups: readonly [number, number] | null,
    operator: readonly (readonly [name: string, items: number])[],
  ): void {
    const payload = payloadOf({
      keyGroups: keyGroups === null ? null : [...keyGroups],
      operator: operator.map((state) => [...state]),
      records: 0,
    })
    this.task.context.emit(TraceKind.StateRestored, this.node, checkpoint, entries, bytes, NaN, payload)
  }

  stateHeld(entries: number, memory: number, bytes: number, internals: unknown): void {
    if (this.on) this.task.context.emit(TraceKind.StateHeld, this.node, entries, memory, bytes, NaN, payloadOf(internals))
  }

  memtableFlushed(bytes: number, entries: number, state: string): void {
    if (this.on) this.task.context.emit(TraceKind.MemtableFlushed, this.node, bytes, entries, 0, NaN, payloadOf(state))
  }

  sstFileWritten(file: number, level: number, bytes: number, entries: number, range: ShownRange, state: string): void {
    const [smallest, greatest, first, last] = range
    if (!this.on) return
    const payload = payloadOf([smallest, greatest, state, first, last])
    this.task.context.emit(TraceKind.SstFileWritten, this.node, file, level, bytes, entries, payload)
  }

  sstFileDropped(file: number): void {
    if (this.on) this.task.context.emit(TraceKind.SstFileDropped, this.node, file, 0, 0, NaN)
  }

  stateUpdated(key: number, window: number, name: string, value: unknown, cleared: boolean, restored = false, expires: number = NaN): void {
    if (!this.on) return
    const how = cleared ? 1 : restored ? 2 : 0
    this.task.context.emit(TraceKind.StateUpdated, this.node, key, window, how, expires, namedPayloadOf(name, value))
  }

  sideRecord(tag: string, timestamp: number, lateKey = -1): void {
    if (this.on) this.emitRecord(TraceKind.SideRecord, timestamp, text.encode(tag), lateKey + 1)
  }

  /** Always in the trace: it is what a client sees of the job. */
  sinkRecord(value: unknown, timestamp: number): void {
    const { task } = this
    task.context.emit(
      TraceKind.SinkRecord,
      this.node,
      task.recordNumber,
      task.recordOrigin,
      -1,
      shownTimestamp(timestamp),
      payloadOf(value),
    )
  }

  private emitRecord(kind: number, timestamp: number, payload?: Uint8Array, d = 0): void {
    const { task } = this
    task.context.emit(kind, this.node, task.recordNumber, task.recordOrigin, d, shownTimestamp(timestamp), payload)
  }
}
