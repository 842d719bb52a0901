import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyGroupOf, keyGroupRangeOf } from '../../core/keygroups'
import { javaToString } from '../../core/values'
import { runJob } from '../../testing/runJob'
import { FoldRunner } from '../../trace/fold'
import { columnsOf, fieldsOf } from './fields'
import { smallestKeys } from './find'
import { keyedTasks, keysFold, keysOfTask, parallelismNow, typeOf } from './fold'
import { at, NOTHING, readMemory } from './memory'
import { MOST_RECORDS, parseKeys, type TypeChoice } from './parse'
import { movesBetween, skewOf, spreadOf } from './spread'
import { bandsOf, binsOf } from './strip'
import { typeText } from './table'
import { percent } from './words'

/** `text:type:hash`, with the records where a key has several. */
const keysIn = (text: string, choice: TypeChoice = 'auto', column: number | null = null): string[] => {
  const { table } = parseKeys(text, choice, column)
  return table.values.map((value, i) => {
    const records = table.records[i]!
    return `${javaToString(value)}:${typeText(table.types[i]!)}:${table.hashes[i]}${records === 1 ? '' : ` x${records}`}`
  })
}
const problemsIn = (text: string, choice: TypeChoice = 'auto'): string[] =>
  parseKeys(text, choice, null).problems.map(({ line, problem: { code, args } }) => `${line} ${code} ${args?.message ?? args?.text ?? ''}`)

test('a line is typed as keyBy types it', () => {
  expect(keysIn('a\n42\n-1\n1234567890123\n1.5\ntrue\n"42"\n\n007\na')).toEqual([
    'a:String:97 x2',
    '42:Integer:42',
    '-1:Integer:-1',
    '1234567890123:Long:1912276436',
    '1.5:Double:1073217536',
    'true:Boolean:1231',
    '42:String:1662',
    '007:String:47671',
  ])
  expect(keysIn('(a,1)\n("x,y",(1,true))')).toEqual([
    '(a,1):Tuple2<String, Integer>:3008',
    '(x,y,(1,true)):Tuple2<String, Tuple2<Integer, Boolean>>:3622217',
  ])
})

test('a chosen type is held to', () => {
  expect(keysIn('42\n 42', 'String')).toEqual(['42:String:1662', ' 42:String:32414'])
  expect(keysIn('""', 'String')).toEqual([':String:0'])
  expect(keysIn('-1\n4294967296\n9223372036854775807', 'Long')).toEqual([
    '-1:Long:0',
    '4294967296:Long:1',
    '9223372036854775807:Long:-2147483648',
  ])
  expect(keysIn('0.0\n-0.0\nNaN', 'Double')).toEqual(['0:Double:0', '0:Double:-2147483648', 'NaN:Double:2146959360'])
  expect(keysIn('ORD, 7\n(DEN,8)', { tuple: ['String', 'Long'] })).toEqual([
    '(ORD,7):Tuple2<String, Long>:2434406',
    '(DEN,8):Tuple2<String, Long>:2094523',
  ])
  expect(problemsIn('1\nx\n3000000000\nnull', 'Integer')).toEqual([
    '2 key-not-of-type x',
    '3 key-out-of-range 3000000000',
    '4 key-refused Assigned key must not be null!',
  ])
  expect(problemsIn('a', { tuple: ['String', 'Long'] })).toEqual(['1 key-tuple-fields '])
})

test('what Flink takes for no key is told in its words, on its line', () => {
  const [first, second, third] = problemsIn('a\nnull\n[1,2]\n(1,2,3,4,5,6)')
  expect(first).toBe('2 key-refused Assigned key must not be null!')
  expect(second).toMatch(/^3 key-refused Type Array cannot be used as key\. Contained UNSUPPORTED key types/)
  expect(third).toBe('4 key-tuple-arity ')
})

test('ranges are spelt out', () => {
  expect(keysIn('3..5')).toEqual(['3:Integer:3', '4:Integer:4', '5:Integer:5'])
  expect(keysIn('1..-1').length).toBe(3)
  expect(keysIn('s08..s10').map((key) => key.split(':')[0])).toEqual(['s08', 's09', 's10'])
  expect(keysIn('user-1..user-3').map((key) => key.split(':')[0])).toEqual(['user-1', 'user-2', 'user-3'])
  expect(keysIn('a1..b3').length).toBe(1)
  const many = parseKeys('1..999999999', 'auto', null)
  expect(many.table.size).toBe(MOST_RECORDS)
  expect(many.problems.map(({ problem }) => problem.code)).toEqual(['keys-too-many'])
})

test('a column of CSV gives the keys, a key each time it stands there one record', () => {
  const csv = 'origin,note\nORD,"a, b"\r\nDEN,\nORD,x\n'
  expect(columnsOf(csv)).toEqual({ delimiter: ',', names: ['origin', 'note'] })
  expect(keysIn(csv, 'auto', 0)).toEqual(['ORD:String:78529 x2', 'DEN:String:67565'])
  expect(columnsOf('(a,1)\n(b,2)')).toBeNull()
  expect(columnsOf('one\ntwo')).toBeNull()
  expect(fieldsOf("a,(b,c),'d,e'", ',', true)).toEqual(['a', '(b,c)', "'d,e'"])
})

