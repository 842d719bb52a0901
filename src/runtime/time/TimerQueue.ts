import { IllegalArgumentException } from '../../core/exceptions'
import type { KeyContext, MapKey } from '../state/KeyContext'
import { KeyedSlots } from '../state/KeyedSlots'
import type { Namespace } from '../state/Namespace'

/** Mirrors TimerHeapInternalTimer. */
export class InternalTimer {
  /** Its place in the heap; 0: not in it. */
  index = 0
  /** The key's group; −1: not asked yet. */
  group = -1

  constructor(
    /** ms. */
    readonly time: number,
    readonly key: unknown,
    readonly mapKey: MapKey,
    readonly namespace: Namespace,
  ) {}
}

type Slot = InternalTimer | Map<number, InternalTimer>

/**
 * The timers of one time domain: a set by (time, key, namespace) and a heap by time (T-24, T-26). Mirrors HeapPriorityQueueSet, whose array it
 * keeps move for move, since that decides the order of equal times.
 */
export class TimerQueue {
  /** From index 1. */
  private readonly heap: InternalTimer[] = [null as unknown as InternalTimer]
  private readonly slots: KeyedSlots<Slot>

  constructor(private readonly context: KeyContext) {
    this.slots = new KeyedSlots(context)
  }

  get size(): number {
    return this.heap.length - 1
  }

  peek(): InternalTimer | undefined {
    return this.heap[1]
  }

  /** For the key at hand. Returns the timer, or null if there is an equal one. */
  add(namespace: Namespace, time: number): InternalTimer | null {
    const mapKey = this.context.requireKey()
    const slot = this.slots.get(namespace, mapKey)
    // Of a Map this is nobody's time.
    if (slot !== undefined && (slot as Partial<InternalTimer>).time === time) return null
    return this.addTo(slot, namespace, mapKey, time)
  }

  private addTo(slot: Slot | undefined, namespace: Namespace, mapKey: MapKey, time: number): InternalTimer | null {
    if (slot instanceof Map && slot.has(time)) return null
    if (typeof time !== 'number' || time !== time) throw new IllegalArgumentException(`A timer needs a time in ms, not ${String(time)}.`)
    const timer = new InternalTimer(time, this.context.key, mapKey, namespace)
    if (slot === undefined) this.slots.create(namespace, mapKey, timer)
    else if (slot instanceof Map) slot.set(time, timer)
    else {
      const both = new Map([
        [slot.time, slot],
        [time, timer],
      ])
      this.slots.replace(namespace, mapKey, both)
    }
    this.heap.push(timer)
    this.siftUp(this.heap.length - 1)
    return timer
  }

  /** The timer of the key at hand, if there is one, is gone. */
  remove(namespace: Namespace, time: number): InternalTimer | null {
    const slot = this.slots.get(namespace, this.context.requireKey())
    const timer = slot === undefined ? undefined : slot instanceof InternalTimer ? slot : slot.get(time)
    if (timer === undefined || timer.time !== time) return null
    this.forget(timer)
    this.removeAt(timer.index)
    return timer
  }

  /** Removes the head. */
  poll(): InternalTimer | undefined {
    const head = this.heap[1]
    if (head === undefined) return undefined
    this.forget(head)
    this.removeAt(1)
    return head
  }

  /** In the order of the heap's array. */
  toArray(): readonly InternalTimer[] {
    return this.heap.slice(1)
  }

  private forget(timer: InternalTimer): void {
    const { namespace, mapKey, time } = timer
    const slot = this.slots.get(namespace, mapKey)
    if (slot instanceof Map) {
      slot.delete(time)
      if (slot.size > 0) return
    }
    this.slots.remove(namespace, mapKey)
  }

  private removeAt(index: number): void {
    const { heap } = this
    heap[index]!.index = 0
    const last = heap.length - 1
    if (index !== last) {
      const element = heap[last]!
      heap[index] = element
      element.index = index
      this.siftDown(index)
      if (heap[index] === element) this.siftUp(index)
    }
    heap.length = last
  }

  private siftUp(index: number): void {
    const { heap } = this
    const element = heap[index]!
    let parent = index >>> 1
    while (parent > 0 && element.time < heap[parent]!.time) {
      heap[index] = heap[parent]!
      heap[index]!.index = index
      index = parent
      parent >>>= 1
    }
    heap[index] = element
    element.index = index
  }

  private siftDown(index: number): void {
    const { heap } = this
    const size = heap.length - 1
    const element = heap[index]!
    for (;;) {
      let child = index << 1
      if (child + 1 <= size && heap[child + 1]!.time < heap[child]!.time) child++
      if (child > size || !(heap[child]!.time < element.time)) break
      heap[index] = heap[child]!
      heap[index]!.index = index
      index = child
    }
    heap[index] = element
    element.index = index
  }
}
