import { isCut, isJobManagerUp } from '../../core/faults'
import { addressOf, hostOf } from '../../kernel/types'
import type { Context, Message } from '../../kernel/types'
import type { JobEnvironment } from '../deployment'
import { JOB_MANAGER_HOST } from '../deployment'
import { Heartbeats } from '../heartbeats'
import type { TaskManagerRegisteredAgain } from '../messages'
import { control } from '../messages'

/** A TaskManager's mail to itself. */
export type LeaderMail = { readonly type: 'look-for-leader' } | { readonly type: 'register-again' }
const LOOK: LeaderMail = { type: 'look-for-leader' }
const AGAIN: LeaderMail = { type: 'register-again' }

const JOB_MANAGER = addressOf(JOB_MANAGER_HOST, 0)
/** `cluster.registration.error-delay` and `taskmanager.registration.timeout`, µs. */
const ERROR_DELAY = 10_000_000
const REGISTRATION_TIMEOUT = 300_000_000

/**
 * A TaskManager's connection to the JobManager. Mirrors, of TaskExecutor, the heartbeat from JobManager and ResourceManager, and RetryingRegistration: one that
 * has heard nothing for `heartbeat.timeout` gives the JobManager up and registers anew, again and again, until there is one that answers; after five minutes it
 * ends itself.
 */
export class LeaderConnection {
  private readonly heartbeats: Heartbeats
  private connected = true
  private looking = false
  /** How often it has registered before. */
  private before = 0
  /** µs: since when it is connected, and of its JobManager's first heartbeat; since when it is not. */
  private since = 0
  private heartbeatsFrom = 0
  private lostAt = 0

  constructor(
    private readonly environment: JobEnvironment,
    private readonly slots: number,
  ) {
    this.heartbeats = new Heartbeats(environment.configuration, environment.faults, environment.linkLatency)
  }

  /** Whether a message from the JobManager is for it: before its new registration is answered only the answer is, and the end of the cluster. */
  listens({ type }: Message): boolean {
    return this.connected ? type !== 'registered-again' : type === 'registered-again' || type === 'shut-down'
  }

  register(graphs: number, context: Context): void {
    if (this.before === 0) {
      this.since = context.now
      if (!this.isAway(context)) return this.ask(graphs, context)
      // Nobody is there to hear of it: it tries again, and wants to be answered.
      this.leave(context)
    }
    if (this.connected) return
    // Mirrors onRegistrationTimeout, which is fatal.
    if (context.now - this.lostAt >= REGISTRATION_TIMEOUT) return context.stop(context.self)
    if (!this.isAway(context)) this.ask(graphs, context)
    context.after(ERROR_DELAY, AGAIN)
  }

  private ask(graphs: number, context: Context): void {
    context.send(JOB_MANAGER, control({ type: 'register-task-manager', slots: this.slots, before: this.before, graphs }))
  }

  registered({ before, heartbeatsFrom }: TaskManagerRegisteredAgain, context: Context): void {
    if (before !== this.before) return
    this.connected = true
    this.since = context.now
    this.heartbeatsFrom = heartbeatsFrom
  }

  /** It is not heard from now on; what registers is another. */
  leave(context: Context): void {
    this.connected = false
    this.before++
    this.lostAt = context.now
  }

  /** Whether it is time to give the JobManager up; if not, and something is broken, it looks again when it may be. */
  isLost(context: Context): boolean {
    if (!this.connected) return false
    const { now } = context
    const host = hostOf(context.self)
    const death = this.environment.faults.downs.find(({ at }) => at >= this.since && at <= now)
    const heard = this.heartbeats.heardByTaskManager(
      host,
      this.heartbeatsFrom,
      this.since,
      death === undefined ? now : Math.min(now, death.at + 1),
    )
    if (now - heard >= this.heartbeats.timeout) return true
    if (!this.looking && (death !== undefined || this.isAway(context))) {
      this.looking = true
      context.after(heard + this.heartbeats.timeout - now, LOOK)
    }
    return false
  }

  /** It looks no more until it is told to. */
  looked(): void {
    this.looking = false
  }

  private isAway(context: Context): boolean {
    const { faults } = this.environment
    return !isJobManagerUp(faults, context.now) || isCut(faults, JOB_MANAGER_HOST, hostOf(context.self), context.now)
  }
}
