/**
 * A scenario: the whole truth about one run. The same scenario gives the same trace, byte for byte.
 * This is the shape in memory, always of the newest version; what a link or file holds goes through `upgrades/` and `schema.ts` first.
 */
export interface Scenario {
  readonly version: 4
  readonly name: string
  /** The lesson it belongs to (`02-time/06-watermarks`), if it came from one. */
  readonly lesson?: string
  readonly program: { readonly language: 'typescript'; readonly text: string }
  /**
   * A plan from a cluster elsewhere, as JSON text: what `getExecutionPlan()` or `/jobs/:id/plan` gave. It is shown in place of the
   * program's; there is nothing in it that could run.
   */
  readonly plan?: string
  readonly topics: readonly Topic[]
  /** Systems outside of Flink that async functions ask by name; absent: none. */
  readonly services?: readonly Service[]
  readonly cluster: Cluster
  /** The file system as it is at the start: HDFS or S3, one for all; absent: the defaults. Interventions change it. */
  readonly fileSystem?: FileSystem
  /**
   * Files that are there at the start: a savepoint that the link brings along. By path, contents in base64url. What is not here but in the
   * browser's own file system is found by its path, too.
   */
  readonly files?: Readonly<Record<string, string>>
  /** Flink's own keys, values as text: what stands in flink-conf.yaml. */
  readonly configuration: Readonly<Record<string, string>>
  /** In order of time; equal times keep their order. */
  readonly interventions: readonly Intervention[]
  /** Whole, 0 … 2^32 − 1. */
  readonly seed: number
}

export interface Cluster {
  /** 1 … 64. Slots a TaskManager are `taskmanager.numberOfTaskSlots`. */
  readonly taskManagers: number
  /** One way, ms of virtual time, ≥ 1: also the lookahead of the kernel. Default 10. */
  readonly linkLatency: number
  /** Processing time at the start of the run, ms since the epoch, > 0. */
  readonly clockStart: number
  /** Virtual µs an operator spends on a record unless `tidemark.cost.<operator name>` says otherwise. Default 20. */
  readonly recordCost: number
}

export interface FileSystem {
  /** Virtual ms until a read or write has its first byte. Default 5. */
  readonly latency: number
  /** Bytes in a virtual ms, each request by itself. Default 100,000 (100 MB/s). */
  readonly bandwidth: number
  /** Bytes that fit; absent: any number. */
  readonly capacity?: number
}

/** A replayable partitioned log, filled from a table or a generator. */
export interface Topic {
  readonly name: string
  /** 1 … 128. */
  readonly partitions: number
  readonly table: Table
  /** Column with the event time (ms since the epoch or an ISO date); absent: records carry no timestamp of their own. */
  readonly eventTime?: string
  readonly arrival: Arrival
  /** Column whose text picks the partition by hash; absent: row i goes to partition i modulo partitions. */
  readonly partitionBy?: string
  /** Rows that their producer sent to a partition by its number, by row number. */
  readonly placed?: Readonly<Record<string, number>>
}

/**
 * A system outside of Flink that answers requests: what `ExternalService.named(name)` in a program reaches. It is a process of its own and
 * answers each request after its latency, whatever order they came in.
 */
