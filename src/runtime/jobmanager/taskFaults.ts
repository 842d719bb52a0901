import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { ThrowAtRecord } from '../deployment'
import type { Intervene } from '../messages'
import { control } from '../messages'
import type { Afterlife } from './afterlife'
import type { Execution } from './execution'

/** A function that is to throw, and how often it still has to. */
export interface Throwing extends ThrowAtRecord {
  readonly subtask: number
  left: number
}

const encoder = new TextEncoder()

/**
 * Tasks that fail because an intervention has it so. How often a function has thrown is counted here, by the failures that are reported: so it holds over
 * restarts, and each attempt is told in its deployment whether it is still to throw.
 */
export class TaskFaults {
  constructor(
    private readonly afterlife: Afterlife,
    private readonly context: () => Context,
  ) {}

  /** Nothing happens to a subtask that does not run. */
  failTask(intervention: number, execution: Execution | undefined): void {
    if (execution === undefined || execution.address === 0 || execution.terminal) return
    const message = 'The task was made to fail by an intervention.'
    this.struck(intervention, execution.vertex, message)
    const failure = { className: 'org.apache.flink.util.FlinkException', message }
    this.context().send(execution.address, control({ type: 'fail-task', failure }))
  }

  throwAtRecord(
    intervention: number,
    { node, subtask, record, times }: Extract<Intervene['action'], { do: 'throw-at-record' }>,
    execution: Execution | undefined,
  ): void {
    const throwing: Throwing = { intervention, node, record, subtask, left: times }
    this.afterlife.throwing.push(throwing)
    if (execution === undefined || execution.address === 0 || execution.terminal) return
    this.context().send(execution.address, control({ type: 'throw-at', throwAt: plain(throwing) }))
  }

  /** What a new attempt of a subtask is told: of the operators of its task. */
  throwAt(subtask: number, chain: readonly { readonly node: number }[]): readonly ThrowAtRecord[] {
    return this.afterlife.throwing
      .filter((one) => one.left > 0 && one.subtask === subtask && chain.some(({ node }) => node === one.node))
      .map(plain)
  }

  hasThrown(intervention: number): void {
    const throwing = this.afterlife.throwing.find((one) => one.intervention === intervention)
    if (throwing !== undefined) throwing.left--
  }

  private struck(intervention: number, vertex: number, what: string): void {
    this.context().emit(TraceKind.FaultStruck, intervention, vertex, 0, 0, NaN, encoder.encode(what))
  }
}

const plain = ({ intervention, node, record }: Throwing): ThrowAtRecord => ({ intervention, node, record })
