/** Where a problem is, as the person who can mend it sees it. Lines and columns count from 1, rows from 0. */
export type Place =
  | { readonly in: 'program'; readonly line: number; readonly column?: number; readonly endLine?: number; readonly endColumn?: number }
  | { readonly in: 'events'; readonly topic: string; readonly row?: number; readonly column?: string }
  | { readonly in: 'cluster'; readonly key?: string; readonly line?: number }
  | { readonly in: 'link' }
  | { readonly in: 'plan'; readonly line?: number }
  | { readonly in: 'file'; readonly name: string }
  | { readonly in: 'run' }

/**
 * An error as data. `code` names an entry of the dictionary `src/i18n/problems.ts`, which holds a sentence and a hint
 * in each language; `args` fill its `{…}` places. Flink's own messages travel in `args` untranslated.
 */
export interface Problem {
  readonly code: string
  readonly args?: Readonly<Record<string, string | number>>
  readonly place?: Place
  readonly severity: 'error' | 'warning'
}

/** A problem on its way through code that can only throw. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  constructor(readonly problem: Problem) {
    super(`${problem.code} ${JSON.stringify(problem.args ?? {})}`)
  }
}

/** What stops a run or a change. `code` has its sentence in both languages in i18n/problems.ts. */
export const problem = (code: string, args?: Problem['args'], place?: Place): Problem => ({
  code,
  severity: 'error',
  ...(args === undefined ? {} : { args }),
  ...(place === undefined ? {} : { place }),
})
/** What is said beside a run and stops nothing. */
export const warning = (code: string, args?: Problem['args'], place?: Place): Problem => ({
  ...problem(code, args, place),
  severity: 'warning',
})
