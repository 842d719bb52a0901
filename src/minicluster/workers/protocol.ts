import type { PackedPage } from '../../kernel/wire'
import type { HostSpec, Injection, KernelFaults, StopReason } from '../../kernel/types'

/** What a thread is told before the first round. Plain data and ports: it crosses by structured clone. */
export interface ThreadSetUp {
  readonly seed: number
  readonly lookahead: number
  readonly tracing: boolean
  readonly faults: KernelFaults
  readonly hosts: readonly HostSpec[]
  /** From host to host, µs; `latencies[from][to]`, by host number. */
  readonly latencies: readonly (readonly number[])[]
  /** Thread of each host, by host number. Thread 0 also leads the rounds. */
  readonly threadOf: readonly number[]
  readonly thread: number
  /** What `createRoot` gets for each host of this thread, by host number. */
  readonly inputs: Readonly<Record<number, unknown>>
  /** Data plane: a port to each other thread, by thread number; null for itself. */
  readonly peers: readonly (MessagePort | null)[]
  /** Grants and reports: on thread 0 a port to each other thread (null for itself), elsewhere one to thread 0. */
  readonly rounds: readonly (MessagePort | null)[]
  /** Where thread 0 puts finished pages; null elsewhere. */
  readonly pages: MessagePort | null
  /** Where the files of this thread's file system lie (files/protocol); null: in its memory. */
  readonly files: MessagePort | null
  /** Where the thread says, in the midst of a long window, that it comes forward: any message will do. */
  readonly pulse: MessagePort
}

/** Control plane of every thread, through Comlink. */
export interface ThreadApi {
  setUp(setUp: ThreadSetUp): void
  /** Answers when the thread gets to it: silence means that it is caught in somebody's code. */
  ping(): void
}

/** Control plane of thread 0. */
export interface LeaderApi extends ThreadApi {
  inject(injections: readonly Injection[]): void
  run(until: number): Promise<RunResult>
  stop(): void
}

export type RunResult = {
  /** How many pages went out on the pages' port since the start: the answer may overtake them. */
  readonly pages: number
} & (
  | { readonly reason: StopReason; readonly frontier: number }
  | { readonly failed: { readonly name: string; readonly message: string; readonly stack: string; readonly flood?: Flood } }
)
export interface Flood {
  readonly process: number
  readonly what: 'events' | 'messages'
  readonly count: number
}

/** Messages on the pages' port: pages, or that nothing will be asked of a thread any more, because all its hosts have died. */
export type PagesMessage = readonly PackedPage[] | { readonly dead: number }
