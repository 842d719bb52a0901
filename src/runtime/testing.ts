import { micros } from '../core/time'
import type { Address, Context, Message, Process } from '../kernel/types'

/** For tests of one process: a context that writes down what the process does and never delivers anything by itself. */
export class LoneContext implements Context {
  now = micros(0)
  horizon = Infinity
  readonly tracing = true
  readonly sent: { readonly to: Address; readonly message: Message; readonly at: number }[] = []
  readonly own: { readonly at: number; readonly message: Message }[] = []
  readonly emitted: {
    readonly kind: number
    readonly a: number
    readonly b: number
    readonly c: number
    readonly d: number
    readonly text: string
  }[] = []
  readonly spawned: { readonly address: Address; readonly process: Process; readonly first: Message }[] = []
  stopped = false
  readonly prng = { nextInt: () => 0, nextUint32: () => 0 }

  constructor(readonly self: Address) {}

  advance(cost: number): void {
    this.now = micros(this.now + cost)
  }
  after(delay: number, message: Message): void {
    this.own.push({ at: this.now + delay, message })
  }
  send(to: Address, message: Message): void {
    this.sent.push({ to, message, at: this.now })
  }
  emit(kind: number, a: number, b: number, c: number, d: number, _x: number, payload?: Uint8Array): void {
    this.emitted.push({ kind, a, b, c, d, text: new TextDecoder().decode(payload) })
  }
  spawn(address: Address, process: Process, first: Message): void {
    this.spawned.push({ address, process, first })
  }
  stop(): void {
    this.stopped = true
  }
  /** What was sent since the last call. */
  takeSent(): { readonly to: Address; readonly message: Message }[] {
    return this.sent.splice(0)
  }
}
