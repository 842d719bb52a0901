import { describe, expect, test } from 'vitest'
import { compile } from '../client/compile'
import { evaluate } from '../client/evaluate'
import { Configuration } from '../core/configuration'
import { GraphIndex } from './chaining'
import { planOf, planText } from './index'
import { requireSimulated } from './executionGraph'
import { forEachLink } from './links'
import { slotArithmetic } from './slotArithmetic'
import type { Plan } from './types'

const PREAMBLE =
  "import { DiscardingSink, OutputTag, PrintSink, StreamExecutionEnvironment } from 'flink'\nconst env = StreamExecutionEnvironment.getExecutionEnvironment()\n"

function plan(body: string, configuration: Record<string, string> = {}): Plan {
  const cluster = Configuration.fromMap(configuration)
  const world = { configuration: cluster, now: () => 0, nextUint32: () => 0, print: () => {} }
  return planOf(evaluate(compile(`${PREAMBLE}${body}\nenv.execute()`), world).jobs, cluster)
}
const text = (body: string, configuration?: Record<string, string>): string => planText(plan(body, configuration))
describe('plans', () => {
  test('a keyBy cuts, what stands before and after it is chained', () => {
    expect(
      text(`env.setParallelism(2)
        env.fromSequence(1, 9).map(n => n * 2).keyBy(n => n % 3).sum(0).sinkTo(new PrintSink()).name('out')`),
    ).toBe(`Flink Streaming Job (STREAMING)
0 Source: Sequence Source -> Map x2
1 Keyed Aggregation -> out: Writer x2
0 -> 1 HASH (partitioner: partitioner HASH)
slot 0: 0 (1/2), 1 (1/2)
slot 1: 0 (2/2), 1 (2/2)`)
  })

  test('one source and three readers: side outputs, a union, a slot sharing group of its own', () => {
    expect(
      text(`env.setParallelism(1)
        const odd = new OutputTag('odd')
        const split = env.fromSequence(1, 9).process({ processElement(n, ctx, out) { if (n % 2) ctx.output(odd, n); else out.collect(n) } }).name('split')
        const odds = split.getSideOutput(odd).map(n => -n).slotSharingGroup('odds')
        split.filter(n => n > 4).union(odds).print('all').setParallelism(2)`),
    ).toBe(`Flink Streaming Job (STREAMING)
0 Source: Sequence Source -> split -> Filter x1
1 Map x1 in odds
2 Sink: Print to Std. Out x2
1 -> 2 REBALANCE (several-inputs: operator Sink: Print to Std. Out, inputs 2)
0 -> 2 REBALANCE (several-inputs: operator Sink: Print to Std. Out, inputs 2)
0 -> 1 FORWARD [odd] (slot-sharing-group: up default, down odds)
slot 0: 0 (1/1), 2 (1/2)
slot 1: 1 (1/1)
slot 2: 2 (2/2)`)
  })

  test('a change of parallelism rebalances; the reason is the parallelism', () => {
    expect(text('env.fromSequence(1, 9).setParallelism(2).map(n => n).setParallelism(3).print().setParallelism(3)')).toContain(
      '0 -> 1 REBALANCE (parallelism: up 2, down 3)',
    )
  })

  test.each([
    ['.map(n => n).disableChaining()', 'downstream-never: operator Map'],
    ['.disableChaining().map(n => n)', 'upstream-never: operator Source: Sequence Source'],
    ['.map(n => n).startNewChain()', 'downstream-head: operator Map'],
    ['.rebalance().map(n => n)', 'partitioner: partitioner REBALANCE'],
    ['.map(n => n).setMaxParallelism(7)', 'max-parallelism: up -1, down 7'],
    ['.map(n => n).slotSharingGroup("other")', 'slot-sharing-group: up default, down other'],
  ])('%s breaks the chain', (steps, reason) => {
    const options = { 'pipeline.operator-chaining.chain-operators-with-different-max-parallelism': 'false' }
    expect(text(`env.fromSequence(1, 9)${steps}.print()`, options)).toContain(`(${reason})`)
  })

  test('chaining switched off cuts everywhere', () => {
    expect(text('env.disableOperatorChaining()\nenv.fromSequence(1, 2).map(n => n).print()').match(/chaining-disabled/g)).toHaveLength(2)
  })

  test('a Writer is not chained behind a source of the old kind', () => {
    expect(text('env.fromElements(1, 2).sinkTo(new DiscardingSink())')).toContain(
      '(yielding-behind-legacy-source: operator Sink: Writer, source Source: Collection Source)',
    )
  })

  test('the program beats the cluster', () => {
    const cluster = { 'parallelism.default': '4', 'pipeline.name': 'from the cluster' }
    expect(text('env.fromSequence(1, 2).print()', cluster)).toContain(
      'from the cluster (STREAMING)\n0 Source: Sequence Source -> Sink: Print to Std. Out x4',
    )
    expect(text('env.setParallelism(2)\nenv.fromSequence(1, 2).print()', cluster)).toContain('x2')
  })

  test('ids outlive what is put in before them only with a uid', () => {
    const idOf = (steps: string): string =>
      plan(`env.fromSequence(1, 2)${steps}.print().uid('out')`).jobGraph.vertices[0]!.chain.at(-1)!.operatorId
    expect(idOf('')).toBe(idOf('.map(n => n)'))
  })
})

