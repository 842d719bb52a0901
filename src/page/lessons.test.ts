import { describe, expect, test } from 'vitest'
import { lessonsIn, readLesson } from '../session/lessons/node'
import type { LessonChecks } from '../trace/predicates'
import { VIEWS } from '../views/registry'
import { FIRST_LESSON, lessonEntries, neighbours, partsOfLessons } from './lessons'

const folder = new URL('../../lessons', import.meta.url).pathname
const modules = import.meta.glob<LessonChecks>('../../lessons/*/*/checks.ts', { eager: true })
const ids = lessonsIn(folder)

test('every lesson is in the list, in order, in a part with a name', () => {
  expect(lessonEntries('en').map(({ id }) => id)).toEqual(ids)
  expect(partsOfLessons('zh').flatMap(({ lessons }) => lessons)).toEqual(lessonEntries('zh'))
  expect(ids).toContain(FIRST_LESSON)
  expect(neighbours(ids[0]!, 'en')).toMatchObject({ previous: null, next: { id: ids[1] } })
  expect(neighbours(ids.at(-1)!, 'en')).toMatchObject({ previous: { id: ids.at(-2) }, next: null })
})

describe.each(ids)('%s', (id) => {
  test('its scenes ask for views that there are', () => {
    const known = VIEWS.map((view) => view.id)
    const lesson = readLesson(folder, id, modules[`../../lessons/${id}/checks.ts`]!)
    for (const { scene } of lesson.steps.en) for (const view of scene.views ?? []) expect(known).toContain(view)
  })
})
