import { problem } from '../../core/problem'
import type { EditPreview, OperatorEdit } from '../../graph/edits'
import type { StreamGraph } from '../../graph/types'
import { applied, type Change } from './changes'
import { linesOf } from './lines'
import { ProgramText } from './programText'
import { resolve } from './resolve'

/**
 * What edits of operators do to the text of the program that `streamGraph` was made from: the lines that change, and the whole text after it.
 * All of them or none. Nothing is evaluated: where the text does not say plainly what it does (an expression, a loop that makes several
 * operators, two equal calls on a line) there is a problem with the line to look at. Pulls in sucrase's parser: import it lazily.
 */
export function previewEdit(
  text: string,
  streamGraph: StreamGraph,
  edit: OperatorEdit | readonly OperatorEdit[],
): EditPreview & { readonly text?: string } {
  const program = parsed(text)
  if (program === null) return { problem: problem('edit-syntax') }
  const changes: Change[] = []
  const edits: readonly OperatorEdit[] = Array.isArray(edit) ? edit : [edit as OperatorEdit]
  for (const one of edits) {
    const found = resolve(program, streamGraph, one)
    if ('code' in found) {
      // What is so already stands in nobody's way.
      if (found.code === 'edit-same' && edits.length > 1) continue
      return { problem: found }
    }
    // Two operators of one sink are one call, and what is asked of both is done once.
    for (const change of found) if (!changes.some((known) => isSame(known, change))) changes.push(change)
  }
  if (changes.length === 0) return { problem: problem('edit-same', { operator: streamGraph.jobName }) }
  const result = applied(text, changes)
  if (result === null || parsed(result) === null) return { problem: problem('edit-clash') }
  const [first, ...more] = linesOf(program, changes)
  return { ...first!, ...(more.length === 0 ? {} : { more }), text: result }
}

const isSame = (one: Change, other: Change): boolean => one.start === other.start && one.end === other.end && one.text === other.text

let last: { readonly text: string; readonly program: ProgramText } | null = null

/** null for a text that does not parse. A picture asks many times about one text. */
function parsed(text: string): ProgramText | null {
  if (last?.text === text) return last.program
  try {
    last = { text, program: new ProgramText(text) }
    return last.program
  } catch (error) {
    if (!(error instanceof Error) || !('loc' in error)) throw error
    return null
  }
}
