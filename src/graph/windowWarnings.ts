import { warning } from '../core/problem'
import type { Problem } from '../core/problem'
import { windowSettingsOf } from './timeSettings'
import type { StreamGraph } from './types'

/** So many windows for one record are hardly meant: state, timers and results grow by as much. */
const MOST_PANES = 1000

/** What must be said about a job's windows before it runs. */
export const windowWarnings = ({ nodes }: StreamGraph): readonly Problem[] =>
  nodes.flatMap((node) => {
    const assigner = windowSettingsOf(node)?.assigner
    if (assigner?.type !== 'sliding') return []
    const { size, slide } = assigner
    const panes = Math.ceil(size / slide)
    if (panes <= MOST_PANES) return []
    const place = node.line === undefined ? undefined : ({ in: 'program', line: node.line } as const)
    return [warning('window-panes', { operator: node.name, panes, size, slide }, place)]
  })
