import { ClassCastException, IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { GlobalWindow, TimeWindow } from '../../streaming/windowing'
import type { Window } from '../../streaming/windowing'
import type { MapKey } from './KeyContext'

/** All that is kept for one key in one namespace, by number (KeyedSlots). */
export class Cell {
  /** The cell of the same key that was asked for after this one the last time: an element goes through its windows in the same order. */
  neighbour: Cell | undefined = undefined
  // Fields, not an array: they are on the path of each element of each window.
  private first: unknown = undefined
  private second: unknown = undefined
  private third: unknown = undefined
  private fourth: unknown = undefined
  private more: unknown[] | undefined = undefined
  private used = 0

  constructor(
    /** null: it holds nothing any more. */
    public namespace: Namespace | null,
    readonly mapKey: MapKey,
  ) {}

  at(number: number): unknown {
    switch (number) {
      case 0:
        return this.first
      case 1:
        return this.second
      case 2:
        return this.third
      case 3:
        return this.fourth
      default:
        return this.more?.[number - 4]
    }
  }

  replace(number: number, value: unknown): void {
    switch (number) {
      case 0:
        this.first = value
        return
      case 1:
        this.second = value
        return
      case 2:
        this.third = value
        return
      case 3:
        this.fourth = value
        return
      default:
        this.more ??= []
        while (this.more.length < number - 4) this.more.push(undefined)
        this.more[number - 4] = value
    }
  }

  fill(number: number, value: unknown): void {
    this.replace(number, value)
    this.used++
  }

  /** Returns whether nothing is left. */
  empty(number: number): boolean {
    this.replace(number, undefined)
    return --this.used === 0
  }
}

/** What state and timers are told apart by beside the key: a window, or nothing (D-1). One object for each window, so that it is found by identity. */
export class Namespace {
  /** How many reasons there are to keep it: cells, and whoever counts itself in. */
  uses = 0
  /** Another one with the same hash. */
  next: Namespace | undefined = undefined
  /** The window's, ms; 0 without one. */
  readonly maxTimestamp: number
  private readonly byKey = new Map<MapKey, Cell>()

  constructor(
    /** null: the void namespace, of state that belongs to the key alone, or one that has a label only. */
    readonly window: Window | null,
    /** Of namespaces that an operator makes for itself. */
    readonly label = '',
  ) {
    this.maxTimestamp = window === null ? 0 : window.maxTimestamp()
  }

  cell(mapKey: MapKey): Cell | undefined {
    return this.byKey.get(mapKey)
  }

  addCell(mapKey: MapKey): Cell {
    const cell = new Cell(this, mapKey)
    this.byKey.set(mapKey, cell)
    this.uses++
    return cell
  }

  removeCell(cell: Cell): void {
    this.byKey.delete(cell.mapKey)
    cell.namespace = null
    // Else each would keep the ones before it.
    cell.neighbour = undefined
    this.uses--
  }

  cells(): Iterable<Cell> {
    return this.byKey.values()
  }
}

export const VOID_NAMESPACE = new Namespace(null)

/** For messages about what a program returned. */
export const shownValue = (value: unknown): string => {
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

/** What a program's assigner made: something with the methods of a window, and with an end. */
function checkWindow(window: Window): void {
  const methods = ['maxTimestamp', 'equals'] as const
  if (window === null || window === undefined || methods.some((method) => typeof (window as Partial<Window>)[method] !== 'function')) {
    const message = `The window assigner returned ${shownValue(window)} in place of a window.`
    throw window === null || window === undefined ? new NullPointerException(message) : new ClassCastException(message)
  }
  const end: unknown = window.maxTimestamp()
  if (typeof end === 'number' && !Number.isNaN(end)) return
  throw new IllegalArgumentException(`The window assigner returned a window without an end: its maxTimestamp() is ${shownValue(end)}.`)
}

const hashOf = (window: Window): number =>
  window instanceof TimeWindow ? window.getStart() : window instanceof GlobalWindow ? 0 : window.maxTimestamp()

/** The namespaces of an operator's windows: equal windows give one namespace. Those that hold nothing are forgotten by `sweep`. */
export class Namespaces {
  private readonly byHash = new Map<number, Namespace>()
  private readonly byLabel = new Map<string, Namespace>()
  private last: Namespace | undefined
  private readonly all: Namespace[] = []
  private limit = 64

  of(window: Window): Namespace {
    const last = this.last
    if (last !== undefined && last.window!.equals(window)) return last
    if (!(window instanceof TimeWindow)) checkWindow(window)
    const hash = hashOf(window)
    const first = this.byHash.get(hash)
    for (let known = first; known !== undefined; known = known.next) {
      if (known.window!.equals(window)) return (this.last = known)
    }
    checkWindow(window)
    const namespace = new Namespace(window)
    namespace.next = first
    this.byHash.set(hash, namespace)
    this.all.push(namespace)
    return (this.last = namespace)
  }

  /** The same one for each label. */
  labelled(label: string): Namespace {
    let namespace = this.byLabel.get(label)
    if (namespace === undefined) {
      namespace = new Namespace(null, label)
      this.byLabel.set(label, namespace)
    }
    return namespace
  }

  /** All that there are, the void one first. */
  *[Symbol.iterator](): IterableIterator<Namespace> {
    yield VOID_NAMESPACE
    yield* this.byLabel.values()
    yield* this.all
  }

  /** What a snapshot says of a namespace, as a namespace again. */
  restored(window: Window | null, label: string | undefined): Namespace {
    if (window !== null) return this.of(window)
    return label === undefined || label === '' ? VOID_NAMESPACE : this.labelled(label)
  }

  /** Between two elements or timers, when nobody holds a namespace: forgets the unused ones, now and then; returns whether it did. */
  sweep(): boolean {
    if (this.all.length < this.limit) return false
    let kept = 0
    for (const namespace of this.all) {
      if (namespace.uses > 0) this.all[kept++] = namespace
      else this.remove(namespace)
    }
    this.all.length = kept
    this.limit = Math.max(64, 2 * kept)
    this.last = undefined
    return true
  }

  private remove(namespace: Namespace): void {
    const hash = hashOf(namespace.window!)
    let known = this.byHash.get(hash)
    if (known === namespace) {
      if (namespace.next === undefined) this.byHash.delete(hash)
      else this.byHash.set(hash, namespace.next)
      return
    }
    while (known !== undefined && known.next !== namespace) known = known.next
    if (known !== undefined) known.next = namespace.next
  }
}
