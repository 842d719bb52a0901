import { FoldRunner, KeyframeBudget } from '../trace/fold'
import type { TraceLog } from '../trace/log'
import type { Fold, TraceHeader } from '../trace/types'

/** Events that the heads of the folds go on by in one idle moment: some ms. */
const PORTION = 20_000

type Runners = Map<Fold<never>, FoldRunner<unknown>>

/** Which logs the page looks at now. */
export interface Sights {
  /** In front, what is behind it, and what it is compared with. */
  readonly logs: readonly (TraceLog | null)[]
}

/**
 * The folds of all views that were opened, within one budget for keyframes. Their heads follow the simulation little by little, so that a
 * seek never has far to go. What stands behind a preview keeps its folds, so that taking it back costs nothing.
 */
export class Folds {
  private readonly budget = new KeyframeBudget()
  private readonly byLog = new Map<TraceLog, Runners>()
  private scheduled = false
  /** A new number: heads have moved on. */
  heads = $state(0)

  constructor(private readonly sights: Sights) {}

  /** The runner of `fold` over a log on screen. */
  of<S>(fold: Fold<S>, header: TraceHeader, log: TraceLog): FoldRunner<S> {
    const key = fold as unknown as Fold<never>
    const runners = this.runnersOf(log)
    let runner = runners.get(key) as unknown as FoldRunner<S> | undefined
    if (runner === undefined) {
      runner = new FoldRunner(fold, header, log, this.budget)
      runners.set(key, runner as unknown as FoldRunner<unknown>)
      this.follow()
    }
    return runner
  }

  private runnersOf(log: TraceLog): Runners {
    const known = this.byLog.get(log) ?? new Map<Fold<never>, FoldRunner<unknown>>()
    this.byLog.set(log, known)
    const { logs } = this.sights
    for (const [other, runners] of this.byLog) {
      // Nobody looks at it any more.
      if (other === log || logs.includes(other)) continue
      for (const runner of runners.values()) runner.dispose()
      this.byLog.delete(other)
    }
    return known
  }

  /** Lets the heads go on until they have seen the whole of their logs. */
  follow(): void {
    if (this.scheduled) return
    this.scheduled = true
    requestAnimationFrame(() => {
      this.scheduled = false
      let behind = false
      let moved = false
      const { logs } = this.sights
      for (const [log, runners] of this.byLog) {
        if (!logs.includes(log)) continue
        for (const runner of runners.values()) {
          const before = runner.frontierEvents
          if (!runner.advance(PORTION)) behind = true
          if (runner.frontierEvents !== before) moved = true
        }
      }
      if (moved) this.heads++
      if (behind) this.follow()
    })
  }
}
