import type { Configuration } from '../core/configuration'
import type { FaultSettings } from '../core/faults'
import { isAlive, isJobManagerUp, leavesAt } from '../core/faults'
import { HeartbeatManagerOptions } from '../core/options'
import { JOB_MANAGER_HOST } from './deployment'

const MICROS_PER_MILLI = 1000

/**
 * Heartbeats between the JobManager and its TaskManagers. None is sent: as long as nothing breaks nothing comes of them, and a run would never be over. Once
 * something has broken, each side works out from what has broken so far when it last heard of the other. Times in virtual µs.
 */
export class Heartbeats {
  readonly interval: number
  readonly timeout: number
  /** Heartbeats refused in a row that make a process unreachable; ≤ 0: any number is borne. */
  readonly threshold: number

  constructor(
    configuration: Configuration,
    private readonly faults: FaultSettings,
    readonly latency: number,
  ) {
    this.interval = Math.max(1, configuration.get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL) * MICROS_PER_MILLI)
    this.timeout = configuration.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT) * MICROS_PER_MILLI
    this.threshold = configuration.get(HeartbeatManagerOptions.HEARTBEAT_RPC_FAILURE_THRESHOLD)
  }

  /** The first heartbeat of the JobManager at or after `now`. `from`: its very first. */
  nextAt(from: number, now: number): number {
    return from + Math.ceil(Math.max(0, now - from) / this.interval) * this.interval
  }

  /** When a TaskManager that registered at `since` last heard of the JobManager that began at `from`. */
  heardByTaskManager(host: number, from: number, since: number, now: number): number {
    return this.lastOf(from, since, now, (tick) =>
      isJobManagerUp(this.faults, tick) ? leavesAt(this.faults, JOB_MANAGER_HOST, host, tick) + this.latency : null,
    )
  }

  /** When the JobManager that began at `from` last had an answer of a TaskManager that registered at `since`. */
  heardByJobManager(host: number, from: number, since: number, now: number): number {
    return this.lastOf(from, since, now, (tick) => {
      const asked = leavesAt(this.faults, JOB_MANAGER_HOST, host, tick) + this.latency
      return isAlive(this.faults, host, asked) ? leavesAt(this.faults, host, JOB_MANAGER_HOST, asked) + this.latency : null
    })
  }

  /** The last arrival up to `now` of a heartbeat from `since` on. */
  private lastOf(from: number, since: number, now: number, arrival: (tick: number) => number | null): number {
    const first = this.nextAt(from, since)
    for (let tick = from + Math.floor((now - from) / this.interval) * this.interval; tick >= first; tick -= this.interval) {
      const heard = arrival(tick)
      if (heard !== null && heard <= now) return Math.max(since, heard)
    }
    return since
  }
}
