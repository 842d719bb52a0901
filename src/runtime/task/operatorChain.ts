import type { Output, StreamOperator } from '../operators/types'
import type { ChainedOperatorState } from './chainedOperator'

/** An operator that a chain holds, with what it writes to. */
export interface ChainLink {
  readonly state: ChainedOperatorState
  readonly output: Output
}

/**
 * The operators of a task; mirrors RegularOperatorChain. `postOrder` is the order of their creation: each after all that it writes to.
 * They are opened and closed in that order, tail to head, and finished in the opposite one. A source at the head is none of them.
 */
export class OperatorChain {
  constructor(
    /** The head, source or operator. */
    readonly head: ChainLink,
    private readonly postOrder: readonly ChainedOperatorState[],
    private readonly headIsSource: boolean,
  ) {
    this.unfinished = postOrder.length
  }

  private get operators(): readonly StreamOperator[] {
    const states = this.headIsSource ? this.postOrder.slice(0, -1) : this.postOrder
    return states.map((state) => state.operator)
  }

  /** `working` is told whose turn it is. */
  open(working: (state: ChainedOperatorState) => void): void {
    for (const state of this.postOrder) {
      if (this.headIsSource && state === this.head.state) continue
      working(state)
      state.operator.open()
    }
  }

  /** Operators that have not finished, and whether the input of the next of them has ended. */
  private unfinished: number
  private inputEnded = true

  /**
   * T-19: for each operator behind the head its input ends first; the head's inputs have ended one by one. False: an operator still waits for
   * something that is under way; to be called again when that may have come.
   */
  finish(working: (state: ChainedOperatorState) => void): boolean {
    for (; this.unfinished > 0; this.unfinished--, this.inputEnded = false) {
      const state = this.postOrder[this.unfinished - 1]!
      if (this.headIsSource && state === this.head.state) continue
      working(state)
      if (!this.inputEnded) {
        this.inputEnded = true
        state.operator.endInput(0)
      }
      if (state.operator.isDrained?.() === false) return false
      state.operator.finish()
    }
    return true
  }

  close(): void {
    for (const operator of this.operators) operator.close()
  }

  stateOf(node: number): ChainedOperatorState | undefined {
    return this.postOrder.find((state) => state.node === node)
  }
}
