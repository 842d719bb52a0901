import { DataOutput, encodeValue, valueFromBytes } from '../../core/values'
import type { Address, Context } from '../../kernel/types'
import type { ServiceAnswer } from '../external/messages'
import type { Asker } from '../../streaming/functions/ExternalService'

type Answered = (answer: unknown, failed: boolean) => void

/** Requests of a task to external services that are under way. */
export class ServiceRequests {
  private readonly open = new Map<number, Answered>()
  private readonly out = new DataOutput(64)
  private next = 0

  constructor(
    private readonly context: () => Context,
    private readonly services: Readonly<Record<string, Address>>,
  ) {}

  /** Sends requests in an operator's name; its callbacks run as mails after `before` was called. */
  askerOf(before: () => void): Asker {
    return {
      services: Object.keys(this.services),
      request: (service, key, answered) => {
        const id = this.next++
        this.open.set(id, (answer, failed) => {
          before()
          answered(answer, failed)
        })
        this.out.reset()
        encodeValue(this.out, key)
        const request = { type: 'service-request', id, key: String(key), bytes: this.out.toBytes() } as const
        this.context().send(this.services[service]!, request)
      },
    }
  }

  answered({ id, failed, bytes }: ServiceAnswer): void {
    const answered = this.open.get(id)!
    this.open.delete(id)
    answered(failed ? null : valueFromBytes(bytes), failed)
  }
}
