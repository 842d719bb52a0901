import type { EventPage } from '../core/page'
import type { VirtualMicros } from '../core/time'

/**
 * Who a process is: `host * HOST_STRIDE + index`. A host is what a thread carries and what dies with it (the JobManager,
 * one TaskManager, one external system); index 0 is its root process, the others are spawned by processes of the same host.
 */
export type Address = number
export const HOST_STRIDE = 65536
/** Events of a single thread that are put into one page; fewer wait, unless somebody has to see them. */
export const WORTH_A_PAGE = 2048
export const addressOf = (host: number, index: number): Address => host * HOST_STRIDE + index
export const hostOf = (address: Address): number => Math.floor(address / HOST_STRIDE)

/** What processes say to each other: plain, structured-cloneable data. A sender never touches a message again. */
export interface Message {
  readonly type: string
}

/**
 * A sequential actor in virtual time. It handles its events in the order (time, source, sequence); it is busy while it
 * `advance`s, and an event that falls due meanwhile is handled when it is free again, at the later time.
 * `handle` must be a pure function of what it got: no clock, no randomness, no promise but through the context.
 */
export interface Process {
  handle(message: Message, from: Address, context: Context): void
}

export interface Context {
  readonly self: Address
  /** This process's clock, virtual µs: when the event fell due, or when the process got free, plus what it has advanced since. */
  readonly now: VirtualMicros
  /**
   * Up to when this process may go on by itself: the earlier of its next own event and the end of the granted window.
   * A loop of the form `do { work; advance(cost) } while (now < horizon)`, resumed by `after(0, …)`, gives the same
   * result whatever the windows are: that is what makes batches of work cheap and yet deterministic. It must be the last thing
   * that `handle` does: where the windows are narrow, each step but the first happens in a `handle` of its own.
   */
  readonly horizon: number
  /** Spends virtual time, µs ≥ 0, whole. */
  advance(cost: number): void
  /** A message to oneself, `delay` µs ≥ 0 from now. Comes after events already due at that time from lower addresses. */
  after(delay: number, message: Message): void
  /** Arrives at now + the link's latency + `extra` µs. Links never reorder: use one `extra` per link or none. */
  send(to: Address, message: Message, extra?: number): void
  /** Seeded by (scenario seed, address). Whole numbers only. */
  readonly prng: { nextInt(bound: number): number; nextUint32(): number }
  /** False when nobody keeps the trace: skip the work of describing events. */
  readonly tracing: boolean
  /** Appends a trace event at `now`; the meaning of the columns belongs to the caller. `payload` is copied. */
  emit(kind: number, a: number, b: number, c: number, d: number, x: number, payload?: Uint8Array): void
  /** Starts a process on this host; its first event is `first`, from the spawner, at `now`. The address must never have been used before. */
  spawn(address: Address, process: Process, first: Message): void
  /**
   * Ends a process of this host: its pending events, and what is still on the way to it, are dropped. Oneself ends at once, when
   * the present `handle` returns; another as soon as word reaches it, after the host's own latency: it begins nothing at or
   * after that time.
   */
  stop(address: Address): void
}

/** A thread's worth of processes. `create` runs on that thread; it must depend on nothing but its arguments. */
export interface HostSpec {
  readonly host: number
  readonly name: string
}

export interface KernelConfig {
  readonly seed: number
  readonly hosts: readonly HostSpec[]
  /** Lookahead L, µs: no link is faster, not even between two processes of one host. */
  readonly lookahead: number
  /** Latency from host to host, µs ≥ lookahead; missing pairs have the lookahead. */
  readonly latency: (from: number, to: number) => number
  readonly tracing: boolean
  /** Absent: nothing breaks. Plain data, so that threads can be told. */
  readonly faults?: KernelFaults
}

/** What breaks, known from the start; times in virtual µs. */
export interface KernelFaults {
  /**
   * A host dies: from then on none of its processes handles, emits or sends anything, what would reach it is dropped, and no injection finds it. What
   * was on its way from it arrives.
   */
  readonly deaths: readonly { readonly at: number; readonly host: number }[]
  /**
   * Between two hosts, either way, what is sent from `at` until before `until` leaves at `until`: in the order in which it was sent.
   */
  readonly cuts: readonly { readonly at: number; readonly until: number; readonly hosts: readonly [number, number] }[]
}

/** When a host dies; Infinity: never. */
export const deathOf = (faults: KernelFaults | undefined, host: number): number =>
  (faults?.deaths ?? []).reduce((first, death) => (death.host === host ? Math.min(first, death.at) : first), Infinity)

/**
 * Asked after each window, before anything that was sent in it leaves its thread: a promise holds it back until it is fulfilled. So a process may send
 * a message whose content is still to come from elsewhere, a disk, and fill it in meanwhile: nobody sees it half empty, and nothing depends on
 * how long that took. Rejects: the run is broken.
 */
export type Settle = () => Promise<void> | undefined

/** From outside, before or ahead of the simulated frontier: source address −1, so it comes first at its time. */
export interface Injection {
  readonly time: VirtualMicros
  readonly to: Address
  readonly message: Message
}

export type StopReason = 'until' | 'drained' | 'stopped'

export interface Kernel {
  /** `time` must not lie behind the frontier. Roots do nothing until something reaches them: a run begins with injections at 0. */
  inject(injection: Injection): void
  /** Runs whole rounds until no pending event lies before `until`; calls `onPage` once a round that emitted anything. */
  run(until: VirtualMicros, onPage: (page: EventPage) => void): Promise<{ readonly reason: StopReason; readonly frontier: VirtualMicros }>
  /** Asks a running `run` to return after the current round. */
  stop(): void
  dispose(): void
}
