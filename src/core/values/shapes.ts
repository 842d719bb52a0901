import { DataInput } from './input'
import { DataOutput } from './output'

/** The field names of a record, in order, with their bytes ready: objects of one making share it, so names cost a copy and not an encoding. */
export interface Shape {
  readonly names: readonly string[]
  /** Count as a varint, then each name as UTF-8 with its length. */
  readonly bytes: Uint8Array
  /** An object with these fields, to be spread: copies of it share one hidden class. */
  readonly template: Readonly<Record<string, unknown>>
  /** A field called `__proto__` cannot be assigned. */
  readonly plain: boolean
}

const SLOTS = 128
/** What was asked for last, by a hash: several names may want one place. */
const byNames = new Array<Shape | undefined>(SLOTS)
/**
 * All that somebody still has. A stream says which of its shapes comes again by the shape itself, so what it writes would otherwise depend on who else writes on
 * this thread.
 */
const interned = new Map<string, WeakRef<Shape>>()
/** Taken before the fence around programs takes the name away. */
const Weak = WeakRef
let sweepAt = 4096
const byBytes = new Array<Shape | undefined>(SLOTS)

function makeShape(names: readonly string[], bytes: Uint8Array): Shape {
  const template: Record<string, unknown> = {}
  let plain = true
  for (const name of names) {
    if (name === '__proto__') plain = false
    else template[name] = null
  }
  return { names, bytes, template, plain }
}

function isShapeOf(shape: Shape, names: readonly string[]): boolean {
  const known = shape.names
  if (known.length !== names.length) return false
  for (let i = 0; i < names.length; i++) if (known[i] !== names[i]) return false
  return true
}

/** The shape of an object with these own enumerable names. */
export function shapeOfNames(names: readonly string[]): Shape {
  let hash = names.length
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!
    hash = Math.imul(hash, 31) + name.length * 7 + (name.length === 0 ? 0 : name.charCodeAt(name.length - 1))
  }
  const slot = (hash ^ (hash >>> 7)) & (SLOTS - 1)
  const known = byNames[slot]
  if (known !== undefined && isShapeOf(known, names)) return known
  const shape = intern(names)
  byNames[slot] = shape
  return shape
}

function intern(names: readonly string[]): Shape {
  const out = new DataOutput(64)
  out.writeVarint(names.length)
  for (const name of names) out.writeUtf8(name)
  const bytes = out.toBytes()
  let key = ''
  for (const byte of bytes) key += String.fromCharCode(byte)
  const known = interned.get(key)?.deref()
  if (known !== undefined) return known
  const shape = makeShape(names, bytes)
  interned.set(key, new Weak(shape))
  if (interned.size > sweepAt) {
    for (const [other, shape] of interned) if (shape.deref() === undefined) interned.delete(other)
    sweepAt = Math.max(4096, 2 * interned.size)
  }
  return shape
}

/** The shape whose bytes are the `length` bytes at `at`. */
export function shapeAt(bytes: Uint8Array, at: number, length: number): Shape {
  let hash = length
  for (let i = 2; i < length; i += 3) hash = Math.imul(hash, 31) + bytes[at + i]!
  const slot = (hash ^ (hash >>> 7)) & (SLOTS - 1)
  const known = byBytes[slot]
  if (known !== undefined && known.bytes.length === length) {
    const own = known.bytes
    let i = 0
    while (i < length && own[i] === bytes[at + i]) i++
    if (i === length) return known
  }
  const copy = bytes.slice(at, at + length)
  const input = new DataInput(copy)
  const names: string[] = []
  for (let n = input.readVarint(); n > 0; n--) names.push(input.readUtf8())
  const shape = makeShape(names, copy)
  byBytes[slot] = shape
  return shape
}