test('keys and records add up on each side, and where they lie is what the ranges say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 80 }),
      fc.integer({ min: 1, max: 300 }),
      fc.nat(299),
      (values, max, less) => {
        const parallelism = Math.max(1, max - less)
        const { table } = parseKeys(
          values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))).join('\n'),
          'auto',
          null,
        )
        const spread = spreadOf(table, { parallelism, maxParallelism: max })
        const sum = (amounts: Float64Array) => amounts.reduce((total, n) => total + n, 0)
        expect([sum(spread.keys), sum(spread.groupKeys), sum(spread.records)]).toEqual([table.size, table.size, table.total])
        table.hashes.forEach((hash, key) => {
          const group = keyGroupOf(hash, max)
          expect(spread.groups[key]).toBe(group)
          const { start, end } = keyGroupRangeOf(max, parallelism, spread.subtasks[key]!)
          expect(group >= start && group <= end).toBe(true)
        })
        expect(movesBetween(table, spread, spread)).toMatchObject({ possible: true, groups: 0, keys: 0 })
      },
    ),
  )
})

test('rescaling moves key groups, and with them their keys; other key groups are other state', () => {
  const { table } = parseKeys('1..1000', 'auto', null)
  const two = spreadOf(table, { parallelism: 2, maxParallelism: 128 })
  const four = spreadOf(table, { parallelism: 4, maxParallelism: 128 })
  const moves = movesBetween(table, two, four)
  // Of 2 to 4 the first quarter alone stays where it was.
  expect(moves.groups).toBe(96)
  expect(moves.keys).toBe([...two.groups].filter((group) => group >= 32).length)
  expect(movesBetween(table, two, spreadOf(table, { parallelism: 2, maxParallelism: 256 })).possible).toBe(false)
  expect(() => spreadOf(table, { parallelism: 5, maxParallelism: 4 })).toThrow('Maximum parallelism must not be smaller than parallelism.')
})

test('skew is the largest by the mean', () => {
  expect(skewOf(Float64Array.of(6, 0, 2, 0))).toEqual({ total: 8, mean: 2, largest: 6, at: 0, idle: 2, factor: 3 })
  expect(skewOf(new Float64Array(3)).factor).toBe(1)
  expect([percent(1, 1000), percent(999, 1000), percent(1, 3), percent(0, 0)]).toEqual(['<1', '>99', '33', '0'])
})

test('the smallest integers that land one on each subtask', () => {
  expect(smallestKeys({ parallelism: 4, maxParallelism: 128 })).toEqual([4, 9, 0, 2])
})

test('the strip has a cell for each key group, or for several, and names ranges where there is room', () => {
  const keys = Float64Array.of(0, 4, 0, 2)
  expect(binsOf(keys, Uint8Array.of(0, 0, 0, 1), 9).map(({ depth, moved }) => [depth, moved])).toEqual([
    [0, false],
    [1, false],
    [0, false],
    [0.5, true],
  ])
  expect(binsOf(keys, null, 2).map(({ from, to, depth }) => [from, to, depth])).toEqual([
    [0, 2, 1],
    [2, 4, 0.5],
  ])
  const ranges = [0, 1, 2].map((subtask) => keyGroupRangeOf(128, 3, subtask))
  expect(bandsOf(ranges, 5).map(({ from, to, label }) => `${from}-${to} ${label}`)).toEqual(['0-43 #1', '43-86 #2', '86-128 #3'])
})

test('whatever lies in storage, something sensible is read from it', () => {
  for (const stored of [null, 3, 'x', [], { text: 3, type: { tuple: ['Map'] }, a: { parallelism: 1.5 } }])
    expect(readMemory(stored)).toEqual(NOTHING)
  const kept = { ...NOTHING, place: 'here', from: 'typed', text: 'a', a: { parallelism: 3, maxParallelism: null } } as const
  expect([at(kept, 'here'), at(kept, 'there')]).toEqual([kept, { ...NOTHING, place: 'there', text: 'a' }])
  expect(readMemory({ from: 'typed', text: 'a', type: { tuple: ['Long'] }, column: 1, a: { parallelism: 3 } })).toEqual({
    ...NOTHING,
    from: 'typed',
    text: 'a',
    type: { tuple: ['Long'] },
    column: 1,
    a: { parallelism: 3, maxParallelism: null },
  })
})

test('a number type that the program said is known by its hash', () => {
  expect([typeOf(-1, -1), typeOf(-1, 0), typeOf(42, 1078263808), typeOf('a', 97)]).toEqual(['Integer', 'Long', 'Double', 'String'])
})

test('the keys of a task in a run, with the records it was sent, at any moment', async () => {
  const { header, log } = await runJob(
    `import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSource(LogSource.topic('input').setBounded(), WatermarkStrategy.noWatermarks(), 'in')
  .keyBy((row) => row.key).reduce((a, b) => b).sinkTo(new PrintSink())
env.execute('job')`,
    { input: 'a@1 b@2 a@3 c@4 a@5 b@6' },
  )
  const [task] = keyedTasks(header)
  const runner = new FoldRunner(keysFold, header, log)
  const shown = (event: number): string[] => {
    const table = keysOfTask(runner.seek(event), task!.index)
    return table.values.map((key, i) => `${String(key)} x${table.records[i]}`)
  }
  expect(shown(log.length - 1)).toEqual(['a x3', 'b x2', 'c x1'])
  expect(shown(-1)).toEqual([])
  expect(shown(log.length - 1)).toEqual(['a x3', 'b x2', 'c x1'])
  expect(parallelismNow(runner.state, task!.index)).toBe(2)
})
