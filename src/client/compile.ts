import { transform } from 'sucrase'
import { problem, ProblemError } from '../core/problem'
import { FLINK, lineAt } from './module'
import type { CompiledProgram } from './types'

/** `require('…')` is what stands where an import stood; a program's own is refused alike. */
const REQUIRE = /\brequire\((['"])([^'"\n]*)\1\)/g

/**
 * TypeScript to JavaScript, line by line: types go, imports of `flink` become a parameter, everything else stays where it is.
 * Needs no types and checks none. Throws ProblemError `program-syntax` for text that does not parse, `program-import` for an
 * import of anything else. Only the page and the command line compile; workers are sent the result.
 */
export function compile(text: string): CompiledProgram {
  let code: string
  try {
    code = transform(text, { transforms: ['typescript', 'imports'], disableESTransforms: true, keepUnusedImports: false }).code
  } catch (error) {
    throw syntaxProblem(error, text)
  }
  const javascript = code.replace(REQUIRE, (_whole, _quote, name: string, at: number) => {
    if (name === 'flink') return FLINK
    throw new ProblemError(problem('program-import', { name }, { in: 'program', line: lineAt(code, at) }))
  })
  return { text, javascript }
}

/** Sucrase puts the place into the message, `Unexpected token (2:8)`, and into `loc`; both count from 1. */
function syntaxProblem(error: unknown, text: string): unknown {
  if (!(error instanceof Error)) return error
  const loc = (error as { loc?: { line?: unknown; column?: unknown } }).loc
  if (typeof loc?.line !== 'number' || typeof loc.column !== 'number') return error
  const line = Math.min(loc.line, text.split('\n').length)
  const message = error.message.replace(/ \(\d+:\d+\)$/, '')
  return new ProblemError(problem('program-syntax', { message }, { in: 'program', line, column: Math.max(1, loc.column) }))
}
