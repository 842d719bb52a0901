import type { Problem } from '../core/problem'

/** A change of one operator's settings, as a person asks for it on the picture; `node` is its id in the StreamGraph. */
export type OperatorEdit =
  | { readonly node: number; readonly set: 'parallelism'; readonly value: number }
  | { readonly node: number; readonly set: 'maxParallelism'; readonly value: number }
  | { readonly node: number; readonly set: 'slotSharingGroup'; readonly value: string }
  /** `default` takes `startNewChain()` and `disableChaining()` away again. */
  | { readonly node: number; readonly set: 'chaining'; readonly value: 'default' | 'startNewChain' | 'disableChaining' }
  | { readonly node: number; readonly set: 'uid'; readonly value: string }
  | { readonly node: number; readonly set: 'name'; readonly value: string }
  /** Takes the partitioner (`rebalance()`, `rescale()`, …) before the operator away, or puts one there. */
  | {
      readonly node: number
      readonly set: 'partitioner'
      readonly value: 'none' | 'forward' | 'rebalance' | 'rescale' | 'shuffle' | 'broadcast' | 'global'
    }

/** What an edit would do to the program, a line at a time; or why the text cannot be changed for it, with the line to look at. */
export type EditPreview = { readonly line: number; readonly before: string; readonly after: string } | { readonly problem: Problem }

/** The program behind the picture, as far as the picture can change it. */
export interface ProgramKnobs {
  preview(edit: OperatorEdit): EditPreview
  /** One undo step, and the job runs anew. Does nothing where `preview` gives a problem. */
  apply(edit: OperatorEdit): void
  /** Shows the line in the editor. */
  show(line: number): void
}
