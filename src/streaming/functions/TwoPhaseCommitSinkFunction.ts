import { FlinkRuntimeException, IllegalArgumentException } from '../../core/exceptions'
import { ListStateDescriptor, type ListState } from '../state'
import { millisOf, type TimeLike } from '../time'
import type { CheckpointedFunction, CheckpointListener, FunctionInitializationContext, FunctionSnapshotContext } from './checkpointed'
import { maybeOutside } from './outside'
import { AbstractRichFunction } from './rich'
import type { SinkFunction } from './SinkFunction'

/** The subtask's clock: this module is no part of the program, whose Date is that. */
const clock = (): number => maybeOutside()?.processingTime() ?? 0

/** A transaction and when it was begun, ms of processing time. */
interface TransactionHolder<TXN> {
  readonly handle: TXN
  readonly startTime: number
}

/** What is stored of one subtask. */
interface State<TXN, CONTEXT> {
  /** null: it had finished. */
  readonly open: TransactionHolder<TXN> | null
  readonly pending: readonly TransactionHolder<TXN>[]
  readonly context: CONTEXT | null
}

/**
 * A sink that writes into transactions and commits each when the checkpoint that pre-committed it is complete (C-30). Mirrors
 * org.apache.flink.streaming.api.functions.sink.TwoPhaseCommitSinkFunction; transactions must be values that can be stored.
 */
