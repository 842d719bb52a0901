import { assert } from '../../base/assert'
import { DataOutput, encodeValue } from '../../core/values'
import type { Address, Context, Message, Process } from '../../kernel/types'
import type { ControlMessage } from '../messages'
import type { ServiceAnswer, ServiceRequest } from './messages'

/** A system as it is to behave (a scenario's Service fits). Latencies in ms of virtual time, failures of 1000. */
export interface ServiceSpec {
  readonly name: string
  readonly latency: { readonly least: number; readonly most: number }
  readonly failing?: number
  readonly table?: { readonly key: string; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
}

/** What the service says to itself when a request's time has come. */
interface Due extends Message {
  readonly type: 'due'
  readonly to: Address
  readonly answer: ServiceAnswer
}

const MICROS_PER_MILLI = 1000
/** The generator draws below this. */
const WIDEST = 2 ** 32

/**
 * A system outside of Flink that answers each request by itself after a latency of its own, so answers overtake each other. The two draws of
 * each request, for latency and failure, are made when it comes: whether it fails changes no other's latency.
 */
export class ExternalServiceProcess implements Process {
  private readonly rows = new Map<string, Uint8Array>()
  private readonly out = new DataOutput(256)

  constructor(private readonly spec: ServiceSpec) {
    const { table } = spec
    if (table === undefined) return
    const at = table.columns.indexOf(table.key)
    for (const row of table.rows) {
      const key = String(row[at])
      if (!this.rows.has(key)) this.rows.set(key, this.encoded(Object.fromEntries(table.columns.map((column, i) => [column, row[i]]))))
    }
  }

  handle(received: Message, from: Address, context: Context): void {
    const message = received as ServiceRequest | Due | ControlMessage
    switch (message.type) {
      case 'start':
        return
      case 'service-request': {
        const latency = this.latency(context)
        const failed = context.prng.nextInt(1000) < (this.spec.failing ?? 0)
        const answer: ServiceAnswer = { type: 'service-answer', id: message.id, failed, bytes: failed ? NOTHING : this.answerTo(message) }
        const due: Due = { type: 'due', to: from, answer }
        return context.after(latency, due)
      }
      case 'due':
        return context.send(message.to, message.answer)
      case 'shut-down':
        return context.stop(context.self)
      default:
        assert(false, `an external service got ${message.type}`)
    }
  }

  /** Virtual µs. */
  private latency({ prng }: Context): number {
    const { least, most } = this.spec.latency
    const spread = (most - least) * MICROS_PER_MILLI + 1
    // Beyond an hour a ms is fine enough.
    const drawn = spread <= WIDEST ? prng.nextInt(spread) : prng.nextInt(Math.min(most - least + 1, WIDEST)) * MICROS_PER_MILLI
    return least * MICROS_PER_MILLI + drawn
  }

  private answerTo({ key, bytes }: ServiceRequest): Uint8Array {
    if (this.spec.table === undefined) return bytes
    return this.rows.get(key) ?? this.encoded(null)
  }

  private encoded(value: unknown): Uint8Array {
    this.out.reset()
    encodeValue(this.out, value)
    return this.out.toBytes()
  }
}

const NOTHING = new Uint8Array()
