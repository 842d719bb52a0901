import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from './csv'
import { FLIGHTS_TOPIC } from './defaults'
import { readJsonTable } from './json-table'
import { LIMITS } from './limits'
import { murmur2, partitionOf } from './partitioning'
import { parseTime } from './time-text'
import { readTopics, tableOf } from './topics'
import type { Arrival, Table, Topic } from './types'

const noData = () => Promise.reject(new Error('no app data here'))
const codes = (problems: readonly { readonly code: string; readonly place?: unknown }[]): string[] =>
  problems.map(({ code, place }) => {
    const { row, column } = (place ?? {}) as { row?: number; column?: string }
    return [code, ...(row === undefined ? [] : [`row ${row}`]), ...(column === undefined ? [] : [column])].join(' ')
  })

describe('CSV', () => {
  const read = (text: string) => readCsv(text, 't')

  test('a column has one type; what is empty is null; a leading zero is no number', () => {
    expect(read('time,zip,ok,n,note\n1,00501,true,1.5,\n-2,10001,false,,hé "x"\n').table).toEqual({
      columns: ['time', 'zip', 'ok', 'n', 'note'],
      rows: [
        [1, '00501', true, 1.5, null],
        [-2, '10001', false, null, 'hé "x"'],
      ],
    })
  })
  test('semicolons, quotes, line ends and a byte order mark', () => {
    expect(read('\uFEFFa;b\r\n"x;y";"2"\r\n').table).toEqual({ columns: ['a', 'b'], rows: [['x;y', 2]] })
  })
  test('what is written is read back', () => {
    const table = { columns: ['a', 'b'], rows: [['x,"y"\nz', 1], [null, -0.5]] } // prettier-ignore
    expect(read(writeCsv(table.columns, table.rows)).table).toEqual(table)
  })
  test.each([
    ['', ['table-empty']],
    ['a,b\n', ['table-empty']],
    ['a,b,a\n1,2,3\n', ['table-duplicate-column a']],
    ['a,,c\n1,2,3\n', ['table-unnamed-column']],
    ['a,__proto__\n1,2\n', ['table-column-name']],
    ['a,b\n1,2\n3\n4,5,6\n', ['table-ragged-row row 1', 'table-ragged-row row 2']],
    ['a\n"x\n', ['table-quotes row 0']],
    ['a\u0000b', ['table-not-text']],
    [`a\n${'x'.repeat(LIMITS.cellText + 1)}\n`, ['table-long-cell row 0 a']],
    [`a\n${'1\n'.repeat(LIMITS.rows + 1)}`, ['table-too-many-rows']],
  ])('%#: refused with a place', (text, expected) => {
    const { table, problems } = read(text)
    expect(table).toBeUndefined()
    expect(codes(problems)).toEqual(expected)
  })
  test('50 MB are refused unread', () => expect(codes(read('a,b\n'.repeat(13_000_000)).problems)).toEqual(['table-too-big']))
  test('a few words among numbers: text, and a warning where the first is', () => {
    const { table, problems } = read(`n\n${'1\n'.repeat(12)}n/a\n1\n`)
    expect(table!.rows[0]).toEqual(['1'])
    expect(codes(problems)).toEqual(['table-mixed-column row 12 n'])
  })
})

describe('JSON tables', () => {
  const table = { columns: ['a', 'b'], rows: [[1, null], [2, 'x']] } // prettier-ignore
  test.each(['[{"a":1},{"a":2,"b":"x"}]', '{"a":1}\n{"a":2,"b":"x"}\n', '{"columns":["a","b"],"rows":[[1,null],[2,"x"]]}'])('%s', (text) =>
    expect(readJsonTable(text, 't').table).toEqual(table),
  )
  test.each([
    ['{"a":1}\n{a', ['table-not-json']],
    ['[]', ['table-empty']],
    ['[1]', ['table-row-no-object row 0']],
    ['[{"a":{"b":1}}]', ['table-nested-value row 0 a']],
    ['[{"__proto__":1}]', ['table-column-name']],
    ['{"columns":["a"],"rows":[[1,2]]}', ['table-ragged-row row 0']],
  ])('%s: refused', (text, expected) => {
    const read = readJsonTable(text, 't')
    expect(read.table).toBeUndefined()
    expect(codes(read.problems)).toEqual(expected)
  })
})

test('any text at all is a table or a list of problems', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('a,b\n', '1,2\n', '"', ',', ';', '\n', '{"a":1}\n', '[', ']', '\u0000', '\uFEFF'))
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      for (const { table, problems } of [readCsv(text, 't'), readJsonTable(text, 't')]) {
        if (table === undefined) expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
        else expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
      }
    }),
  )
})

test.each<[string | number | boolean | null, number | null]>([
  [978332100000, 978332100000],
  ['978332100000', 978332100000],
  ['1.9', 1],
  ['2001-01-01', 978307200000],
  ['2001-01-01T06:55Z', 978332100000],
  ['2001/01/01 06:55', 978332100000],
  ['2001-01-01T06:55:00.123456+01:00', 978328500123],
  ['1969-12-31T23:59:59.999Z', -1],
  ['2000-02-29', 951782400000],
  ['2001-02-29', null],
  ['2001-13-01', null],
  ['yesterday', null],
  ['', null],
  [null, null],
  [true, null],
])('the time of %j is %j', (cell, time) => expect(parseTime(cell)).toBe(time))

