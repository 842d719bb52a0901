import { assert } from '../../base/assert'
import { kindOf } from './classify'
import { DataInput } from './input'
import type { DataOutput, ShapeGuess } from './output'
import { MAX_DEPTH, notSerializable } from './serializable'
import { shapeAt, shapeOfNames } from './shapes'
import type { Shape } from './shapes'
import { Tuple, Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5 } from './tuples'

/**
 * Bytes of a value: a tag, then what the tag says. Self-describing and deterministic: equal values built in the same way give equal bytes.
 * 0x80… holds the integers 0 to 127 in the tag, 0x40… the length of a short text.
 */
const Tag = {
  Null: 0,
  False: 1,
  True: 2,
  Int: 3, // zigzag varint, 32 bits
  Double: 4,
  Text: 5, // UTF-8
  WideText: 6, // UTF-16, for text with lone surrogates, which UTF-8 cannot hold
  Long: 7, // a bigint within 64 bits
  BigText: 8, // any other bigint, as decimal text
  Date: 9,
  Array: 10,
  Map: 11,
  Set: 12,
  Typed: 13,
  Record: 14, // length of the shape's bytes, the shape, the fields' values
  ShapedRecord: 15, // number of a shape written before, the fields' values
  Tuple: 16, // … 21: Tuple0 to Tuple5
} as const

const TYPED = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const

/**
 * Appends the bytes of `value` to `out`. Throws ProblemError `value-not-serializable`, with the path to the part at fault,
 * for functions, symbols, undefined, cycles and instances of classes with methods; `out` is then as it was.
 * Symbol-named and non-enumerable properties are left out; an instance of a class without methods is read back as a plain object.
 */
export function encodeValue(out: DataOutput, value: unknown): void {
  const start = out.length
  if (!write(out, value, 0)) {
    out.length = start
    throw notSerializable(value)
  }
}

function write(out: DataOutput, value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'number':
      if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
        if (value >= 0 && value < 0x80) out.writeByte(0x80 | value)
        else {
          out.writeByte(Tag.Int)
          out.writeZigzag(value)
        }
      } else {
        out.writeByte(Tag.Double)
        out.writeF64(value)
      }
      return true
    case 'string':
      writeText(out, value)
      return true
    case 'boolean':
      out.writeByte(value ? Tag.True : Tag.False)
      return true
    case 'bigint':
      if (BigInt.asIntN(64, value) === value) {
        out.writeByte(Tag.Long)
        out.writeI64(value)
      } else {
        out.writeByte(Tag.BigText)
        out.writeUtf8(value.toString())
      }
      return true
    case 'object':
      if (value === null) {
        out.writeByte(Tag.Null)
        return true
      }
      return depth < MAX_DEPTH && writeObject(out, value, depth + 1)
    default:
      return false
  }
}

function writeText(out: DataOutput, text: string): void {
  const length = text.length
  if (length < 0x40) {
    out.ensure(length + 1)
    const bytes = out.bytes
    let at = out.length + 1
    let i = 0
    for (; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) break
      bytes[at++] = unit
    }
    if (i === length) {
      bytes[out.length] = 0x40 | length
      out.length = at
      return
    }
  }
  if (isWellFormed(text)) {
    out.writeByte(Tag.Text)
    out.writeUtf8(text)
  } else {
    out.writeByte(Tag.WideText)
    out.writeVarint(length)
    for (let i = 0; i < length; i++) {
      out.writeByte(text.charCodeAt(i) >>> 8)
      out.writeByte(text.charCodeAt(i) & 0xff)
    }
  }
}

function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdfff) continue
    const next = unit < 0xdc00 ? text.charCodeAt(i + 1) : NaN
    if (!(next >= 0xdc00 && next <= 0xdfff)) return false
    i++
  }
  return true
}

function writeObject(out: DataOutput, value: object, depth: number): boolean {
  switch (kindOf(value)) {
    case 'record':
      return writeRecord(out, value as Record<string, unknown>, depth)
    case 'tuple':
      return writeTuple(out, value as Tuple, depth)
    case 'array': {
      const array = value as readonly unknown[]
      out.writeByte(Tag.Array)
      out.writeVarint(array.length)
      for (let i = 0; i < array.length; i++) if (!write(out, array[i], depth)) return false
      return true
    }
    case 'map': {
      const map = value as ReadonlyMap<unknown, unknown>
      out.writeByte(Tag.Map)
      out.writeVarint(map.size)
      for (const [key, item] of map) if (!write(out, key, depth) || !write(out, item, depth)) return false
      return true
    }
    case 'set': {
      const set = value as ReadonlySet<unknown>
      out.writeByte(Tag.Set)
      out.writeVarint(set.size)
      for (const item of set) if (!write(out, item, depth)) return false
      return true
    }
    case 'date':
      out.writeByte(Tag.Date)
      out.writeF64((value as Date).getTime())
      return true
    case 'typed':
      return writeTyped(out, value as Uint8Array)
    case 'none':
      return false
  }
}

function writeRecord(out: DataOutput, record: Record<string, unknown>, depth: number): boolean {
  const guess = out.guesses[depth]
  if (guess === undefined || !hasShape(record, guess)) return writeNewShape(out, record, depth)
  out.writeByte(Tag.ShapedRecord)
  out.writeVarint(guess.number)
  // An engine walks the fields of objects of one making without looking their names up.
  for (const name in record) if (!write(out, record[name], depth)) return false
  return true
}

/** What stands in for `Object.keys`, which makes an array: a record's prototype has nothing to walk, and else it is no guess. */
function hasShape(record: Record<string, unknown>, { names }: ShapeGuess): boolean {
  let i = 0
  for (const name in record) if (names[i++] !== name) return false
  return i === names.length
}

