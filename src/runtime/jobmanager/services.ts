import type { Address, Context } from '../../kernel/types'
import type { JobEnvironment, ThrowAtRecord } from '../deployment'
import type { HighAvailability } from './afterlife'
import type { FileClient } from './checkpoint/fileClient'
import type { Execution } from './execution'
import type { LiveGraph } from './liveGraph'
import type { ResourceManager } from './resourceManager'
import type { Timers } from './timers'

/** What the jobs of a cluster have in common. */
export interface JobServices {
  /** Whose configuration is the cluster's. */
  readonly environment: JobEnvironment
  readonly context: Context
  readonly timers: Timers
  readonly graph: LiveGraph
  readonly resourceManager: ResourceManager
  /** Of this JobManager, counted from 0: each begins with nothing but what high availability has kept. */
  readonly leadership: number
  /** null: nothing is kept for another JobManager. */
  readonly highAvailability: HighAvailability | null
  /** The way to the file system. */
  readonly files: FileClient
  /** What is to be thrown in attempts of a subtask that are deployed now. */
  throwAt(vertex: number): readonly ThrowAtRecord[]
  /** Where a task's process will live, never the same twice; null: the host's addresses are used up. */
  newAddress(host: number): Address | null
  /** Tells a task that runs what its operators cost since interventions changed it. */
  slowDown(execution: Execution): void
  /** The job is scheduled with another parallelism, by vertex of the job graph: everyone is told. */
  rescale(job: number, parallelism: readonly number[]): void
}