export abstract class TwoPhaseCommitSinkFunction<IN, TXN, CONTEXT = void>
  extends AbstractRichFunction
  implements CheckpointedFunction, CheckpointListener
{
  private current: TransactionHolder<TXN> | null = null
  private readonly pending = new Map<number, TransactionHolder<TXN>>()
  private state: ListState<State<TXN, CONTEXT>> | null = null
  private userContext: CONTEXT | null = null
  private finished = false
  private timeout = Infinity
  private ignoreFailures = false
  private warningRatio = -1

  /** Serializers of transactions and contexts are accepted and not needed. */
  constructor(..._serializers: readonly unknown[]) {
    super()
  }

  // ---- what a sink says ------------------------------------------------------------------------------------------------

  /** Writes a record into the transaction. */
  abstract invoke(transaction: TXN, value: IN, context: SinkFunction.Context): void
  /** Begins a transaction. */
  protected abstract beginTransaction(): TXN
  /** Writes out what is held back: from now on the transaction must be able to be committed. */
  protected abstract preCommit(transaction: TXN): void
  /** Commits; an error restarts the job. */
  protected abstract commit(transaction: TXN): void
  /** Drops what was written. May come more than once. */
  protected abstract abort(transaction: TXN): void

  /** Commits after a restart what may have been committed before it. */
  protected recoverAndCommit(transaction: TXN): void {
    this.commit(transaction)
  }
  /** Aborts after a restart what was open in the checkpoint. */
  protected recoverAndAbort(transaction: TXN): void {
    this.abort(transaction)
  }
  /** Called after a restart when all transactions of a stored context have been handled. */
  protected finishRecoveringContext(_handledTransactions: readonly TXN[]): void {}
  /** Returns what is stored beside the transactions, or null. */
  protected initializeUserContext(): CONTEXT | null {
    return null
  }
  /** Called when no more records come; null if there is no transaction. */
  protected finishProcessing(_transaction: TXN | null): void {}

  /** Returns the stored context, or null. */
  protected getUserContext(): CONTEXT | null {
    return this.userContext
  }
  /** Returns the transaction that is written into, or null. */
  protected currentTransaction(): TXN | null {
    return this.current === null ? null : this.current.handle
  }
  /** Returns the pre-committed transactions with their checkpoints, oldest first. */
  protected pendingTransactions(): readonly (readonly [checkpointId: number, transaction: TXN])[] {
    return [...this.pending].map(([id, { handle }]) => [id, handle])
  }

  /** Says after what time, of the machines' clock, a transaction cannot be committed any more. */
  protected setTransactionTimeout(transactionTimeout: TimeLike): this {
    const millis = millisOf(transactionTimeout)
    if (millis < 0) throw new IllegalArgumentException('')
    this.timeout = millis
    return this
  }
  /** After a restart, lets transactions be that cannot be committed because their time is over: their records are lost. */
  protected ignoreFailuresAfterTransactionTimeout(): this {
    this.ignoreFailures = true
    return this
  }
  /** Warns when that share of a transaction's time has gone by before it is committed. */
  protected enableTransactionTimeoutWarnings(warningRatio: number): this {
    if (!(warningRatio >= 0 && warningRatio <= 1)) throw new IllegalArgumentException(`warningRatio must be in range [0,1]`)
    this.warningRatio = warningRatio
    return this
  }

  // ---- life ------------------------------------------------------------------------------------------------------------

  /** @internal */
  invokeCurrent(value: IN, context: SinkFunction.Context): void {
    this.invoke(this.current!.handle, value, context)
  }

  /** Recovers: commits what was pre-committed, aborts what was open; then begins a transaction. */
  initializeState(context: FunctionInitializationContext): void {
    this.state = context.getOperatorStateStore().getListState(new ListStateDescriptor<State<TXN, CONTEXT>>('state'))
    let recovered = false
    if (context.isRestored()) {
      for (const { open, pending, context: stored } of this.state.get()) {
        this.userContext = stored
        const handled: TXN[] = []
        for (const transaction of pending) {
          this.recover(transaction)
          handled.push(transaction.handle)
        }
        if (open !== null) {
          this.recoverAndAbort(open.handle)
          handled.push(open.handle)
        }
        if (stored === null) continue
        this.finishRecoveringContext(handled)
        recovered = true
      }
    }
    if (!recovered) this.userContext = this.initializeUserContext()
    this.pending.clear()
    this.current = this.begin()
  }

  /** Pre-commits, stores what is pending, begins the next transaction. */
  snapshotState(context: FunctionSnapshotContext): void {
    if (this.current !== null) {
      this.preCommit(this.current.handle)
      this.pending.set(context.getCheckpointId(), this.current)
    }
    this.current = this.finished ? null : this.begin()
    this.state!.update([{ open: this.current, pending: [...this.pending.values()], context: this.userContext }])
  }

  /** Commits what this checkpoint and those before it pre-committed. */
  notifyCheckpointComplete(checkpointId: number): void {
    let first: { readonly error: unknown } | null = null
    for (const [id, transaction] of [...this.pending]) {
      if (id > checkpointId) continue
      this.warn(transaction)
      try {
        this.commit(transaction.handle)
      } catch (error) {
        first ??= { error }
      }
      this.pending.delete(id)
    }
    if (first === null) return
    const failure = new FlinkRuntimeException('Committing one of transactions failed, logging first encountered failure')
    failure.cause = first.error
    throw failure
  }

  /** Nothing: the transaction stays pending, and a later checkpoint commits it. */
  notifyCheckpointAborted(_checkpointId: number): void {}

  /** The input is over. */
  finish(): void {
    this.finishProcessing(this.currentTransaction())
    this.finished = true
  }

  /** Aborts the open transaction. */
  override close(): void {
    super.close()
    if (this.current !== null) this.abort(this.current.handle)
    this.current = null
  }

  private begin(): TransactionHolder<TXN> {
    return { handle: this.beginTransaction(), startTime: clock() }
  }

  private recover(transaction: TransactionHolder<TXN>): void {
    this.warn(transaction)
    try {
      this.recoverAndCommit(transaction.handle)
    } catch (error) {
      if (!this.ignoreFailures || clock() - transaction.startTime <= this.timeout) throw error
      maybeOutside()?.print(
        `Error while committing transaction. Transaction has been open for longer than the transaction timeout (${this.timeout}).`,
      )
    }
  }

  private warn({ startTime }: TransactionHolder<TXN>): void {
    if (this.warningRatio < 0) return
    const elapsed = clock() - startTime
    if (elapsed > this.timeout * this.warningRatio) {
      maybeOutside()?.print(
        `Transaction has been open for ${elapsed} ms. This is close to or even exceeding the transaction timeout of ${this.timeout} ms.`,
      )
    }
  }
}
