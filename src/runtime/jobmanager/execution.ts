import { assert } from '../../base/assert'
import type { Address, Context } from '../../kernel/types'
import { EXECUTION_STATES, TraceKind } from '../../trace/kinds'
import type { ExecutionState } from '../../trace/kinds'
import type { Failure } from '../messages'
import { failureText } from '../messages'
import type { PhysicalSlot } from './resourceManager'

/** S-16: where each state may go. */
const NEXT: Readonly<Record<ExecutionState, readonly ExecutionState[]>> = {
  CREATED: ['SCHEDULED', 'CANCELING', 'FAILED'],
  SCHEDULED: ['DEPLOYING', 'CANCELING', 'FAILED'],
  DEPLOYING: ['INITIALIZING', 'RUNNING', 'CANCELING', 'FAILED'],
  INITIALIZING: ['RUNNING', 'FINISHED', 'CANCELING', 'FAILED'],
  RUNNING: ['FINISHED', 'CANCELING', 'FAILED'],
  CANCELING: ['CANCELED'],
  FINISHED: [],
  CANCELED: [],
  FAILED: [],
  RECONCILING: [],
}

export const isTerminal = (state: ExecutionState): boolean => NEXT[state].length === 0

const encoder = new TextEncoder()

/** One attempt to run one subtask; mirrors Execution. Every change of state is told in the trace. */
export class Execution {
  state: ExecutionState = 'CREATED'
  slot: PhysicalSlot | null = null
  /** 0: not deployed. */
  address: Address = 0
  failure: Failure | null = null

  constructor(
    /** Index in ExecutionGraph.vertices. */
    readonly vertex: number,
    readonly attempt: number,
  ) {}

  get terminal(): boolean {
    return isTerminal(this.state)
  }

  /** False, and nothing happens, when the state cannot come after the present one: a report that was overtaken. */
  transition(to: ExecutionState, context: Context, failure: Failure | null = null): boolean {
    if (!NEXT[this.state].includes(to)) return false
    this.state = to
    this.failure = failure
    const payload = failure === null ? undefined : encoder.encode(failureText(failure))
    context.emit(TraceKind.ExecutionState, this.vertex, this.attempt, EXECUTION_STATES.indexOf(to), this.address, NaN, payload)
    return true
  }

  /** For the first state, which nothing leads to. */
  announce(context: Context): void {
    assert(this.state === 'CREATED', 'announced too late')
    context.emit(TraceKind.ExecutionState, this.vertex, this.attempt, EXECUTION_STATES.indexOf('CREATED'), 0, NaN)
  }
}
