import type { Configuration } from '../../core/configuration'
import { HighAvailabilityOptions } from '../../core/options'
import type { Address } from '../../kernel/types'
import { HOST_STRIDE, addressOf, hostOf } from '../../kernel/types'
import type { ExecutionGraph } from '../../graph/types'
import type { ControlMessage, Intervene } from '../messages'
import { LiveGraph } from './liveGraph'
import type { Throwing } from './taskFaults'

/** What ZooKeeper or Kubernetes and `high-availability.storageDir` keep: the jobs, and what each job's checkpoint coordinator keeps there of its own. */
export class HighAvailability {
  /** Jobs that the program has submitted. */
  submitted = 0
  /** Lines that its main part has printed by then. */
  printed = 0
  /** Jobs that are over for good. Mirrors JobResultStore. */
  readonly ended = new Set<number>()
  /** By job: completed checkpoints and the counter of their ids. Mirrors CheckpointRecoveryFactory. */
  readonly checkpoints = new Map<number, unknown>()
}

/** A mode without a place to keep things in is refused (scenario/checks). */
export const isHighlyAvailable = (configuration: Configuration): boolean =>
  configuration.get(HighAvailabilityOptions.HA_MODE).trim().toLowerCase() !== 'none' &&
  configuration.get(HighAvailabilityOptions.HA_STORAGE_PATH) !== undefined

/**
 * What is left of a JobManager for the next one: what high availability keeps, and the bookkeeping of the simulation, in which numbers of subtasks and
 * addresses of processes mean one thing for ever.
 */
export class Afterlife {
  /** Of the JobManager, counted from 0. */
  leadership = 0
  readonly graph: LiveGraph
  /** Graphs that were made anew, in order. */
  readonly rescales: ControlMessage[] = []
  /** TaskManagers that have ever registered. */
  readonly hosts = new Set<number>()
  /** Hands laid on operators and tasks: who lays them does not die with the JobManager. */
  readonly slowed: Extract<Intervene['action'], { do: 'slow' }>[] = []
  readonly throwing: Throwing[] = []
  /** null: nothing is kept. */
  readonly highAvailability: HighAvailability | null
  private readonly nextIndex = new Map<number, number>()
  /** By host: processes with a smaller number are not the business of whoever leads now. */
  private readonly floor = new Map<number, number>()

  constructor(graph: ExecutionGraph, configuration: Configuration) {
    this.graph = new LiveGraph(graph)
    this.highAvailability = isHighlyAvailable(configuration) ? new HighAvailability() : null
  }

  /** Where a new process will live; null: the host's addresses are used up. */
  newAddress(host: number): Address | null {
    const index = this.nextIndex.get(host) ?? 1
    if (index === HOST_STRIDE) return null
    this.nextIndex.set(host, index + 1)
    return addressOf(host, index)
  }

  /** What has run there until now has nothing to say any more. */
  forget(host: number): void {
    this.floor.set(host, this.nextIndex.get(host) ?? 1)
  }

  isForgotten(task: Address): boolean {
    const host = hostOf(task)
    return task % HOST_STRIDE > 0 && task % HOST_STRIDE < (this.floor.get(host) ?? 0)
  }

  /** The JobManager has died; another begins. */
  nextLeader(): void {
    this.leadership++
    for (const host of this.hosts) this.forget(host)
  }
}