function writeNewShape(out: DataOutput, record: Record<string, unknown>, depth: number): boolean {
  const names = Object.keys(record)
  const shape = shapeOfNames(names)
  const known = out.shapes === null ? undefined : out.shapes.get(shape)
  if (known !== undefined) {
    out.guesses[depth] = { names, number: known }
    out.writeByte(Tag.ShapedRecord)
    out.writeVarint(known)
  } else {
    out.shapes?.set(shape, out.shapes.size)
    out.writeByte(Tag.Record)
    out.writeVarint(shape.bytes.length)
    out.writeBytes(shape.bytes)
  }
  for (let i = 0; i < names.length; i++) if (!write(out, record[names[i]!], depth)) return false
  return true
}

function writeTuple(out: DataOutput, tuple: Tuple, depth: number): boolean {
  const fields = tuple as Tuple5
  const arity = tuple.getArity()
  out.writeByte(Tag.Tuple + arity)
  return (
    (arity < 1 || write(out, fields.f0, depth)) &&
    (arity < 2 || write(out, fields.f1, depth)) &&
    (arity < 3 || write(out, fields.f2, depth)) &&
    (arity < 4 || write(out, fields.f3, depth)) &&
    (arity < 5 || write(out, fields.f4, depth))
  )
}

function writeTyped(out: DataOutput, array: Uint8Array): boolean {
  const type = TYPED.findIndex((constructor) => (array as object) instanceof constructor)
  if (type < 0) return false
  out.writeByte(Tag.Typed)
  out.writeByte(type)
  out.writeVarint(array.length)
  for (const item of array as Iterable<number | bigint>) {
    if (typeof item === 'bigint') out.writeI64(BigInt.asIntN(64, item))
    else if (type >= 7) out.writeF64(item)
    else out.writeZigzag(item | 0)
  }
  return true
}

/** The value whose bytes come next in `input`. */
export function decodeValue(input: DataInput): unknown {
  const tag = input.readByte()
  if (tag >= 0x80) return tag & 0x7f
  if (tag >= 0x40) return input.readText(tag & 0x3f)
  switch (tag) {
    case Tag.Null:
      return null
    case Tag.False:
      return false
    case Tag.True:
      return true
    case Tag.Int:
      return input.readZigzag()
    case Tag.Double:
      return input.readF64()
    case Tag.Text:
      return input.readUtf8()
    case Tag.WideText: {
      let text = ''
      for (let n = input.readVarint(); n > 0; n--) {
        const high = input.readByte()
        text += String.fromCharCode((high << 8) | input.readByte())
      }
      return text
    }
    case Tag.Long:
      return input.readI64()
    case Tag.BigText:
      return BigInt(input.readUtf8())
    case Tag.Date:
      return new Date(input.readF64())
    case Tag.Array: {
      const array: unknown[] = []
      for (let n = input.readVarint(); n > 0; n--) array.push(decodeValue(input))
      return array
    }
    case Tag.Map: {
      const map = new Map<unknown, unknown>()
      for (let n = input.readVarint(); n > 0; n--) {
        const key = decodeValue(input)
        map.set(key, decodeValue(input))
      }
      return map
    }
    case Tag.Set: {
      const set = new Set<unknown>()
      for (let n = input.readVarint(); n > 0; n--) set.add(decodeValue(input))
      return set
    }
    case Tag.Typed:
      return readTyped(input)
    case Tag.Record: {
      const length = input.readVarint()
      const shape = shapeAt(input.bytes, input.position, length)
      input.position += length
      input.shapes?.push(shape)
      return readRecord(input, shape)
    }
    case Tag.ShapedRecord: {
      const shape = input.shapes?.[input.readVarint()]
      assert(shape !== undefined, 'a record refers to a shape that was not written')
      return readRecord(input, shape)
    }
    case Tag.Tuple:
      return new Tuple0()
    case Tag.Tuple + 1:
      return new Tuple1(decodeValue(input))
    case Tag.Tuple + 2:
      return new Tuple2(decodeValue(input), decodeValue(input))
    case Tag.Tuple + 3:
      return new Tuple3(decodeValue(input), decodeValue(input), decodeValue(input))
    case Tag.Tuple + 4:
      return new Tuple4(decodeValue(input), decodeValue(input), decodeValue(input), decodeValue(input))
    case Tag.Tuple + 5:
      return new Tuple5(decodeValue(input), decodeValue(input), decodeValue(input), decodeValue(input), decodeValue(input))
  }
  throw new RangeError(`no value has the tag ${tag}`)
}

function readRecord(input: DataInput, shape: Shape): Record<string, unknown> {
  const names = shape.names
  const record: Record<string, unknown> = { ...shape.template }
  if (!shape.plain) {
    for (const name of names) {
      const value = decodeValue(input)
      if (name === '__proto__') Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true })
      else record[name] = value
    }
    return record
  }
  for (let i = 0; i < names.length; i++) record[names[i]!] = decodeValue(input)
  return record
}

function readTyped(input: DataInput): unknown {
  const type = input.readByte()
  const constructor = TYPED[type]
  assert(constructor !== undefined, 'no such typed array')
  const length = input.readVarint()
  const array = new constructor(length)
  for (let i = 0; i < length; i++) array[i] = type >= 9 ? input.readI64() : type >= 7 ? input.readF64() : input.readZigzag()
  return array
}

/** The bytes of one value by themselves. */
export function valueFromBytes(bytes: Uint8Array): unknown {
  return decodeValue(new DataInput(bytes))
}
