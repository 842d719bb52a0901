import type { Problem } from '../core/problem'

/** What a refused run and its data both say is said once. */
export function each(problems: readonly Problem[]): readonly Problem[] {
  const known = new Map<string, Problem>()
  for (const problem of problems) {
    const text = JSON.stringify([problem.code, problem.place, problem.args])
    if (!known.has(text)) known.set(text, problem)
  }
  return [...known.values()]
}

/** The same mistake at the same key of the configuration, however it was found. */
export const codeAtKey = ({ code, place }: Problem): string => `${code} ${place?.in === 'cluster' ? place.key : ''}`
