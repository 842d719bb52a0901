import { say, type Language, type Text } from '../i18n'
import { lessonParts } from '../i18n/lessons'
import { lessonTitles } from '../i18n/shell'
import type { Session } from '../session/session.svelte'
import type { Desk } from './desk.svelte'

/** The lesson whose scenario is there on a first visit. */
export const FIRST_LESSON = '02-time/06-watermarks'

// Lessons bring a Markdown parser: fetched with the first of them.
const load = async (id: string) => (await import('../session/lessons/page')).loadLesson(id)

export interface LessonEntry {
  readonly id: string
  readonly number: number
  readonly title: string
}

/** In the order of their numbers. */
export const lessonEntries = (language: Language): readonly LessonEntry[] =>
  Object.entries<Text>(lessonTitles).map(([id, title]) => ({ id, number: numberIn(id), title: say(title, language) }))

const numberIn = (id: string): number => Number(/\/(\d+)-/.exec(id)![1])
export const partIn = (id: string): string => id.split('/')[0]!

/** The parts that have lessons, with theirs. */
export function partsOfLessons(
  language: Language,
): readonly { readonly part: string; readonly name: string; readonly lessons: readonly LessonEntry[] }[] {
  const entries = lessonEntries(language)
  return Object.entries(lessonParts).flatMap(([part, name]) => {
    const lessons = entries.filter(({ id }) => partIn(id) === part)
    return lessons.length === 0 ? [] : [{ part, name: say(name, language), lessons }]
  })
}

/** The lessons before and behind this one; null where there is none. */
export function neighbours(id: string, language: Language): { readonly previous: LessonEntry | null; readonly next: LessonEntry | null } {
  const entries = lessonEntries(language)
  const at = entries.findIndex((entry) => entry.id === id)
  return { previous: entries[at - 1] ?? null, next: entries[at + 1] ?? null }
}

/** Opens a lesson's own scenario and puts its text on the desk, at the step where one left it. */
export async function openLesson(session: Session, desk: Desk, id: string): Promise<void> {
  const lesson = await load(id)
  if (lesson === null) return
  const language = session.settings.get('language')
  const step = stepIn(session, desk, id)
  session.open({ ...lesson.scenario, name: lesson.title[language] }, 'lesson')
  session.pane = 'lesson'
  session.step = step
  desk.begin(lesson)
}

/** Its own scenario again, in the midst of it: one goes on from where one is. A lesson that was left is gone on with; one that is done begins anew. */
function stepIn(session: Session, desk: Desk, id: string): number {
  if (desk.lesson?.id === id) return desk.at
  const known = session.settings.get('lessons')[id]
  return known === undefined || known.done ? 0 : known.step
}

/** Puts the text of the lesson that a scenario belongs to on the desk, whatever way it came. */
export async function followLesson(desk: Desk, id: string | undefined): Promise<void> {
  desk.put(id === undefined ? null : await load(id))
}
