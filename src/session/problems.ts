import { ProblemError, problem, type Problem } from '../core/problem'

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

/** A run that was made again must come out the same: if it does not, that is a fault of ours. */
export const divergence = (event: number): Problem =>
  problem('internal', { message: `event ${event} of the run did not come out as before` }, { in: 'run' })

/** Anything but a problem is a fault of ours, and says so. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return problem('internal', { message }, { in: 'run' })
}
