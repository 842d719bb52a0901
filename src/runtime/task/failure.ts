import { classOf } from '../../core/exceptions'
import { problem, ProblemError } from '../../core/problem'
import type { Place, Problem } from '../../core/problem'
import type { Failure } from '../messages'

/** Something thrown while a task ran, as Flink would name it. Refusals by our own rooms carry Flink's exception in their arguments. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ProblemError) {
    const { code, args = {} } = thrown.problem
    return { className: String(args.exception ?? args.class ?? code), message: String(args.message ?? '') }
  }
  return { className: classOf(thrown), message: thrown instanceof Error ? thrown.message : String(thrown) }
}

/** The same for the page: which line, which operator, what Flink says. A problem that says more than that stays what it is. */
export function problemIn(thrown: unknown, failure: Failure, task: string, operator: string, line: number | undefined): Problem {
  const place: Place = line === undefined ? { in: 'run' } : { in: 'program', line }
  if (thrown instanceof ProblemError) return { place, ...thrown.problem, args: { ...thrown.problem.args, task, operator } }
  return problem('user-exception', { class: failure.className, message: failure.message, task, operator }, place)
}
