import type { Call, ProgramText } from './programText'

/** Text from `start` to `end` gives way to another. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** As wide as a line may grow before an added call gets a line of its own. */
const WIDE = 110

/** Adds `.name(…)` behind a link of a chain: on its line, or on a line of its own where the chain is written so. */
export function addBehind(program: ProgramText, last: Call, made: Call, added: string): Change {
  const { end } = program.tokens[last.close]!
  const wide = program.beginsLine(made.dot) && columnOf(program, end) + added.length > WIDE
  if (!(last !== made && isAlone(program, last)) && !(wide && isLastOfLine(program, last))) return { start: end, end, text: added }
  // Behind what is noted beside the link before it.
  const lineEnd = program.endOfLine(program.lineOf(end))
  return { start: lineEnd, end: lineEnd, text: `${program.eol}${indentOf(program, last !== made ? last : made)}${added}` }
}

/** Adds `.name(…)` before a link of a chain. */
export function addBefore(program: ProgramText, link: Call, added: string): Change {
  const { start } = program.tokens[link.dot]!
  return { start, end: start, text: program.beginsLine(link.dot) ? `${added}${program.eol}${indentOf(program, link)}` : added }
}

/** Takes a link out of its chain, with its line if it stands there alone; a statement that was nothing but this call goes as a whole. */
export function remove(program: ProgramText, link: Call): Change {
  const { text, tokens } = program
  const root = link.dot - 1
  const isStatement = program.previous(link) === null && !program.isDot(link.close + 1) && isWholeStatement(program, root, link.close)
  let { start } = tokens[isStatement ? root : link.dot]!
  let { end } = tokens[link.close]!
  if (isStatement && text[end] === ';') end++
  const lineStart = program.startOfLine(program.lineOf(start))
  const nextLine = program.startOfLine(program.lineOf(end) + 1)
  if (text.slice(lineStart, start).trim() === '' && text.slice(end, nextLine).trim() === '') {
    start = lineStart
    end = nextLine
  }
  return { start, end, text: '' }
}

/** `name.call()` with nothing before and behind it on its lines. */
function isWholeStatement(program: ProgramText, root: number, close: number): boolean {
  const { tokens, text } = program
  if (!/^[\w$]+$/.test(program.textAt(root)) || program.isDot(root - 1)) return false
  const before = root === 0 ? '' : text.slice(tokens[root - 1]!.end, tokens[root]!.start)
  const behind = close + 1 >= tokens.length ? '' : text.slice(tokens[close]!.end, tokens[close + 1]!.start)
  const clearBefore = root === 0 || /[;{}]/.test(program.textAt(root - 1)) || before.includes('\n')
  return clearBefore && (close + 1 >= tokens.length || /^[;}]?$/.test(program.textAt(close + 1)) || behind.includes('\n'))
}

/** Whether nothing else stands on the link's line, notes apart. */
const isAlone = (program: ProgramText, link: Call): boolean => program.beginsLine(link.dot) && isLastOfLine(program, link)

function isLastOfLine(program: ProgramText, link: Call): boolean {
  const { end } = program.tokens[link.close]!
  const rest = program.text.slice(end, program.endOfLine(program.lineOf(end))).trim()
  return rest === '' || rest.startsWith('//') || /^\/\*.*\*\/$/.test(rest)
}

const indentOf = (program: ProgramText, link: Call): string =>
  /^[ \t]*/.exec(program.text.slice(program.startOfLine(program.lineOfToken(link.dot))))![0]

const columnOf = (program: ProgramText, offset: number): number => offset - program.startOfLine(program.lineOf(offset))

/** The text with all changes made; of two at one place the first comes first. null if two of them touch the same text. */
export function applied(text: string, changes: readonly Change[]): string | null {
  const inOrder = changes.map((change, at) => ({ ...change, at })).sort((one, other) => one.start - other.start || one.at - other.at)
  let result = ''
  let done = 0
  for (const { start, end, text: replacement } of inOrder) {
    if (start < done) return null
    result += text.slice(done, start) + replacement
    done = end
  }
  return result + text.slice(done)
}
