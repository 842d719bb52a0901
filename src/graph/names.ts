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
  const outputs = chain.outputs(node).map((output) => cascade(chain, output, between))
  if (outputs.length === 0) return chain.text(node)
  return `${chain.text(node)} -> ${outputs.length === 1 ? outputs[0]! : `(${outputs.join(between)})`}`
}

/** One operator a line, branches drawn with `:-` and `+-`; ends with a newline. */
export function tree(chain: ChainText, node: number): string {
  const lines: string[] = []
  const draw = (at: number, own: string, below: string): void => {
    lines.push(`${own}${chain.text(at)}\n`)
    const outputs = chain.outputs(at)
    outputs.forEach((output, i) => {
      const last = i === outputs.length - 1
      draw(output, `${below}${last ? '+- ' : ':- '}`, `${below}${last ? '   ' : ':  '}`)
    })
  }
  draw(node, '', '')
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
