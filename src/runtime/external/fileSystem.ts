import { assert } from '../../base/assert'
import type { DiskSettings } from '../../core/faults'
import { below, normalPath } from '../../core/paths'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { ControlMessage } from '../messages'
import type { FileStore } from './fileStore'
import { FileKind, type FileAnswer, type FileKindCode, type FileRequest, type RenameFile, type WriteFile } from './messages'

/** A file that is there at the start; without bytes: the store has them. */
export interface FileAtStart {
  readonly path: string
  readonly size: number
  readonly bytes?: Uint8Array
}

export interface FileSystemSpec {
  /** In order of time, the first from 0 on. */
  readonly disk: readonly ({ readonly at: number } & DiskSettings)[]
  readonly files: readonly FileAtStart[]
  /** Whether the trace is told of files. */
  readonly tracing: boolean
}

interface Held {
  /** As it was spelt by who wrote it. */
  readonly path: string
  readonly size: number
  readonly kind: FileKindCode
  /** Of a file that was there at the start: the store knows nothing of it. */
  readonly bytes?: Uint8Array
}

/** What the file system says to itself when a write has been going for its time. */
interface Written extends Message {
  readonly type: 'written'
  readonly to: Address
  readonly request: WriteFile
  readonly error: FileAnswer['error']
}

/** And when an answer's time has come. */
interface Due extends Message {
  readonly type: 'due'
  readonly to: Address
  readonly answer: FileAnswer
}

type FileError = NonNullable<FileAnswer['error']>

const MICROS_PER_MILLI = 1000
const CODES = { full: 0, failing: 1, 'not-found': 2, exists: 3 } as const

const ioException = (code: FileError['code'], message: string): FileError => ({ code, className: 'java.io.IOException', message })
const notFound = (path: string): FileError => ({
  code: 'not-found',
  className: 'java.io.FileNotFoundException',
  message: `${path} (No such file or directory)`,
})

/**
 * The one file system of a cluster, HDFS or S3, as a process outside of Flink: names and sizes, and the time that each request takes by the settings
 * in force when it comes, `latency` and its size by `bandwidth`, each by itself. A write is there whole when its time is over, and nothing of it
 * before; what it needs is set aside when it begins, so a disk is full for it then or not at all. A path that is there is not written again, as
 * FileSystem.create with WriteMode.NO_OVERWRITE. Directories are what paths begin with.
 */
export class FileSystemProcess implements Process {
  private readonly files = new Map<string, Held>()
  /** Of what is there, and of what is being written. */
  private used = 0
  private reserved = 0
  /** Being written. */
  private readonly pending = new Set<string>()
  private readonly encoder = new TextEncoder()

  constructor(
    private readonly spec: FileSystemSpec,
    private readonly store: FileStore,
  ) {
    for (const { path, size, bytes } of spec.files) {
      const key = normalPath(path)
      if (this.files.has(key)) continue
      this.files.set(key, { path, size, kind: FileKind.Checkpoint, ...(bytes === undefined ? {} : { bytes }) })
      this.used += size
    }
  }

  handle(received: Message, from: Address, context: Context): void {
    const message = received as FileRequest | Written | Due | ControlMessage
    switch (message.type) {
      case 'start':
      case 'shut-down':
        // What is on its way comes to its end, as outside systems do when a cluster goes.
        return
      case 'write-file':
        return this.begin(message, from, context)
      case 'written':
        return this.end(message, context)
      case 'due':
        return context.send(message.to, message.answer)
      case 'read-file': {
        const held = this.files.get(normalPath(message.path))
        if (held === undefined) return this.fail(from, message.id, 1, message.path, notFound(message.path), context)
        return this.read(held, message.id, from, context)
      }
      case 'rename-file':
        return this.rename(message, from, context)
      case 'delete-file':
        for (const key of this.meant(message.path)) this.remove(key, context)
        return
      case 'list-files':
        return this.answer(from, { id: message.id, error: null, paths: this.listed(message.prefix) }, this.latency(context), context)
      default:
        assert(false, `the file system got ${(message as Message).type}`)
    }
  }

  private disk({ now }: Context): DiskSettings {
    const { disk } = this.spec
    let current = disk[0]!
    for (const settings of disk) if (settings.at <= now) current = settings
    return current
  }

  /** Virtual µs. */
  private latency(context: Context): number {
    return Math.round(this.disk(context).latency * MICROS_PER_MILLI)
  }

  private duration(size: number, context: Context): number {
    return this.latency(context) + Math.ceil((size * MICROS_PER_MILLI) / this.disk(context).bandwidth)
  }

