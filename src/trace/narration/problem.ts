import type { Problem } from '../../core/problem'
import type { Language } from '../../i18n'

/** A problem in a sentence. */
export function tellProblem(problem: Problem, _language: Language): string {
  return `${problem.code} ${Object.values(problem.args ?? {}).join(' ')}`.trim()
}
