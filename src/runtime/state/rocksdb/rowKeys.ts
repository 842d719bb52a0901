import {
  decodeValue,
  DataInput,
  DataOutput,
  encodeValue,
  kindOf,
  Tuple,
  Tuple0,
  Tuple1,
  Tuple2,
  Tuple3,
  Tuple4,
  Tuple5,
} from '../../../core/values'

/**
 * Keys of rows as text of bytes (each character one byte), which compares as the bytes do. What Flink's serializers order, is ordered so here: integers
 * as two's complement, so that negative ones come last, texts by their length first (StringSerializer). The first byte says the type.
 */
const Type = { Null: 0, Boolean: 1, Integer: 2, Long: 3, Double: 4, Text: 5, Tuple: 6, Other: 7, Record: 8 } as const

const TUPLES = [Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5] as const
const WORD = 4294967296

export function writeOrdered(out: DataOutput, value: unknown): void {
  switch (typeof value) {
    case 'boolean':
      out.writeByte(Type.Boolean)
      out.writeByte(value ? 1 : 0)
      return
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        out.writeByte(Type.Integer)
        out.writeI32(Math.floor(value / WORD))
        out.writeI32(value | 0)
      } else {
        out.writeByte(Type.Double)
        out.writeF64(value)
      }
      return
    case 'bigint':
      if (BigInt.asIntN(64, value) === value) {
        out.writeByte(Type.Long)
        out.writeI64(value)
        return
      }
      break
    case 'string':
      out.writeByte(Type.Text)
      writeText(out, value)
      return
    case 'object':
      if (value === null) {
        out.writeByte(Type.Null)
        return
      }
      if (value instanceof Tuple) {
        out.writeByte(Type.Tuple)
        out.writeByte(value.getArity())
        for (let i = 0; i < value.getArity(); i++) writeOrdered(out, value.getField(i))
        return
      }
      if (kindOf(value) === 'record') {
        const names = Object.keys(value).sort()
        out.writeByte(Type.Record)
        out.writeVarint(names.length)
        for (const name of names) {
          writeText(out, name)
          writeOrdered(out, (value as Record<string, unknown>)[name])
        }
        return
      }
  }
  out.writeByte(Type.Other)
  encodeValue(out, value)
}

function writeText(out: DataOutput, text: string): void {
  out.writeVarint(text.length + 1)
  for (let i = 0; i < text.length; i++) out.writeVarint(text.charCodeAt(i))
}

function readText(input: DataInput): string {
  let text = ''
  for (let n = input.readVarint() - 1; n > 0; n--) text += String.fromCharCode(input.readVarint())
  return text
}

export function readOrdered(input: DataInput): unknown {
  switch (input.readByte()) {
    case Type.Null:
      return null
    case Type.Boolean:
      return input.readByte() === 1
    case Type.Integer: {
      const high = input.readI32()
      return high * WORD + (input.readI32() >>> 0)
    }
    case Type.Long:
      return input.readI64()
    case Type.Double:
      return input.readF64()
    case Type.Text:
      return readText(input)
    case Type.Tuple: {
      const arity = input.readByte()
      const fields: unknown[] = []
      for (let i = 0; i < arity; i++) fields.push(readOrdered(input))
      return new (TUPLES[arity] as new (...fields: unknown[]) => Tuple)(...fields)
    }
    case Type.Record: {
      const record: Record<string, unknown> = {}
      for (let n = input.readVarint(); n > 0; n--) {
        const name = readText(input)
        record[name] = readOrdered(input)
      }
      return record
    }
    default:
      return decodeValue(input)
  }
}

/** As text of bytes. */
export function textOf(bytes: Uint8Array, length = bytes.length): string {
  let text = ''
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[i]!)
  return text
}

export function bytesOfText(text: string, from = 0): Uint8Array {
  const bytes = new Uint8Array(text.length - from)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(from + i)
  return bytes
}

const scratch = new DataOutput(64)

/** What `write` writes, as text of bytes. */
export function rowText(write: (out: DataOutput) => void): string {
  scratch.reset()
  write(scratch)
  return textOf(scratch.bytes, scratch.length)
}
