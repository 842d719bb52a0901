import { Configuration } from '../core/configuration'
import type { FaultSettings } from '../core/faults'
import type { ProcessingClock } from '../core/processingClock'
import type { ExecutionGraph, StreamGraph } from '../graph/types'
import type { Address } from '../kernel/types'
import type { TaskRestore } from './checkpoint/types'

/** One attempt of one subtask, as the JobManager hands it to a TaskManager. Mirrors TaskDeploymentDescriptor. */
export interface TaskDeployment {
  /** Index in ExecutionGraph.vertices. */
  readonly execution: number
  readonly attempt: number
  /** Where the task's process is to live: on the TaskManager's host. */
  readonly address: Address
  readonly slot: number
  /** Addresses of the producers of its input channels, by channel number. */
  readonly producers: Readonly<Record<number, Address>>
  /** Absent: it begins from nothing. */
  readonly restore?: TaskRestore
  /** Absent: nothing is thrown on purpose. */
  readonly throwAt?: readonly ThrowAtRecord[]
  /** By vertex of the job graph: where a checkpoint's max parallelism wins over the one that was derived (K-2). Absent: nowhere. */
  readonly maxParallelism?: readonly (readonly [vertex: number, maxParallelism: number])[]
}

/** A record at which an operator's function throws, because an intervention has it so. */
export interface ThrowAtRecord {
  readonly intervention: number
  readonly node: number
  /** From 1: of those that the operator gets from now on; of a source, of those that it emits. */
  readonly record: number
}

/** A line that the program's main part printed on the client. */
export interface MainLine {
  readonly line: string
  /** Jobs that it had submitted by then. */
  readonly submitted: number
}

/** What a program looks like from inside the cluster (the client's `ProgramWorld` fits). */
export interface World {
  readonly configuration: Configuration
  readonly services?: readonly string[]
  now(): number
  nextUint32(): number
  print(line: string): void
}

/** The program as each TaskManager has it: text to evaluate again for each subtask, as Flink ships a jar. Injected, so that the runtime knows no client. */
export interface ProgramCode {
  /** One evaluation: this subtask's own function instances, by transformation. */
  evaluate(world: World): { functionsOf(transformation: number): Readonly<Record<string, unknown>> }
  /** The program's line on top of the stack of something thrown in it. */
  lineOf(thrown: unknown): number | undefined
}

/** What every process of a run knows: from the start, the same on all hosts; a task, what its job's own configuration and its graph make of that. */
export interface JobEnvironment {
  readonly streamGraph: StreamGraph
  /** Of all jobs; a task's is that of the moment when it was deployed. */
  readonly executionGraph: ExecutionGraph
  /** What the program was submitted with: the cluster's configuration, the program's own settings left out. */
  readonly submitted: Configuration
  /** The cluster's configuration; a task's has its job's own settings on top. */
  readonly configuration: Configuration
  /** The scenario's. */
  readonly seed: number
  /** What the run is known by, interventions left out: the same names for the same run (job ids, paths). */
  readonly run: string
  /** False: only what a client would see is written to the trace. */
  readonly tracing: boolean
  /** Processing time of all machines. */
  readonly clock: ProcessingClock
  /** Virtual µs from host to host. */
  readonly linkLatency: number
  /** Virtual µs an operator spends on a record by default. */
  readonly recordCost: number
  /** Topics of the replayable log, by name: the number of partitions. */
  readonly topics: Readonly<Record<string, number>>
  /** Root process of the replayable log. */
  readonly log: Address
  /** The file system, where checkpoints and file sinks write: a process on the log's host. */
  readonly fileSystem: Address
  /** Tables and topics that sinks write to: a process on the log's host. */
  readonly outside: Address
  /** What interventions break: everyone may work it out, with the moment at hand. */
  readonly faults: FaultSettings
  /** Processes of the external services, by name. */
  readonly services: Readonly<Record<string, Address>>
  readonly program: ProgramCode
}

/** The graph in which some vertices have another max parallelism. */
export function withMaxParallelism(graph: ExecutionGraph, maxParallelism: ReadonlyMap<number, number>): ExecutionGraph {
  const vertices = graph.job.vertices.map((vertex) => ({
    ...vertex,
    maxParallelism: maxParallelism.get(vertex.index) ?? vertex.maxParallelism,
  }))
  return { ...graph, job: { ...graph.job, vertices } }
}

/** What the tasks of one job see. */
export function environmentOfJob(environment: JobEnvironment, job: number): JobEnvironment {
  const own = Configuration.fromMap(environment.executionGraph.job.jobs[job]!.configuration)
  return { ...environment, configuration: environment.submitted.merge(own) }
}

export const JOB_MANAGER_HOST = 0

/** Stream of the generator behind the Math.random of a program's main part: no process has this address. */
export const CLIENT_STREAM = 0xffffffff
