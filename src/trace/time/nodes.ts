import { LONG_MIN } from '../../core/time'
import { valueAt, type Since } from './moments'
import type { AttemptTrack, TimeState } from './state'

/**
 * The watermark that an operator of an attempt stands at: its task's, or what a source or watermark operator before it in its chain has made.
 */
export function watermarkOfNode(state: TimeState, attempt: AttemptTrack, node: number): Since {
  const { plan } = state.index
  const { vertex } = state.index.graph.vertices[attempt.vertex]!
  const isSource = plan.isSource[vertex]! && plan.head[vertex] !== undefined
  for (let at = plan.parentOf.get(node); at !== undefined; at = plan.parentOf.get(at)) {
    if (plan.isGenerator(at) || (isSource && at === plan.head[vertex])) {
      const generator = attempt.nodes.get(at)?.generator
      return generator ? valueAt(generator.steps, state.event, LONG_MIN) : { value: LONG_MIN, event: -1, time: 0 }
    }
  }
  return valueAt(attempt.watermark, state.event, LONG_MIN)
}
