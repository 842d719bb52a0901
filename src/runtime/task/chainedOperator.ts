import { AssertionFailure } from '../../base/assert'
import type { StreamOperator } from '../operators/types'
import type { TaskTrace } from './operatorTrace'

/** An operator in its place in a task: what it costs, and who it is for the trace. */
export class ChainedOperatorState {
  /** Set as soon as it is built; sources have none. */
  operator: StreamOperator = NO_OPERATOR

  constructor(
    readonly node: number,
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