describe('batch', () => {
  const FIXED = { 'execution.runtime-mode': 'BATCH', 'jobmanager.scheduler': 'Default' }
  const steps = 'env.setParallelism(2)\nenv.fromSequence(1, 9).map(n => n).keyBy(n => n % 3).sum(0).print()'

  test('regions that run one after the other have slots of their own', () => {
    expect(text(steps, FIXED)).toBe(`Flink Batch Job (BATCH)
0 Source: Sequence Source -> Map x2
1 Keyed Aggregation -> Sink: Print to Std. Out x2 in default-2
0 -> 1 HASH blocking (partitioner: partitioner HASH)
slot 0: 0 (1/2)
slot 1: 0 (2/2)
slot 2: 1 (1/2)
slot 3: 1 (2/2)`)
  })

  test('what the program left open is decided while it runs', () => {
    const { jobGraph, executionGraph } = plan(steps.replace('.print()', '.setParallelism(3).print()'), {
      'execution.runtime-mode': 'AUTOMATIC',
    })
    expect(jobGraph.dynamic).toBe(true)
    expect(jobGraph.vertices.map(({ parallelism, maxParallelism }) => [parallelism, maxParallelism])).toEqual([
      [-1, 2],
      [3, 128],
      [-1, 2],
    ])
    expect(executionGraph.vertices).toHaveLength(3)
    expect(slotArithmetic(jobGraph, 0).total).toBeNull()
  })
})

describe('all clauses that say no', () => {
  test('in the order in which to mend them', () => {
    const { streamGraph } = plan(`env.disableOperatorChaining()
const a = env.fromSequence(1, 9).setParallelism(2)
a.rebalance()
  .map(n => n).setParallelism(3).slotSharingGroup('own').disableChaining().print()`)
    const edge = streamGraph.edges.find(({ from, to }) => from === 1 && to === 3)!
    expect(new GraphIndex(streamGraph).chainBreaks(edge)).toEqual([
      { rule: 'chaining-disabled', args: {} },
      { rule: 'slot-sharing-group', args: { up: 'default', down: 'own' } },
      { rule: 'downstream-never', args: { operator: 'Map', node: 3, strategy: 'NEVER', by: 'program' } },
      { rule: 'parallelism', args: { up: 2, down: 3 } },
      { rule: 'partitioner', args: { partitioner: 'REBALANCE', call: 'rebalance', line: 5 } },
    ])
  })
})

describe('several jobs', () => {
  test('each has its own settings and numbers', () => {
    const { streamGraph, jobGraph, executionGraph } = plan(`env.fromSequence(1, 2).map(n => n).print()
env.execute('first')
env.disableOperatorChaining()
env.fromSequence(1, 2).map(n => n).print()`)
    const index = new GraphIndex(streamGraph)
    expect(streamGraph.edges.map((edge) => index.chainBreak(edge)?.rule)).toEqual([
      undefined,
      undefined,
      'chaining-disabled',
      'chaining-disabled',
    ])
    expect(jobGraph.jobs.map(({ name, firstVertex, vertices }) => [name, firstVertex, vertices])).toEqual([
      ['first', 0, 1],
      ['Flink Streaming Job', 1, 3],
    ])
    // Jobs never share a slot.
    expect(executionGraph.vertices.map(({ sharedSlot }) => sharedSlot)).toEqual([0, 1, 1, 1])
  })
})

describe('slots', () => {
  test('a job needs as many as its widest tasks, group by group', () => {
    const { jobGraph, executionGraph } = plan(`env.setParallelism(2)
env.fromSequence(1, 9).rebalance().map(n => n).setParallelism(4).rebalance().filter(n => n).setParallelism(4).rebalance()
  .map(n => n).slotSharingGroup('sinks').rebalance().print().setParallelism(3)`)
    expect(slotArithmetic(jobGraph, 0)).toEqual({
      groups: [
        { name: 'default', vertices: [0, 1, 2], slots: 4, widest: [1, 2] },
        { name: 'sinks', vertices: [3, 4], slots: 3, widest: [4] },
      ],
      total: 7,
    })
    expect(executionGraph.sharedSlots).toBe(7)
  })

  test('jobs that no tab can hold are planned all the same', () => {
    const { executionGraph } = plan('env.setParallelism(10000)\nenv.fromSequence(1, 2).rebalance().print()')
    expect(executionGraph).toMatchObject({ tooLarge: { subtasks: 20_000, channels: 100_000_000 }, sharedSlots: 10_000, channels: [] })
    expect(() => requireSimulated(executionGraph)).toThrow('plan-too-large')
  })
})

describe('G-16: who is connected to whom', () => {
  /** `p→t/subpartition`, by consumer. */
  const links = (pointwise: boolean, sources: number, targets: number): string => {
    const all: string[] = []
    forEachLink(pointwise, sources, targets, (from, to, subpartition) => all.push(`${from}→${to}/${subpartition}`))
    return all.join(' ')
  }

  test.each([
    [2, 3, '0→0/0 0→1/1 1→2/0'],
    [3, 2, '0→0/0 1→1/0 2→1/0'],
    [2, 4, '0→0/0 0→1/1 1→2/0 1→3/1'],
    [3, 4, '0→0/0 0→1/1 1→2/0 2→3/0'],
    [4, 3, '0→0/0 1→1/0 2→2/0 3→2/0'],
    [2, 5, '0→0/0 0→1/1 0→2/2 1→3/1 1→4/0'],
  ])('pointwise %d to %d', (sources, targets, expected) => expect(links(true, sources, targets)).toBe(expected))

  test('all to all', () => expect(links(false, 2, 2)).toBe('0→0/0 1→0/0 0→1/1 1→1/1'))
})
