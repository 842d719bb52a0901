import { RuntimeException } from '../../core/exceptions'
import type { ThrowAtRecord } from '../deployment'
import type { OperatorChain } from './operatorChain'

/** A function throws because an intervention has it so. */
export class ThrownOnPurpose extends RuntimeException {
  constructor(
    readonly intervention: number,
    record: number,
  ) {
    super(`Thrown by an intervention at record ${record}.`)
  }
}

/**
 * Makes an operator of the chain throw before it sees the `record`-th record from now on; a source, before it emits it. Only an operator that is to throw is
 * touched: the others do no more for a record than before.
 * @param struck told just before it throws
 */
export function throwOnPurpose(chain: OperatorChain, { intervention, node, record }: ThrowAtRecord, struck: (text: string) => void): void {
  const state = chain.stateOf(node)
  if (state === undefined) return
  let seen = 0
  const count = (): void => {
    if (++seen !== record) return
    const thrown = new ThrownOnPurpose(intervention, record)
    struck(thrown.message)
    throw thrown
  }
  if (state === chain.head.state && chain.headIsSource) {
    const { output } = chain.head
    const collect = output.collect.bind(output)
    output.collect = (value, timestamp) => {
      count()
      collect(value, timestamp)
    }
    return
  }
  const { operator } = state
  const processElement = operator.processElement.bind(operator)
  operator.processElement = (value, timestamp, input) => {
    count()
    processElement(value, timestamp, input)
  }
}
