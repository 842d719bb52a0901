import { AssertionFailure } from '../../base/assert'
import type { StreamOperator } from '../operators/types'
import type { TaskTrace } from './operatorTrace'

/** An operator in its place in a task: what it costs, and who it is for the trace. */
export class ChainedOperatorState {
  /** Set as soon as it is built; sources have none. */
  operator: StreamOperator = NO_OPERATOR

  constructor(
    readonly node: number,
    readonly operatorId: string,
    readonly name: string,
    /** Virtual µs a record. */
    public cost: number,
    readonly trace: TaskTrace,
  ) {}
}

const fail = (): never => {
  throw new AssertionFailure('an operator was called before it was built')
}
const NO_OPERATOR: StreamOperator = {
  open: fail,
  processElement: fail,
  processWatermark: fail,
  processStatus: fail,
  endInput: fail,
  finish: fail,
  close: fail,
}

/** What stands in a chain that had finished before its task was deployed (D-11): nothing comes to it but the end. Mirrors FinishedOnRestoreInput. */
export const FINISHED_OPERATOR: StreamOperator = {
  open: () => undefined,
  processElement: () => {
    throw new AssertionFailure('a record came to a task that had finished')
  },
  processWatermark: () => undefined,
  processStatus: () => undefined,
  endInput: () => undefined,
  finish: () => undefined,
  close: () => undefined,
}
