import type { Problem } from '../core/problem'
import { problem, warning } from '../core/problem'
import { LIMITS } from './limits'
import type { Cell } from './types'

/** A table that was read: cells in column order, every row as long as the header. */
export interface RawTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
/** `table` is absent when there are errors among the problems. */
export interface ReadTable {
  readonly table?: RawTable
  readonly problems: readonly Problem[]
}

/** Collects problems of one topic, the first `MOST` with their place, then only their number. */
export class TableProblems {
  private readonly kept: Problem[] = []
  private more = 0
  private errors = 0
  private static readonly MOST = 20

  constructor(readonly topic: string) {}

  error(code: string, args: Readonly<Record<string, string | number>> = {}, row?: number, column?: string): void {
    this.errors++
    this.add(problem(code, args, this.place(row, column)))
  }

  warn(code: string, args: Readonly<Record<string, string | number>> = {}, row?: number, column?: string): void {
    this.add(warning(code, args, this.place(row, column)))
  }

  get failed(): boolean {
    return this.errors > 0
  }

  list(): Problem[] {
    if (this.more === 0) return this.kept
    const said = this.errors > 0 ? problem : warning
    return [...this.kept, said('table-more-problems', { count: this.more }, this.place())]
  }

  private add(one: Problem): void {
    if (this.kept.length < TableProblems.MOST) this.kept.push(one)
    else this.more++
  }

  private place(row?: number, column?: string) {
    return { in: 'events' as const, topic: this.topic, ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) }
  }
}

const FOREIGN = new Set(['__proto__', 'constructor', 'prototype'])

/** Names that can be the fields of a record; everything wrong with them is said. */
export function checkColumns(columns: readonly string[], problems: TableProblems): void {
  if (columns.length > LIMITS.columns) problems.error('table-too-many-columns', { columns: columns.length, limit: LIMITS.columns })
  const seen = new Set<string>()
  columns.forEach((name, index) => {
    if (name === '') problems.error('table-unnamed-column', { number: index + 1 })
    else if (seen.has(name)) problems.error('table-duplicate-column', { column: name }, undefined, name)
    else if (FOREIGN.has(name) || name.length > LIMITS.columnName) problems.error('table-column-name', { column: name.slice(0, 40) })
    seen.add(name)
  })
}

// A leading zero is part of a name (a ZIP code, an id), not of a number.
const NUMBER = /^[+-]?(0|[1-9]\d*)?(\.\d+)?(e[+-]?\d{1,3})?$/i

/** The number that a text is, if writing it as a number loses nothing that a person would miss. */
export function numberIn(text: string): number | null {
  if (!/\d/.test(text) || !NUMBER.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null
}

/**
 * Gives each column of texts one type: numbers if all its cells are numbers, booleans if all are true or false, else text;
 * an empty cell is null. A column of numbers with few other texts in it stays text, with a warning at the first of them.
 */
export function typeColumns(columns: readonly string[], texts: readonly (readonly string[])[], problems: TableProblems): RawTable {
  const kinds = columns.map((column, at): 'number' | 'boolean' | 'text' => {
    let filled = 0
    let numbers = 0
    let booleans = 0
    let firstOther = -1
    texts.forEach((row, index) => {
      const text = row[at]!
      if (text === '') return
      filled++
      if (numberIn(text) !== null) numbers++
      else if (firstOther < 0) firstOther = index
      if (text === 'true' || text === 'false') booleans++
    })
    if (filled > 0 && numbers === filled) return 'number'
    if (filled > 0 && booleans === filled) return 'boolean'
    if (numbers * 10 >= filled * 9 && numbers > 0) {
      problems.warn('table-mixed-column', { column, text: texts[firstOther]![at]!.slice(0, 40) }, firstOther, column)
    }
    return 'text'
  })
  const typed = (text: string, at: number): Cell => {
    if (text === '') return null
    const kind = kinds[at]
    return kind === 'number' ? numberIn(text) : kind === 'boolean' ? text === 'true' : text
  }
  return { columns, rows: texts.map((row) => row.map(typed)) }
}