export interface Service {
  readonly name: string
  /** ms of virtual time from a request's arrival to its answer; drawn evenly from `least` to `most`, by the scenario's seed. */
  readonly latency: { readonly least: number; readonly most: number }
  /** Requests that fail, of 1000; drawn by the scenario's seed. Absent: none. */
  readonly failing?: number
  /** What it knows: the answer to a key is the first row whose `key` column has it as text; null for a key that no row has. Absent: it echoes the key. */
  readonly table?: { readonly key: string; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
}

export type Arrival =
  /**
   * A column with the arrival's time on the data's own clock; `speed` data-ms pass in one ms of virtual time. What arrives at `first` of that
   * clock, or the earliest if that is absent, is there at `delay` ms; nothing before the start.
   */
  | { readonly by: 'column'; readonly column: string; readonly speed: number; readonly delay?: number; readonly first?: number }
  /**
   * A record each `every` ms of virtual time, row i the i-th; 0: all are there at the start. `moved`: rows that come at another time, by row
   * number, in ms of virtual time (fractions down to a µs).
   */
  | { readonly by: 'rate'; readonly every: number; readonly delay?: number; readonly moved?: Readonly<Record<string, number>> }

export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

export type Table =
  /** Data that ships with the app, `public/data/<file>.csv`, with edits on top, so that a link names it and does not copy it. */
  | { readonly from: 'app'; readonly file: string; readonly edits: readonly TableEdit[] }
  | {
      readonly from: 'inline'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly Cell[])[]
      /** Rows that were taken out, where the others keep their numbers and with them partition and arrival; absent: none. */
      readonly edits?: readonly TableEdit[]
    }
  | {
      readonly from: 'generator'
      readonly generator: string
      readonly params: Readonly<Record<string, number>>
      readonly edits: readonly TableEdit[]
    }

/** Row numbers are those of the original table; added rows come after it, in order of addition, and are numbered on. */
export type TableEdit =
  | { readonly op: 'set'; readonly row: number; readonly column: string; readonly value: Cell }
  | { readonly op: 'add'; readonly values: Row }
  | { readonly op: 'delete'; readonly row: number }

/** What a person does to the cluster, at a virtual time in µs. More kinds come with more of Flink. */
export type Intervention =
  /** Of one job; absent: the first. */
  | { readonly at: number; readonly do: 'cancel'; readonly job?: number }
  /** `taskmanager.sh start`: one more than there are, with the same number of slots. They are numbered on, in the order of these. */
  | { readonly at: number; readonly do: 'start-task-manager' }
  /** `taskmanager.sh stop`: it says goodbye; its tasks fail. `host` is the TaskManager's number, from 1. */
  | { readonly at: number; readonly do: 'stop-task-manager'; readonly host: number }
  | { readonly at: number; readonly do: 'slow'; readonly node: number; readonly subtask: number; readonly cost: number }
  /**
   * Whoever writes to a partition falls silent. What it would have written until `until` (virtual µs) is written then, in its order; without
   * `until` nothing is ever written to it again.
   */
  | { readonly at: number; readonly do: 'silence-partition'; readonly topic: string; readonly partition: number; readonly until?: number }
  /** What is written to a partition from now on comes that many virtual µs later than it would have; its order stays. */
  | { readonly at: number; readonly do: 'delay-partition'; readonly topic: string; readonly partition: number; readonly by: number }
  /** A hand on the processing-time clock of all machines: put forward by `forward` ms (≥ 0), and from now on running by itself or standing. */
  | { readonly at: number; readonly do: 'set-clock'; readonly running: boolean; readonly forward: number }
  /** `kill -9`: its worker ends, nothing is said to anyone. */
  | { readonly at: number; readonly do: 'kill-task-manager'; readonly host: number }
  /** The JobManager's process dies; another takes its place `downtime` virtual µs later, and has only what was kept elsewhere: with high availability that is the jobs. */
  | { readonly at: number; readonly do: 'kill-job-manager'; readonly downtime: number }
  /** A task ends with an exception that is nobody's fault. `vertex`: of the job graph. */
  | { readonly at: number; readonly do: 'fail-task'; readonly vertex: number; readonly subtask: number }
  /** An operator's function throws at the `record`-th (from 1) record that the subtask's operator gets from now on; the first `times` times (also after restarts) that one comes to so many. */
  | {
      readonly at: number
      readonly do: 'throw-at-record'
      readonly node: number
      readonly subtask: number
      readonly record: number
      readonly times: number
    }
  /** Nothing gets through between two hosts until `until` (virtual µs); connections break. */
  | { readonly at: number; readonly do: 'cut-link'; readonly hosts: readonly [number, number]; readonly until: number }
  /** The file system from now on: latency in ms, bytes in a ms, bytes that fit (null: any number), and whether each write fails. */
  | {
      readonly at: number
      readonly do: 'set-disk'
      readonly latency: number
      readonly bandwidth: number
      readonly capacity: number | null
      readonly failing: boolean
    }
  /** A table or topic that sinks write to takes and commits nothing until `until` (virtual µs). */
  | { readonly at: number; readonly do: 'system-outage'; readonly system: string; readonly until: number }
  /** A subtask declines each checkpoint until `until` (virtual µs): its asynchronous part fails. */
  | { readonly at: number; readonly do: 'decline-checkpoints'; readonly vertex: number; readonly subtask: number; readonly until: number }
  | { readonly at: number; readonly do: 'trigger-checkpoint'; readonly job?: number }
  /** `flink savepoint`. `directory`: that of the configuration if absent. Canonical unless `native`. */
  | { readonly at: number; readonly do: 'trigger-savepoint'; readonly job?: number; readonly directory?: string; readonly native?: boolean }
  /** `flink stop`. */
  | { readonly at: number; readonly do: 'stop-with-savepoint'; readonly job?: number; readonly drain: boolean; readonly directory?: string }

