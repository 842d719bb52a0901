import { WATERMARKS_PARAM, WINDOW_PARAM } from '../streaming/timeSettings'
import type { IntervalJoinSettings, WatermarkSettings, WindowSettings } from '../streaming/timeSettings'
import type { Plain, StreamNode } from './types'

/** What operators say about time and windows, for views and explanations. */
export { WATERMARKS_PARAM, WINDOW_PARAM }
export type {
  AssignerSettings,
  EvictorSettings,
  IntervalJoinSettings,
  TimeDomain,
  TriggerSettings,
  WatermarkSettings,
  WindowSettings,
} from '../streaming/timeSettings'

const held = <T>(node: StreamNode, param: string): T | null => {
  const found: Plain | undefined = node.operator.params[param]
  // Written by module `flink` when the node was described: the two sides share the types above.
  return found === undefined ? null : (found as unknown as T)
}

/** null: not a window operator, or a plan from elsewhere. */
export const windowSettingsOf = (node: StreamNode): WindowSettings | null => held<WindowSettings>(node, WINDOW_PARAM)
/** null: an operator that makes no watermarks, a source of the old kind, or a plan from elsewhere. */
export const watermarkSettingsOf = (node: StreamNode): WatermarkSettings | null => held<WatermarkSettings>(node, WATERMARKS_PARAM)

/** null: not an interval join, or a plan from elsewhere. */
export function intervalJoinSettingsOf(node: StreamNode): IntervalJoinSettings | null {
  const { lower, upper, lowerInclusive, upperInclusive, leftLateTag, rightLateTag } = node.operator.params
  if (node.operator.kind !== 'intervalJoin' || typeof lower !== 'number' || typeof upper !== 'number') return null
  return {
    lower: lowerInclusive === true ? lower : lower + 1,
    upper: upperInclusive === true ? upper : upper - 1,
    leftLateTag: typeof leftLateTag === 'string' ? leftLateTag : null,
    rightLateTag: typeof rightLateTag === 'string' ? rightLateTag : null,
  }
}
