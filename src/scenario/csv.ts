import Papa from 'papaparse'
import type { ReadTable } from './cells'
import { checkColumns, TableProblems, typeColumns } from './cells'
import { LIMITS } from './limits'

/**
 * Reads CSV with a header (RFC 4180; comma, semicolon, tab or bar). Rows are numbered from 0 without the header.
 * Every row must have as many cells as the header; nothing is filled in or cut off in silence.
 */
export function readCsv(text: string, topic: string): ReadTable {
  const problems = new TableProblems(topic)
  const refused = (code: string, args: Readonly<Record<string, string | number>>): ReadTable => {
    problems.error(code, args)
    return { problems: problems.list() }
  }
  if (text.length > LIMITS.file)
    return refused('table-too-big', { megabytes: Math.ceil(text.length / 1048576), limit: LIMITS.file / 1048576 })
  if (text.includes('\u0000')) return refused('table-not-text', {})
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    skipEmptyLines: true,
    delimitersToGuess: [',', ';', '\t', '|'],
    // One more than is allowed, to know that there are more.
    preview: LIMITS.rows + 2,
  })
  const [header, ...rows] = parsed.data
  if (header === undefined || rows.length === 0) return refused('table-empty', {})
  if (rows.length > LIMITS.rows) return refused('table-too-many-rows', { limit: LIMITS.rows })
  const columns = header.map((name) => name.trim())
  checkColumns(columns, problems)
  for (const error of parsed.errors) if (error.type === 'Quotes') problems.error('table-quotes', {}, Math.max(0, (error.row ?? 1) - 1))
  const texts = rows.map((row, index) => {
    if (row.length !== columns.length) problems.error('table-ragged-row', { found: row.length, expected: columns.length }, index)
    return row.map((cell, at) => {
      if (cell.length > LIMITS.cellText) problems.error('table-long-cell', { limit: LIMITS.cellText }, index, columns[at])
      return cell.trim()
    })
  })
  if (problems.failed) return { problems: problems.list() }
  const table = typeColumns(columns, texts, problems)
  return { table, problems: problems.list() }
}

/** The table as CSV: what an export writes and `readCsv` reads. */
export const writeCsv = (columns: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  `${Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { newline: '\n' })}\n`
