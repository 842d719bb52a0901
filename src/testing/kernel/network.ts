import fc from 'fast-check'
import { micros } from '../../core/time'
import type { EventPage } from '../../core/page'
import {
  addressOf,
  hostOf,
  HOST_STRIDE,
  type Address,
  type Context,
  type HostSpec,
  type Injection,
  type KernelConfig,
  type KernelFaults,
  type Message,
  type Process,
} from '../../kernel/types'
import { bytesOf, type Emitted } from './reference'

/** A random network as plain data, so that a worker can be told of it. */
export interface Network {
  readonly seed: number
  readonly hosts: number
  readonly lookahead: number
  /** From host to host, added to the lookahead. */
  readonly extraLatency: readonly (readonly number[])[]
  /** How likely a process does what, each 0 … 10. */
  readonly habits: {
    readonly send: number
    readonly after: number
    readonly advance: number
    readonly loop: number
    readonly spawn: number
    readonly stop: number
    readonly emit: number
  }
  /** Costs and delays go up to this, µs; 0 makes everything happen at once. */
  readonly longest: number
  readonly injections: readonly { readonly time: number; readonly host: number; readonly lives: number }[]
  readonly faults: KernelFaults
  /** Times at which `run` is cut. */
  readonly cuts: readonly number[]
}

const weight = fc.integer({ min: 0, max: 10 })
export const networks: fc.Arbitrary<Network> = fc
  .record({ hosts: fc.integer({ min: 1, max: 4 }), lookahead: fc.constantFrom(1, 2, 7, 50) })
  .chain(({ hosts, lookahead }) =>
    fc.record({
      seed: fc.nat(),
      hosts: fc.constant(hosts),
      lookahead: fc.constant(lookahead),
      extraLatency: fc.array(fc.array(fc.constantFrom(0, 0, 1, 30), { minLength: hosts, maxLength: hosts }), {
        minLength: hosts,
        maxLength: hosts,
      }),
      habits: fc.record({
        send: weight,
        after: weight,
        advance: weight,
        loop: weight,
        spawn: weight,
        stop: fc.constantFrom(0, 0, 1, 3),
        emit: fc.constantFrom(3, 10),
      }),
      longest: fc.constantFrom(0, 1, 5, 40, 200),
      injections: fc.array(
        fc.record({ time: fc.constantFrom(0, 0, 5, 50, 51, 400), host: fc.nat({ max: hosts - 1 }), lives: fc.integer({ min: 1, max: 7 }) }),
        { minLength: 1, maxLength: 5 },
      ),
      faults: fc.record({
        deaths: fc.array(fc.record({ at: fc.integer({ min: 0, max: 400 }), host: fc.nat({ max: hosts - 1 }) }), { maxLength: 2 }),
        cuts: fc.array(
          fc
            .record({ at: fc.integer({ min: 0, max: 300 }), lasts: fc.integer({ min: 1, max: 200 }), from: fc.nat(3), to: fc.nat(3) })
            .map(({ at, lasts, from, to }) => ({ at, until: at + lasts, hosts: [from % hosts, to % hosts] as const })),
          { maxLength: 2 },
        ),
      }),
      cuts: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 4 }).map((cuts) => [...cuts].sort((a, b) => a - b)),
    }),
  )

export const configOf = (network: Network): KernelConfig => ({
  seed: network.seed,
  hosts: Array.from({ length: network.hosts }, (_, host) => ({ host, name: `host ${host}` })),
  lookahead: network.lookahead,
  latency: (from, to) => network.lookahead + network.extraLatency[from]![to]!,
  tracing: true,
  faults: network.faults,
})
export const injectionsOf = (network: Network): Injection[] =>
  network.injections.map(({ time, host, lives }) => ({ time: micros(time), to: addressOf(host, 0), message: { type: 'go', lives } as Go }))

interface Go extends Message {
  readonly type: 'go' | 'loop'
  readonly lives: number
}

/** Each message has so many lives; each thing that it sets off has one less. */
export class Wanderer implements Process {
  private handled = 0
  private steps = 0
  private children = 0
  private loopLives = 0

