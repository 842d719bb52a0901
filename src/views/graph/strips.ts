import type { Palette } from '../../components/glyphs/palette'
import { busyShare, executionStateOf } from '../../trace/cluster/queries'
import type { ClusterState } from '../../trace/cluster/state'
import type { Layout } from './layout'

const INSET = 7

/** One bar a subtask: how busy and blocked it was in the last second; hollow before it runs and after, a mark where it failed. */
export function drawStrips(
  g: CanvasRenderingContext2D,
  palette: Palette,
  layout: Layout,
  cluster: ClusterState,
  time: number,
  chosen: ReadonlySet<number> | null,
): void {
  for (const box of layout.tasks) {
    if (box.detail !== 'strip') continue
    const x = box.frame.x + INSET
    const width = box.frame.width - 2 * INSET
    for (const cell of box.cells) {
      const height = cell.height > 3 ? cell.height - 1 : cell.height - 0.5
      const state = executionStateOf(cluster, cell.index)
      if (chosen?.has(cell.index)) {
        g.fillStyle = palette.accent
        g.fillRect(box.frame.x + 1, cell.y, 4, height)
      }
      if (state === 'FAILED') {
        g.fillStyle = palette.fail
        g.fillRect(x, cell.y, width, height)
        continue
      }
      g.fillStyle = state === 'RUNNING' ? palette.line : palette.line2
      g.fillRect(x, cell.y, width, height)
      if (state !== 'RUNNING') continue
      const { busy, backPressured } = busyShare(cluster, cell.index, time)
      if (busy > 0) {
        g.fillStyle = palette.ok
        g.fillRect(x, cell.y, width * busy, height)
      }
      if (backPressured > 0) {
        // Narrower too: colour alone does not say it.
        g.fillStyle = palette.barrier
        g.fillRect(x + width * busy, cell.y + height * 0.25, width * backPressured, height * 0.5)
      }
    }
  }
}
