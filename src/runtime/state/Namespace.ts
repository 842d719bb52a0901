import { GlobalWindow, TimeWindow } from '../../streaming/windowing'
import type { Window } from '../../streaming/windowing'

/** What state and timers are told apart by beside the key: a window, or nothing (D-1). One object for each window, so that Maps find it by identity. */
export class Namespace {
  /** How many maps of state or timers are kept under it. */
  uses = 0
  /** Another one with the same hash. */
  next: Namespace | undefined = undefined

  constructor(
    /** null: the void namespace, of state that belongs to the key alone, or one that has a label only. */
    readonly window: Window | null,
    /** Of namespaces that an operator makes for itself. */
    readonly label = '',
  ) {}
}

export const VOID_NAMESPACE = new Namespace(null)

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
    const hash = hashOf(window)
    const first = this.byHash.get(hash)
    for (let known = first; known !== undefined; known = known.next) {
      if (known.window!.equals(window)) return (this.last = known)
    }
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

  /** What a snapshot says of a namespace, as a namespace again. */
  restored(window: Window | null, label: string | undefined): Namespace {
    if (window !== null) return this.of(window)
    return label === undefined || label === '' ? VOID_NAMESPACE : this.labelled(label)
  }

  /** Between two elements or timers, when nobody holds a namespace: forgets the unused ones, now and then. */
  sweep(): void {
    if (this.all.length < this.limit) return
    let kept = 0
    for (const namespace of this.all) {
      if (namespace.uses > 0) this.all[kept++] = namespace
      else this.remove(namespace)
    }
    this.all.length = kept
    this.limit = Math.max(64, 2 * kept)
    this.last = undefined
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
