import { DataInput, DataOutput, JavaHashMap } from '../../../core/values'
import type { KeyContext, MapKey } from '../KeyContext'
import { readNamespace, readStored, writeElement, writeNamespace, writeStored, readTouched, writeTouched } from '../keyedFormat'
import type { StoredKind } from '../keyedFormat'
import type { Namespace, Namespaces } from '../Namespace'
import type { StateEntry, StateObserver, StateTable, TableKind } from '../StateTable'
import type { Ttl } from '../ttlStates'
import type { ColumnFamily } from './ColumnFamily'
import { bytesOfText, readOrdered, rowText, writeOrdered } from './rowKeys'
import type { AccessCosts } from './settings'

/** What a table needs of its backend. */
export interface RowSpace {
  readonly context: KeyContext
  readonly namespaces: Namespaces
  /** Bytes of a key group at the beginning of a row: as CompositeKeySerializationUtils.computeRequiredBytesInKeyGroupPrefix. */
  readonly prefixBytes: number
  readonly costs: AccessCosts
  groupOf(key: unknown): number
  advance(micros: number): void
}

const scratch = new DataOutput(256)

export const groupText = (group: number, prefixBytes: number): string =>
  prefixBytes === 1 ? String.fromCharCode(group) : String.fromCharCode(group >> 8, group & 0xff)

export interface DecodedRow {
  readonly group: number
  readonly key: unknown
  readonly namespace: Namespace
  /** Characters of the row before a key of the user's map. */
  readonly length: number
}

/** Reads a row's key back. */
export function decodeRow(row: string, prefixBytes: number, namespaces: Namespaces): DecodedRow {
  const input = new DataInput(bytesOfText(row))
  let group = 0
  for (let i = 0; i < prefixBytes; i++) group = (group << 8) | input.readByte()
  const key = readOrdered(input)
  const namespace = readNamespace(input, namespaces)
  return { group, key, namespace, length: input.position }
}

/**
 * One state as rows of bytes: key group, key and namespace, and of a map the user's key, one row for each entry. What is read is a copy (D-3).
 * Mirrors AbstractRocksDBState. Every access costs the task's thread time.
 */
export class RocksDbTable<V> implements StateTable<V> {
  private readonly input = new DataInput(new Uint8Array(0))
  private readonly namespaceTexts = new WeakMap<Namespace, string>()
  private ofKey: MapKey | undefined = undefined
  private keyText = ''
  private group = -1

  constructor(
    readonly name: string,
    readonly kind: TableKind,
    readonly rows: ColumnFamily,
    private readonly space: RowSpace,
    readonly observer: StateObserver | null,
    readonly ttl: Ttl | null,
    /** Whether values carry the times of their last touch. */
    private readonly timed = ttl !== null,
  ) {}

  /** The row of the key at hand; of a map the beginning of its rows. */
  row(namespace: Namespace): string {
    const { context, prefixBytes } = this.space
    const mapKey = context.requireKey()
    if (this.ofKey !== mapKey) {
      this.ofKey = mapKey
      this.group = this.space.groupOf(context.key)
      this.keyText = groupText(this.group, prefixBytes) + rowText((out) => writeOrdered(out, context.key))
    }
    let text = this.namespaceTexts.get(namespace)
    if (text === undefined) {
      text = rowText((out) => writeNamespace(out, namespace))
      this.namespaceTexts.set(namespace, text)
    }
    return this.keyText + text
  }

  get(row: string): Uint8Array | null {
    const bytes = this.rows.get(row)
    const { read, file } = this.space.costs
    this.space.advance(read + file * this.rows.lookedIn)
    return bytes
  }

  set(row: string, write: (out: DataOutput) => void): void {
    scratch.reset()
    write(scratch)
    this.space.advance(this.space.costs.write)
    this.rows.put(row, scratch.toBytes())
  }

  delete(row: string): void {
    this.space.advance(this.space.costs.write)
    this.rows.delete(row)
  }

