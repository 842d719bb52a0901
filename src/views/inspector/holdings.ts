import { EventList, IntColumn } from '../../trace/columns'
import { TraceKind } from '../../trace/kinds'
import type { TraceEvent } from '../../trace/types'

/**
 * What one process ever held, each thing with the events that brought and took it, so that any moment can be asked about
 * and a keyframe need not hold a thing. It is taken in once, by whichever state comes first, and shared by all.
 */
export class Holdings {
  /** By window id: index of the event that ended it, plus 1; 0 while it is open. */
  private readonly windowEnd = new IntColumn()
  private windows = 0
  /** By window id: its latest element, as a place in the columns below, plus 1. */
  private readonly latest = new IntColumn()
  /** Elements of all windows in order: the event, the element before it in the same window (place plus 1), how many that makes. */
  private readonly elementEvent = new IntColumn()
  private readonly elementBefore = new IntColumn()
  private readonly elementCount = new IntColumn()
  private elements = 0

  /** Timers in the order of their registration: the event, and the one that ended it, plus 1. */
  private readonly timerEvent = new IntColumn()
  private readonly timerEnd = new IntColumn()
  private timers = 0
  /** A window that grows has a new timer before the old one is deleted, maybe of the same time: the older goes first. */
  private readonly pending = new Map<string, number[]>()

  /** By key: StateUpdated events. */
  private readonly updates: (EventList | undefined)[] = []

  take(event: TraceEvent): void {
    const { index, b } = event
    switch (event.kind) {
      case TraceKind.WindowOpened:
        this.windows = Math.max(this.windows, b + 1)
        break
      case TraceKind.WindowElement:
        this.addElements(b, index, 1)
        break
      case TraceKind.WindowCleared:
        this.windowEnd.put(b, index + 1)
        break
      case TraceKind.WindowMerged:
        if (event.c < 0 || event.c === b) break
        this.addElements(b, index, this.elementsOf(event.c, index))
        this.windowEnd.put(event.c, index + 1)
        break
      case TraceKind.TimerRegistered:
        this.pendingOf(timerName(event)).push(this.timers)
        this.timerEvent.put(this.timers++, index)
        break
      case TraceKind.TimerDeleted:
      case TraceKind.TimerFired: {
        const name = timerName(event)
        const timers = this.pendingOf(name)
        const timer = timers.shift()
        if (timers.length === 0) this.pending.delete(name)
        if (timer !== undefined) this.timerEnd.put(timer, index + 1)
        break
      }
      case TraceKind.StateUpdated:
        ;(this.updates[b] ??= new EventList()).add(index)
        break
    }
  }

  private pendingOf(name: string): number[] {
    let timers = this.pending.get(name)
    if (timers === undefined) this.pending.set(name, (timers = []))
    return timers
  }

  /** How many elements a window had taken at event `upTo`. */
  elementsOf(window: number, upTo: number): number {
    let at = this.latest.get(window)
    while (at > 0 && this.elementEvent.at(at - 1) > upTo) at = this.elementBefore.at(at - 1)
    return at === 0 ? 0 : this.elementCount.at(at - 1)
  }

  /** Ids of the windows that are open at event `upTo`, oldest first; `openedAt` gives the event that opened one, −1 if none did. */
  *openWindows(upTo: number, openedAt: (window: number) => number): Generator<number> {
    for (let window = 0; window < this.windows; window++) {
      const end = this.windowEnd.get(window)
      if (end !== 0 && end - 1 <= upTo) continue
      const opened = openedAt(window)
      if (opened >= 0 && opened <= upTo) yield window
    }
  }

  /** Registrations of the timers that are pending at event `upTo`, in order. */
  *pendingTimers(upTo: number): Generator<number> {
    const count = this.timerEvent.countUpTo(upTo, this.timers)
    for (let timer = 0; timer < count; timer++) {
      const end = this.timerEnd.get(timer)
      if (end === 0 || end - 1 > upTo) yield this.timerEvent.at(timer)
    }
  }

  /** The newest `limit` StateUpdated events of a key at event `upTo`. */
  updatesOf(key: number, upTo: number, limit: number): number[] {
    return this.updates[key]?.list(upTo, limit) ?? []
  }

  private addElements(window: number, event: number, count: number): void {
    const before = this.latest.get(window)
    this.elementEvent.put(this.elements, event)
    this.elementBefore.put(this.elements, before)
    this.elementCount.put(this.elements, (before === 0 ? 0 : this.elementCount.at(before - 1)) + count)
    this.latest.put(window, ++this.elements)
  }
}

const timerName = (event: TraceEvent): string => `${event.a}/${event.b}/${event.c}/${event.d}/${event.x}`
