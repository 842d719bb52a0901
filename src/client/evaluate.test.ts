import { describe, expect, test } from 'vitest'
import { Configuration } from '../core/configuration'
import { ProblemError, type Problem } from '../core/problem'
import { compile } from './compile'
import { lineOfError } from './errors'
import { evaluate } from './evaluate'
import { frameOf } from './stack'
import type { ProgramInstance, ProgramWorld } from './types'

const lines: string[] = []
const world = (now = 0): ProgramWorld => ({
  configuration: Configuration.fromMap({}),
  now: () => now,
  nextUint32: () => 0x80000000,
  print: (line) => void lines.push(line),
})
const run = (text: string, now?: number): ProgramInstance => evaluate(compile(text), world(now))

const jobOf = (text: string) => run(text).jobs[0]!

function problemOf(text: string): Problem {
  try {
    run(text)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('no problem')
}

const JOB = `import { Collector, StreamExecutionEnvironment, Tuple2 } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromData('a b')
  .flatMap((line: string, out: Collector<Tuple2<string, number>>) => {
    for (const word of line.split(' ')) out.collect(Tuple2.of(word, 1))
  })
  .print()
env.execute('words')
`

describe('a program becomes a graph and functions', () => {
  test('each node knows its line', () => {
    const { streamGraph } = jobOf(JOB)
    expect(streamGraph.jobName).toBe('words')
    expect(streamGraph.nodes.map(({ id, line, name }) => `${id} ${line} ${name}`)).toEqual([
      '1 3 Source: Collection Source',
      '2 4 Flat Map',
      '3 7 Sink: Print to Std. Out',
    ])
  })

  test('nodes and partitioned edges know the very call, over lines, through windows, joins and sinks, whatever is set afterwards', () => {
    const { streamGraph } = jobOf(`import * as flink from 'flink'
const env = flink.StreamExecutionEnvironment.getExecutionEnvironment()
const s = env
  .fromSequence(1, 9)
const keyed = s
  .map(n => n)
  .name('first')
  .keyBy(n => n)
keyed
  .window(flink.TumblingEventTimeWindows.of(1000))
  .trigger(flink.CountTrigger.of(2))
  .reduce(
    (a, b) => a + b,
  )
  .setParallelism(2)
s.connect(s.broadcast(new flink.MapStateDescriptor('rules')))
  .process({ processElement() {}, processBroadcastElement() {} })
  .rebalance()
  .sinkTo(new flink.PrintSink())
  .name('out')
s.join(s)
  .where(n => n).equalTo(n => n)
  .window(flink.TumblingEventTimeWindows.of(1000))
  .apply((a, b) => a + b)
  .print()
env.execute()`)
    expect(streamGraph.nodes.map(({ line, call, name }) => `${line} ${call} ${name}`)).toEqual([
      '4 fromSequence Source: Sequence Source',
      '6 map first',
      '12 reduce TumblingEventTimeWindows',
      '17 process Co-Process-Broadcast',
      '24 apply Map',
      '24 apply Map',
      '24 apply TumblingEventTimeWindows',
      '25 print Sink: Print to Std. Out',
      '19 sinkTo out: Writer',
    ])
    const told = streamGraph.edges.flatMap(({ partitioner, line, call }) =>
      line === undefined ? [] : [`${line} ${call} ${partitioner.name}`],
    )
    expect(told).toEqual(['8 keyBy HASH', '16 broadcast BROADCAST', '24 apply HASH', '24 apply HASH', '18 rebalance REBALANCE'])
  })

  test('plans as text before anything runs, and jobs have ids of their own', () => {
    lines.length = 0
    run(`import { StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSequence(1, 9).print()
console.log(JSON.parse(env.getExecutionPlan()).nodes.map(node => node.type).join(', '))
const first = env.executeAsync('a').getJobID()
env.fromSequence(1, 9).print()
console.log(first.toHexString().length, String(env.execute('a').getJobID()) !== String(first))`)
    expect(lines).toEqual(['Source: Sequence Source, Sink: Print to Std. Out', '32 true'])
  })

  test('functions are asked for by transformation, those of a keyBy and of a sink included', () => {
    const instance = run(`import { PrintSink, StreamExecutionEnvironment, Types } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSequence(1, 9).keyBy(n => n % 3, Types.LONG).reduce((a, b) => a + b).sinkTo(new PrintSink('out'))
env.execute()`)
    const { streamGraph } = instance.jobs[0]!
    const [, reduce, writer] = streamGraph.nodes
    const selector = instance.functionsOf(reduce!.keyedBy[0]!).keySelector as ((n: number) => number) & { keyType: string }
    expect([selector(5), selector.keyType]).toEqual([2, 'Long'])
    expect((instance.functionsOf(reduce!.id).function as (a: number, b: number) => number)(2, 3)).toBe(5)
    expect(streamGraph.edges[0]!.partitioner).toEqual({ name: 'HASH', transformation: reduce!.keyedBy[0] })
    expect(writer).toMatchObject({ role: 'sink', operator: { kind: 'sink', params: { sink: 'print', identifier: 'out' } } })
    expect(instance.functionsOf(writer!.id)).toEqual({})
  })

  test('fromData takes values, one array, or an array and its type', () => {
    const elements = (call: string): unknown =>
      run(`import { StreamExecutionEnvironment, Types } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromData(${call}).print()
env.execute()`).functionsOf(1).elements
    expect(['1, 2', '[1, 2]', '[1, 2], Types.LONG', '[1], [2]', 'Types.INT, 1'].map(elements)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [[1], [2]],
      [1],
    ])
  })

  test('evaluations share nothing', () => {
    const compiled = compile(`import { StreamExecutionEnvironment } from 'flink'
let calls = 0
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromData(1).map(n => ++calls).print()
env.execute()`)
    const mapOf = (instance: ProgramInstance) => instance.functionsOf(2).function as (n: number) => number
    const [first, second] = [evaluate(compiled, world()), evaluate(compiled, world())].map(mapOf)
    expect([first!(0), first!(0), second!(0)]).toEqual([1, 2, 1])
  })

  test('clock, randomness and console are the world’s; names of globals are free', () => {
    lines.length = 0
    run(
      `import { StreamExecutionEnvironment } from 'flink'
const name = Date.now(), origin = new Date().toISOString(), self = Math.random()
console.log(name, origin, self, typeof setTimeout, typeof globalThis, typeof process)
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromData(1).print()
env.execute()`,
      1000,
    )
    expect(lines).toEqual(['1000 1970-01-01T00:00:01.000Z 0.5000000037252903 undefined undefined undefined'])
  })
})

