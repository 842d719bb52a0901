import { assert } from '../base/assert'
import { Heap } from '../base/heap'
import { Prng } from '../base/prng'
import { micros, type VirtualMicros } from '../core/time'
import type { EventPage } from '../core/page'
import { EventWriter, FloodError } from './eventWriter'
import {
  addressOf,
  deathOf,
  hostOf,
  type Address,
  type Context,
  type HostSpec,
  type KernelConfig,
  type KernelFaults,
  type Message,
  type Process,
} from './types'

/** A message on its way. The order in which a process handles its events is that of (time, source, sequence). */
export interface Envelope {
  readonly time: number
  readonly source: Address
  readonly sequence: number
  readonly to: Address
  readonly message: Message
}

/** Tells a process that another of its host has stopped it; never reaches a `handle`. */
const STOP: Message = { type: ' stop' }

/** A handler that sends more than this in one go never means to return. */
export const MAX_MESSAGES_PER_EVENT = 500_000

export const envelopeBefore = (a: Envelope, b: Envelope): boolean =>
  a.time !== b.time ? a.time < b.time : a.source !== b.source ? a.source < b.source : a.sequence < b.sequence

export interface WindowResult {
  /** What must go to other threads, one list a thread; missing where there is nothing. */
  readonly outgoing: readonly (Envelope[] | undefined)[]
  /** Events before the window's end, those kept from earlier windows included. */
  readonly page: EventPage | null
  /** When the next own event can be handled; Infinity if there is none. */
  readonly next: number
  /** Time of the earliest event that is kept for a later page; Infinity if there is none. */
  readonly kept: number
  /** The latest that any process has come to, since the start; −1: none has done anything. */
  readonly last: number
}

/**
 * The processes of one thread: those of one host, of several, or of all of them. Within a window its processes are
 * independent of each other: whatever they send takes at least the lookahead, so it arrives after the window.
 */
export class HostRuntime {
  private readonly processes: ProcessContext[] = []
  private readonly alive = new Map<Address, ProcessContext>()
  private readonly used = new Set<Address>()
  /** For addresses at which nobody lives yet: somebody may be spawned there in the same window. */
  private readonly parked = new Map<Address, Envelope[]>()
  private readonly latencies: Float64Array
  private readonly stride: number
  /** When each host dies; by host number. */
  private readonly deaths: Float64Array
  private readonly cuts: KernelFaults['cuts']
  private readonly someFaults: boolean
  private outgoing: (Envelope[] | undefined)[] = []
  readonly writer = new EventWriter()
  private last = -1
  flood: FloodError | null = null
  /** Called now and then while processes advance; returns after how many further steps it wants to be called again. */
  progress: (() => number) | null = null
  /** Steps until then. */
  patience = 1

  /**
   * @param hosts those that live on this thread
   * @param threadOf thread of a host; absent: every host is on this one
   */
  constructor(
    readonly config: KernelConfig,
    hosts: readonly HostSpec[],
    createRoot: (spec: HostSpec) => Process,
    private readonly threadOf?: readonly number[],
    private readonly thread = 0,
  ) {
    this.stride = 1 + Math.max(...config.hosts.map((spec) => spec.host))
    this.latencies = new Float64Array(this.stride * this.stride).fill(NaN)
    for (const from of config.hosts) {
      for (const to of config.hosts) {
        const latency = config.latency(from.host, to.host) ?? config.lookahead
        assert(Number.isInteger(latency) && latency >= config.lookahead, `latency ${from.host} → ${to.host} is ${latency}`)
        this.latencies[from.host * this.stride + to.host] = latency
      }
    }
    this.deaths = new Float64Array(this.stride).fill(Infinity)
    for (const { host } of config.hosts) this.deaths[host] = deathOf(config.faults, host)
    this.cuts = config.faults?.cuts ?? []
    this.someFaults = this.cuts.length > 0 || (config.faults?.deaths ?? []).length > 0
    for (const spec of hosts) this.add(addressOf(spec.host, 0), createRoot(spec), 0)
  }

  /** Takes what other threads or the outside sent. Must come before the window in which the first of it falls due. */
  receive(envelopes: readonly Envelope[]): void {
    for (const envelope of envelopes) this.deliver(envelope)
  }

