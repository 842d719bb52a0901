import { hashOfText } from '../../base/hash'
import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { javaToString } from '../../core/values'
import { outside, type OutsideTarget } from '../functions/outside'
import type {
  Committer,
  CommitRequest,
  CommittingSinkWriter,
  Sink,
  SinkInitContext,
  SinkWriter,
  StatefulSinkWriter,
  SupportsCommitter,
  SupportsWriterState,
} from './Sink'

/** Chooses a record's folder. Mirrors org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner. */
export interface BucketAssigner<IN> {
  /** Returns the folder below the sink's path; empty: that path itself. */
  getBucketId(element: IN, context: BucketAssigner.Context): string
}

export namespace BucketAssigner {
  /** What is known about the record at hand. */
  export interface Context {
    /** Returns the subtask's clock in ms. */
    currentProcessingTime(): number
    /** Returns the current watermark in ms. */
    currentWatermark(): number
    /** Returns the record's timestamp in ms, or null. */
    timestamp(): number | null
  }
}

/** One folder for everything. Mirrors BasePathBucketAssigner. */
export class BasePathBucketAssigner<IN> implements BucketAssigner<IN> {
  /** Returns the sink's path itself. */
  getBucketId(): string {
    return ''
  }
}

/** A folder for each hour of the subtask's clock, `2017-04-01--13`, in UTC. Mirrors DateTimeBucketAssigner with its default format. */
export class DateTimeBucketAssigner<IN> implements BucketAssigner<IN> {
  /** Returns the hour's folder. */
  getBucketId(_element: IN, context: BucketAssigner.Context): string {
    const hour = new Date(context.currentProcessingTime()).toISOString()
    return `${hour.slice(0, 10)}--${hour.slice(11, 13)}`
  }
}

/** When a part file is closed. Of Flink's there is this one: with each checkpoint. Mirrors OnCheckpointRollingPolicy. */
export class OnCheckpointRollingPolicy {
  /** Closes each part file with the checkpoint. */
  static build(): OnCheckpointRollingPolicy {
    return new OnCheckpointRollingPolicy()
  }
}

/** Turns a record into text or bytes. Mirrors org.apache.flink.api.common.serialization.Encoder, which writes into a stream. */
export interface Encoder<IN> {
  /** Returns what the file gets of the record. */
  encode(element: IN): string | Uint8Array
}

/** A line of text for each record. Mirrors SimpleStringEncoder. */
export class SimpleStringEncoder<IN> implements Encoder<IN> {
  /** Accepts a character set; files are in UTF-8. */
  constructor(_charset = 'UTF-8') {}
  /** Returns the record as a line. */
  encode(element: IN): string {
    return `${javaToString(element)}\n`
  }
}

interface Settings<IN> {
  readonly path: string
  readonly encode: (element: IN) => string | Uint8Array
  readonly bucket: (element: IN, context: BucketAssigner.Context) => string
  readonly prefix: string
  readonly suffix: string
}

/** A closed part file that waits for its checkpoint. */
interface PendingFile {
  /** The sink's path. */
  readonly directory: string
  /** Its name below that. */
  readonly part: string
  /** Its path while it waits. */
  readonly from: string
  /** Its path from then on. */
  readonly to: string
}

/** What a writer remembers. */
interface WriterState {
  /** A number of a part file that was not given yet. */
  readonly nextPart: number
}

/**
 * Writes each record as a line into part files: `.part-<uid>-<n>.inprogress` until the checkpoint that follows is complete, `part-<uid>-<n>` from then on. Exactly
 * once, for readers that take finished files alone. Mirrors org.apache.flink.connector.file.sink.FileSink. Part files are closed with each checkpoint
 * and reach the file system then; left out: bulk formats, other rolling policies, compaction.
 */
export class FileSink<IN> implements Sink<IN>, SupportsCommitter<PendingFile>, SupportsWriterState<IN, WriterState> {
  /** Only for the type checker. */
  declare accepts?: (record: IN) => void

  /** @internal */
  constructor(private readonly settings: Settings<IN>) {}

  /** Begins a sink that writes below a path. */
  static forRowFormat<IN>(path: string, encoder: Encoder<IN> = new SimpleStringEncoder<IN>()): FileSinkBuilder<IN> {
    if (typeof path !== 'string') throw new NullPointerException('path')
    return new FileSinkBuilder<IN>({
      path: path.replace(/(?<=.)\/+$/, ''),
      encode: (element) => encoder.encode(element),
      bucket: bucketOf<IN>(new DateTimeBucketAssigner<IN>()),
      prefix: 'part',
      suffix: '',
    })
  }

  /** @internal */
  createWriter(context: SinkInitContext): StatefulSinkWriter<IN, WriterState> {
    return new FileWriter<IN>(this.settings, context, 0)
  }
  /** @internal */
  restoreWriter(context: SinkInitContext, recovered: readonly WriterState[]): StatefulSinkWriter<IN, WriterState> {
    return new FileWriter<IN>(this.settings, context, Math.max(...recovered.map(({ nextPart }) => nextPart)))
  }
  /** @internal */
  createCommitter(): Committer<PendingFile> {
    return new FileCommitter()
  }
}

const bucketOf =
  <IN>(assigner: BucketAssigner<IN>): Settings<IN>['bucket'] =>
  (element, context) =>
    assigner.getBucketId(element, context)

/** What a FileSink is made with. Mirrors FileSink.DefaultFileSinkBuilder. */
export class FileSinkBuilder<IN> {
  /** @internal */
  constructor(private readonly settings: Settings<IN>) {}

