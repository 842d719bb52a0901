import { IllegalStateException, throwAt } from '../core/exceptions'
import type { GraphIndex } from './chaining'
import type { JobVertex } from './types'

/** G-10: members of a co-location group lie in one slot sharing group. Mirrors StreamingJobGraphGenerator.setCoLocation; throws its IllegalStateException. */
export function checkCoLocation(vertices: readonly JobVertex[], index: GraphIndex): void {
  const groups = new Map<string, string>()
  for (const { coLocationGroup, slotSharingGroup, chain } of vertices) {
    if (coLocationGroup === undefined) continue
    const known = groups.get(coLocationGroup) ?? slotSharingGroup
    if (known !== slotSharingGroup) {
      throwAt(index.node(chain[0]!.node).line, new IllegalStateException('Cannot co-locate operators from different slot sharing groups'))
    }
    groups.set(coLocationGroup, known)
  }
}
