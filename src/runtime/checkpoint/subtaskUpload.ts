import type { FileKindCode } from '../external/messages'
import { FileKind } from '../external/messages'
import { MAX_IN_MEMORY } from './subtaskSettings'
import type { ChannelStateHandle, KeyedStateHandle, OperatorSubtaskState, StreamStateHandle } from './types'

/** A file that has to be written before a snapshot can be acknowledged. */
export interface Upload {
  readonly path: string
  readonly bytes: Uint8Array
  readonly kind: FileKindCode
}

/** Thrown by what mirrors the asynchronous part of a snapshot. */
export class StateTooLarge extends Error {
  constructor(size: number) {
    super(
      `Size of the state is larger than the maximum permitted memory-backed state. Size=${size}, maxSize=${MAX_IN_MEMORY}. ` +
        'Consider using a different checkpoint storage, like the FileSystemCheckpointStorage.',
    )
  }
}

/** `…/chk-7` → `…/shared`: beside the directories of checkpoints. */
const sharedDirectory = (directory: string): string => `${directory.slice(0, directory.lastIndexOf('/'))}/shared`

/**
 * Says where the streams of one subtask's snapshot go: with the acknowledgement, or into files of their own. Mirrors FsCheckpointStreamFactory and
 * MemCheckpointStreamFactory. Flink's files have random names; here they are told by operator, subtask and checkpoint, so that a run has the same again.
 */
export class StateUpload {
  readonly uploads: Upload[] = []
  /** Of what this snapshot uploads, inline or not. */
  bytes = 0
  private files = 0

  constructor(
    /** Null: into the JobManager's memory. */
    private readonly directory: string | null,
    private readonly inlineThreshold: number,
    /** Tells this snapshot's files from all others: subtask, attempt, checkpoint. */
    private readonly suffix: string,
    /** A savepoint owns all its files. */
    private readonly ownsShared: boolean,
  ) {}

  /** The state as it is acknowledged; `uploaded`: what this subtask's earlier checkpoints have uploaded of RocksDB's files. */
  state(operatorId: string, state: OperatorSubtaskState, uploaded: UploadedFiles, checkpoint: number): OperatorSubtaskState {
    return {
      operator: state.operator.map((handle) => ({ ...handle, stream: this.stream(operatorId, handle.stream) })),
      keyed: state.keyed.map((handle) => this.keyed(operatorId, handle, uploaded, checkpoint)),
      input: this.channels(operatorId, state.input),
      output: this.channels(operatorId, state.output),
    }
  }

  channels(operatorId: string, handles: readonly ChannelStateHandle[]): readonly ChannelStateHandle[] {
    return handles.map((handle) => ({ ...handle, stream: this.stream(operatorId, handle.stream) }))
  }

  private keyed(operatorId: string, handle: KeyedStateHandle, uploaded: UploadedFiles, checkpoint: number): KeyedStateHandle {
    if (handle.type === 'key-groups') return { ...handle, stream: this.stream(operatorId, handle.stream) }
    const shared = handle.shared.map(({ name, handle: stream, isNew }) => {
      const known = isNew ? undefined : uploaded.get(handle.backend, name)
      if (known !== undefined) return { name, handle: known, isNew }
      const placed = this.stream(operatorId, stream, !this.ownsShared)
      uploaded.put(handle.backend, name, placed, checkpoint)
      return { name, handle: placed, isNew: stream.kind === 'bytes' || isNew }
    })
    return { ...handle, shared, meta: this.stream(operatorId, handle.meta) }
  }

  private stream(operatorId: string, stream: StreamStateHandle, shared = false): StreamStateHandle {
    if (stream.kind === 'file') return stream
    const size = stream.bytes.length
    this.bytes += size
    if (this.directory === null) {
      if (size > MAX_IN_MEMORY) throw new StateTooLarge(size)
      return stream
    }
    if (size <= this.inlineThreshold) return stream
    const directory = shared ? sharedDirectory(this.directory) : this.directory
    const path = `${directory}/${operatorId.slice(0, 8)}-${this.suffix}-${this.files++}`
    this.uploads.push({ path, bytes: stream.bytes, kind: shared ? FileKind.Shared : FileKind.Checkpoint })
    return { kind: 'file', path, size }
  }
}

/** Where RocksDB's immutable files lie that completed checkpoints refer to. Mirrors RocksDBSnapshotStrategyBase's uploaded files. */
export class UploadedFiles {
  /** By backend and file name. */
  private readonly files = new Map<string, { readonly handle: StreamStateHandle; readonly checkpoint: number }>()

  private key(backend: string, name: string): string {
    return `${backend}/${name}`
  }

  get(backend: string, name: string): StreamStateHandle | undefined {
    return this.files.get(this.key(backend, name))?.handle
  }

  put(backend: string, name: string, handle: StreamStateHandle, checkpoint: number): void {
    this.files.set(this.key(backend, name), { handle, checkpoint })
  }

  /** What a checkpoint uploaded that is given up may be deleted at any time. */
  forget(checkpoint: number): void {
    for (const [key, file] of this.files) if (file.checkpoint === checkpoint) this.files.delete(key)
  }
}
