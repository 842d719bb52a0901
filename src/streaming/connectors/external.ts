import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { outside, type OutsideTarget } from '../functions/outside'
import { descriptor } from '../operators/descriptors'
import type { SinkTopology } from '../operators/sinkTopology'
import { millisOf, type TimeLike } from '../time'
import type {
  Committer,
  CommitRequest,
  CommittingSinkWriter,
  Sink,
  SinkInitContext,
  StatefulSinkWriter,
  SupportsCommitter,
  SupportsWriterState,
} from './Sink'

const named = (name: string): string => {
  if (typeof name !== 'string') throw new NullPointerException('name')
  return name
}

/** Appends each record to a topic outside, where it is visible at once: at least once, after a restart some stand there again. Tidemark's own. */
export class TopicSink<T> implements Sink<T> {
  /** Only for the type checker. */
  declare accepts?: (record: T) => void
  /** @internal */
  readonly topology: SinkTopology

  private constructor(topic: string) {
    this.topology = { writer: { name: 'Writer', operator: descriptor('sink', { sink: 'topic', topic }), functions: {} } }
  }

  /** Writes to the topic with this name, which is made with the first record. */
  static topic<T>(name: string): TopicSink<T> {
    return new TopicSink<T>(named(name))
  }
}

/** Puts each record into a table outside, under its key: what comes again after a restart takes its own place. Tidemark's own. */
export class UpsertSink<T> implements Sink<T> {
  /** Only for the type checker. */
  declare accepts?: (record: T) => void
  /** @internal */
  readonly topology: SinkTopology

  private constructor(table: string, key: (record: T) => unknown) {
    this.topology = { writer: { name: 'Writer', operator: descriptor('sink', { sink: 'table', table }), functions: { key } } }
  }

  /** Writes to the table with this name, which is made with the first record, under the key that `key` returns. */
  static table<T>(name: string, key: (record: T) => unknown): UpsertSink<T> {
    if (key === null || key === undefined) throw new NullPointerException('key')
    if (typeof key !== 'function') throw new IllegalArgumentException('The key of a table is what a function returns of a record.')
    return new UpsertSink<T>(named(name), key)
  }
}

/** What a transaction's committer must know. */
interface TransactionCommittable {
  /** Its name. */
  readonly transaction: string
  /** Virtual ms at which the topic's system aborts it; null: never. */
  readonly deadline: number | null
}

const DEFAULT_TIMEOUT = 3_600_000

/**
 * Appends each record to a topic outside within a transaction, which is committed when the checkpoint that follows is complete: exactly once. Works as
 * KafkaSink with DeliveryGuarantee.EXACTLY_ONCE: a transaction is begun with its first record, named by operator, subtask and checkpoint, and
 * after a restart those of later checkpoints are aborted. Tidemark's own.
 */
export class TransactionalSink<T> implements Sink<T>, SupportsCommitter<TransactionCommittable>, SupportsWriterState<T, never> {
  /** Only for the type checker. */
  declare accepts?: (record: T) => void

  private constructor(
    private readonly target: OutsideTarget,
    private readonly timeout: number,
  ) {}

  /** Writes to the topic with this name, which is made with the first record. */
  static topic<T>(name: string): TransactionalSink<T> {
    return new TransactionalSink<T>({ kind: 'topic', name: named(name) }, DEFAULT_TIMEOUT)
  }

  /** Returns the same sink with another timeout: after that much virtual time the topic's system aborts a transaction that is still open; one hour by default. */
  withTransactionTimeout(timeout: TimeLike): TransactionalSink<T> {
    const millis = millisOf(timeout)
    if (millis <= 0) throw new IllegalArgumentException('The transaction timeout must be larger than 0.')
    return new TransactionalSink<T>(this.target, millis)
  }

  /** @internal */
  createWriter(context: SinkInitContext): TransactionalWriter<T> {
    return new TransactionalWriter<T>(this.target, this.timeout, context)
  }
  /** @internal */
  restoreWriter(context: SinkInitContext): TransactionalWriter<T> {
    return this.createWriter(context)
  }
  /** @internal */
  createCommitter(): Committer<TransactionCommittable> {
    return new TransactionCommitter(this.target)
  }
}

class TransactionalWriter<T> implements CommittingSinkWriter<T, TransactionCommittable>, StatefulSinkWriter<T, never> {
  private readonly prefix: string
  private readonly subtask: number
  private last: number
  private open: TransactionCommittable | null = null

  constructor(
    private readonly target: OutsideTarget,
    private readonly timeout: number,
    context: SinkInitContext,
  ) {
    const task = context.getTaskInfo()
    this.prefix = `${target.name}-${context.node}`
    this.subtask = task.getIndexOfThisSubtask()
    this.last = context.getRestoredCheckpointId() ?? 0
    const parallelism = task.getNumberOfParallelSubtasks()
    outside(target.name).fence(target, { prefix: this.prefix, subtask: this.subtask, parallelism, after: this.last })
  }

  write(element: T): void {
    const access = outside(this.target.name)
    if (this.open === null) {
      const transaction = `${this.prefix}-${this.subtask}-${this.last + 1}`
      access.begin(this.target, transaction, this.timeout)
      this.open = { transaction, deadline: access.now() + this.timeout }
    }
    access.write(this.target, this.open.transaction, null, element)
  }

  prepareCommit(): TransactionCommittable[] {
    const { open } = this
    if (open === null) return []
    outside(this.target.name).preCommit(this.target, open.transaction)
    this.open = null
    return [open]
  }

  snapshotState(checkpoint: number): never[] {
    this.last = checkpoint
    return []
  }

  close(): void {
    if (this.open !== null) outside(this.target.name).abort(this.target, this.open.transaction)
    this.open = null
  }
}

class TransactionCommitter implements Committer<TransactionCommittable> {
  constructor(private readonly target: OutsideTarget) {}

  commit(requests: readonly CommitRequest<TransactionCommittable>[]): void {
    const access = outside(this.target.name)
    for (const request of requests) {
      const { transaction, deadline } = request.getCommittable()
      if (deadline !== null && access.now() >= deadline) {
        access.print(`Unable to commit transaction ${transaction}: its timeout is over, and its records are lost.`)
        request.signalFailedWithKnownReason(new IllegalArgumentException(`Transaction ${transaction} timed out.`))
      } else if (!access.tryCommit(this.target, transaction)) request.retryLater()
    }
  }
}
