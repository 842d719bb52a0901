import type { Cell, Row, Scenario, Table, TableEdit, Topic } from './types'

/** Changes one topic; gives back the very same scenario if there is nothing to change. */
export const changeTopic = (scenario: Scenario, name: string, change: (topic: Topic) => Topic): Scenario => {
  let changed = false
  const topics = scenario.topics.map((topic) => {
    if (topic.name !== name) return topic
    const after = change(topic)
    changed ||= after !== topic
    return after
  })
  return changed ? { ...scenario, topics } : scenario
}

export const withEdit = (table: Exclude<Table, { from: 'inline' }>, edit: TableEdit): Table => {
  // Typing into one cell is one edit, however many letters it takes, and so is an event that is dragged again and again.
  const replaced = (before: TableEdit): boolean =>
    edit.op === 'set' && before.op === 'set' && before.row === edit.row && before.column === edit.column
  return { ...table, edits: [...table.edits.filter((before) => !replaced(before)), edit] }
}

const changeTable = (scenario: Scenario, name: string, inline: (table: Table & { from: 'inline' }) => Table, edit: TableEdit): Scenario =>
  changeTopic(scenario, name, (topic) => {
    const table = topic.table.from === 'inline' ? inline(topic.table) : withEdit(topic.table, edit)
    return table === topic.table ? topic : { ...topic, table }
  })

/** `row` is the row's number as `tableOf` gives it. */
export const setCell = (scenario: Scenario, topic: string, row: number, column: string, value: Cell): Scenario =>
  changeTable(
    scenario,
    topic,
    (table) => {
      const at = table.columns.indexOf(column)
      const cells = table.rows[row]
      if (at < 0 || cells === undefined || cells[at] === value) return table
      return { ...table, rows: table.rows.with(row, cells.with(at, value)) }
    },
    { op: 'set', row, column, value },
  )

export const addRow = (scenario: Scenario, topic: string, values: Row): Scenario =>
  changeTable(
    scenario,
    topic,
    (table) => ({
      ...table,
      rows: [...table.rows, table.columns.map((column) => (Object.hasOwn(values, column) ? values[column]! : null))],
    }),
    { op: 'add', values },
  )

/** In an inline table the rows behind it move up by one number; elsewhere all keep theirs. */
export const deleteRow = (scenario: Scenario, name: string, row: number): Scenario =>
  changeTopic(scenario, name, (topic) => {
    const { table } = topic
    if (table.from !== 'inline') return { ...topic, table: withEdit(table, { op: 'delete', row }) }
    if (!(row in table.rows)) return topic
    const { edits = [], ...rest } = table
    const left = edits.filter((edit) => edit.op === 'add' || edit.row !== row)
    const shifted = left.map((edit) => (edit.op !== 'add' && edit.row > row ? { ...edit, row: edit.row - 1 } : edit))
    const after: Table = { ...rest, rows: table.rows.toSpliced(row, 1), ...(shifted.length === 0 ? {} : { edits: shifted }) }
    return withNumbers({ ...topic, table: after }, (number) => (number === row ? null : number > row ? number - 1 : number))
  })

/** What is said of rows by their number, under new numbers; null: no longer. */
export function withNumbers(topic: Topic, renumber: (row: number) => number | null): Topic {
  const { placed, arrival, ...rest } = topic
  const renumbered = (of: Readonly<Record<string, number>> | undefined): Readonly<Record<string, number>> | undefined => {
    const kept = Object.entries(of ?? {}).flatMap(([row, value]) => {
      const number = renumber(Number(row))
      return number === null ? [] : [[String(number), value] as const]
    })
    return kept.length === 0 ? undefined : Object.fromEntries(kept)
  }
  const places = renumbered(placed)
  const at = { ...rest, ...(places === undefined ? {} : { placed: places }) }
  if (arrival.by === 'column') return { ...at, arrival }
  const { moved, ...rate } = arrival
  const moves = renumbered(moved)
  return { ...at, arrival: { ...rate, ...(moves === undefined ? {} : { moved: moves }) } }
}
