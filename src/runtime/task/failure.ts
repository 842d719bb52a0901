import { classOf } from '../../core/exceptions'
import { problem, ProblemError } from '../../core/problem'
import type { Place, Problem } from '../../core/problem'
import type { Failure } from '../messages'

/** Something thrown while a task ran, as Flink would name it. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ProblemError) {
    // A refusal by another room that carries Flink's text brings `class: message` with it.
    const text = thrown.problem.args?.message
    const match = typeof text === 'string' ? /^([\w.$]+): ([\s\S]*)$/.exec(text) : null
    return match === null ? { className: thrown.problem.code, message: String(text ?? '') } : { className: match[1]!, message: match[2]! }
  }
  return { className: classOf(thrown), message: thrown instanceof Error ? thrown.message : String(thrown) }
}

/** The same for the page: which line, which operator, what Flink says. */
export function userException(failure: Failure, task: string, operator: string, line: number | undefined): Problem {
  const place: Place = line === undefined ? { in: 'run' } : { in: 'program', line }
  return problem('user-exception', { class: failure.className, message: failure.message, task, operator }, place)
}
