import { DataInput, DataOutput } from '../../../core/values'
import type { StreamStateHandle } from '../../checkpoint/types'
import { bytesOfText, textOf } from './rowKeys'

export const RowType = { Delete: 0, Put: 1, Merge: 2 } as const
export type RowTypeCode = (typeof RowType)[keyof typeof RowType]

/** What is known of a row in one place: its value, that it is gone, or what is to be appended to what older places know. */
export interface Row {
  readonly type: RowTypeCode
  /** Of a list, pieces that belong behind each other. */
  readonly parts: readonly Uint8Array[]
}

export const DELETED: Row = { type: RowType.Delete, parts: [] }

/** A newer row upon an older one. */
export function upon(newer: Row, older: Row | undefined): Row {
  if (newer.type !== RowType.Merge || older === undefined) return newer
  const parts = [...older.parts, ...newer.parts]
  return { type: older.type === RowType.Merge ? RowType.Merge : RowType.Put, parts }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** An immutable file of sorted rows. Mirrors an SST file: its bytes are what checkpoints share. */
export class SstFile {
  /** Where it lies since an earlier execution uploaded it. */
  handle: StreamStateHandle | null = null

  private constructor(
    readonly number: number,
    readonly bytes: Uint8Array,
    private readonly rows: readonly string[],
    private readonly types: readonly RowTypeCode[],
    private readonly values: readonly Uint8Array[],
  ) {}

  get name(): string {
    return `${String(this.number).padStart(6, '0')}.sst`
  }
  get entries(): number {
    return this.rows.length
  }
  get smallest(): string {
    return this.rows[0]!
  }
  get greatest(): string {
    return this.rows[this.rows.length - 1]!
  }

  /** `rows` in order. */
  static write(number: number, rows: readonly (readonly [string, Row])[]): SstFile {
    const out = new DataOutput(4096)
    for (const [key, { type, parts }] of rows) {
      out.writeByte(type)
      out.writeVarint(key.length)
      out.writeBytes(bytesOfText(key))
      out.writeVarint(parts.reduce((sum, part) => sum + part.length, 0))
      for (const part of parts) out.writeBytes(part)
    }
    return SstFile.read(number, out.toBytes())
  }

  static read(number: number, bytes: Uint8Array): SstFile {
    const input = new DataInput(bytes)
    const rows: string[] = []
    const types: RowTypeCode[] = []
    const values: Uint8Array[] = []
    while (!input.exhausted) {
      types.push(input.readByte() as RowTypeCode)
      rows.push(textOf(input.readBytes(input.readVarint())))
      values.push(input.readBytes(input.readVarint()))
    }
    return new SstFile(number, bytes, rows, types, values)
  }

  /** The first place whose row is not before this one. */
  private lowerBound(row: string): number {
    let low = 0
    let high = this.rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.rows[middle]! < row) low = middle + 1
      else high = middle
    }
    return low
  }

  private at(place: number): Row {
    return { type: this.types[place]!, parts: [this.values[place]!] }
  }

  get(row: string): Row | undefined {
    if (row < this.smallest || row > this.greatest) return undefined
    const place = this.lowerBound(row)
    return this.rows[place] === row ? this.at(place) : undefined
  }

  overlaps(smallest: string, greatest: string): boolean {
    return this.smallest <= greatest && this.greatest >= smallest
  }

  /** Rows that begin with `prefix`, in order. */
  scan(prefix: string, visit: (row: string, value: Row) => void): void {
    for (let place = this.lowerBound(prefix); place < this.rows.length && this.rows[place]!.startsWith(prefix); place++)
      visit(this.rows[place]!, this.at(place))
  }
}
