import type { ExecutionGraph, StreamGraph } from '../graph/types'
import type { Problem } from '../core/problem'
import type { Intervention } from '../scenario/types'

/** What a trace says before its first event: everything a view needs beside events. Plain data. */
export interface TraceHeader {
  readonly scenarioHash: string
  readonly streamGraph: StreamGraph
  readonly executionGraph: ExecutionGraph
  /** Kernel hosts by number: 0 the JobManager, then the TaskManagers, then external systems. */
  readonly hosts: readonly {
    readonly host: number
    readonly name: string
    readonly kind: 'jobmanager' | 'taskmanager' | 'external'
    readonly slots: number
    /** Virtual µs at which it is started; absent: it is there from the beginning. */
    readonly startsAt?: number
  }[]
  readonly topics: readonly { readonly name: string; readonly partitions: number; readonly records: number }[]
  /** Processing time at virtual time 0, ms since the epoch. */
  readonly clockStart: number
  /** One way, µs, between any two processes. */
  readonly linkLatency: number
  readonly warnings: readonly Problem[]
  /** What the person does to the cluster: the scenario's, which Intervention events count through. Absent: not told. */
  readonly interventions?: readonly Intervention[]
}

/** One event, read in place: valid until the reader moves on. Columns as declared in kinds.ts. */
export interface TraceEvent {
  readonly index: number
  readonly time: number
  readonly process: number
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly x: number
  /** The payload's bytes, a view into the trace: copy what you keep. */
  payload(): Uint8Array
  /** The payload decoded as a value (core/values). */
  value(): unknown
  /** The payload decoded as UTF-8. */
  text(): string
}

/**
 * A view's state is a fold over a prefix of the trace. `apply` changes the state in place; `clone` makes a keyframe:
 * it may share what is never changed again (append-only lists share their tail and keep a length).
 */
export interface Fold<S> {
  init(header: TraceHeader): S
  apply(state: S, event: TraceEvent): void
  clone(state: S): S
  /** Rough size of a clone in bytes, for the keyframes' budget. */
  size(state: S): number
}