  /**
   * Handles everything that can be handled before `end`.
   * @param least events that are worth a page: fewer wait for those of the next windows, which changes nothing of their order. A window brings a
   * handful where much is idle, and a page costs more than they do.
   */
  window(end: number, least = 0): WindowResult {
    this.outgoing = []
    // The list grows while it is walked: a spawned process starts within the same window.
    for (let i = 0; i < this.processes.length; i++) {
      const process = this.processes[i]!
      if (process.due < end) this.turn(process, end)
    }
    this.bury(end)
    this.unpark(end)
    let next = Infinity
    for (const process of this.processes) if (process.due < next) next = process.due
    const page = this.writer.waiting < least ? null : this.writer.take(end)
    return { outgoing: this.outgoing, page, next, kept: this.writer.earliest, last: this.last }
  }

  /** A window has failed: the page of what was emitted in those before it, up to `end`. */
  rescue(end: number): EventPage | null {
    this.writer.end()
    return this.writer.take(end)
  }

  private turn(process: ProcessContext, end: number): void {
    this.writer.begin(process.self)
    process.run(end)
    this.writer.end()
    const reached = Math.min(process.now, process.diesAt)
    if (reached > this.last) this.last = reached
  }

  /** Forgets the processes that cannot do anything at or after `end` any more. */
  private bury(end: number): void {
    let kept = 0
    for (const process of this.processes) {
      if (process.stopAt <= end && process.due === Infinity) this.alive.delete(process.self)
      else this.processes[kept++] = process
    }
    this.processes.length = kept
  }

  /** Drops what came before `end` for nobody: a process spawned later is born later. */
  private unpark(end: number): void {
    for (const [address, envelopes] of this.parked) {
      const waiting = envelopes.filter((envelope) => envelope.time >= end)
      if (waiting.length === 0) this.parked.delete(address)
      else this.parked.set(address, waiting)
    }
  }

  private add(address: Address, process: Process, birth: number, first: Envelope | null = null): ProcessContext {
    assert(!this.used.has(address), `address ${address} is used twice`)
    this.used.add(address)
    const context = new ProcessContext(this, address, process, birth, first)
    this.alive.set(address, context)
    this.processes.push(context)
    return context
  }

  private deliver(envelope: Envelope): void {
    const process = this.alive.get(envelope.to)
    if (process !== undefined) process.enqueue(envelope)
    else if (!this.used.has(envelope.to)) {
      const parked = this.parked.get(envelope.to)
      if (parked === undefined) this.parked.set(envelope.to, [envelope])
      else parked.push(envelope)
    }
  }

  latency(from: Address, to: Address): number {
    const latency = this.latencies[hostOf(from) * this.stride + hostOf(to)]
    assert(latency !== undefined && latency === latency, `no link from ${from} to ${to}`)
    return latency
  }

  /** When `host` dies; Infinity: never. */
  deathOf(host: number): number {
    return this.deaths[host]!
  }

  /** Whether anything breaks at all: who sends asks this first. */
  get faulty(): boolean {
    return this.someFaults
  }

  /** When what is sent now leaves: at the end of a cut of the link. */
  leaves(from: number, to: number, now: number): number {
    let time = now
    for (let again = this.cuts.length > 0; again;) {
      again = false
      for (const { at, until, hosts } of this.cuts) {
        if (time < at || time >= until) continue
        if (!((hosts[0] === from && hosts[1] === to) || (hosts[0] === to && hosts[1] === from))) continue
        time = until
        again = true
      }
    }
    return time
  }

  post(envelope: Envelope): void {
    const thread = this.threadOf?.[hostOf(envelope.to)] ?? this.thread
    if (thread === this.thread) return this.deliver(envelope)
    const batch = this.outgoing[thread]
    if (batch === undefined) this.outgoing[thread] = [envelope]
    else batch.push(envelope)
  }

  spawn(address: Address, process: Process, first: Envelope): void {
    const context = this.add(address, process, first.time, first)
    context.enqueue(first)
    const parked = this.parked.get(address)
    if (parked === undefined) return
    this.parked.delete(address)
    for (const envelope of parked) context.enqueue(envelope)
  }
}

class ProcessContext implements Context {
  now: VirtualMicros
  horizon: number
  readonly prng: Prng
  readonly tracing: boolean
  /** When the earliest pending event can be handled. */
  due = Infinity
  /** When its host dies. */
  readonly diesAt: number
  /** Nothing is begun at this time or later. */
  stopAt: number
  private clock: number
  private sequence = 0
  private sent = 0
  private readonly queue = new Heap<Envelope>(envelopeBefore)
  private readonly writer: EventWriter

