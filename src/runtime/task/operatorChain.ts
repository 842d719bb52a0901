import { AssertionFailure } from '../../base/assert'
import type { CheckpointedChain, OperatorSnapshot } from '../checkpoint/subtaskCoordinator'
import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import type { Output, StreamOperator } from '../operators/types'
import type { ChainedOperatorState } from './chainedOperator'

/** An operator that a chain holds, with what it writes to. */
export interface ChainLink {
  readonly state: ChainedOperatorState
  readonly output: Output
}

/** A source's own part in checkpoints. */
export type StatefulSource = Required<Pick<StreamOperator, 'initializeState' | 'snapshotState'>> &
  Pick<StreamOperator, 'notifyCheckpointComplete' | 'notifyCheckpointAborted'>

const NOTHING_TO_RESTORE: StateInitializationContext = {
  checkpoint: null,
  keyed: [],
  operator: [],
  bytesOf: () => {
    throw new AssertionFailure('there is no state')
  },
}
const NOTHING_TO_SAVE: OperatorSnapshotResult = { operator: [], keyed: [], syncCost: 0, fullSize: 0 }

/**
 * The operators of a task; mirrors RegularOperatorChain and FinishedOperatorChain. `postOrder` is the order of their creation: each after all that it writes to.
 * They are opened and closed in that order, tail to head, and finished in the opposite one. A source at the head is none of them.
 */
export class OperatorChain implements CheckpointedChain {
  constructor(
    /** The head, source or operator. */
    readonly head: ChainLink,
    private readonly postOrder: readonly ChainedOperatorState[],
    /** Null: the head is no source. */
    private readonly source: StatefulSource | null,
    /** D-11: all of it had finished in the checkpoint from which the task begins; none of its operators does anything. */
    readonly finishedOnRestore: boolean,
    /** Is told whose turn it is. */
    private readonly working: (state: ChainedOperatorState) => void,
  ) {
    this.unfinished = finishedOnRestore ? 0 : postOrder.length
  }

  get headIsSource(): boolean {
    return this.source !== null
  }

  get headOperator(): string {
    return this.head.state.operatorId
  }

  /** That of a chain with several ends, as in Flink: the one that was created first. */
  get tailOperator(): string {
    return this.postOrder[0]!.operatorId
  }

  private get operators(): readonly StreamOperator[] {
    const states = this.headIsSource ? this.postOrder.slice(0, -1) : this.postOrder
    return states.map((state) => state.operator)
  }

  /** What an operator and a source have in common for checkpoints, tail to head. */
  private *stateful(): Iterable<readonly [ChainedOperatorState, StatefulSource | StreamOperator]> {
    if (this.finishedOnRestore) return
    for (const state of this.postOrder) yield [state, this.headIsSource && state === this.head.state ? this.source! : state.operator]
  }

  /** Each gets its state, then is opened (D-20). A source is started by its task. `null`: the job has no checkpoint to begin from. */
  open(contextOf: ((state: ChainedOperatorState) => StateInitializationContext) | null): void {
    for (const [state, operator] of this.stateful()) {
      this.working(state)
      operator.initializeState?.(contextOf === null ? NOTHING_TO_RESTORE : contextOf(state))
      if (operator !== this.source) (operator as StreamOperator).open()
    }
  }

  prepareSnapshotPreBarrier(checkpoint: number): void {
    for (const [state, operator] of [...this.stateful()].reverse()) {
      this.working(state)
      if ('prepareSnapshotPreBarrier' in operator) operator.prepareSnapshotPreBarrier?.(checkpoint)
    }
  }

  snapshotState(context: SnapshotContext): readonly OperatorSnapshot[] {
    const snapshots: OperatorSnapshot[] = []
    for (const [state, operator] of this.stateful()) {
      this.working(state)
      const result = operator.snapshotState?.(context) ?? NOTHING_TO_SAVE
      snapshots.push({ operatorId: state.operatorId, node: state.node, result })
    }
    return snapshots
  }

  notifyCheckpointComplete(checkpoint: number): void {
    this.notify((operator) => operator.notifyCheckpointComplete?.(checkpoint))
  }

  notifyCheckpointAborted(checkpoint: number): void {
    this.notify((operator) => operator.notifyCheckpointAborted?.(checkpoint))
  }

  private notify(tell: (operator: StatefulSource | StreamOperator) => void): void {
    const errors: unknown[] = []
    for (const [state, operator] of this.stateful()) {
      this.working(state)
      try {
        tell(operator)
      } catch (thrown) {
        errors.push(thrown)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  /** Operators that have not finished, and whether the input of the next of them has ended. */
  private unfinished: number
  private inputEnded = true

  /**
   * T-19: for each operator behind the head its input ends first; the head's inputs have ended one by one. False: an operator still waits for
   * something that is under way; to be called again when that may have come.
   */
  finish(): boolean {
    for (; this.unfinished > 0; this.unfinished--, this.inputEnded = false) {
      const state = this.postOrder[this.unfinished - 1]!
      if (this.headIsSource && state === this.head.state) continue
      this.working(state)
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
    if (this.finishedOnRestore) return
    for (const operator of this.operators) operator.close()
  }

  stateOf(node: number): ChainedOperatorState | undefined {
    return this.postOrder.find((state) => state.node === node)
  }
}
