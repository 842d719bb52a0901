import { assert } from '../../base/assert'
import type { Configuration } from '../../core/configuration'
import { ClusterOptions, JobManagerOptions, ResourceManagerOptions, TaskManagerOptions } from '../../core/options'
import { addressOf } from '../../kernel/types'
import type { Context } from '../../kernel/types'
import { control } from '../messages'
import type { Timers } from './timers'

/** A slot of a TaskManager. */
export interface PhysicalSlot {
  readonly host: number
  readonly slot: number
}

/** What the ResourceManager tells the job that wants slots. */
export interface SlotConsumer {
  readonly job: number
  /** A TaskManager was asked to offer this slot to the job. */
  slotComing(slot: PhysicalSlot): void
  /** There is no more to give than what the job has (S-6). */
  notEnoughResources(): void
}

interface RegisteredTaskManager {
  readonly host: number
  /** By slot: the job that it was given to; FREE. */
  readonly jobs: number[]
  used: number
}
const FREE = -1

/**
 * Which TaskManagers there are, what jobs want, and who gets which slot. Mirrors StandaloneResourceManager, FineGrainedSlotManager and
 * DefaultResourceAllocationStrategy. Every slot is alike (S-3); jobs are served in the order in which they began to want something, where Flink's order is that of a hash map.
 * Left out: heartbeats, resource profiles, starting TaskManagers by itself.
 */
export class ResourceManager {
  /** In order of registration (S-4). */
  private readonly taskManagers: RegisteredTaskManager[] = []
  private readonly wanted = new Map<number, { readonly consumer: SlotConsumer; readonly slots: number }>()
  private readonly spreadOut: boolean
  private readonly checkDelay: number
  private readonly startUp: number
  private checking = false
  private startUpOver = false
  private unfulfillable: readonly number[] = []

  constructor(
    configuration: Configuration,
    private readonly context: () => Context,
    private readonly timers: Timers,
  ) {
    this.spreadOut =
      configuration.get(ClusterOptions.EVENLY_SPREAD_OUT_SLOTS_STRATEGY) ||
      configuration.get(TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE) === 'SLOTS'
    this.checkDelay = configuration.get(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY)
    // S-5: unset or −1, it waits as long as a slot request does.
    this.startUp =
      configuration.get(ResourceManagerOptions.STANDALONE_CLUSTER_STARTUP_PERIOD_TIME) ??
      configuration.get(JobManagerOptions.SLOT_REQUEST_TIMEOUT)
  }

  /** Begins the grace period in which requests that cannot be met wait. */
  start(): void {
    // A period of 0 never ends: Flink's own, since it only plans the end of a longer one.
    if (this.startUp <= 0) return
    this.timers.after(this.startUp, () => {
      this.startUpOver = true
      this.notifyUnfulfillable()
    })
  }

  get hosts(): readonly number[] {
    return this.taskManagers.map(({ host }) => host)
  }

  register(host: number, slots: number): void {
    assert(!this.hosts.includes(host), `host ${host} registered twice`)
    this.taskManagers.push({ host, jobs: new Array<number>(slots).fill(FREE), used: 0 })
    this.checkRequirementsLater()
  }

  /** False: it was not there. */
  disconnect(host: number): boolean {
    const index = this.taskManagers.findIndex((other) => other.host === host)
    if (index < 0) return false
    this.taskManagers.splice(index, 1)
    this.checkRequirementsLater()
    return true
  }

  /** How many slots a job wants in all; 0: none any more. */
  declareRequirements(consumer: SlotConsumer, slots: number): void {
    if (slots === 0) this.wanted.delete(consumer.job)
    else this.wanted.set(consumer.job, { consumer, slots })
    this.checkRequirementsLater()
  }

  /** The TaskManager has it back. */
  slotAvailable({ host, slot }: PhysicalSlot): void {
    const taskManager = this.taskManagers.find((other) => other.host === host)
    if (taskManager === undefined) return
    taskManager.jobs[slot] = FREE
    taskManager.used--
    this.checkRequirementsLater()
  }

  /** S-5: after a moment, so that requests come together. */
  private checkRequirementsLater(): void {
    if (this.checking) return
    this.checking = true
    this.timers.after(this.checkDelay, () => {
      this.checking = false
      this.checkRequirements()
    })
  }

  private checkRequirements(): void {
    const unfulfillable: number[] = []
    for (const [job, { consumer, slots }] of this.wanted) {
      let missing = slots - this.given(job)
      for (; missing > 0; missing--) {
        const slot = this.take(job)
        if (slot === undefined) break
        consumer.slotComing(slot)
        this.context().send(addressOf(slot.host, 0), control({ type: 'request-slot', slot: slot.slot, job }))
      }
      if (missing > 0) unfulfillable.push(job)
    }
    this.unfulfillable = unfulfillable
    if (this.startUpOver) this.notifyUnfulfillable()
  }

  private notifyUnfulfillable(): void {
    for (const job of this.unfulfillable) this.wanted.get(job)?.consumer.notEnoughResources()
  }

  private given(job: number): number {
    return this.taskManagers.reduce((sum, { jobs }) => sum + jobs.filter((owner) => owner === job).length, 0)
  }

  /** S-4: any matching, TaskManagers in registration order and slots by number; or where the smallest share is in use. */
  private take(job: number): PhysicalSlot | undefined {
    let best: RegisteredTaskManager | undefined
    let bestUse = Infinity
    for (const taskManager of this.taskManagers) {
      if (taskManager.used === taskManager.jobs.length) continue
      const use = this.spreadOut ? taskManager.used / taskManager.jobs.length : 0
      if (use < bestUse) {
        best = taskManager
        bestUse = use
      }
    }
    if (best === undefined) return undefined
    const slot = best.jobs.indexOf(FREE)
    best.jobs[slot] = job
    best.used++
    return { host: best.host, slot }
  }
}
