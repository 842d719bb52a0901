import { classOf, JavaException } from '../core/exceptions'
import { problem, ProblemError, type Place, type Problem } from '../core/problem'
import { lineOf } from './stack'

/** The program's line that something thrown comes from: the one the thrower knew, else the topmost frame of the program. */
export function lineOfError(thrown: unknown): number | undefined {
  if (thrown instanceof ProblemError && thrown.problem.place?.in === 'program') return thrown.problem.place.line
  if (thrown instanceof JavaException && thrown.line !== undefined) return thrown.line
  return thrown instanceof Error ? lineOf(thrown.stack) : undefined
}

/** A line and no column: with the types gone, columns are not the text's. */
const placeOf = (thrown: unknown): Place | undefined => {
  const line = lineOfError(thrown)
  return line === undefined ? undefined : { in: 'program', line }
}

/** `program-exception` {class, message} for whatever a program's main part threw; problems stay what they are and get a place. */
export function problemOf(thrown: unknown): Problem {
  const place = placeOf(thrown)
  if (thrown instanceof ProblemError)
    return thrown.problem.place === undefined && place !== undefined ? { ...thrown.problem, place } : thrown.problem
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return problem('program-exception', { class: classOf(thrown), message }, place)
}
