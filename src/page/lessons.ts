import { say, type Language, type Text } from '../i18n'
import { lessonTitles } from '../i18n/shell'
import type { Session } from '../session/session.svelte'
import type { Desk } from './desk.svelte'

/** The lesson whose scenario is there on a first visit. */
export const FIRST_LESSON = '02-time/06-watermarks'

// Lessons bring a Markdown parser: fetched with the first of them.
const load = async (id: string) => (await import('../session/lessons/page')).loadLesson(id)

export const lessonEntries = (language: Language): readonly { readonly id: string; readonly title: string }[] =>
  Object.entries<Text>(lessonTitles).map(([id, title]) => ({ id, title: say(title, language) }))

/** Opens a lesson's own scenario and puts its text on the desk. */
export async function openLesson(session: Session, desk: Desk, id: string): Promise<void> {
  const lesson = await load(id)
  if (lesson === null) return
  const language = session.settings.get('language')
  // Its own scenario again, in the midst of it: one goes on from where one is.
  const step = desk.lesson?.id === id ? desk.at : 0
  session.open({ ...lesson.scenario, name: lesson.title[language] }, 'lesson')
  session.pane = 'lesson'
  session.step = step
  desk.put(lesson)
}

/** Puts the text of the lesson that a scenario belongs to on the desk, whatever way it came. */
export async function followLesson(desk: Desk, id: string | undefined): Promise<void> {
  desk.put(id === undefined ? null : await load(id))
}