  constructor(
    private readonly runtime: HostRuntime,
    readonly self: Address,
    private readonly process: Process,
    birth: number,
    private readonly first: Envelope | null,
  ) {
    // A field that has held NaN stays a double: it is changed in place for ever, and never re-optimised when times outgrow 31 bits.
    this.now = micros(NaN)
    this.horizon = NaN
    this.clock = NaN
    this.clock = birth
    this.diesAt = runtime.deathOf(hostOf(self))
    this.stopAt = this.diesAt
    this.prng = new Prng(runtime.config.seed, self)
    this.tracing = runtime.config.tracing
    this.writer = runtime.writer
  }

  enqueue(envelope: Envelope): void {
    // Whatever would come before the first event came when nobody was there.
    if (this.first !== null && envelopeBefore(envelope, this.first)) return
    if (envelope.message === STOP) this.stopAt = Math.min(this.stopAt, envelope.time)
    else this.queue.push(envelope)
    this.due = this.dueTime()
  }

  run(end: number): void {
    const limit = Math.min(end, this.stopAt)
    for (;;) {
      const { queue } = this
      const head = queue.peek()
      const start = head === undefined ? Infinity : Math.max(head.time, this.clock)
      if (start >= limit || start >= this.stopAt) {
        this.due = this.dueTime()
        return
      }
      queue.pop()
      this.sent = 0
      this.now = micros(start)
      this.horizon = Math.min(limit, queue.peek()?.time ?? Infinity)
      this.process.handle(head!.message, head!.source, this)
      // Whoever called the flooding function may have taken the error for one of the function's own.
      const flood = this.runtime.flood ?? this.writer.flood
      if (flood !== null) throw flood
      this.clock = this.now
    }
  }

  private dueTime(): number {
    const head = this.queue.peek()
    const due = head === undefined ? Infinity : Math.max(head.time, this.clock)
    return due < this.stopAt ? due : Infinity
  }

  advance(cost: number): void {
    if (!(cost >= 0) || Math.floor(cost) !== cost) assert(false, `advance(${cost}): whole µs, not negative`)
    this.now = micros(this.now + cost)
    const { runtime } = this
    if (runtime.progress !== null && --runtime.patience <= 0) runtime.patience = runtime.progress()
  }

  after(delay: number, message: Message): void {
    if (!(delay >= 0) || Math.floor(delay) !== delay) assert(false, `after(${delay}): whole µs, not negative`)
    const time = this.now + delay
    if (time < this.horizon) this.horizon = time
    this.queue.push(this.envelope(time, this.self, message))
  }

  send(to: Address, message: Message, extra = 0): void {
    if (!(extra >= 0) || Math.floor(extra) !== extra) assert(false, `send: extra ${extra} is no whole number of µs`)
    const { runtime } = this
    const latency = runtime.latency(this.self, to) + extra
    if (!runtime.faulty) return runtime.post(this.envelope(this.now + latency, to, message))
    const envelope = this.envelope(runtime.leaves(hostOf(this.self), hostOf(to), this.now) + latency, to, message)
    if (this.now < this.diesAt && envelope.time < runtime.deathOf(hostOf(to))) runtime.post(envelope)
  }

  emit(kind: number, a: number, b: number, c: number, d: number, x: number, payload?: Uint8Array): void {
    if (this.tracing && this.now < this.diesAt) this.writer.emit(this.now, kind, a, b, c, d, x, payload)
  }

  spawn(address: Address, process: Process, first: Message): void {
    assert(hostOf(address) === hostOf(this.self), `${this.self} may not spawn ${address}: another host`)
    this.runtime.spawn(address, process, this.envelope(this.now, address, first))
  }

  stop(address: Address): void {
    if (address === this.self) {
      // Before the clock's present there is nothing left to begin.
      this.stopAt = Math.min(this.stopAt, this.now)
      this.horizon = Math.min(this.horizon, this.now)
      return
    }
    assert(hostOf(address) === hostOf(this.self), `${this.self} may not stop ${address}: another host`)
    this.send(address, STOP)
  }

  private envelope(time: number, to: Address, message: Message): Envelope {
    if (++this.sent > MAX_MESSAGES_PER_EVENT) throw (this.runtime.flood ??= new FloodError(this.self, 'messages', this.sent))
    return { time, source: this.self, sequence: this.sequence++, to, message }
  }
}