  constructor(private readonly network: Network) {}

  handle(message: Message, from: Address, context: Context): void {
    const { lives, type } = message as Go
    if (type === 'loop') this.loop(context)
    else {
      this.handled++
      this.act(lives, from, context)
    }
  }

  private act(lives: number, from: Address, context: Context): void {
    const { habits, longest } = this.network
    const { prng } = context
    const often = (habit: number): boolean => prng.nextInt(10) < habit
    const some = (): number => prng.nextInt(longest + 1)
    const emit = (what: number): void => {
      if (!often(habits.emit)) return
      const payload = prng.nextInt(3) === 0 ? Uint8Array.from({ length: prng.nextInt(100) }, (_, i) => (i * lives) & 255) : undefined
      context.emit(what, from, lives, this.handled, prng.nextUint32() | 0, prng.nextInt(4) === 0 ? NaN : context.now / 2, payload)
    }
    emit(1)
    if (often(habits.advance)) context.advance(some())
    emit(2)
    if (lives === 0) return
    const next: Go = { type: 'go', lives: lives - 1 }
    if (often(habits.after)) context.after(some(), next)
    const letters = prng.nextInt(3)
    for (let i = 0; i < letters; i++) if (often(habits.send)) context.send(this.somebody(context), next, 2 * prng.nextInt(2))
    // Numbered like a heap of four branches: no two processes ever bear the same child.
    const child = 4 * (context.self % HOST_STRIDE) + 1 + this.children
    if (often(habits.spawn) && this.children < 4 && child < HOST_STRIDE) {
      this.children++
      const address = addressOf(hostOf(context.self), child)
      // Now and then somebody writes to a process that is only about to be born.
      if (prng.nextInt(3) === 0) context.send(address, next)
      context.spawn(address, new Wanderer(this.network), next)
    }
    if (often(habits.stop))
      context.stop(prng.nextInt(3) === 0 ? context.self : addressOf(hostOf(context.self), this.somebody(context) % HOST_STRIDE))
    emit(3)
    if (often(habits.loop) && this.steps === 0) {
      this.steps = 1 + prng.nextInt(30)
      this.loopLives = lives - 1
      this.loop(context)
    }
  }

  /** The shape of a task that works off its input: as long as it is left alone, without asking anyone. */
  private loop(context: Context): void {
    do {
      this.steps--
      const { prng } = context
      context.emit(9, this.steps, this.handled, 0, prng.nextUint32() | 0, context.now)
      if (prng.nextInt(4) === 0) context.send(this.somebody(context), { type: 'go', lives: Math.max(0, this.loopLives - 2) } as Go)
      if (prng.nextInt(6) === 0) context.after(prng.nextInt(this.network.longest + 1), { type: 'go', lives: 0 } as Go)
      context.advance(prng.nextInt(4))
      context.emit(10, this.steps, 0, 0, 0, NaN)
    } while (this.steps > 0 && context.now < context.horizon)
    if (this.steps > 0) context.after(0, { type: 'loop', lives: 0 } as Go)
  }

  private somebody(context: Context): Address {
    const { prng } = context
    const host = prng.nextInt(this.network.hosts)
    return addressOf(host, prng.nextInt(3) > 0 ? 0 : prng.nextInt(24))
  }
}

export const createRootOf =
  (network: Network): ((spec: HostSpec) => Process) =>
  () =>
    new Wanderer(network)

/** Pages as the reference writes its trace. */
export function bytesOfPages(pages: readonly EventPage[]): Uint8Array {
  const events: Emitted[] = []
  for (const page of pages) {
    for (let i = 0; i < page.count; i++) {
      events.push({
        time: page.time[i]!,
        process: page.process[i]!,
        columns: [page.kind[i]!, page.a[i]!, page.b[i]!, page.c[i]!, page.d[i]!, page.x[i]!],
        payload: [...page.payload.subarray(i === 0 ? 0 : page.payloadEnd[i - 1]!, page.payloadEnd[i]!)],
      })
    }
  }
  return bytesOf(events)
}
