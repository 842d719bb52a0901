import { addressOf } from '../../kernel/types'
import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import { control } from '../messages'
import type { PhysicalSlot, ResourceManager, SlotConsumer } from './resourceManager'
import type { Timers } from './timers'

const SLOTS_PER_HOST = 65536
export const keyOf = ({ host, slot }: PhysicalSlot): number => host * SLOTS_PER_HOST + slot
export const hostOfKey = (key: number): number => Math.floor(key / SLOTS_PER_HOST)

interface AllocatedSlot {
  readonly slot: PhysicalSlot
  /** Shared slot that is in it; null: nothing. */
  sharedSlot: number | null
  /** ms: since when there has been nothing in it. */
  idleSince: number
}

/** Who decides what a job's slots are used for. */
export interface SlotPoolListener extends Pick<SlotConsumer, 'slotComing' | 'notEnoughResources'> {
  /** A slot has come, or has got free. */
  slotIsFree(slot: PhysicalSlot): void
}

const MICROS_PER_MILLI = 1000

/**
 * The slots that one job has, and how many it says it wants. Mirrors DefaultDeclarativeSlotPool. A slot stays with the job when there is nothing
 * in it any more, so that a restart finds it: until `slot.idle.timeout`, looked at each time so much time has passed, and only what is beyond
 * the job's wishes.
 */
export class SlotPool implements SlotConsumer {
  private readonly slots = new Map<number, AllocatedSlot>()
  private wanted = 0
  private readonly idleChecks = new Set<number>()
  private readonly startedAt: number
  /** While the job restarts it takes what it is offered, whether it has asked for it or not. */
  restarting = false
  listener!: SlotPoolListener

  constructor(
    readonly job: number,
    private readonly resourceManager: ResourceManager,
    private readonly context: () => Context,
    private readonly timers: Timers,
    /** ms */
    private readonly idleTimeout: number,
  ) {
    this.startedAt = this.now()
  }

  private now(): number {
    return Math.floor(this.context().now / MICROS_PER_MILLI)
  }

  slotComing(slot: PhysicalSlot): void {
    this.listener.slotComing(slot)
  }
  notEnoughResources(): void {
    this.listener.notEnoughResources()
  }

  get requirements(): number {
    return this.wanted
  }

  setRequirements(slots: number): void {
    if (slots === this.wanted) return
    this.wanted = slots
    this.resourceManager.declareRequirements(this, slots)
  }

  get size(): number {
    return this.slots.size
  }

  /** Those with nothing in them, by TaskManager and number. Flink's order is that of a hash map. */
  get free(): readonly PhysicalSlot[] {
    const free = [...this.slots].filter(([, { sharedSlot }]) => sharedSlot === null)
    return free.sort(([a], [b]) => a - b).map(([, { slot }]) => slot)
  }

  isFree(slot: PhysicalSlot): boolean {
    return this.slots.get(keyOf(slot))?.sharedSlot === null
  }

  /** Share of the job's slots on a TaskManager that have something in them. */
  utilization(host: number): number {
    let all = 0
    let used = 0
    for (const { slot, sharedSlot } of this.slots.values()) {
      if (slot.host !== host) continue
      all++
      if (sharedSlot !== null) used++
    }
    return all === 0 ? 0 : used / all
  }

  /** What a TaskManager offers; what nobody wants goes back. */
  offer(slot: PhysicalSlot): void {
    if (this.slots.size >= this.wanted && !this.restarting) return this.sendBack(slot)
    this.slots.set(keyOf(slot), { slot, sharedSlot: null, idleSince: this.now() })
    this.listener.slotIsFree(slot)
    if (this.isFree(slot)) this.nowEmpty(slot)
  }

  reserve(slot: PhysicalSlot, sharedSlot: number): void {
    this.slots.get(keyOf(slot))!.sharedSlot = sharedSlot
    this.context().emit(TraceKind.SlotAllocated, slot.host, slot.slot, sharedSlot, this.job, NaN)
  }

  /** There is nothing in it any more; nothing happens if it was lost meanwhile. */
  release(slot: PhysicalSlot): void {
    const allocated = this.slots.get(keyOf(slot))
    if (allocated === undefined || allocated.sharedSlot === null) return
    allocated.sharedSlot = null
    allocated.idleSince = this.now()
    this.listener.slotIsFree(slot)
    if (this.isFree(slot)) this.nowEmpty(slot)
  }

  private nowEmpty(slot: PhysicalSlot): void {
    this.context().emit(TraceKind.SlotAllocated, slot.host, slot.slot, -1, this.job, NaN)
    this.checkIdleLater()
  }

  /** The TaskManager is gone, and its slots with it. Returns what the job had of it, by number. */
  taskManagerLost(host: number): readonly PhysicalSlot[] {
    const lost = [...this.slots.values()].map(({ slot }) => slot).filter((slot) => slot.host === host)
    for (const slot of lost) this.slots.delete(keyOf(slot))
    return lost.sort((a, b) => a.slot - b.slot)
  }

  /** When the job is over. */
  close(): void {
    this.setRequirements(0)
    for (const { slot } of this.slots.values()) this.giveBack(slot)
    this.slots.clear()
  }

  private giveBack(slot: PhysicalSlot): void {
    this.context().emit(TraceKind.SlotFreed, slot.host, slot.slot, 0, 0, NaN)
    this.sendBack(slot)
  }

  private sendBack({ host, slot }: PhysicalSlot): void {
    this.context().send(addressOf(host, 0), control({ type: 'free-slot', slot }))
  }

  /** Flink looks each time `slot.idle.timeout` has passed; here only at those of these times at which there may be something to find. */
  private checkIdleLater(): void {
    const { idleTimeout, startedAt } = this
    if (idleTimeout <= 0) return
    const rounds = Math.ceil((this.now() + idleTimeout - startedAt) / idleTimeout)
    const at = startedAt + rounds * idleTimeout
    if (this.idleChecks.has(at)) return
    this.idleChecks.add(at)
    this.timers.after(at - this.now(), () => {
      this.idleChecks.delete(at)
      this.releaseIdle()
    })
  }

  private releaseIdle(): void {
    let excess = this.slots.size - this.wanted
    for (const slot of this.free) {
      if (excess <= 0) return
      const { idleSince } = this.slots.get(keyOf(slot))!
      if (this.now() < idleSince + this.idleTimeout) continue
      excess--
      this.slots.delete(keyOf(slot))
      this.giveBack(slot)
    }
  }
}
