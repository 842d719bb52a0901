import { assert } from '../../base/assert'

/** A slot of a TaskManager. */
export interface PhysicalSlot {
  readonly host: number
  readonly slot: number
}

interface RegisteredTaskManager {
  readonly host: number
  /** By slot: free, asked for, or in the job's hands. */
  readonly taken: boolean[]
}

/**
 * Which slots there are and what they were given to; mirrors DefaultDeclarativeSlotPool on the job's side and FineGrainedSlotManager /
 * DeclarativeSlotManager on the resource manager's, in one. Every profile is "any" (S-3).
 */
export class SlotPool {
  private readonly taskManagers: RegisteredTaskManager[] = []

  constructor(
    /** `cluster.evenly-spread-out-slots`: take the TaskManager with the smallest share of slots in use (S-4). */
    private readonly spreadOut: boolean,
  ) {}

  /** In order of registration. */
  register(host: number, slots: number): void {
    assert(!this.taskManagers.some((other) => other.host === host), `host ${host} registered twice`)
    this.taskManagers.push({ host, taken: new Array<boolean>(slots).fill(false) })
  }

  get freeSlots(): number {
    return this.taskManagers.reduce((sum, { taken }) => sum + taken.filter((is) => !is).length, 0)
  }

  /** Takes a free slot: any matching, TaskManagers in registration order and slots by number; or spread out. */
  take(): PhysicalSlot | undefined {
    let best: RegisteredTaskManager | undefined
    let bestUse = Infinity
    for (const taskManager of this.taskManagers) {
      const used = taskManager.taken.filter(Boolean).length
      if (used === taskManager.taken.length) continue
      const use = this.spreadOut ? used / taskManager.taken.length : 0
      if (use < bestUse) {
        best = taskManager
        bestUse = use
      }
    }
    if (best === undefined) return undefined
    const slot = best.taken.indexOf(false)
    best.taken[slot] = true
    return { host: best.host, slot }
  }

  free({ host, slot }: PhysicalSlot): void {
    const taskManager = this.taskManagers.find((other) => other.host === host)
    assert(taskManager !== undefined && taskManager.taken[slot] === true, `slot ${slot} of host ${host} is not in use`)
    taskManager.taken[slot] = false
  }

  get hosts(): readonly number[] {
    return this.taskManagers.map(({ host }) => host)
  }
}
