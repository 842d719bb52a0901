import type { GraphIndex } from './chaining'
import type { ChainedOperator } from './types'

/**
 * Names and descriptions of vertices (G-23, G-24), and of tasks (G-25). `chain` is in pre-order, so an operator's followers
 * are found by id.
 */
export interface ChainText {
  /** The operator's own text. */
  text(node: number): string
  outputs(node: number): readonly number[]
}

/** `A -> (B -> C, D)`. `between` separates branches: `, ` in names, ` , ` in cascading descriptions. */
export function cascade(chain: ChainText, node: number, between: string): string {
  // Chains may be thousands of operators long: only branches go deeper.
  let row = chain.text(node)
  let outputs = chain.outputs(node)
  while (outputs.length === 1) {
    row += ` -> ${chain.text(outputs[0]!)}`
    outputs = chain.outputs(outputs[0]!)
  }
  return outputs.length === 0 ? row : `${row} -> (${outputs.map((output) => cascade(chain, output, between)).join(between)})`
}

/** One operator a line, branches drawn with `:-` and `+-`; ends with a newline. */
export function tree(chain: ChainText, node: number): string {
  const lines: string[] = []
  const open = [{ at: node, own: '', below: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, own, below } = next
    lines.push(`${own}${chain.text(at)}\n`)
    const outputs = chain.outputs(at)
    for (let i = outputs.length - 1; i >= 0; i--) {
      const last = i === outputs.length - 1
      open.push({ at: outputs[i]!, own: `${below}${last ? '+- ' : ':- '}`, below: `${below}${last ? '   ' : ':  '}` })
    }
  }
  return lines.join('')
}

/** How a chain reads: `of` picks name or description, chained sources stand in brackets behind the head. */
export function chainText(
  index: GraphIndex,
  chain: readonly ChainedOperator[],
  sources: readonly number[],
  of: 'name' | 'description',
): ChainText {
  const byNode = new Map(chain.map((operator) => [operator.node, operator]))
  const head = chain[0]!.node
  return {
    text(node) {
      const own = index.node(node)[of]
      return node === head && sources.length > 0 ? `${own} [${sources.map((source) => index.node(source)[of]).join(', ')}]` : own
    },
    outputs: (node) => byNode.get(node)!.outputs.map((output) => output.node),
  }
}

/** `Map (1/2)`; `subtask` counts from 0. */
export const taskName = (vertex: string, subtask: number, parallelism: number): string => `${vertex} (${subtask + 1}/${parallelism})`
