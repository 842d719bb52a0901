import type { Problem } from '../core/problem'

/** What an operator does: the name of its implementation in the runtime's registry, and plain parameters. Functions stay with the program. */
export interface OperatorDescriptor {
  readonly kind: string
  readonly params: Readonly<Record<string, Plain>>
}
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain }

export type ChainingStrategy = 'ALWAYS' | 'HEAD' | 'HEAD_WITH_SOURCES' | 'NEVER'
export type PartitionerName = 'FORWARD' | 'REBALANCE' | 'RESCALE' | 'SHUFFLE' | 'GLOBAL' | 'BROADCAST' | 'HASH' | 'CUSTOM'
export type ExchangeMode = 'PIPELINED' | 'BATCH' | 'UNDEFINED'

export interface PartitionerDescriptor {
  readonly name: PartitionerName
  /** The transformation (keyBy, partitionCustom) that holds the selector: functions are asked of the program by this id. */
  readonly transformation?: number
  /** Nobody chose it, and the adaptive batch scheduler may yet: FORWARD inside a chain, RESCALE between tasks (G-3). */
  readonly unspecified?: true
}

/** One operator of the program; mirrors org.apache.flink.streaming.api.graph.StreamNode. Ids are transformation ids (G-1). */
export interface StreamNode {
  readonly id: number
  /** With Flink's prefixes, `Source: flights`, `Sink: Print to Std. Out`, `out: Writer`. */
  readonly name: string
  readonly description: string
  readonly role: 'source' | 'operator' | 'sink'
  readonly operator: OperatorDescriptor
  readonly parallelism: number
  /** The program asked for this parallelism at this operator; what it did not ask for, the adaptive batch scheduler decides. */
  readonly parallelismConfigured?: true
  /** −1: not set. */
  readonly maxParallelism: number
  readonly slotSharingGroup: string
  /** Who says so: the program by name, the inputs that agree on another than default, or nobody (G-8). Absent: not known, as in a plan from elsewhere. */
  readonly slotSharingGroupBy?: 'explicit' | 'inherited' | 'default'
  readonly coLocationGroup?: string
  /** null: no operator factory (iteration heads and tails). */
  readonly chaining: ChainingStrategy | null
  /** ms; −1: only full buffers are sent. */
  readonly bufferTimeout: number
  readonly uid?: string
  readonly uidHash?: string
  /** Transformation ids whose `keySelector` keys input 0, 1, …; null where the input is not keyed. Empty for sources. */
  readonly keyedBy: readonly (number | null)[]
  /** Line of the call in the program that made it; absent for programs without text. */
  readonly line?: number
  /** The method that was called there: `map`, `sum`, `print`; several nodes of one `sinkTo` or `join` have it in common. */
  readonly call?: string
  /** Absent: none of them. */
  readonly traits?: NodeTraits
}

/** What the rules of chaining and exchange ask of an operator beside its strategy. */
export interface NodeTraits {
  /** Whose will the chaining strategy is: the program's (`startNewChain`, `disableChaining`), or the sorting of keyed inputs (G-21). Absent: the operator's own. */
  readonly chainingBy?: 'program' | 'sorted-inputs'
  /** Needs the task's mailbox: not behind a legacy source (G-17.5). */
  readonly yielding?: true
  readonly source?: 'flip27' | 'legacy'
  /** What it gives is blocking even in streaming (G-27). */
  readonly outputOnlyAfterEndOfStream?: true
  /** A sink of the old kind or an iteration's tail: `Data Sink` in an execution plan (P-1). */
  readonly dataSink?: true
}

export interface StreamEdge {
  readonly from: number
  readonly to: number
  /** Position among the out-edges of `from`. */
  readonly out: number
  /** 0 for one-input operators and unions, 1… for several inputs (G-5). */
  readonly typeNumber: number
  readonly partitioner: PartitionerDescriptor
  readonly exchangeMode: ExchangeMode
  /** Line and method of the call (`keyBy`, `rebalance`, …) that chose the partitioner; absent where nobody did (G-3). */
  readonly line?: number
  readonly call?: string
  readonly outputTag?: string
  /** Whether unaligned checkpoints may be taken on it (G-15). */
  readonly unaligned: boolean
}