describe('what is wrong is told with its line', () => {
  test.each([
    ['does not parse', 'const a = 1\nconst b = (2 + ;', 'program-syntax', 2],
    ['declares twice', 'const a = 1\nlet b = 2\nconst a = 3', 'program-syntax', 3],
    ['awaits', 'const a = 1\nawait a', 'program-syntax', 2],
    ['imports something else', "const a = 1\nimport { readFileSync } from 'fs'\nreadFileSync('a')", 'program-import', 2],
    ['uses what flink lacks', "import {\n  SpreadSheet } from 'flink'\nnew SpreadSheet()", 'program-name', 2],
    ['throws', 'const f = () => {\n  throw new TypeError("no")\n}\nf()', 'program-exception', 2],
    ['never executes', 'const a = 1', 'program-without-job', undefined],
  ])('a program that %s', (_, text, code, line) => {
    const problem = problemOf(text)
    expect(problem.code).toBe(code)
    expect(problem.place?.in === 'program' ? problem.place.line : undefined).toBe(line)
  })

  const ENV =
    "import { Configuration, LogSource, OutputTag, SlotSharingGroup, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'\nconst env = StreamExecutionEnvironment.getExecutionEnvironment()\n"
  test.each([
    [
      "env.fromData('a').keyBy(s => s.length)\nenv.execute()",
      4,
      'java.lang.IllegalStateException: No operators defined in streaming topology. Cannot execute.',
    ],
    [
      "env.fromData('a').keyBy(s => s)\n  .rebalance()",
      4,
      'java.lang.UnsupportedOperationException: Cannot override partitioning for KeyedStream.',
    ],
    [
      "env.fromElements('a')\n  .setParallelism(2)",
      4,
      'java.lang.IllegalArgumentException: The parallelism of non parallel operator must be 1.',
    ],
    [
      "env.fromData('a').map(s => s)\n  .setMaxParallelism(0)",
      4,
      'java.lang.IllegalArgumentException: The maximum parallelism must be greater than 0.',
    ],
    [
      "env.fromData('a').map(s => s)\n  .setUidHash('plus')",
      4,
      'java.lang.IllegalArgumentException: Node hash must be a 32 character String that describes a hex code. Found: plus',
    ],
    ['env.fromData(1, null)', 3, 'java.lang.IllegalArgumentException: The collection contains a null element'],
    ["env.fromData(1, 'a')", 3, 'java.lang.IllegalArgumentException: The elements in the collection are not all subclasses of'],
    ['env.fromData()', 3, 'java.lang.IllegalArgumentException: fromElements needs at least one element as argument'],
    ["new OutputTag('')", 3, 'java.lang.IllegalArgumentException: OutputTag id must not be empty.'],
    [
      'env.setMaxParallelism(40000)',
      3,
      'java.lang.IllegalArgumentException: maxParallelism is out of bounds 0 < maxParallelism <= 32768. Found: 40000',
    ],
    ['env.enableCheckpointing(5)', 3, 'java.lang.IllegalArgumentException: Checkpoint interval must be larger than or equal to 10 ms'],
  ])('%s', (body, line, message) => {
    const problem = problemOf(ENV + body)
    expect(`${problem.args?.class}: ${problem.args?.message}`).toContain(message)
    expect(problem.place).toMatchObject({ in: 'program', line })
  })

  test('a setting that is none, and one that nobody knows', () => {
    expect(problemOf(`${ENV}\nenv.configure(Configuration.fromMap({ 'parallelism.default': 'many' }))`)).toMatchObject({
      code: 'configuration-integer',
      place: { in: 'program', line: 4 },
    })
    const { streamGraph } = jobOf(
      `${ENV}env.configure(Configuration.fromMap({ 'paralelism.default': '2' }))\nenv.fromData(1).print()\nenv.execute()`,
    )
    expect(streamGraph.warnings).toMatchObject([{ code: 'configuration-unknown-nearest', place: { in: 'program', line: 3 } }])
  })

  test('several jobs: each execute is one, and forgets what the one before had', () => {
    const { jobs } = run(`${ENV}env.fromData(1).print()\nenv.execute('a')\nenv.fromData(2).print()\nenv.execute('b')`)
    expect(jobs.map(({ streamGraph, submission }) => [streamGraph.jobName, streamGraph.nodes.map(({ id }) => id), submission])).toEqual([
      ['a', [1, 2], 'attached'],
      ['b', [3, 4], 'attached'],
    ])
  })

  test('a function that fails later', () => {
    const instance = run(`import { StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const deep = (n: number): number => {
  if (n === 0) throw new Error('bottom')
  return deep(n - 1)
}
env.fromData(1).map(n => deep(2)).print()
env.execute()`)
    try {
      ;(instance.functionsOf(2).function as (n: number) => number)(1)
    } catch (error) {
      expect(lineOfError(error)).toBe(4)
      return
    }
    throw new Error('it did not fail')
  })
})

test('frames as V8, JavaScriptCore and SpiderMonkey write them', () => {
  const v8 =
    'Error: x\n    at Object.collect (https://example.org/worker.js:9:1)\n    at map (tidemark:///program.ts:12:7)\n    at eval (tidemark:///program.ts:20:3)'
  const jsc = 'collect@https://example.org/worker.js:9:1\nmap@tidemark:///program.ts:12:7\nanonymous@tidemark:///program.ts:20:3'
  const spiderMonkey =
    'collect@https://example.org/worker.js:9:1\nmap@https://example.org/worker.js line 40 > Function:12:7\nanonymous@https://example.org/worker.js line 40 > Function:20:3'
  for (const stack of [v8, jsc, spiderMonkey]) expect(frameOf(stack)).toBe(12)
})
