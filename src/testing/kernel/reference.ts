import { Prng } from '../../base/prng'
import { micros } from '../../core/time'
import {
  addressOf,
  deathOf,
  hostOf,
  type Address,
  type Context,
  type HostSpec,
  type Injection,
  type KernelConfig,
  type Message,
  type Process,
} from '../../kernel/types'

interface Pending {
  readonly time: number
  readonly source: Address
  readonly sequence: number
  readonly to: Address
  /** null: the process is to stop. */
  readonly message: Message | null
}
export interface Emitted {
  readonly time: number
  readonly process: Address
  readonly columns: readonly number[]
  readonly payload: readonly number[]
}

const byOrder = (a: Pending, b: Pending): number => a.time - b.time || a.source - b.source || a.sequence - b.sequence

/**
 * What the kernel has to equal, written to be read: one list of pending events, one event at a time, no windows, no threads, and a
 * horizon that is always now, so that a process that may go on by itself never does more than one step.
 */
export function runReference(config: KernelConfig, createRoot: (spec: HostSpec) => Process, injections: readonly Injection[]): Uint8Array {
  interface Living {
    readonly process: Process
    readonly context: Context
    readonly first: Pending | null
    free: number
    stopAt: number
    over: boolean
  }
  const pending: Pending[] = injections.map(({ time, to, message }, sequence) => ({ time, source: -1, sequence, to, message }))
  const processes = new Map<Address, Living>()
  const trace: Emitted[] = []

  const bear = (address: Address, process: Process, birth: number, first: Pending | null): void => {
    if (processes.has(address)) throw new Error(`address ${address} is used twice`)
    const prng = new Prng(config.seed, address)
    let sequence = 0
    const put = (time: number, to: Address, message: Message | null): Pending => {
      const event = { time, source: address, sequence: sequence++, to, message }
      pending.push(event)
      return event
    }
    const faults = config.faults ?? { deaths: [], cuts: [] }
    const diesAt = deathOf(faults, hostOf(address))
    const link = (to: Address): number => config.latency(hostOf(address), hostOf(to))
    /** A cut holds it back, and it may fall into another one then. */
    const leaves = (to: Address, now: number): number => {
      const ends = [hostOf(address), hostOf(to)].sort((a, b) => a - b).join()
      const cut = faults.cuts.find(({ at, until, hosts }) => [...hosts].sort((a, b) => a - b).join() === ends && now >= at && now < until)
      return cut === undefined ? now : leaves(to, cut.until)
    }
    const post = (extra: number, to: Address, message: Message | null): void => {
      const event = put(leaves(to, living.free) + link(to) + extra, to, message)
      if (living.free >= diesAt || event.time >= deathOf(faults, hostOf(to))) pending.splice(pending.indexOf(event), 1)
    }
    const living: Living = {
      process,
      first,
      free: birth,
      stopAt: diesAt,
      over: false,
      context: {
        self: address,
        get now() {
          return micros(living.free)
        },
        get horizon() {
          return living.free
        },
        prng,
        tracing: config.tracing,
        advance: (cost) => void (living.free += cost),
        after: (delay, message) => void put(living.free + delay, address, message),
        send: (to, message, extra = 0) => void post(extra, to, message),
        emit: (kind, a, b, c, d, x, payload) => {
          if (config.tracing && living.free < diesAt)
            trace.push({ time: living.free, process: address, columns: [kind, a, b, c, d, x], payload: [...(payload ?? [])] })
        },
        spawn: (child, childProcess, message) => {
          bear(child, childProcess, living.free, put(living.free, child, message))
        },
        stop: (other) => {
          if (other === address) living.over = true
          else post(0, other, null)
        },
      },
    }
    processes.set(address, living)
  }
  for (const spec of config.hosts) bear(addressOf(spec.host, 0), createRoot(spec), 0, null)

  for (;;) {
    // Word of a stop is known before it takes effect; what came to an address before its first tenant's first event is lost.
    for (const event of [...pending]) {
      const living = processes.get(event.to)
      if (living === undefined) continue
      const early = living.first !== null && byOrder(event, living.first) < 0
      if (event.message === null && !early) living.stopAt = Math.min(living.stopAt, event.time)
      if (event.message === null || early || living.over) pending.splice(pending.indexOf(event), 1)
    }
    const heads = new Map<Address, Pending>()
    for (const event of pending) {
      const head = heads.get(event.to)
      if (processes.has(event.to) && (head === undefined || byOrder(event, head) < 0)) heads.set(event.to, event)
    }
    let next: Pending | null = null
    let start = Infinity
    for (const [address, head] of [...heads].sort(([a], [b]) => a - b)) {
      const living = processes.get(address)!
      const at = Math.max(head.time, living.free)
      if (at < living.stopAt && at < start) {
        next = head
        start = at
      }
    }
    if (next === null) break
    const living = processes.get(next.to)!
    pending.splice(pending.indexOf(next), 1)
    living.free = start
    living.process.handle(next.message!, next.source, living.context)
  }
  return encode(trace)
}

/** Of pages in order: the same bytes as the reference's, however the pages were cut. */
export function encode(trace: readonly Emitted[]): Uint8Array {
  const sorted = trace
    .map((event, index) => ({ event, index }))
    .sort((p, q) => p.event.time - q.event.time || p.event.process - q.event.process || p.index - q.index)
  return bytesOf(sorted.map(({ event }) => event))
}

export function bytesOf(events: readonly Emitted[]): Uint8Array {
  return new TextEncoder().encode(
    events.map(({ time, process, columns, payload }) => `${time}@${process} ${columns.join(' ')} [${payload.join(' ')}]`).join('\n'),
  )
}