test('keys are hashed as Kafka does', () => {
  const of = (text: string) => murmur2(new TextEncoder().encode(text))
  // Values from Kafka's own UtilsTest.
  expect([of('21'), of('foobar'), of('a-little-bit-long-string'), of('abc')]).toEqual([-973932308, -790332482, -985981536, 479470107])
  expect(partitionOf('foobar', 1)).toBe(0)
})

describe('topics', () => {
  const rate: Arrival = { by: 'rate', every: 100 }
  const inline = (columns: string[], ...rows: (string | number | null)[][]): Table => ({ from: 'inline', columns, rows })
  const topic = (table: Table, rest: Partial<Topic> = {}): Topic => ({ name: 't', partitions: 1, table, arrival: rate, ...rest })
  /** Partitions as `row@timestamp>arrival in ms`. */
  const logs = async (of: Topic): Promise<string[]> => {
    const { topics, problems } = await readTopics({ topics: [of], seed: 1 }, noData)
    expect(codes(problems.filter(({ severity }) => severity === 'error'))).toEqual([])
    return topics[0]!.partitions.map((records) => records.map((r) => `${r.row}@${r.timestamp ?? '-'}>${r.arrival / 1000}`).join(' '))
  }
  const problemsOf = async (of: Topic): Promise<string[]> => codes((await readTopics({ topics: [of], seed: 1 }, noData)).problems)

  const abc = inline(['t', 'k', 'at'], [5000, 'a', 7000], [6000, 'b', 6500], ['1970-01-01T00:00:04Z', 'c', 6500])

  test('by rate: in row order, from the delay on', async () => {
    expect(await logs(topic(abc, { arrival: { by: 'rate', every: 100, delay: 50 } }))).toEqual(['0@->50 1@->150 2@->250'])
  })
  test('by column: on the data’s own clock, faster; equal arrivals in row order', async () => {
    const of = topic(abc, { eventTime: 't', arrival: { by: 'column', column: 'at', speed: 10, delay: 2000 } })
    expect(await logs(of)).toEqual(['1@6000>2000 2@4000>2000 0@5000>2050'])
    const { topics } = await readTopics({ topics: [of], seed: 1 }, noData)
    // Times in records are numbers, whatever text stood in the table.
    expect(topics[0]!.partitions[0]![1]!.value).toEqual({ t: 4000, k: 'c', at: 6500 })
  })
  test('round robin by row number, or by key', async () => {
    expect(await logs(topic(abc, { partitions: 2 }))).toEqual(['0@->0 2@->200', '1@->100'])
    const byKey = await logs(topic(abc, { partitions: 3, partitionBy: 'k' }))
    expect(byKey[partitionOf('a', 3)]).toContain('0@')
  })
  test('edits keep the numbers of rows', async () => {
    const of = topic({
      from: 'generator',
      generator: 'sensors',
      params: { count: 3, sensors: 1, start: 0 },
      edits: [
        { op: 'delete', row: 1 },
        { op: 'add', values: { time: 9, sensor: 'new' } },
        { op: 'set', row: 3, column: 'value', value: 7 },
        { op: 'set', row: 0, column: 'time', value: 5 },
        { op: 'set', row: 1, column: 'time', value: 5 },
        { op: 'set', row: 0, column: 'nothing', value: 5 },
      ],
    })
    const { table, problems } = await tableOf(of, 1, noData)
    expect(table!.rows.map(({ row }) => row)).toEqual([0, 2, 3])
    expect([table!.rows[0]!.cells[0], table!.rows[2]!.cells]).toEqual([5, [9, 'new', 7, null]])
    expect(codes(problems)).toEqual(['edit-lost row 1', 'edit-lost row 0 nothing'])
  })
  test.each<[string, Topic, string[]]>([
    ['missing', topic(inline(['t'], [1], [null], ['']), { eventTime: 't' }), ['event-time-missing row 1 t', 'event-time-missing row 2 t']],
    ['text', topic(inline(['t'], ['soon']), { eventTime: 't' }), ['event-time-text row 0 t']],
    ['negative', topic(inline(['t'], [-1]), { eventTime: 't' }), ['event-time-negative row 0 t']],
    ['no such column', topic(inline(['t'], [1]), { eventTime: 'x' }), ['topic-column-missing x']],
    ['ragged', topic(inline(['a', 'b'], [1])), ['table-ragged-row row 0']],
    ['a generator nobody knows', topic({ from: 'generator', generator: 'dice', params: {}, edits: [] }), ['generator-unknown']],
    [
      'a parameter out of bounds',
      topic({ from: 'generator', generator: 'sensors', params: { count: 1e9 }, edits: [] }),
      ['generator-parameter'],
    ],
    [
      'arrivals in a hundred years',
      topic(inline(['t'], [0], [3e12]), { arrival: { by: 'column', column: 't', speed: 1 } }),
      ['arrival-too-late row 1'],
    ],
  ])('%s', async (_name, of, expected) => expect(await problemsOf(of)).toEqual(expected))
  test('many problems of one kind are counted, not listed', async () => {
    const rows = Array.from({ length: 50 }, () => [null])
    expect(await problemsOf(topic({ from: 'inline', columns: ['t'], rows }, { eventTime: 't' }))).toHaveLength(21)
  })
  test('app data that is not there', () => expect(readTopics({ topics: [FLIGHTS_TOPIC], seed: 1 }, noData)).rejects.toThrow('no app data'))
})
