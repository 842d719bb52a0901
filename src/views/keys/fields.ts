/**
 * The fields of a line: cut at each delimiter outside quotes and, with `nested`, outside brackets, too. Quotes stay where they are.
 */
export function fieldsOf(line: string, delimiter: string, nested = false): string[] {
  const fields: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (quote !== '') {
      if (char === '\\' && nested) i++
      else if (char === quote) quote = ''
    } else if ((char === '"' || (nested && char === "'")) && line.slice(from, i).trim() === '') quote = char
    else if (nested && (char === '(' || char === '[' || char === '{')) depth++
    else if (nested && (char === ')' || char === ']' || char === '}')) depth--
    else if (char === delimiter && depth === 0) {
      fields.push(line.slice(from, i))
      from = i + 1
    }
  }
  fields.push(line.slice(from))
  return fields
}

/** A CSV cell without its quotes. */
export const unquoted = (cell: string): string => {
  const text = cell.trim()
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}

/** What pasted text has for columns: the delimiter and the first line's cells; null where its first lines do not agree on any. */
export function columnsOf(text: string): { readonly delimiter: string; readonly names: readonly string[] } | null {
  const lines = text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 4)
  if (lines.length < 2 || lines.some((line) => line.startsWith('('))) return null
  for (const delimiter of ['\t', ';', ',']) {
    const counts = lines.map((line) => fieldsOf(line, delimiter).length)
    if (counts[0]! > 1 && counts.every((count) => count === counts[0])) {
      return { delimiter, names: fieldsOf(lines[0]!, delimiter).map((cell, i) => unquoted(cell) || String(i + 1)) }
    }
  }
  return null
}
