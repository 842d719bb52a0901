import { FoldRunner, KeyframeBudget } from '../trace/fold'
import type { TraceLog } from '../trace/log'
import type { Fold, TraceHeader } from '../trace/types'
import type { Runner } from '../session/runner.svelte'

/** Events that the heads of the folds go on by in one idle moment: some ms. */
const PORTION = 20_000

interface Entry {
  readonly log: TraceLog
  readonly runner: FoldRunner<unknown>
}

/**
 * The folds of all views that were opened in this run, within one budget for keyframes. Their heads follow the simulation
 * little by little, so that a seek never has far to go.
 */
export class Folds {
  private budget = new KeyframeBudget()
  private readonly entries = new Map<Fold<never>, Entry>()
  private scheduled = false
  /** A new number: heads have moved on. */
  heads = $state(0)

  constructor(private readonly run: Runner) {}

  /** The runner of `fold` over the log on screen; call only while there is one. */
  of<S>(fold: Fold<S>, header: TraceHeader, log: TraceLog): FoldRunner<S> {
    const key = fold as unknown as Fold<never>
    const known = this.entries.get(key)
    if (known?.log === log) return known.runner as unknown as FoldRunner<S>
    if ([...this.entries.values()].some((entry) => entry.log !== log)) {
      this.entries.clear()
      this.budget = new KeyframeBudget()
    }
    const runner = new FoldRunner(fold, header, log, this.budget)
    this.entries.set(key, { log, runner: runner as unknown as FoldRunner<unknown> })
    this.follow()
    return runner
  }

  /** Lets the heads go on until they have seen the whole log. */
  follow(): void {
    if (this.scheduled) return
    this.scheduled = true
    requestAnimationFrame(() => {
      this.scheduled = false
      let behind = false
      let moved = false
      for (const { log, runner } of this.entries.values()) {
        if (log !== this.run.log) continue
        const before = runner.frontierEvents
        if (!runner.advance(PORTION)) behind = true
        if (runner.frontierEvents !== before) moved = true
      }
      if (moved) this.heads++
      if (behind) this.follow()
    })
  }
}
