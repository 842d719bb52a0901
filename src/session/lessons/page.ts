import type { LessonChecks } from '../../trace/predicates'
import { buildLesson } from './build'
import type { Lesson } from './types'

/** Lessons alone are globbed: to add one is to add a folder. Texts load when a lesson is opened. */
const texts = import.meta.glob<string>('../../../lessons/*/*/{lesson.md,lesson.zh.md,program.ts,solution.ts,scenario.json}', {
  query: '?raw',
  import: 'default',
})
const checks = import.meta.glob<LessonChecks>('../../../lessons/*/*/checks.ts')

const ROOT = '../../../lessons/'

/** Ids of all lessons, in the order of their numbers. */
export const lessonIds: readonly string[] = Object.keys(checks)
  .map((path) => path.slice(ROOT.length, -'/checks.ts'.length))
  .sort((a, b) => numberIn(a) - numberIn(b))

function numberIn(id: string): number {
  return Number(/\/(\d+)-/.exec(id)![1])
}

const text = (id: string, file: string): Promise<string> => texts[`${ROOT}${id}/${file}`]!()

/** Loads a lesson; null for an id that there is no lesson of (a link may name any). */
export async function loadLesson(id: string): Promise<Lesson | null> {
  if (!lessonIds.includes(id)) return null
  const [en, zh, scenario, program, solution, tests] = await Promise.all([
    text(id, 'lesson.md'),
    text(id, 'lesson.zh.md'),
    text(id, 'scenario.json'),
    text(id, 'program.ts'),
    text(id, 'solution.ts'),
    checks[`${ROOT}${id}/checks.ts`]!(),
  ])
  return buildLesson({ id, en, zh, scenario, program, solution }, tests)
}