/** What the person has before their eyes. A link carries it beside the scenario. */
export interface Bookmark {
  /** Virtual µs. */
  readonly time: number
  readonly views: readonly string[]
  readonly selection?: Selection
  readonly pane?: 'lesson' | 'program' | 'events' | 'cluster'
  /** Step of the scenario's lesson, from 0, while its text is open. */
  readonly step?: number
  readonly note?: string
}

/** One thing in the cluster; all views show the same selection. Numbers are those of the ExecutionGraph. */
export type Selection =
  | { readonly kind: 'task'; readonly vertex: number }
  | { readonly kind: 'subtask'; readonly vertex: number; readonly subtask: number }
  | { readonly kind: 'channel'; readonly channel: number }
  /** An operator of the program: a node of the StreamGraph, by its id. */
  | { readonly kind: 'operator'; readonly node: number }
  /** What leads from one operator to another, by its place in StreamGraph.edges. */
  | { readonly kind: 'edge'; readonly edge: number }
  | { readonly kind: 'taskManager'; readonly host: number }
  | { readonly kind: 'slot'; readonly host: number; readonly slot: number }
  /** A record is known by the process that made it and its number there (see trace/kinds). */
  | { readonly kind: 'record'; readonly origin: number; readonly number: number }
  | { readonly kind: 'window'; readonly process: number; readonly window: number }
  /** A partition as a source reads it; `node` is the source's. */
  | { readonly kind: 'partition'; readonly node: number; readonly partition: number }
  /** `key` and `window` (−1: none) are numbers of the process (see trace/kinds); `time` is the timer's, in ms. */
  | {
      readonly kind: 'timer'
      readonly process: number
      readonly node: number
      readonly key: number
      readonly domain: 'event' | 'processing'
      readonly window: number
      readonly time: number
    }
  | { readonly kind: 'event'; readonly index: number }
  | { readonly kind: 'key'; readonly key: string }

/** What a link shows before it has run: names only, from whoever made the link; never trusted, never executed. */
export interface PlanSketch {
  readonly vertices: readonly { readonly name: string; readonly parallelism: number }[]
  readonly edges: readonly (readonly [from: number, to: number, partitioner: string])[]
}

/** A topic with its rows in hand: what the simulated log holds. */
export interface ResolvedTopic {
  readonly name: string
  readonly columns: readonly string[]
  readonly partitions: readonly (readonly TopicRecord[])[]
  /**
   * By partition: virtual µs from which on it is known that its last record was the last (`withInterventions`), whatever its table holds
   * beyond; null or absent: from the last record on.
   */
  readonly ends?: readonly (number | null)[]
}
export interface TopicRecord {
  readonly value: Row
  /** Event time in ms, null without one. */
  readonly timestamp: number | null
  /** Virtual µs at which it can be read; ascending in a partition. */
  readonly arrival: number
  /** Row number in the table it came from, for the Events pane. */
  readonly row: number
}