export interface StreamGraph {
  readonly jobName: string
  readonly jobType: 'STREAMING' | 'BATCH'
  readonly nodes: readonly StreamNode[]
  readonly edges: readonly StreamEdge[]
  readonly chainingEnabled: boolean
  readonly chainDifferentMaxParallelism: boolean
  /** In a union of several jobs: what each set for its own nodes, of which there are `nodes` one behind the other. Absent: one job. */
  readonly parts?: readonly {
    readonly nodes: number
    readonly chainingEnabled: boolean
    readonly chainDifferentMaxParallelism: boolean
  }[]
  /** For the adaptive batch scheduler, which decides parallelism while the job runs. */
  readonly dynamic?: true
  /** Batch with resources for slot sharing groups: every exchange is blocking, whatever the shuffle mode. */
  readonly allExchangesBlocking?: true
  /** Everything the program set by `env.…` that the runtime reads, under Flink's keys; program beats cluster. */
  readonly configuration: Readonly<Record<string, string>>
  /** What must be said about the program's settings; absent: nothing. */
  readonly warnings?: readonly Problem[]
}

/**
 * A clause of G-17 that keeps an edge out of a chain, with what a sentence about it and a way out need:
 * `several-inputs` operator, node, inputs; `slot-sharing-group` up, down (groups); `no-operator` operator, node;
 * `yielding-behind-legacy-source` operator, node, source, sourceNode; `upstream-never`, `downstream-head`, `downstream-never`
 * operator, node, strategy, by (`program`, `operator`, `sorted-inputs`); `parallelism` and `max-parallelism` up, down (−1: not set);
 * `partitioner` partitioner, and call and line where the program has one; `exchange-mode` mode. Nodes are ids, operators names.
 */
export interface ChainBreak {
  readonly rule:
    | 'several-inputs'
    | 'chaining-disabled'
    | 'slot-sharing-group'
    | 'no-operator'
    | 'yielding-behind-legacy-source'
    | 'upstream-never'
    | 'downstream-head'
    | 'downstream-never'
    | 'parallelism'
    | 'max-parallelism'
    | 'partitioner'
    | 'exchange-mode'
  readonly args: Readonly<Record<string, string | number>>
}

export interface ChainedOperator {
  readonly node: number
  /** 32 hex digits (G-29). */
  readonly operatorId: string
  /** Chained out-edges, as targets' node ids with the edge's output tag, in out-edge order. */
  readonly outputs: readonly { readonly node: number; readonly outputTag?: string }[]
}

/** A task: mirrors org.apache.flink.runtime.jobgraph.JobVertex. `index` is its topological position (P-3). */
export interface JobVertex {
  readonly index: number
  /** Whose it is: its place in `JobGraph.jobs`. */
  readonly job: number
  readonly id: string
  readonly name: string
  readonly description: string
  /** −1: the adaptive batch scheduler decides it while the job runs. */
  readonly parallelism: number
  /** What the scheduler uses (K-1, K-2). */
  readonly maxParallelism: number
  /** The program set the max parallelism; absent: it is derived (K-1), and a checkpoint's wins over it. */
  readonly maxParallelismConfigured?: true
  readonly slotSharingGroup: string
  readonly coLocationGroup?: string
  /** Head first, pre-order. */
  readonly chain: readonly ChainedOperator[]
  /** Sources that the head takes in as inputs, by input order (G-18); absent: none. */
  readonly chainedSources?: readonly ChainedOperator[]
}

export type ResultType = 'PIPELINED_BOUNDED' | 'BLOCKING' | 'HYBRID_FULL' | 'HYBRID_SELECTIVE'

