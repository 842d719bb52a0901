import type { LineChange } from '../../graph/edits'
import { applied, type Change } from './changes'
import type { ProgramText } from './programText'

/** What changes do to a program, as the lines that they touch. */
export function linesOf(program: ProgramText, changes: readonly Change[]): LineChange[] {
  const spans: { first: number; last: number; changes: Change[] }[] = []
  for (const change of [...changes].sort((one, other) => one.start - other.start)) {
    const first = program.lineOf(change.start)
    const last = program.lineOf(change.end > change.start ? change.end - 1 : change.end)
    const open = spans.at(-1)
    if (open !== undefined && first <= open.last) {
      open.last = Math.max(open.last, last)
      open.changes.push(change)
    } else spans.push({ first, last, changes: [change] })
  }
  return spans.map(({ first, last, changes: within }) => {
    const start = program.startOfLine(first)
    const before = program.text.slice(start, program.startOfLine(last + 1))
    const after = applied(
      before,
      within.map((change) => ({ ...change, start: change.start - start, end: change.end - start })),
    )!
    return { line: first, before: before.replace(/\r?\n$/, ''), after: after.replace(/\r?\n$/, '') }
  })
}
