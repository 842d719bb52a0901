import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { Failure } from '../messages'
import type { PhysicalSlot } from './resourceManager'
import { hostOfKey, keyOf } from './slotPool'
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
  slotReady(sharedSlot: number): void
  /** These subtasks wait in vain. */
  requestFailed(users: readonly number[], failure: Failure): void
}

/**
 * Which slot each shared slot of a job is in. Mirrors SlotSharingExecutionSlotAllocator, PhysicalSlotProviderImpl and
 * DeclarativeSlotPoolBridge with SimpleRequestSlotMatchingStrategy. Slots that the job still has are used first: the one that the shared slot had before (S-4),
 * else the first, or that on the TaskManager with the smallest share in use. Flink's order among equals is that of a hash map, there as here with requests and slots that come.
 */
export class SharedSlots implements Pick<SlotPoolListener, 'slotComing' | 'slotIsFree'> {
  private readonly slots = new Map<number, SharedSlot>()
  private readonly previous = new Map<number, PhysicalSlot>()
  /** Requests that wait, in their order: those for which a slot is on its way, by its key, and the others. */
  private readonly meant = new Map<number, SharedSlot>()
  private readonly unmeant = new Map<number, SharedSlot>()
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
      else {
        this.unmeant.set(shared.number, shared)
        this.tell(shared, 0)
      }
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
    this.waitNoMore(shared)
    shared.slot = slot
    this.previous.set(shared.number, slot)
    this.pool.reserve(slot, shared.number)
    this.listener.slotReady(shared.number)
    return true
  }

  slotComing(slot: PhysicalSlot): void {
    const [shared] = this.unmeant.values()
    if (shared === undefined) return
    this.unmeant.delete(shared.number)
    shared.coming = keyOf(slot)
    this.meant.set(shared.coming, shared)
  }

  /** To the request that it was meant for, else to the oldest. */
  slotIsFree(slot: PhysicalSlot): void {
    const [first] = this.unmeant.values()
    const [oldest] = this.meant.values()
    const shared = this.meant.get(keyOf(slot)) ?? first ?? oldest
    if (shared !== undefined) this.reserve(shared, slot)
  }

  /** All requests that wait, in their order; the subtasks that fail first take others with them. */
  failAll(failure: Failure): void {
    this.fail(
      [...this.slots.values()].filter(({ slot }) => slot === null),
      failure,
    )
  }

  /** Of these, the ones that wait. */
  failRequests(sharedSlots: readonly number[], failure: Failure): void {
    this.fail(
      sharedSlots.flatMap((number) => this.slots.get(number) ?? []).filter(({ slot }) => slot === null),
      failure,
    )
  }

  private fail(waiting: readonly SharedSlot[], failure: Failure): void {
    for (const shared of waiting) this.withdraw(shared)
    for (const { users } of waiting) this.listener.requestFailed([...users], failure)
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

  private waitNoMore(shared: SharedSlot): void {
    this.unmeant.delete(shared.number)
    if (shared.coming !== null) this.meant.delete(shared.coming)
    shared.coming = null
  }

  private withdraw(shared: SharedSlot): void {
    this.waitNoMore(shared)
    this.slots.delete(shared.number)
    this.tell(shared, 1)
    this.pool.setRequirements(this.pool.requirements - 1)
  }

  private tell(shared: SharedSlot, what: 0 | 1): void {
    this.context().emit(TraceKind.SlotRequested, shared.number, this.pool.job, what, 0, NaN)
  }

  /** What was meant to come from there will not. What was there is gone with those that used it. */
  taskManagerLost(host: number): void {
    for (const shared of [...this.meant.values()]) {
      if (hostOfKey(shared.coming!) !== host) continue
      this.waitNoMore(shared)
      this.unmeant.set(shared.number, shared)
    }
  }
}
