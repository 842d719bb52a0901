import { LONG_MAX, LONG_MIN } from '../../../core/time'
import { mapKeyOf } from '../../../core/values'
import { TimeWindow } from '../../../streaming/windowing'
import type { Window } from '../../../streaming/windowing'
import type { KeyContext, MapKey } from '../../state/KeyContext'
import type { Namespace } from '../../state/Namespace'
import type { OperatorTrace } from '../types'

/** Numbers the windows of each key for the trace, and tells it of their beginning, merging and end. Only there while tracing. */
export class WindowIds {
  private readonly ids = new Map<Namespace, Map<MapKey, number>>()
  private next = 0

  constructor(private readonly trace: OperatorTrace) {}

  /** −1: not open. */
  find(namespace: Namespace, key: unknown): number {
    return this.ids.get(namespace)?.get(mapKeyOf(key)) ?? -1
  }

  /** The number of a window of the key at hand; announces it the first time. */
  open(namespace: Namespace, context: KeyContext): number {
    const known = this.ids.get(namespace)?.get(context.mapKey!)
    if (known !== undefined) return known
    const id = this.next++
    const [start, end] = boundsOf(namespace.window)
    this.trace.windowOpened(id, this.trace.keyId(context.key), start, end, !(namespace.window instanceof TimeWindow))
    this.put(namespace, context.mapKey!, id)
    return id
  }

  /**
   * The oldest of the merged windows lives on as `into`, or `into` itself if it is open; one that only grew is told as merged with
   * itself. The merged ones can be found until `forget`: their timers have still to be deleted.
   */
  merge(into: Namespace, merged: readonly Namespace[], context: KeyContext): void {
    const mapKey = context.mapKey!
    const [start, end] = boundsOf(into.window)
    const open = this.openAmong(merged, mapKey).filter(({ namespace }) => namespace !== into)
    const own = this.ids.get(into)?.get(mapKey)
    const stays = own ?? open[0]?.id
    if (stays === undefined) return
    if (own === undefined) this.put(into, mapKey, stays)
    const gone = open.filter(({ id }) => id !== stays)
    for (const { id } of gone) this.trace.windowMerged(stays, id, start, end)
    if (gone.length === 0) this.trace.windowMerged(stays, stays, start, end)
  }

  forget(merged: readonly Namespace[], context: KeyContext): void {
    for (const namespace of merged) this.remove(namespace, context.mapKey!)
  }

  /** Oldest first. */
  private openAmong(namespaces: readonly Namespace[], mapKey: MapKey): { readonly namespace: Namespace; readonly id: number }[] {
    return namespaces
      .map((namespace) => ({ namespace, id: this.ids.get(namespace)?.get(mapKey) ?? -1 }))
      .filter(({ id }) => id >= 0)
      .sort((a, b) => a.id - b.id)
  }

  close(namespace: Namespace, context: KeyContext): void {
    const id = this.ids.get(namespace)?.get(context.mapKey!)
    if (id === undefined) return
    this.remove(namespace, context.mapKey!)
    this.trace.windowCleared(id)
  }

  private put(namespace: Namespace, mapKey: MapKey, id: number): void {
    let byKey = this.ids.get(namespace)
    if (byKey === undefined) {
      byKey = new Map()
      this.ids.set(namespace, byKey)
      namespace.uses++
    }
    byKey.set(mapKey, id)
  }

  private remove(namespace: Namespace, mapKey: MapKey): void {
    const byKey = this.ids.get(namespace)
    if (byKey === undefined || !byKey.delete(mapKey) || byKey.size > 0) return
    this.ids.delete(namespace)
    namespace.uses--
  }
}

/** Windows that are not of time have no bounds. */
export const boundsOf = (window: Window | null): readonly [start: number, end: number] =>
  window instanceof TimeWindow ? [window.getStart(), window.getEnd()] : [LONG_MIN, LONG_MAX]
