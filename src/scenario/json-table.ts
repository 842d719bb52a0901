import type { RawTable, ReadTable } from './cells'
import { checkColumns, TableProblems } from './cells'
import { LIMITS } from './limits'
import type { Cell } from './types'

/**
 * Reads a JSON list of objects, one object a line (JSON lines), or `{ "columns": […], "rows": [[…]] }`. Columns are
 * the objects' fields in the order in which they first appear; a field that is absent is null.
 */
export function readJsonTable(text: string, topic: string): ReadTable {
  const problems = new TableProblems(topic)
  const refused = (code: string, args: Readonly<Record<string, string | number>> = {}, row?: number): ReadTable => {
    problems.error(code, args, row)
    return { problems: problems.list() }
  }
  if (text.length > LIMITS.file)
    return refused('table-too-big', { megabytes: Math.ceil(text.length / 1048576), limit: LIMITS.file / 1048576 })
  const items = itemsOf(text)
  if ('line' in items) return refused('table-not-json', { line: items.line })
  if (items.list.length === 0) return refused('table-empty')
  if (items.list.length > LIMITS.rows) return refused('table-too-many-rows', { limit: LIMITS.rows })
  const columns = items.columns ?? fieldsOf(items.list)
  checkColumns(columns, problems)
  const rows = items.list.map((item, row): readonly Cell[] => {
    if (items.columns !== undefined) {
      if (!Array.isArray(item) || item.length !== columns.length) {
        problems.error('table-ragged-row', { found: Array.isArray(item) ? item.length : 0, expected: columns.length }, row)
        return []
      }
      return item.map((value, at) => cellOf(value, row, columns[at]!, problems))
    }
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      problems.error('table-row-no-object', {}, row)
      return []
    }
    const fields = new Map(Object.entries(item))
    return columns.map((column) => cellOf(fields.get(column) ?? null, row, column, problems))
  })
  if (problems.failed) return { problems: problems.list() }
  const table: RawTable = { columns, rows }
  return { table, problems: problems.list() }
}

function cellOf(value: unknown, row: number, column: string, problems: TableProblems): Cell {
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value === 'string') {
    if (value.length <= LIMITS.cellText) return value
    problems.error('table-long-cell', { limit: LIMITS.cellText }, row, column)
    return null
  }
  problems.error('table-nested-value', { column }, row, column)
  return null
}

const fieldsOf = (list: readonly unknown[]): string[] => {
  const fields = new Set<string>()
  for (const item of list) {
    if (typeof item === 'object' && item !== null) for (const key of Object.keys(item)) fields.add(key)
    // Beyond any table that is allowed: the check of the columns will say so.
    if (fields.size > 2 * LIMITS.columns) break
  }
  return [...fields]
}

type Items = { readonly list: readonly unknown[]; readonly columns?: readonly string[] } | { readonly line: number }

function itemsOf(text: string): Items {
  const whole = parsed(text)
  if (whole !== undefined) {
    const { value } = whole
    if (Array.isArray(value)) return { list: value }
    const { columns, rows } = (value ?? {}) as { columns?: unknown; rows?: unknown }
    if (Array.isArray(columns) && columns.every((name): name is string => typeof name === 'string') && Array.isArray(rows))
      return { list: rows, columns }
    return typeof value === 'object' && value !== null ? { list: [value] } : { line: 1 }
  }
  const list: unknown[] = []
  const lines = text.split('\n')
  for (let i = 0; i < lines.length && list.length <= LIMITS.rows; i++) {
    if (lines[i]!.trim() === '') continue
    const line = parsed(lines[i]!)
    if (line === undefined) return { line: i + 1 }
    list.push(line.value)
  }
  return { list }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    // No JSON: the caller tries line by line, and says which line it is.
    return undefined
  }
}
