import { assert } from '../../base/assert'
import { decodeFile } from '../../scenario/codec'
import type { LessonChecks } from '../../trace/predicates'
import { parseLesson } from './markdown'
import type { Lesson, LessonFiles } from './types'

/** Puts a lesson together. Throws AssertionFailure for a folder that is no lesson. */
export function buildLesson(files: LessonFiles, checks: LessonChecks): Lesson {
  const { id, program, solution } = files
  const numbered = /^\d\d-[a-z0-9-]+\/(\d\d)-[a-z0-9-]+$/.exec(id)
  assert(numbered !== null, `${id} is no name of a lesson`)
  const held = JSON.parse(files.scenario) as { readonly scenario: Readonly<Record<string, unknown>>; readonly seeds: number }
  const decoded = decodeFile(
    JSON.stringify({ ...held.scenario, lesson: id, program: { language: 'typescript', text: program } }),
    `${id}/scenario.json`,
  )
  assert(!('problem' in decoded), `${id}/scenario.json: ${JSON.stringify('problem' in decoded ? decoded.problem : null)}`)
  const en = parseLesson(files.en)
  const zh = parseLesson(files.zh)
  return {
    id,
    number: Number(numbered[1]),
    title: { en: en.title, zh: zh.title },
    steps: { en: en.steps, zh: zh.steps },
    scenario: decoded.scenario,
    solution,
    seeds: held.seeds,
    checks,
  }
}

/** Its own program, topics, cluster and configuration again: what "back to the lesson" opens. */
export const solved = (lesson: Lesson) => ({ ...lesson.scenario, program: { ...lesson.scenario.program, text: lesson.solution } })
