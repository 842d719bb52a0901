import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { PhysicalSlot } from './resourceManager'
import { keyOf } from './slotPool'
import type { SlotPool, SlotPoolListener } from './slotPool'

interface SharedSlot {
  readonly number: number
  /** Subtasks that are in it or are to be: execution vertices. */
  readonly users: Set<number>
  /** null: asked for and not there yet. */
  slot: PhysicalSlot | null
  /** The slot that the ResourceManager means for it, by key. */
  coming: number | null
}

export interface SharedSlotsListener {
  slotReady(sharedSlot: number, slot: PhysicalSlot): void
  /** The ResourceManager has no more: these subtasks wait in vain. */
  requestFailed(users: readonly number[]): void
}

/**
 * Which slot each shared slot of a job is in. Mirrors SlotSharingExecutionSlotAllocator, PhysicalSlotProviderImpl and
 * DeclarativeSlotPoolBridge with SimpleRequestSlotMatchingStrategy. Slots that the job still has are used first: the one that the shared slot had before (S-4),
 * else the first, or that on the TaskManager with the smallest share in use. Flink's order among equals is that of a hash map, there as here with requests and slots that come.
 */
export class SharedSlots implements SlotPoolListener {
  private readonly slots = new Map<number, SharedSlot>()
  private readonly previous = new Map<number, PhysicalSlot>()
  listener!: SharedSlotsListener

  constructor(
    private readonly pool: SlotPool,
    private readonly context: () => Context,
    private readonly spreadOut: boolean,
  ) {}

  /** null: not there. */
  slotOf(sharedSlot: number): PhysicalSlot | null {
    return this.slots.get(sharedSlot)?.slot ?? null
  }

  /** Subtasks by shared slot: those that are to run there. In ascending order (S-3). */
  allocate(groups: ReadonlyMap<number, readonly number[]>): void {
    const fresh: SharedSlot[] = []
    for (const [number, users] of [...groups].sort(([a], [b]) => a - b)) {
      let shared = this.slots.get(number)
      if (shared === undefined) {
        shared = { number, users: new Set(), slot: null, coming: null }
        this.slots.set(number, shared)
        fresh.push(shared)
      }
      for (const user of users) shared.users.add(user)
    }
    this.pool.setRequirements(this.pool.requirements + fresh.length)
    const toPlace = fresh.filter((shared) => {
      const before = this.previous.get(shared.number)
      return before === undefined || !this.pool.isFree(before) || !this.reserve(shared, before)
    })
    for (const shared of toPlace) {
      const slot = this.bestFree()
      if (slot !== undefined) this.reserve(shared, slot)
      else this.tell(shared, 0)
    }
  }

  private bestFree(): PhysicalSlot | undefined {
    const { free } = this.pool
    if (!this.spreadOut) return free[0]
    return free.reduce<PhysicalSlot | undefined>(
      (best, slot) => (best === undefined || this.pool.utilization(slot.host) < this.pool.utilization(best.host) ? slot : best),
      undefined,
    )
  }

  /** Always true. */
  private reserve(shared: SharedSlot, slot: PhysicalSlot): true {
    shared.slot = slot
    shared.coming = null
    this.previous.set(shared.number, slot)
    this.pool.reserve(slot, shared.number)
    this.listener.slotReady(shared.number, slot)
    return true
  }

  /** How many requests wait. */
  get pending(): number {
    return this.waiting.length
  }

  private get waiting(): SharedSlot[] {
    return [...this.slots.values()].filter(({ slot }) => slot === null)
  }

  slotComing(slot: PhysicalSlot): void {
    const shared = this.waiting.find(({ coming }) => coming === null)
    if (shared !== undefined) shared.coming = keyOf(slot)
  }

  /** To the request that it was meant for, else to the oldest. */
  slotIsFree(slot: PhysicalSlot): void {
    const { waiting } = this
    const shared = waiting.find(({ coming }) => coming === keyOf(slot)) ?? waiting.find(({ coming }) => coming === null) ?? waiting[0]
    if (shared !== undefined) this.reserve(shared, slot)
  }

  /** S-6: fails all requests that wait; the ones of the subtasks that failed first take others with them. */
  notEnoughResources(): void {
    this.failRequests(this.waiting.map(({ number }) => number))
  }

  failRequests(sharedSlots: readonly number[]): void {
    const failed = sharedSlots.map((number) => this.slots.get(number)!)
    for (const shared of failed) this.withdraw(shared)
    for (const { users } of failed) this.listener.requestFailed([...users])
  }

  /** The subtask is over or no longer to be run; the last one turns the light off. */
  leave(sharedSlot: number, user: number): void {
    const shared = this.slots.get(sharedSlot)
    if (shared === undefined || !shared.users.delete(user) || shared.users.size > 0) return
    if (shared.slot === null) return this.withdraw(shared)
    this.slots.delete(sharedSlot)
    this.pool.release(shared.slot)
    this.pool.setRequirements(this.pool.requirements - 1)
  }

  private withdraw(shared: SharedSlot): void {
    this.slots.delete(shared.number)
    this.tell(shared, 1)
    this.pool.setRequirements(this.pool.requirements - 1)
  }

  private tell(shared: SharedSlot, what: 0 | 1): void {
    this.context().emit(TraceKind.SlotRequested, shared.number, this.pool.job, what, 0, NaN)
  }

  /** What was meant to come from there will not. What was there is gone with those that used it. */
  taskManagerLost(host: number): void {
    for (const shared of this.slots.values()) {
      if (shared.coming !== null && Math.floor(shared.coming / 65536) === host) shared.coming = null
    }
  }
}
