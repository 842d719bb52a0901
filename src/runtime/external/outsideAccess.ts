import { JavaException } from '../../core/exceptions'
import { outNow, type FaultSettings } from '../../core/faults'
import { DataOutput, encodeValue } from '../../core/values'
import type { Address, Context } from '../../kernel/types'
import { systemOut } from '../../streaming/functions/outside'
import type { Fencing, OutsideTarget } from '../../streaming/functions/outside'
import type { OperatorOutside } from '../operators/types'
import { TraceKind } from '../../trace/kinds'
import { FileKind, type FileAnswer, type MoveTransaction, type OutsideRequest } from './messages'

/** c of TransactionMoved. */
const Moved = { begin: 0, 'pre-commit': 1, commit: 2, abort: 3, recoverCommit: 4, recoverAbort: 5, failed: 6 } as const

/** What an operator's access needs of its task. */
export interface OutsideSurroundings {
  readonly node: number
  readonly outside: Address
  readonly faults: FaultSettings
  /** Whether the trace is told of transactions and of which record is written. */
  readonly tracing: boolean
  context(): Context
  processingTime(): number
  print(line: string): void
  /** An intervention has had its way. */
  faultStruck(intervention: number, text: string): void
  /** The record at hand. */
  currentRecord(): readonly [origin: number, number: number]
  /** Answers come as mails, in the operator's name. */
  readonly files: {
    write(path: string, bytes: Uint8Array, kind: (typeof FileKind)['Sink'], done: (error: FileAnswer['error']) => void): void
    rename(from: string, to: string, done: (error: FileAnswer['error']) => void): void
  }
}

const MICROS_PER_MILLI = 1000
const text = new TextEncoder()

/** How a sink's operator reaches tables, topics and files. Whether a system answers the run's faults say; what is sent while it does is done. */
export class SinkOutside implements OperatorOutside {
  during: OperatorOutside['during'] = { checkpoint: -1, recovering: false }
  openFiles = 0
  private readonly out = new DataOutput(256)

  constructor(private readonly around: OutsideSurroundings) {}

  now(): number {
    return this.around.context().now / MICROS_PER_MILLI
  }
  processingTime(): number {
    return this.around.processingTime()
  }
  print(line: string): void {
    this.around.print(line)
  }

  write(target: OutsideTarget, transaction: string | null, key: unknown, value: unknown): void {
    this.check(target)
    const { around, out } = this
    out.reset()
    encodeValue(out, key)
    encodeValue(out, value)
    const [origin, number] = around.tracing ? around.currentRecord() : [-1, -1]
    const records = around.tracing ? Int32Array.of(number, origin) : null
    this.send({ type: 'write-outside', target, transaction, bytes: out.toBytes(), count: 1, records })
  }

  begin(target: OutsideTarget, transaction: string, timeout: number): void {
    this.move({ type: 'move-transaction', target, transaction, to: 'begin', timeout })
  }
  fence(target: OutsideTarget, fencing: Fencing): void {
    this.check(target)
    this.send({ type: 'fence-transactions', target, fencing })
  }
  preCommit(target: OutsideTarget, transaction: string): void {
    this.move({ type: 'move-transaction', target, transaction, to: 'pre-commit' })
  }
  commit(target: OutsideTarget, transaction: string): void {
    if (!this.tryCommit(target, transaction)) throw systemOut(target.name)
  }
  tryCommit(target: OutsideTarget, transaction: string): boolean {
    if (this.isOut(target)) {
      this.tell(transaction, Moved.failed)
      return false
    }
    this.move({ type: 'move-transaction', target, transaction, to: 'commit' })
    return true
  }
  abort(target: OutsideTarget, transaction: string): void {
    this.move({ type: 'move-transaction', target, transaction, to: 'abort' })
  }

  private move(message: MoveTransaction): void {
    const { target, transaction, to } = message
    this.check(target)
    this.tell(
      transaction,
      this.during.recovering && to === 'commit'
        ? Moved.recoverCommit
        : this.during.recovering && to === 'abort'
          ? Moved.recoverAbort
          : Moved[to],
    )
    this.send(message)
  }

  private tell(transaction: string, how: number): void {
    if (!this.around.tracing) return
    this.around.context().emit(TraceKind.TransactionMoved, this.around.node, -1, how, this.during.checkpoint, NaN, text.encode(transaction))
  }

  private isOut({ name }: OutsideTarget): boolean {
    const intervention = outNow(this.around.faults, name, this.around.context().now)
    if (intervention === undefined) return false
    this.around.faultStruck(intervention, `${name} answers nothing.`)
    return true
  }

  private check(target: OutsideTarget): void {
    if (this.isOut(target)) throw systemOut(target.name)
  }

  private send(message: OutsideRequest): void {
    this.around.context().send(this.around.outside, message)
  }

  // ---- files -----------------------------------------------------------------------------------------------------------

  writeFile(path: string, bytes: Uint8Array): void {
    this.openFiles++
    this.around.files.write(path, bytes, FileKind.Sink, (error) => {
      this.openFiles--
      if (error !== null) throw new JavaException(error.className, error.message)
    })
  }

  /** As commitAfterRecovery: a part that is not there any more was finished before. */
  finishFile(from: string, to: string, done: () => void): void {
    this.openFiles++
    this.around.files.rename(from, to, (error) => {
      this.openFiles--
      if (error !== null && error.code !== 'not-found') throw new JavaException(error.className, error.message)
      done()
    })
  }
}
