import { assert } from '../../base/assert'
import { decodeValue, DataInput, DataOutput, encodeValue } from '../../core/values'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { ControlMessage } from '../messages'
import type { Fencing, OutsideTarget } from '../../streaming/functions/outside'
import type { MoveTransaction, OutsideRequest, WriteOutside } from './messages'

/** Code of a target's kind in ExternalNamed. */
const KINDS = ['table', 'topic', 'directory'] as const

/** d of ExternalTransaction, c of ExternalCommitted and ExternalAborted. */
const BEGUN = 0
const PRE_COMMITTED = 1
const ONCE_MORE = 1
const BY_OWNER = 0
const TIMED_OUT = 1
const FENCED = 2

const MICROS_PER_MILLI = 1000

interface Transaction {
  readonly number: number
  readonly name: string
  /** Who may write into it: its owner's successors may commit and abort it, no more. */
  readonly owner: Address
  state: 'open' | 'pre-committed' | 'committed' | 'aborted'
}

interface System {
  readonly index: number
  /** By name: the last that was begun under it. */
  readonly transactions: Map<string, Transaction>
}

/** What the process says to itself when a transaction has been open for too long. */
interface Expire extends Message {
  readonly type: 'expire'
  readonly system: string
  readonly transaction: string
  readonly number: number
}

const text = new TextEncoder()

/**
 * Tables and topics outside of Flink, each made when it is first heard of. What is written is visible at once, or with its transaction. A transaction is
 * known by a name that its owner chose, as Kafka's transactional ids are; a name can be used again when the one before it is over. What comes for a
 * transaction that is over or belongs to another process changes nothing: so committing twice is harmless, and so is an owner that others
 * have given up and that does not know it. All of it is in the trace, which is where content is read from.
 */
export class OutsideProcess implements Process {
  private readonly systems = new Map<string, System>()
  private transactions = 0
  private readonly out = new DataOutput(256)

  handle(received: Message, from: Address, context: Context): void {
    const message = received as OutsideRequest | Expire | ControlMessage
    switch (message.type) {
      case 'start':
        return
      case 'write-outside':
        return this.write(message, from, context)
      case 'move-transaction':
        return this.move(message, from, context)
      case 'fence-transactions':
        return this.fence(this.systemOf(message.target, context), message.fencing, context)
      case 'expire': {
        const system = this.systems.get(message.system)!
        const transaction = system.transactions.get(message.transaction)
        if (transaction?.number === message.number && isOpen(transaction)) this.abort(system, transaction, TIMED_OUT, context)
        return
      }
      case 'shut-down':
        return context.stop(context.self)
      default:
        assert(false, `outside got ${message.type}`)
    }
  }

  private systemOf({ kind, name }: OutsideTarget, context: Context): System {
    const key = keyOf({ kind, name })
    let system = this.systems.get(key)
    if (system === undefined) {
      system = { index: this.systems.size, transactions: new Map() }
      this.systems.set(key, system)
      context.emit(TraceKind.ExternalNamed, system.index, KINDS.indexOf(kind), 0, 0, NaN, text.encode(name))
    }
    return system
  }

  private write({ target, transaction: name, bytes, count, records }: WriteOutside, from: Address, context: Context): void {
    const system = this.systemOf(target, context)
    let number = -1
    if (name !== null) {
      const transaction = system.transactions.get(name)
      if (transaction?.state !== 'open' || transaction.owner !== from) return
      number = transaction.number
    }
    const input = new DataInput(bytes)
    for (let i = 0; i < count; i++) {
      const pair = [decodeValue(input), decodeValue(input)]
      this.out.reset()
      encodeValue(this.out, pair)
      const record = records === null ? -1 : records[2 * i]!
      const origin = records === null ? NaN : records[2 * i + 1]!
      context.emit(TraceKind.ExternalWrote, system.index, number, from, record, origin, this.out.toBytes())
    }
  }

  private move({ target, transaction: name, to, timeout }: MoveTransaction, from: Address, context: Context): void {
    const system = this.systemOf(target, context)
    const transaction = system.transactions.get(name)
    switch (to) {
      case 'begin':
        if (transaction !== undefined && isOpen(transaction)) this.abort(system, transaction, FENCED, context)
        return this.begin(target, system, name, timeout ?? 0, from, context)
      case 'pre-commit':
        if (transaction?.state !== 'open' || transaction.owner !== from) return
        transaction.state = 'pre-committed'
        return context.emit(TraceKind.ExternalTransaction, system.index, transaction.number, PRE_COMMITTED, 0, NaN, text.encode(name))
      case 'commit':
        if (transaction === undefined || transaction.state === 'aborted') return
        context.emit(
          TraceKind.ExternalCommitted,
          system.index,
          transaction.number,
          transaction.state === 'committed' ? ONCE_MORE : BY_OWNER,
          0,
          NaN,
        )
        transaction.state = 'committed'
        return
      case 'abort':
        if (transaction !== undefined && isOpen(transaction)) this.abort(system, transaction, BY_OWNER, context)
        return
    }
  }

  private begin(target: OutsideTarget, system: System, name: string, timeout: number, owner: Address, context: Context): void {
    const transaction: Transaction = { number: this.transactions++, name, owner, state: 'open' }
    system.transactions.set(name, transaction)
    context.emit(TraceKind.ExternalTransaction, system.index, transaction.number, BEGUN, 0, timeout, text.encode(name))
    if (timeout === 0) return
    const expire: Expire = { type: 'expire', system: keyOf(target), transaction: name, number: transaction.number }
    context.after(timeout * MICROS_PER_MILLI, expire)
  }

  /** In the order in which they were begun. */
  private fence(system: System, { prefix, subtask, parallelism, after }: Fencing, context: Context): void {
    const fenced = [...system.transactions.values()].filter((transaction) => {
      if (!isOpen(transaction) || !transaction.name.startsWith(prefix)) return false
      const [, of, checkpoint] = /^-(\d+)-(\d+)$/.exec(transaction.name.slice(prefix.length)) ?? []
      return of !== undefined && Number(of) % parallelism === subtask && Number(checkpoint) > after
    })
    fenced.sort((a, b) => a.number - b.number)
    for (const transaction of fenced) this.abort(system, transaction, FENCED, context)
  }

  private abort({ index }: System, transaction: Transaction, why: number, context: Context): void {
    transaction.state = 'aborted'
    context.emit(TraceKind.ExternalAborted, index, transaction.number, why, 0, NaN)
  }
}

const keyOf = ({ kind, name }: OutsideTarget): string => `${kind} ${name}`
const isOpen = ({ state }: Transaction): boolean => state === 'open' || state === 'pre-committed'
