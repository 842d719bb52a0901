import { RollingHash } from '../../base/hash'
import { SNAPSHOT_TYPES } from '../../core/checkpoints'
import type { SnapshotType } from '../../core/checkpoints'
import { DataOutput, encodeValue, valueFromBytes } from '../../core/values'
import type { OperatorSubtaskState } from './types'

/**
 * `_metadata`: what a checkpoint or savepoint consists of. Mirrors CheckpointMetadata, OperatorState and MetadataV4Serializer; the layout is our own: Flink's magic
 * and a version, the length of what follows, the content as a value (core/values), a 64-bit hash of all that. A file that was torn, or is none of these, is refused.
 */

/** State of one operator in all its subtasks. Mirrors OperatorState, FullyFinishedOperatorState. */
export interface OperatorState {
  /** 32 hex digits (G-29). */
  readonly id: string
  /** As the program named it then; '' without. */
  readonly uid: string
  readonly name: string
  readonly parallelism: number
  readonly maxParallelism: number
  /** By subtask; null: it reported nothing, or had finished. */
  readonly subtasks: readonly (OperatorSubtaskState | null)[]
  /** All of its subtasks had finished. */
  readonly fullyFinished: boolean
}

export interface CheckpointMetadata {
  /** 32 hex digits. */
  readonly job: string
  readonly checkpoint: number
  /** ms, processing time of the trigger. */
  readonly timestamp: number
  readonly type: SnapshotType
  readonly format: 'canonical' | 'native'
  readonly operators: readonly OperatorState[]
}

/** Flink's own: Checkpoints.HEADER_MAGIC_NUMBER. */
const MAGIC = 0x4960672d
const VERSION = 1
const HEADER = 12
const HASH = 8

/** Bytes are no metadata that this version reads; the message says how. */
export class CorruptMetadata extends Error {}

const hashBytes = (bytes: Uint8Array, end: number): Uint8Array => {
  const hex = new RollingHash().update(bytes, 0, end).digest()
  return Uint8Array.from({ length: HASH }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

/** The same content always gives the same bytes. */
export function encodeMetadata(metadata: CheckpointMetadata): Uint8Array {
  const out = new DataOutput(1024)
  out.writeBytes(new Uint8Array(HEADER))
  encodeValue(out, metadata)
  const length = out.length
  out.writeBytes(new Uint8Array(HASH))
  const bytes = out.toBytes()
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  view.setUint32(0, MAGIC)
  view.setUint32(4, VERSION)
  view.setUint32(8, length - HEADER)
  bytes.set(hashBytes(bytes, length), length)
  return bytes
}

/** Throws CorruptMetadata for anything else than what `encodeMetadata` gave. */
export function decodeMetadata(bytes: Uint8Array): CheckpointMetadata {
  if (bytes.length < HEADER) throw new CorruptMetadata(`it ends after ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(0) !== MAGIC) throw new CorruptMetadata('Unexpected magic number. This is no metadata of a checkpoint')
  const version = view.getUint32(4)
  if (version !== VERSION) throw new CorruptMetadata(`Cannot find checkpoint metadata serializer for version ${version}`)
  const end = HEADER + view.getUint32(8)
  if (bytes.length !== end + HASH) throw new CorruptMetadata(`it has ${bytes.length} bytes and should have ${end + HASH}`)
  if (hashBytes(bytes, end).some((byte, i) => byte !== bytes[end + i])) throw new CorruptMetadata('its checksum is wrong')
  const content = valueFromBytes(bytes.slice(HEADER, end)) as CheckpointMetadata
  if (!SNAPSHOT_TYPES.includes(content.type)) throw new CorruptMetadata(`its type '${String(content.type)}' is unknown`)
  return content
}
