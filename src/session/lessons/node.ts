import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LessonChecks } from '../../trace/predicates'
import { buildLesson } from './build'
import type { Lesson } from './types'

/** Ids of the lessons below a folder. */
export const lessonsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    // Parts have numbers; the gallery beside them holds no lessons.
    .filter((part) => part.isDirectory() && /^\d\d-/.test(part.name))
    .flatMap((part) => readdirSync(join(folder, part.name)).map((name) => `${part.name}/${name}`))
    .sort()

/** Loads a lesson from its folder; its checks are handed in, because they are code. */
export function readLesson(folder: string, id: string, checks: LessonChecks): Lesson {
  const text = (file: string): string => readFileSync(join(folder, id, file), 'utf8')
  return buildLesson(
    {
      id,
      en: text('lesson.md'),
      zh: text('lesson.zh.md'),
      scenario: text('scenario.json'),
      program: text('program.ts'),
      solution: text('solution.ts'),
    },
    checks,
  )
}
