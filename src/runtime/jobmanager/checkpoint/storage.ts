import { hashOfText } from '../../../base/hash'
import { below, METADATA_FILE, normalPath, snapshotDirectory } from '../../../core/paths'
import { FileKind } from '../../external/messages'
import type { FileAnswer } from '../../external/messages'
import { mapStreams, streamsOf } from '../../checkpoint/handles'
import { CorruptMetadata, decodeMetadata, encodeMetadata } from '../../checkpoint/metadata'
import type { CheckpointMetadata } from '../../checkpoint/metadata'
import { refusal } from '../../checkpoint/restoreRefusal'
import type { RestoreRefusal } from '../../checkpoint/restoreRefusal'
import type { OperatorSubtaskState, StreamStateHandle, TaskStateSnapshot } from '../../checkpoint/types'
import { failureOf } from './failure'
import type { CheckpointFailure } from './failure'
import type { FileClient } from './fileClient'
import { isSavepointOf } from './properties'
import type { CheckpointProperties } from './properties'
import type { CheckpointSettings } from './settings'
import { SharedStateRegistry } from './sharedStateRegistry'

/** 32 hex digits: of a run and a job in it always the same. `run`: what the run is known by. */
export const jobIdOf = (run: string, job: number): string => hashOfText(`job ${job} ${run}`) + hashOfText(`${run} ${job}`)

/** Where a job's checkpoints and savepoints lie. Mirrors FsCheckpointStorageAccess and MemoryBackendCheckpointStorageAccess. */
export class CheckpointStorage {
  readonly shared = new SharedStateRegistry()

  constructor(
    private readonly job: string,
    private readonly settings: CheckpointSettings,
    private readonly files: FileClient,
  ) {}

  /** Without a slash at the end; null: the JobManager's memory. */
  locationOf(id: number, properties: CheckpointProperties, target: string | null): string | null {
    const { job } = this
    if (!isSavepointOf(properties)) return this.settings.directory === null ? null : `${this.settings.directory}/${job}/chk-${id}`
    const directory = normalPath(target ?? this.settings.savepointDirectory ?? '/').replace(/\/$/, '')
    return `${directory}/savepoint-${job.slice(0, 6)}-${hashOfText(`${job} ${id}`).slice(0, 12)}`
  }

  /** Writes `_metadata`; without a directory it is only measured. */
  write(path: string | null, metadata: CheckpointMetadata, done: (outcome: { readonly size: number } | CheckpointFailure) => void): void {
    if (path === null) return done({ size: encodeMetadata(metadata).length })
    const savepoint = metadata.type !== 'checkpoint' && metadata.type !== 'full-checkpoint'
    const bytes = encodeMetadata(savepoint ? relocated(metadata, (file) => relativeTo(path, file)) : metadata)
    this.files.write(`${path}/${METADATA_FILE}`, bytes, FileKind.Metadata, ({ error }) =>
      done(error === null ? { size: bytes.length } : failureOf('FINALIZE_CHECKPOINT_FAILURE', `${error.className}: ${error.message}`)),
    )
  }

  /** Of a checkpoint or savepoint from elsewhere; not its state. */
  read(path: string, done: (outcome: ReadMetadata | RestoreRefusal) => void): void {
    const directory = snapshotDirectory(path)
    this.files.read(`${directory}/${METADATA_FILE}`, (answer) => {
      if (answer.error !== null) return this.notRead(path, directory, answer, done)
      try {
        const metadata = relocated(decodeMetadata(answer.bytes!), (file) => (isRelative(file) ? `${directory}/${file}` : file))
        done({ path: directory, metadata, size: answer.bytes!.length })
      } catch (thrown) {
        if (!(thrown instanceof CorruptMetadata)) throw thrown
        const message = `The checkpoint/savepoint '${path}' cannot be restored from: its '${METADATA_FILE}' is corrupted or not of this version: ${thrown.message}.`
        done(refusal('restore-torn', { path, cause: thrown.message }, 'java.io.IOException', message))
      }
    })
  }

  private notRead(path: string, directory: string, { error }: FileAnswer, done: (outcome: RestoreRefusal) => void): void {
    const { code, className, message } = error!
    if (code !== 'not-found') return done(refusal('restore-unreadable', { path, cause: message }, className, message))
    const refused = (code: string, text: string): void => done(refusal(code, { path }, 'java.io.FileNotFoundException', text))
    this.files.list(below(directory), ({ paths }) =>
      (paths ?? []).length === 0
        ? refused('restore-not-there', `Cannot find checkpoint or savepoint file/directory '${path}' on file system 'file'.`)
        : refused(
            'restore-no-metadata',
            `Cannot find meta data file '${METADATA_FILE}' in directory '${path}'. Please try to load the checkpoint/savepoint directly from the metadata file instead of the directory.`,
          ),
    )
  }

  /** What is in a directory of its own goes; what others share stays. */
  discard(path: string | null): void {
    if (path !== null) this.files.delete(`${path}/`)
  }

  /** Files that no checkpoint from `lowest` on uses. */
  discardShared(lowest: number): void {
    for (const path of this.shared.unregisterUnused(lowest)) this.files.delete(path)
  }

  /** Nobody refers to it: an acknowledgement that came too late. */
  discardState({ operators }: TaskStateSnapshot): void {
    for (const state of Object.values(operators))
      for (const { stream, shared } of streamsOf(state)) if (!shared && stream.kind === 'file') this.files.delete(stream.path)
  }
}

export interface ReadMetadata {
  readonly path: string
  readonly metadata: CheckpointMetadata
  /** Bytes of `_metadata`. */
  readonly size: number
}

/** A savepoint may be moved: what lies in its own directory is named without it. Mirrors RelativeFileStateHandle. */
const relativeTo = (directory: string, file: string): string => (file.startsWith(`${directory}/`) ? file.slice(directory.length + 1) : file)
const isRelative = (file: string): boolean => !file.startsWith('/') && !file.includes(':')

function relocated(metadata: CheckpointMetadata, map: (path: string) => string): CheckpointMetadata {
  const stream = (handle: StreamStateHandle): StreamStateHandle => (handle.kind === 'file' ? { ...handle, path: map(handle.path) } : handle)
  const subtask = (state: OperatorSubtaskState | null): OperatorSubtaskState | null => (state === null ? null : mapStreams(state, stream))
  return { ...metadata, operators: metadata.operators.map((operator) => ({ ...operator, subtasks: operator.subtasks.map(subtask) })) }
}