export interface JobEdge {
  readonly index: number
  readonly fromVertex: number
  readonly toVertex: number
  /** The stream edge that it is. */
  readonly from: number
  readonly to: number
  readonly typeNumber: number
  readonly partitioner: PartitionerDescriptor
  readonly outputTag?: string
  readonly resultType: ResultType
  readonly unaligned: boolean
  readonly bufferTimeout: number
  /** Of all clauses that fail the one to mend first; `GraphIndex.chainBreaks` knows the others. */
  readonly reason: ChainBreak
  /** Which of the producer's results it reads; several edges may read one blocking result. */
  readonly result?: number
}

/** One job of a program: each `execute()` or `executeAsync()` is one. */
export interface JobInfo {
  readonly name: string
  readonly type: 'STREAMING' | 'BATCH'
  /** `execute()` waits for the end of its job, so what comes behind it in the program is submitted only then; `executeAsync()` does not. */
  readonly submission: 'attached' | 'detached'
  /** Its vertices are `firstVertex` … `firstVertex + vertices − 1`. */
  readonly firstVertex: number
  readonly vertices: number
  /** What its environment set, under Flink's keys; beats the cluster's. */
  readonly configuration: Readonly<Record<string, string>>
}

/** All jobs of a program side by side (`unionOf`): vertices and edges are numbered through. */
export interface JobGraph {
  /** Of the first job. */
  readonly jobName: string
  readonly jobType: 'STREAMING' | 'BATCH'
  /** In order of submission; at least one. */
  readonly jobs: readonly JobInfo[]
  readonly vertices: readonly JobVertex[]
  readonly edges: readonly JobEdge[]
  readonly configuration: Readonly<Record<string, string>>
  /** Vertices of parallelism −1 are undecided. */
  readonly dynamic?: true
  /** The vertices' indices in the order in which Flink made them: usually downstream first (G-22, P-2). */
  readonly creationOrder?: readonly number[]
}

/**
 * A parallel instance of a job vertex; mirrors ExecutionVertex. `index` numbers all subtasks: vertex by vertex, subtask by subtask;
 * a graph that is made anew with another parallelism (`rescaled`) appends to those that were.
 */
export interface ExecutionVertex {
  readonly index: number
  readonly vertex: number
  readonly subtask: number
  /** Of its vertex in this generation. */
  readonly parallelism: number
  /** Which execution graph of its job it belongs to, from 0. */
  readonly generation: number
  /** Slots that may be shared carry one number (S-2), before any TaskManager is chosen. */
  readonly sharedSlot: number
}

/** One channel: subpartition of the producer, input channel of the consumer. `id` is its place in `ExecutionGraph.channels`. */
export interface Channel {
  readonly id: number
  readonly edge: number
  readonly from: number
  readonly to: number
  /** Which subpartition of the producer's result partition for this edge. */
  readonly subpartition: number
  /** Which channel of the consumer's input gate (one gate for each job edge into the vertex, in job edge order). */
  readonly inputChannel: number
}

/** The job graph in parallel. Only the last generation of a job is alive; the ones before it are kept so that numbers never change their meaning. */
export interface ExecutionGraph {
  readonly job: JobGraph
  /** By job: the generation that is alive. */
  readonly generations: readonly number[]
  readonly vertices: readonly ExecutionVertex[]
  readonly channels: readonly Channel[]
  readonly sharedSlots: number
  /**
   * More subtasks or channels than can be simulated: how many there would be. `channels` is then empty, and above 200 000 subtasks
   * `vertices` too; graphs and required slots are right all the same, and only a run is refused.
   */
  readonly tooLarge?: { readonly subtasks: number; readonly channels: number }
}

/** All three of all jobs, and what must be said about them before anything runs. */
export interface Plan {
  readonly streamGraph: StreamGraph
  readonly jobGraph: JobGraph
  readonly executionGraph: ExecutionGraph
  readonly warnings: readonly Problem[]
}
