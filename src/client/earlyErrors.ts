/**
 * The line of a syntax error that only the engine's own parser finds: it tells no place for text given to the Function
 * constructor, but the message names the culprit, and that is looked for. Undefined where the message is none of these.
 */
export function earlyErrorLine(error: SyntaxError, text: string): number | undefined {
  const lines = text.split('\n')
  const { message } = error
  const twice =
    /Identifier '([\w$]+)' has already been declared|redeclaration of \w+ ([\w$]+)|declare a (?:let|const|class) variable twice: '([\w$]+)'/.exec(
      message,
    )
  const name = twice?.[1] ?? twice?.[2] ?? twice?.[3]
  if (name !== undefined) {
    const declares = new RegExp(`\\b(?:const|let|var|class|function|enum)\\b[^=]*(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`)
    const found = lines.flatMap((line, i) => (declares.test(line) ? [i + 1] : []))
    return found[1] ?? found[0]
  }
  if (/\bawait\b/.test(message)) return lineOf(lines, /\bawait\b/)
  if (/\breturn\b/i.test(message)) return lineOf(lines, /\breturn\b/)
  if (/\bbreak\b/i.test(message)) return lineOf(lines, /\bbreak\b/)
  if (/\bcontinue\b/i.test(message)) return lineOf(lines, /\bcontinue\b/)
  return undefined
}

function lineOf(lines: readonly string[], what: RegExp): number | undefined {
  const at = lines.findIndex((line) => what.test(line))
  return at === -1 ? undefined : at + 1
}
