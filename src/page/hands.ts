import type { Session } from '../session/session.svelte'
import type { Hands } from '../views/types'

/** Hands on the data behind the picture; null where there is nothing that could be made again. */
export function handsOf(session: Session): Hands | null {
  const { runner, hand } = session
  if (runner.behind === null || runner.still || session.scenario.plan !== undefined) return null
  return {
    preview: (change) => session.preview(change),
    keep: (change, label) => void session.keep(change, label),
    revert: () => hand.revert(),
    get catchingUp() {
      return hand.catchingUp
    },
  }
}
