import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import { initializeFunction, notifyFunction, snapshotFunction } from '../operators/checkpointedFunctions'
import { OperatorStateBackend } from '../state/OperatorStateBackend'
import type { FunctionState } from './sourceOperator'

/** The state of a SourceFunction that is a CheckpointedFunction or ListCheckpointed. Mirrors what StreamSource has of AbstractUdfStreamOperator. */
export class SourceFunctionState implements FunctionState {
  private readonly operatorState = new OperatorStateBackend()

  constructor(private readonly fn: unknown) {}

  initializeState(context: StateInitializationContext): void {
    this.operatorState.restore(context)
    initializeFunction(this.fn, { checkpoint: context.checkpoint, operatorState: this.operatorState, keyedState: null })
  }

  snapshotState(context: SnapshotContext): OperatorSnapshotResult {
    snapshotFunction(this.fn, context, this.operatorState)
    const { handle, bytes } = this.operatorState.snapshot()
    return { operator: handle === null ? [] : [handle], keyed: [], syncCost: 0, fullSize: bytes }
  }

  notifyCheckpointComplete(checkpoint: number): void {
    notifyFunction(this.fn, 'notifyCheckpointComplete', checkpoint)
  }

  notifyCheckpointAborted(checkpoint: number): void {
    notifyFunction(this.fn, 'notifyCheckpointAborted', checkpoint)
  }
}