  /** Says into which folder a record goes; without it there is one for each hour. */
  withBucketAssigner(assigner: BucketAssigner<IN>): FileSinkBuilder<IN> {
    if (typeof assigner?.getBucketId !== 'function') throw new IllegalArgumentException('A bucket assigner has a method getBucketId.')
    return new FileSinkBuilder<IN>({ ...this.settings, bucket: bucketOf(assigner) })
  }
  /** Says when part files are closed: with each checkpoint. */
  withRollingPolicy(policy: OnCheckpointRollingPolicy): this {
    if (!(policy instanceof OnCheckpointRollingPolicy))
      throw new IllegalArgumentException('Part files are closed with each checkpoint: use OnCheckpointRollingPolicy.build().')
    return this
  }
  /** Says what names of part files begin and end with. */
  withOutputFileConfig(config: OutputFileConfig): FileSinkBuilder<IN> {
    return new FileSinkBuilder<IN>({ ...this.settings, prefix: config.getPartPrefix(), suffix: config.getPartSuffix() })
  }
  /** Returns the sink. */
  build(): FileSink<IN> {
    return new FileSink<IN>(this.settings)
  }
}

/** What names of part files begin and end with. Mirrors OutputFileConfig. */
export class OutputFileConfig {
  /** As there. */
  constructor(
    private readonly partPrefix: string,
    private readonly partSuffix: string,
  ) {}
  /** Begins one. */
  static builder(): OutputFileConfigBuilder {
    return new OutputFileConfigBuilder()
  }
  /** Returns what names begin with. */
  getPartPrefix(): string {
    return this.partPrefix
  }
  /** Returns what names end with. */
  getPartSuffix(): string {
    return this.partSuffix
  }
}

/** Makes an OutputFileConfig. */
export class OutputFileConfigBuilder {
  private prefix = 'part'
  private suffix = ''
  /** Sets what names begin with, `part` by default. */
  withPartPrefix(prefix: string): this {
    this.prefix = prefix
    return this
  }
  /** Sets what names end with, nothing by default. */
  withPartSuffix(suffix: string): this {
    this.suffix = suffix
    return this
  }
  /** Returns it. */
  build(): OutputFileConfig {
    return new OutputFileConfig(this.prefix, this.suffix)
  }
}

/** A part file that is written into. */
interface Part {
  readonly file: PendingFile
  readonly pieces: Uint8Array[]
}

const text = new TextEncoder()
const UID_DIGITS = 8

class FileWriter<IN> implements CommittingSinkWriter<IN, PendingFile>, StatefulSinkWriter<IN, WriterState> {
  private readonly parts = new Map<string, Part>()
  private readonly uid: string

  constructor(
    private readonly settings: Settings<IN>,
    context: SinkInitContext,
    private nextPart: number,
  ) {
    const task = context.getTaskInfo()
    const who = [context.node, task.getIndexOfThisSubtask(), task.getAttemptNumber(), context.getRestoredCheckpointId() ?? 0]
    // A random UUID in Flink; here the same again in the same run.
    this.uid = hashOfText(who.join(' ')).slice(0, UID_DIGITS)
  }

  write(element: IN, context: SinkWriter.Context): void {
    const { settings } = this
    const access = outside(settings.path)
    const bucket = settings.bucket(element, { ...contextOf(context), currentProcessingTime: () => access.processingTime() })
    let part = this.parts.get(bucket)
    if (part === undefined) {
      part = { file: this.nextFile(bucket), pieces: [] }
      this.parts.set(bucket, part)
      access.begin(directoryOf(part.file), part.file.part, 0)
    }
    const encoded = settings.encode(element)
    part.pieces.push(typeof encoded === 'string' ? text.encode(encoded) : encoded.slice())
    access.write(directoryOf(part.file), part.file.part, null, typeof encoded === 'string' ? encoded.replace(/\n$/, '') : encoded)
  }

  private nextFile(bucket: string): PendingFile {
    const { path, prefix, suffix } = this.settings
    const directory = bucket === '' ? path : `${path}/${bucket}`
    const part = `${prefix}-${this.uid}-${this.nextPart++}${suffix}`
    return {
      directory: path,
      part: bucket === '' ? part : `${bucket}/${part}`,
      from: `${directory}/.${part}.inprogress`,
      to: `${directory}/${part}`,
    }
  }

  prepareCommit(): PendingFile[] {
    const access = outside(this.settings.path)
    const closed = [...this.parts.values()]
    this.parts.clear()
    for (const { file, pieces } of closed) {
      access.writeFile(file.from, joined(pieces))
      access.preCommit(directoryOf(file), file.part)
    }
    return closed.map(({ file }) => file)
  }

  snapshotState(): WriterState[] {
    return [{ nextPart: this.nextPart }]
  }

  close(): void {
    for (const { file } of this.parts.values()) outside(this.settings.path).abort(directoryOf(file), file.part)
    this.parts.clear()
  }
}

class FileCommitter implements Committer<PendingFile> {
  commit(requests: readonly CommitRequest<PendingFile>[]): void {
    for (const request of requests) {
      const file = request.getCommittable()
      const access = outside(file.directory)
      access.finishFile(file.from, file.to, () => access.commit(directoryOf(file), file.part))
    }
  }
}

const directoryOf = ({ directory }: PendingFile): OutsideTarget => ({ kind: 'directory', name: directory })

const contextOf = (context: SinkWriter.Context): Pick<BucketAssigner.Context, 'currentWatermark' | 'timestamp'> => ({
  currentWatermark: () => context.currentWatermark(),
  timestamp: () => context.timestamp(),
})

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
