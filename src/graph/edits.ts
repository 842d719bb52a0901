import type { Problem } from '../core/problem'

/** A change of one operator's settings, as a person asks for it on the picture; `node` is its id in the StreamGraph. */
export type OperatorEdit =
  | { readonly node: number; readonly set: 'parallelism'; readonly value: number }
  | { readonly node: number; readonly set: 'maxParallelism'; readonly value: number }
  | { readonly node: number; readonly set: 'slotSharingGroup'; readonly value: string }
  /** `default` takes `startNewChain()` and `disableChaining()` away again. */
  | { readonly node: number; readonly set: 'chaining'; readonly value: 'default' | 'startNewChain' | 'disableChaining' }
  /** Takes `env.disableOperatorChaining()` away: of the whole job, whichever operator asks for it. */
  | { readonly node: number; readonly set: 'jobChaining'; readonly value: 'enabled' }
  | { readonly node: number; readonly set: 'uid'; readonly value: string }
  | { readonly node: number; readonly set: 'name'; readonly value: string }
  /** Takes the partitioner (`rebalance()`, `rescale()`, …) before the operator away, or puts one there; `from`: of several inputs the one from that node. */
  | {
      readonly node: number
      readonly set: 'partitioner'
      readonly from?: number
      readonly value: 'none' | 'forward' | 'rebalance' | 'rescale' | 'shuffle' | 'broadcast' | 'global'
    }
  // What an operator says about time. Spans are ms.
  /** `withIdleness(…)` on the strategy of a source or watermark operator: put there, or with another span. */
  | { readonly node: number; readonly set: 'idleness'; readonly value: number }
  /** `forBoundedOutOfOrderness(…)` with another bound; in place of `noWatermarks()` and `forMonotonousTimestamps()`. */
  | { readonly node: number; readonly set: 'bound'; readonly value: number }
  /** `withTimestampAssigner(event => event.field)` on the strategy. */
  | { readonly node: number; readonly set: 'timestampField'; readonly value: string }
  /** Another drift in `withWatermarkAlignment(group, drift, …)`. */
  | { readonly node: number; readonly set: 'alignmentDrift'; readonly value: number }
  /** Of a window: `allowedLateness(…)`. */
  | { readonly node: number; readonly set: 'allowedLateness'; readonly value: number }
  /** Takes `.trigger(…)` away, so that the assigner's own fires. */
  | { readonly node: number; readonly set: 'trigger'; readonly value: 'default' }
  /** Another number in `countWindow(…)` or `CountTrigger.of(…)`. */
  | { readonly node: number; readonly set: 'triggerCount'; readonly value: number }
  /** The last argument of the assigner: another offset, 0 takes it away. */
  | { readonly node: number; readonly set: 'windowOffset'; readonly value: number }

/** One or more neighbouring lines of the program, from `line` on, as they are and as they would be; an empty `after`: they go. */
export interface LineChange {
  readonly line: number
  readonly before: string
  readonly after: string
}

/**
 * What an edit would do to the program, a line at a time, further lines in `more`, and the whole text after it; or why the text cannot be changed
 * for it, with the line to look at.
 */
export type EditPreview = (LineChange & { readonly more?: readonly LineChange[]; readonly text?: string }) | { readonly problem: Problem }

/** The program behind the picture, as far as the picture can change it. */
export interface ProgramKnobs {
  /** Several edits are made together or not at all. */
  preview(edit: OperatorEdit | readonly OperatorEdit[]): EditPreview
  /** One undo step, and the job runs anew. Does nothing where `preview` gives a problem. */
  apply(edit: OperatorEdit | readonly OperatorEdit[]): void
  /** Shows the line in the editor. */
  show(line: number): void
}