  /** Rows that begin so. */
  scan(prefix: string): (readonly [row: string, value: Uint8Array])[] {
    const found = this.rows.scan(prefix)
    const { read, file, next } = this.space.costs
    this.space.advance(read + file * this.rows.files.length + next * found.length)
    return found
  }

  private decode(bytes: Uint8Array): V {
    return readStored(this.input.of(bytes), this.kind as StoredKind, this.timed) as V
  }

  entry(namespace: Namespace): StateEntry<V> | undefined {
    const row = this.row(namespace)
    if (this.kind === 'map') {
      const rows = this.scan(row)
      if (rows.length === 0) return undefined
      return { key: this.space.context.key, value: this.mapOf(rows, row.length) as V, group: this.group }
    }
    const bytes = this.get(row)
    return bytes === null ? undefined : { key: this.space.context.key, value: this.decode(bytes), group: this.group }
  }

  mapOf(rows: readonly (readonly [row: string, value: Uint8Array])[], length: number): JavaHashMap<unknown, unknown> {
    const map = new JavaHashMap<unknown, unknown>()
    for (const [row, value] of rows) map.set(userKeyOf(row, length), this.readUserValue(value))
    return map
  }

  readUserValue(bytes: Uint8Array): unknown {
    return readTouched(this.input.of(bytes), this.timed)
  }

  writeUserValue(row: string, value: unknown): void {
    this.set(row, (out) => writeTouched(out, this.timed, value))
  }

  put(namespace: Namespace, value: V): void {
    const row = this.row(namespace)
    if (this.kind === 'map') {
      for (const [key, item] of (value as JavaHashMap<unknown, unknown>).entries()) this.writeUserValue(row + userKeyText(key), item)
    } else this.set(row, (out) => writeStored(out, this.kind as StoredKind, this.timed, value, false))
  }

  replace(_entry: StateEntry<V>, namespace: Namespace, value: V): void {
    this.put(namespace, value)
  }

  /** To a list, without reading it. */
  append(namespace: Namespace, element: unknown): void {
    scratch.reset()
    writeElement(scratch, this.timed, element)
    this.space.advance(this.space.costs.write)
    this.rows.append(this.row(namespace), scratch.toBytes())
  }

  remove(namespace: Namespace): StateEntry<V> | undefined {
    const entry = this.entry(namespace)
    if (entry === undefined) return undefined
    const row = this.row(namespace)
    if (this.kind === 'map') for (const [of] of this.rows.scan(row)) this.delete(of)
    else this.delete(row)
    return entry
  }

  forEach(visit: (namespace: Namespace, entry: StateEntry<V>) => void): void {
    const rows = this.rows.scan('')
    for (let i = 0; i < rows.length;) {
      const [row, value] = rows[i]!
      const { key, namespace, group, length } = decodeRow(row, this.space.prefixBytes, this.space.namespaces)
      let end = i + 1
      if (this.kind === 'map') {
        const prefix = row.slice(0, length)
        while (end < rows.length && rows[end]![0].startsWith(prefix)) end++
        visit(namespace, { key, value: this.mapOf(rows.slice(i, end), length) as V, group })
      } else visit(namespace, { key, value: this.decode(value), group })
      i = end
    }
  }

  keys(namespace: Namespace): unknown[] {
    const keys: unknown[] = []
    this.forEach((other, { key }) => {
      if (other === namespace) keys.push(key)
    })
    return keys
  }

  get size(): number {
    return this.count()
  }

  /** How many keys hold something, over all namespaces; nothing is decoded but the keys. */
  count(): number {
    const rows = this.rows.scan('')
    if (this.kind !== 'map') return rows.length
    let count = 0
    let prefix = ''
    for (const [row] of rows) {
      if (prefix !== '' && row.startsWith(prefix)) continue
      prefix = row.slice(0, decodeRow(row, this.space.prefixBytes, this.space.namespaces).length)
      count++
    }
    return count
  }
}

export const userKeyText = (key: unknown): string => rowText((out) => writeOrdered(out, key))
export const userKeyOf = (row: string, length: number): unknown => readOrdered(new DataInput(bytesOfText(row, length)))
