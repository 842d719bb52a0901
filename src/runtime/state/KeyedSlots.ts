import type { KeyContext, MapKey } from './KeyContext'
import { VOID_NAMESPACE } from './Namespace'
import type { Namespace } from './Namespace'

/**
 * One thing for each namespace and key: an entry of a state, or timers. In a namespace of a window all that belongs to a key lies in one cell, each
 * kind of it under its own number, so that an element costs one lookup for all that its window keeps. The void namespace is everybody's: for it
 * there is a Map.
 */
export class KeyedSlots<T> {
  private readonly number: number
  private readonly ofVoid = new Map<MapKey, T>()

  /** `context` is the operator's: it numbers what the operator keeps. */
  constructor(private readonly context: KeyContext) {
    this.number = context.slots++
  }

  get(namespace: Namespace, mapKey: MapKey): T | undefined {
    if (namespace === VOID_NAMESPACE) return this.ofVoid.get(mapKey)
    return this.context.cell(namespace, mapKey)?.at(this.number) as T | undefined
  }

  /** For a key that has nothing here yet. */
  create(namespace: Namespace, mapKey: MapKey, value: T): void {
    if (namespace === VOID_NAMESPACE) this.ofVoid.set(mapKey, value)
    else (this.context.cell(namespace, mapKey) ?? namespace.addCell(mapKey)).fill(this.number, value)
  }

  /** Instead of what is there. */
  replace(namespace: Namespace, mapKey: MapKey, value: T): void {
    if (namespace === VOID_NAMESPACE) this.ofVoid.set(mapKey, value)
    else this.context.cell(namespace, mapKey)!.replace(this.number, value)
  }

  /** What is there is gone. */
  remove(namespace: Namespace, mapKey: MapKey): void {
    if (namespace === VOID_NAMESPACE) {
      this.ofVoid.delete(mapKey)
      return
    }
    const cell = this.context.cell(namespace, mapKey)!
    if (cell.empty(this.number)) namespace.removeCell(cell)
  }

  /** In the order of the keys' first ones. */
  values(namespace: Namespace): T[] {
    if (namespace === VOID_NAMESPACE) return [...this.ofVoid.values()]
    return [...namespace.cells()].map((cell) => cell.at(this.number) as T | undefined).filter((value) => value !== undefined)
  }
}
