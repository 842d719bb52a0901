import type { Selection } from '../../scenario/types'
import type { Hit } from './hit'
import type { Scene } from './scene'

/** What a click on it selects; null: nothing in the cluster. Windows of several keys in one band take turns. */
export function selectionOf({ points }: Scene, hit: Hit, before: Selection | null): Selection | null {
  switch (hit.kind) {
    case 'record':
      return { kind: 'record', origin: points.origins[hit.at]!, number: points.numbers[hit.at]! }
    case 'line':
      return hit.line.selection
    case 'firing':
    case 'band': {
      const { windows } = hit.band
      const chosen =
        before?.kind === 'window' ? windows.findIndex(({ process, window }) => process === before.process && window === before.window) : -1
      const { process, window } = windows[(chosen + 1) % windows.length]!
      return { kind: 'window', process, window }
    }
    case 'ghost':
      return { kind: 'partition', node: hit.ghost.node, partition: hit.ghost.partition }
    case 'axis':
    case 'playhead':
      return null
  }
}
