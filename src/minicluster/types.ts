import type { CompiledProgram } from '../client/types'
import type { EventPage } from '../core/page'
import type { Problem } from '../core/problem'
import type { FileStore } from '../runtime/external/fileStore'
import type { FileAtStart } from '../runtime/external/fileSystem'
import type { ResolvedTopic, Scenario } from '../scenario/types'
import type { TraceHeader } from '../trace/types'

export type { CompiledProgram }

export interface RunRequest {
  readonly scenario: Scenario
  readonly compiled: CompiledProgram
  readonly topics: readonly ResolvedTopic[]
  /** Where its files lie, and what is there before it; absent: in memory, and what the scenario brings along. */
  readonly files?: RunFiles
  /** False: only what a client would see (job status, task states, sinks, problems) is in the trace. */
  readonly tracing: boolean
}

/** The file system of one run, as the machine that it runs on has it. */
export interface RunFiles {
  /** Files that a restore from the path may read (core/paths), without their bytes: the store has those. Empty: nothing is there. */
  found(path: string): Promise<readonly FileAtStart[]>
  /** For processes on the calling thread; absent: only `port` leads there. */
  readonly store?: FileStore
  /** For another thread: speaks files/protocol. Absent: the calling thread serves it from `store`. `configuration`: the job's, with the program's own. */
  port?(configuration: Readonly<Record<string, string>>): MessagePort
  /** Nothing will be asked of it any more. */
  close?(): void
}

export type RunEnd =
  /** Simulated up to the asked time; there is more to come. */
  | { readonly state: 'paused' }
  /** Nothing will ever happen again: the job reached a terminal state. */
  | { readonly state: 'ended' }
  /** The sandbox had to be torn down: user code that does not return, takes all memory, floods. What was simulated stays. */
  | { readonly state: 'broken'; readonly problem: Problem }

export interface Run {
  readonly header: TraceHeader
  /** What was planned cannot be simulated: `advance` says why, and no event ever comes. */
  readonly refused?: true
  /** Simulates on until virtual µs `until`; pages come in order through `onPage`. One call at a time. */
  advance(until: number, onPage: (page: EventPage) => void): Promise<RunEnd & { readonly frontier: number }>
  /** Makes a running `advance` return soon with `paused`. */
  pause(): void
  dispose(): void
}

/** Evaluates the program's main part, plans the job, sets the cluster up; rejects with ProblemError for what the user can mend. */
export type StartRun = (request: RunRequest) => Promise<Run>
