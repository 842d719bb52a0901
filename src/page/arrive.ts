import type { Session } from '../session/session.svelte'
import type { Desk } from './desk.svelte'
import { FIRST_LESSON, openLesson } from './lessons'
import type { Shelf } from './shelf.svelte'

/** What the first picture plays at: slow enough to follow one record. */
const FIRST_SPEED = 0.1
/** Where it begins, virtual µs: some windows are open, the first is about to fire. */
const FIRST_MOMENT = 7_000_000

/** Whether the address may hold a scenario; what reads it is fetched only then. */
const mayBeLink = (fragment: string): boolean => /^#s\d/.test(fragment)

/** Opens the scenario of a link's fragment; false if it is none. A damaged one leaves everything as it is and says why. */
export async function openLink(session: Session, fragment: string): Promise<boolean> {
  if (!mayBeLink(fragment)) return false
  const { decodeLink } = await import('../scenario/codec')
  const decoded = decodeLink(fragment)
  if ('problem' in decoded) {
    session.linkProblem = decoded.problem
    return false
  }
  session.linkProblem = null
  session.open(decoded.scenario, 'link', { bookmark: decoded.bookmark ?? null, sketch: decoded.plan ?? null })
  return true
}

/**
 * Which way in: a share link, which runs nothing; what was in hand when the page was last closed, which runs again if it is what
 * the person ran here; else the first lesson, simulated and playing.
 */
export async function arrive(session: Session, shelf: Shelf, desk: Desk): Promise<void> {
  const linked = mayBeLink(window.location.hash)
  if (linked && (await openLink(session, window.location.hash))) return
  const working = await shelf.working().catch(() => null)
  if (working !== null) {
    const { scenario, bookmark, plan, forks } = working.shared
    const { id } = working
    session.open(scenario, working.mayRun ? 'library' : 'link', { id, bookmark: bookmark ?? null, sketch: plan ?? null, forks })
    if (working.mayRun && scenario.plan === undefined) await session.run({ play: false })
    return
  }
  await openLesson(session, desk, FIRST_LESSON)
  session.origin = 'first-visit'
  session.pane = 'program'
  session.player.speed = FIRST_SPEED
  desk.span = desk.step?.scene.span ?? null
  if (!linked) await session.run({ from: FIRST_MOMENT })
}
