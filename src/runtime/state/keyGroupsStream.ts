import { assert } from '../../base/assert'
import { IllegalArgumentException } from '../../core/exceptions'
import type { KeyGroupRange } from '../../core/keygroups'
import { decodeValue, DataInput, DataOutput } from '../../core/values'
import type { KeyedStateHandle } from '../checkpoint/types'
import { readMetas, readNamespace, readStored, writeMetas } from './keyedFormat'
import type { StateMeta } from './keyedFormat'
import type { Namespace, Namespaces } from './Namespace'

/**
 * The canonical bytes of keyed state, which each backend writes for savepoints and reads (C-28): what states there are, then key group by key group
 * a block for each state that has something there. A block can be read without those before it: field names are written anew in each.
 * Mirrors FullSnapshotAsyncWriter and FullSnapshotRestoreOperation; the bytes are our own.
 */
const VERSION = 1

/** What one state has to write. */
export interface StateSection {
  readonly meta: StateMeta
  /** Entries in a key group. */
  count(group: number): number
  /** Each as namespace, key and value. `out` begins with no field names. */
  write(out: DataOutput, group: number): void
}

export type KeyGroupsHandle = KeyedStateHandle & { readonly type: 'key-groups' }

/** `out` is only memory to write in: it is used again for the next snapshot. */
export function writeKeyGroups(out: DataOutput, range: KeyGroupRange, sections: readonly StateSection[]): KeyGroupsHandle {
  out.reset()
  out.writeByte(VERSION)
  writeMetas(
    out,
    sections.map(({ meta }) => meta),
  )
  const offsets: number[] = []
  for (let group = range.start; group <= range.end; group++) {
    const begin = out.length
    let any = false
    for (let i = 0; i < sections.length; i++) {
      const section = sections[i]!
      const count = section.count(group)
      if (count === 0) continue
      any = true
      out.writeVarint(i + 1)
      out.writeVarint(count)
      const length = out.length
      out.writeI32(0)
      out.useShapes()
      section.write(out, group)
      const end = out.length
      out.length = length
      out.writeI32(end - length - 4)
      out.length = end
    }
    if (any) out.writeByte(0)
    offsets.push(any ? begin : -1)
  }
  // Whoever writes with it next writes what stands alone.
  out.shapes = null
  out.guesses.length = 0
  return { type: 'key-groups', keyGroups: [range.start, range.end], offsets, stream: { kind: 'bytes', bytes: out.toBytes() } }
}

interface Block {
  readonly bytes: Uint8Array
  readonly at: number
  readonly length: number
  readonly count: number
}

/** A state that was restored and nobody has asked for yet; it stays bytes until then. */
export class RestoredState implements StateSection {
  private readonly blocks = new Map<number, Block>()
  entries = 0

  constructor(readonly meta: StateMeta) {}

  add(group: number, block: Block): void {
    this.blocks.set(group, block)
    this.entries += block.count
  }

  count(group: number): number {
    return this.blocks.get(group)?.count ?? 0
  }

  write(out: DataOutput, group: number): void {
    const { bytes, at, length } = this.blocks.get(group)!
    out.writeBytes(bytes.subarray(at, at + length))
  }

  forEach(namespaces: Namespaces, visit: (namespace: Namespace, key: unknown, value: unknown, group: number) => void): void {
    const { kind, ttl } = this.meta
    for (const [group, { bytes, at, length, count }] of this.blocks) {
      const input = new DataInput(bytes, at, at + length)
      input.useShapes()
      for (let i = 0; i < count; i++) {
        const namespace = readNamespace(input, namespaces)
        const key = decodeValue(input)
        visit(namespace, key, readStored(input, kind, ttl), group)
      }
    }
  }
}

/** Adds what a handle has in these key groups to the states; returns how many bytes that was. */
export function readKeyGroups(
  handle: KeyGroupsHandle,
  bytes: Uint8Array,
  range: KeyGroupRange,
  states: Map<string, RestoredState>,
): number {
  const input = new DataInput(bytes)
  assert(input.readByte() === VERSION, 'keyed state of another version')
  const metas = readMetas(input)
  for (const meta of metas) if (!states.has(meta.name)) states.set(meta.name, new RestoredState(meta))
  let read = input.position
  const [first, last] = handle.keyGroups
  for (let group = Math.max(first, range.start); group <= Math.min(last, range.end); group++) {
    const offset = handle.offsets[group - first]!
    if (offset < 0) continue
    input.position = offset
    for (let state = input.readVarint(); state > 0; state = input.readVarint()) {
      const count = input.readVarint()
      const length = input.readI32()
      states.get(metas[state - 1]!.name)!.add(group, { bytes, at: input.position, length, count })
      input.position += length
    }
    read += input.position - offset
  }
  return read
}

/** A key that lies where it does not belong: its function gave another one before. */
export function checkGroup({ start, end }: KeyGroupRange, group: number): void {
  if (group >= start && group <= end) return
  throw new IllegalArgumentException(
    `Key group ${group} is not in KeyGroupRange{startKeyGroup=${start}, endKeyGroup=${end}}. Unless you're directly using low level ` +
      'state access APIs, this is most likely caused by non-deterministic shuffle key (hashCode and equals implementation).',
  )
}

/** Entries of one state, put in order of their key groups in one pass. */
export class GroupedEntries<E> {
  readonly sorted: readonly E[]
  private readonly starts: Int32Array

  constructor(
    private readonly range: KeyGroupRange,
    entries: readonly E[],
    groupOf: (entry: E) => number,
  ) {
    const { start, end } = range
    const starts = new Int32Array(end - start + 2)
    const groups = new Int32Array(entries.length)
    for (let i = 0; i < entries.length; i++) {
      const place = groupOf(entries[i]!) - start
      checkGroup(range, place + start)
      groups[i] = place
      starts[place + 1]!++
    }
    for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!
    const next = starts.slice()
    const sorted = new Array<E>(entries.length)
    for (let i = 0; i < entries.length; i++) sorted[next[groups[i]!]!++] = entries[i]!
    this.sorted = sorted
    this.starts = starts
  }

  count(group: number): number {
    const place = group - this.range.start
    return this.starts[place + 1]! - this.starts[place]!
  }

  /** Where a group begins in `sorted`, and ends. */
  begin(group: number): number {
    return this.starts[group - this.range.start]!
  }
  end(group: number): number {
    return this.starts[group - this.range.start + 1]!
  }

  forEach(group: number, visit: (entry: E) => void): void {
    for (let i = this.begin(group); i < this.end(group); i++) visit(this.sorted[i]!)
  }
}
