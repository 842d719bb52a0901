import { LONG_MAX, LONG_MIN } from '../../../core/time'
import { mapKeyOf } from '../../../core/values'
import { TimeWindow } from '../../../streaming/windowing'
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
    const { window } = namespace
    const id = this.next++
    const [start, end] = window instanceof TimeWindow ? [window.getStart(), window.getEnd()] : [LONG_MIN, LONG_MAX]
    this.trace.windowOpened(id, this.trace.keyId(context.key), start, end, !(window instanceof TimeWindow))
    this.put(namespace, context.mapKey!, id)
    return id
  }

  /** The oldest of the merged windows lives on as `into`, or `into` itself if it is open. A session that only grew is not told of. */
  merge(into: Namespace, merged: readonly Namespace[], context: KeyContext): void {
    const mapKey = context.mapKey!
    const window = into.window as TimeWindow
    const open = merged.filter((namespace) => this.ids.get(namespace)?.has(mapKey) === true)
    open.sort((a, b) => this.ids.get(a)!.get(mapKey)! - this.ids.get(b)!.get(mapKey)!)
    let stays = this.ids.get(into)?.get(mapKey)
    for (const namespace of open) {
      if (namespace === into) continue
      const id = this.ids.get(namespace)!.get(mapKey)!
      this.remove(namespace, mapKey)
      if (stays === undefined) {
        stays = id
        this.put(into, mapKey, id)
      } else this.trace.windowMerged(stays, id, window.getStart(), window.getEnd())
    }
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