  private begin(request: WriteFile, from: Address, context: Context): void {
    const error = this.refusal(request, context)
    const size = request.bytes.length
    if (error === null) {
      this.reserved += size
      this.pending.add(normalPath(request.path))
    }
    const written: Written = { type: 'written', to: from, request, error }
    // What fails does so before it has taken anything.
    context.after(error === null ? this.duration(size, context) : this.latency(context), written)
  }

  private refusal({ path, bytes }: WriteFile, context: Context): FileAnswer['error'] {
    const { failing, capacity } = this.disk(context)
    const key = normalPath(path)
    if (failing) return ioException('failing', 'Input/output error')
    if (this.files.has(key) || this.pending.has(key)) return ioException('exists', `Target file ${path} already exists.`)
    if (capacity !== null && this.used + this.reserved + bytes.length > capacity) return ioException('full', 'No space left on device')
    return null
  }

  private end({ to, request, error }: Written, context: Context): void {
    const { id, path, bytes, kind } = request
    if (error !== null) return this.fail(to, id, 0, path, error, context, 0)
    const key = normalPath(path)
    this.pending.delete(key)
    this.reserved -= bytes.length
    this.used += bytes.length
    this.files.set(key, { path, size: bytes.length, kind })
    this.store.write(key, bytes, { at: context.now, kind })
    this.tell(context, TraceKind.FileWritten, bytes.length, kind, this.used, path)
    this.answer(to, { id, error: null }, 0, context)
  }

  private read({ path, size, bytes }: Held, id: number, to: Address, context: Context): void {
    const found = bytes ?? this.store.read(normalPath(path))
    const answer: FileAnswer = { type: 'file-answer', id, error: null }
    // Those who wait for the store fill it in before it leaves this thread: see FileStore.settle.
    if (found instanceof Uint8Array) answer.bytes = found
    else found.then((bytes) => (answer.bytes = bytes), NOBODY)
    this.later(to, answer, this.duration(size, context), context)
  }

  private rename({ id, from, to }: RenameFile, asker: Address, context: Context): void {
    const [source, target] = [normalPath(from), normalPath(to)]
    const held = this.files.get(source)
    const error =
      held === undefined
        ? notFound(from)
        : this.disk(context).failing
          ? ioException('failing', 'Input/output error')
          : this.files.has(target) || this.pending.has(target)
            ? ioException('exists', `Target file ${to} already exists.`)
            : null
    if (error !== null) return this.fail(asker, id, 0, from, error, context)
    this.files.delete(source)
    this.files.set(target, { ...held!, path: to })
    if (held!.bytes === undefined) this.store.rename(source, target)
    this.tell(context, TraceKind.FileDeleted, held!.size, 0, 0, held!.path)
    this.tell(context, TraceKind.FileWritten, held!.size, held!.kind, -1, to)
    this.answer(asker, { id, error: null }, this.latency(context), context)
  }

  /** A file, or all below a directory that is named with a slash at its end. */
  private meant(path: string): readonly string[] {
    if (!path.endsWith('/')) return [normalPath(path)]
    const prefix = below(path)
    return [...this.files.keys()].filter((key) => key.startsWith(prefix))
  }

  private remove(key: string, context: Context): void {
    const held = this.files.get(key)
    if (held === undefined) return
    this.files.delete(key)
    this.used -= held.size
    if (held.bytes === undefined) this.store.delete(key)
    this.tell(context, TraceKind.FileDeleted, held.size, 0, 0, held.path)
  }

  private listed(prefix: string): readonly string[] {
    const start = prefix.endsWith('/') ? below(prefix) : normalPath(prefix)
    return [...this.files]
      .filter(([key]) => key.startsWith(start))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { path }]) => path)
  }

  private fail(
    to: Address,
    id: number,
    reading: 0 | 1,
    path: string,
    error: FileError,
    context: Context,
    after = this.latency(context),
  ): void {
    this.tell(context, TraceKind.FileFailed, reading, CODES[error.code], 0, path)
    this.answer(to, { id, error }, after, context)
  }

  private answer(to: Address, answer: Omit<FileAnswer, 'type'>, after: number, context: Context): void {
    this.later(to, { type: 'file-answer', ...answer }, after, context)
  }

  private later(to: Address, answer: FileAnswer, after: number, context: Context): void {
    if (after === 0) return context.send(to, answer)
    const due: Due = { type: 'due', to, answer }
    context.after(after, due)
  }

  private tell(context: Context, kind: number, a: number, b: number, c: number, path: string): void {
    if (this.spec.tracing) context.emit(kind, a, b, c, 0, 0, this.encoder.encode(path))
  }
}

/** The run hears of it through the store's `settle`. */
const NOBODY = (): void => {}
