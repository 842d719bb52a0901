import { isAlive, isCut } from '../../core/faults'
import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { JobEnvironment } from '../deployment'
import { JOB_MANAGER_HOST } from '../deployment'
import { Heartbeats } from '../heartbeats'
import type { Failure } from '../messages'
import type { Timers } from './timers'

const MICROS_PER_MILLI = 1000

/** Mirrors JobMaster.TaskManagerHeartbeatListener. */
const unreachable = (host: number): Failure => ({
  className: 'org.apache.flink.runtime.jobmaster.JobMasterException',
  message: `TaskManager with id taskmanager-${host} is no longer reachable.`,
})
const timedOut = (host: number): Failure => ({
  className: 'java.util.concurrent.TimeoutException',
  message: `Heartbeat of TaskManager with id taskmanager-${host} timed out.`,
})

interface Monitor {
  /** µs: when it registered. */
  readonly since: number
  refused: number
  /** Somebody looks already whether its time is over. */
  looking: boolean
}

/**
 * When the JobManager gives a TaskManager up. Mirrors HeartbeatManagerSenderImpl and DefaultHeartbeatMonitor of JobMaster and ResourceManager, whose
 * heartbeats go at the same times here. A dead process refuses the connection: so many refusals in a row make it unreachable. Behind a cut link nothing answers:
 * the timeout counts.
 */
export class HeartbeatMonitors {
  private readonly heartbeats: Heartbeats
  private readonly monitors = new Map<number, Monitor>()

  constructor(
    private readonly environment: JobEnvironment,
    /** µs of the first heartbeat. */
    readonly from: number,
    private readonly context: () => Context,
    private readonly timers: Timers,
    private readonly onLost: (host: number, cause: Failure) => void,
  ) {
    this.heartbeats = new Heartbeats(environment.configuration, environment.faults, environment.linkLatency)
  }

  register(host: number): void {
    const monitor: Monitor = { since: this.context().now, refused: 0, looking: false }
    this.monitors.set(host, monitor)
    if (this.isBroken(host)) this.broken(host)
  }

  unregister(host: number): void {
    this.monitors.delete(host)
  }

  /** The process has died, or the link to it is cut: from now on heartbeats may be missed. */
  broken(host: number): void {
    const monitor = this.monitors.get(host)
    if (monitor === undefined) return
    const { now } = this.context()
    if (!isAlive(this.environment.faults, host, now)) this.askAt(host, monitor, this.heartbeats.nextAt(this.from, now))
    if (!monitor.looking) this.look(host, monitor)
  }

  private isBroken(host: number): boolean {
    const { faults } = this.environment
    const { now } = this.context()
    return !isAlive(faults, host, now) || isCut(faults, JOB_MANAGER_HOST, host, now)
  }

  private after(micros: number, action: () => void): void {
    this.timers.after(micros / MICROS_PER_MILLI, action)
  }

  /** Of a process that is no more: the heartbeat at `tick` comes back as refused, unless the link is cut as well. */
  private askAt(host: number, monitor: Monitor, tick: number): void {
    const { interval, latency, threshold } = this.heartbeats
    const { faults } = this.environment
    if (threshold <= 0) return
    this.after(tick + 2 * latency - this.context().now, () => {
      if (this.monitors.get(host) !== monitor) return
      if (!isCut(faults, JOB_MANAGER_HOST, host, tick)) {
        monitor.refused++
        this.missed(host, monitor)
        if (monitor.refused >= threshold) return this.lose(host, unreachable(host))
      }
      this.askAt(host, monitor, tick + interval)
    })
  }

  /** Gives it up when its time is over; looks again then, as long as something is broken. */
  private look(host: number, monitor: Monitor): void {
    monitor.looking = false
    if (this.monitors.get(host) !== monitor) return
    const left = this.heard(host, monitor) + this.heartbeats.timeout - this.context().now
    if (left <= 0) {
      this.missed(host, monitor)
      return this.lose(host, timedOut(host))
    }
    if (!this.isBroken(host)) return
    monitor.looking = true
    this.after(left, () => this.look(host, monitor))
  }

  private heard(host: number, { since }: Monitor): number {
    return this.heartbeats.heardByJobManager(host, this.from, since, this.context().now)
  }

  private missed(host: number, monitor: Monitor): void {
    const silent = Math.round((this.context().now - this.heard(host, monitor)) / MICROS_PER_MILLI)
    this.context().emit(TraceKind.HeartbeatMissed, host, silent, 0, 0, NaN)
  }

  private lose(host: number, cause: Failure): void {
    this.monitors.delete(host)
    this.onLost(host, cause)
  }
}
