import { describe, expect, test } from 'vitest'
import { ProblemError, type Problem } from '../../core/problem'
import { GraphIndex } from '../chaining'
import { readPlan } from '../readPlan'
import { describedChain, plainDescription } from './descriptions'

const refused = (text: string): Problem => {
  try {
    readPlan(text)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('nothing was refused')
}
const operator = (id: number, from: readonly number[], more: object = {}): object => ({
  id,
  type: `Op ${id}`,
  pact: from.length === 0 ? 'Data Source' : 'Operator',
  contents: `Op ${id}`,
  parallelism: 2,
  predecessors: from.map((up) => ({ id: up, ship_strategy: 'FORWARD', side: 'second' })),
  ...more,
})
const nodes = (...list: readonly object[]): string => JSON.stringify({ nodes: list }, null, 1)
const codes = (text: string): string[] => readPlan(text).assumptions.map(({ code }) => code)

describe('what is no plan is told, with its line', () => {
  test.each<[string, string, string, number | undefined]>([
    ['no JSON', '{\n"nodes": [\n}', 'plan-not-json', 3],
    ['cut off', '{"nodes": [', 'plan-not-json', 1],
    ['nothing', '', 'plan-not-json', 1],
    ['a number', '7', 'plan-none', undefined],
    ['null', 'null', 'plan-none', undefined],
    ['another JSON', '{"jobs": []}', 'plan-none', undefined],
    ['nodes of no list', '{"nodes": {}}', 'plan-none', undefined],
    ['no nodes', '{"nodes": []}', 'plan-empty', undefined],
    ['a node that is none', '{"nodes": [null]}', 'plan-member', undefined],
    ['a node without id', nodes(operator(1, []), { type: 'x' }), 'plan-member', undefined],
    ['a node without type', nodes({ id: 1, parallelism: 1 }), 'plan-member', 4],
    ['parallelism as text', nodes(operator(1, [], { parallelism: '2' })), 'plan-member', 4],
    ['parallelism 0', nodes(operator(1, [], { parallelism: 0 })), 'plan-parallelism', 4],
    ['parallelism above all bounds', nodes(operator(1, [], { parallelism: 32769 })), 'plan-parallelism', 4],
    ['parallelism 1.5', nodes(operator(1, [], { parallelism: 1.5 })), 'plan-parallelism', 4],
    ['one id twice', nodes(operator(1, []), operator(1, [])), 'plan-duplicate-id', 12],
    ['an input from nowhere', nodes(operator(1, []), operator(2, [3])), 'plan-unknown-id', 19],
    ['inputs of no list', nodes(operator(1, [], { predecessors: 5 })), 'plan-member', 4],
    ['itself as input', nodes(operator(1, [1])), 'plan-cycle', 4],
    ['a circle', nodes(operator(1, []), operator(2, [1, 3]), operator(3, [2]), operator(4, [3])), 'plan-cycle', undefined],
    ['ids of two sorts', nodes(operator(1, []), { id: 'a', description: 'b', parallelism: 1 }), 'plan-member', undefined],
    [
      'a source that only feeds an iteration',
      nodes(operator(1, []), operator(-2, [1], { type: 'IterationSink-3', pact: 'Data Sink' })),
      'plan-refused',
      undefined,
    ],
    ['too many', nodes(...Array.from({ length: 3001 }, (_, i) => operator(i + 1, []))), 'plan-too-many', undefined],
  ])('%s', (_, text, code, line) => {
    const problem = refused(text)
    expect(problem.code).toBe(code)
    if (line !== undefined) expect(problem.place).toEqual({ in: 'plan', line })
  })

  test('names of prototypes are names', () => {
    const { plan } = readPlan(
      `{"nodes": [{"id": 1, "type": "__proto__", "contents": "constructor", "parallelism": 1, "__proto__": {"pact": "x"}}, ${JSON.stringify(operator(2, [1], { type: 'toString' }))}]}`,
    )
    expect(plan.streamGraph.nodes.map(({ name }) => name)).toEqual(['__proto__', 'toString'])
  })
})

describe('plans that are', () => {
  test('as flink info prints them', () => {
    const text = `----------------------- Execution Plan -----------------------\n${nodes(operator(1, []), operator(2, [1]))}\n--------------------------------------------------------------\n\nNo description provided.`
    expect(readPlan(text).plan.jobGraph.vertices.map(({ name }) => name)).toEqual(['Op 1 -> Op 2'])
  })

  test('3 000 operators in a row, in as many tasks and in one', () => {
    const row = (parallelism: (at: number) => number): string =>
      nodes(...Array.from({ length: 3000 }, (_, i) => operator(i + 1, i === 0 ? [] : [i], { parallelism: parallelism(i) })))
    const { plan } = readPlan(row((i) => 1 + (i % 2)))
    expect(plan.jobGraph.vertices).toHaveLength(3000)
    expect(plan.executionGraph.vertices).toHaveLength(4500)
    expect(readPlan(row(() => 2)).plan.jobGraph.vertices[0]!.chain).toHaveLength(3000)
  })

  test('of a batch job that is undecided, as Flink 2 serves it', () => {
    const plan = {
      jid: '8c2d1a4c5e7f4b1f9a2d3c4b5a697887',
      name: 'daily',
      type: 'BATCH',
      nodes: [
        {
          id: 'bb',
          operator: '',
          parallelism: -1,
          operator_strategy: '',
          description: 'HashAggregate[3]<br/>+- Sink: out<br/>',
          optimizer_properties: '{}',
          inputs: [{ id: 'aa', num: 0, exchange: 'blocking', ship_strategy: 'HASH[user]', local_strategy: null, caching: null }],
        },
        {
          id: 'aa',
          operator: '',
          parallelism: 4,
          operator_strategy: '',
          description: 'Source: day&amp;night[1]<br/>',
          optimizer_properties: '{}',
        },
      ],
    }
    const read = readPlan(JSON.stringify({ plan, 'pending-operators': 3 }))
    expect(read.plan.jobGraph).toMatchObject({ jobName: 'daily', jobType: 'BATCH', dynamic: true })
    expect(read.plan.jobGraph.vertices).toMatchObject([
      { id: 'aa', name: 'Source: day&night[1]', slotSharingGroup: 'default' },
      { id: 'bb', name: 'HashAggregate[3] -> Sink: out', parallelism: -1, slotSharingGroup: 'default-2' },
    ])
    expect(read.plan.jobGraph.edges).toMatchObject([{ partitioner: { name: 'HASH' }, resultType: 'BLOCKING' }])
    expect(read.plan.executionGraph.vertices).toHaveLength(4)
  })

  test('/jobs/:id tells names, groups and max parallelism', () => {
    const node = (id: string, description: string, from: readonly string[]): object => ({
      id,
      parallelism: 2,
      description,
      inputs: from.map((up, num) => ({ num, id: up, ship_strategy: 'FORWARD', exchange: 'pipelined_bounded' })),
    })
    const details = {
      jid: 'j',
      name: 'flights',
      'job-type': 'STREAMING',
      vertices: [
        { id: 'a', slotSharingGroupId: 'f0', name: '[vertex-0]Source: s', maxParallelism: 12, parallelism: 2 },
        { id: 'b', slotSharingGroupId: 'f1', name: '[vertex-1]Map', maxParallelism: 128, parallelism: 2 },
      ],
      plan: { jid: 'j', name: 'flights', type: 'STREAMING', nodes: [node('b', 'Map<br/>', ['a']), node('a', 'Source: s<br/>', [])] },
    }
    const { plan, assumptions } = readPlan(JSON.stringify(details))
    expect(plan.jobGraph.vertices).toMatchObject([
      { name: '[vertex-0]Source: s', slotSharingGroup: 'default', maxParallelism: 12 },
      { name: '[vertex-1]Map', slotSharingGroup: 'group-2' },
    ])
    expect(plan.executionGraph.sharedSlots).toBe(4)
    expect(plan.jobGraph.edges[0]!.reason).toEqual({ rule: 'slot-sharing-group', args: { up: 'default', down: 'group-2' } })
    expect(assumptions.map(({ code }) => code)).toEqual(['plan-assumes-group-names'])
  })

  test('a task that begins for no reason that the plan tells begins a chain', () => {
    const plan = {
      nodes: [
        { id: 'a', parallelism: 1, description: 'Source: s<br/>' },
        {
          id: 'b',
          parallelism: 1,
          description: 'Map<br/>',
          inputs: [{ num: 0, id: 'a', ship_strategy: 'FORWARD', exchange: 'pipelined_bounded' }],
        },
      ],
    }
    const { plan: read, assumptions } = readPlan(JSON.stringify(plan))
    expect(assumptions.find(({ code }) => code === 'plan-assumes-cut')).toMatchObject({
      args: { names: 'Map', count: 1 },
      severity: 'warning',
    })
    expect(new GraphIndex(read.streamGraph).chainBreak(read.streamGraph.edges[0]!)).toMatchObject({ rule: 'downstream-head' })
    expect(codes(JSON.stringify(plan))).toEqual(['plan-assumes-groups', 'plan-assumes-cut', 'plan-assumes-max-parallelism'])
  })
})

describe('operators in a description', () => {
  const shape = (text: string): string => {
    const { operators, sources, understood } = describedChain(text)
    return `${understood ? '' : '? '}${operators.map(({ text: own, outputs }) => `${own}>${outputs.join()}`).join(' | ')}${sources.length > 0 ? ` [${sources.join('; ')}]` : ''}`
  }
  test.each([
    ['Map\n', 'Map>'],
    ['A\n:- B\n:  +- C\n+- D\n', 'A>1,3 | B>2 | C> | D>'],
    ['A\n+- B\n   :- C\n   +- D\n', 'A>1 | B>2,3 | C> | D>'],
    ['Multi [Source: a, Source: b]\n+- Sink: c\n', 'Multi>1 | Sink: c> [Source: a; Source: b]'],
    ['A -> B -> C', 'A>1 | B>2 | C>'],
    ['A -> (B -> C , D)', 'A>1,3 | B>2 | C> | D>'],
    ['A -> (B, C)', 'A>1,2 | B> | C>'],
    ['Window(Tumbling(5), Trigger, F) -> Sink: x', 'Window(Tumbling(5), Trigger, F)>1 | Sink: x>'],
    ['two\nlines\n+- B\n', '? two\nlines\n+- B>'],
    ['broken ) -> (', '? broken ) -> (>'],
  ])('%j', (text, expected) => expect(shape(text)).toBe(expected))

  test('without HTML', () => expect(plainDescription('a &lt;b&gt; &eacute; &#92;d&#39;<br/>+- c')).toBe("a <b> é \\d'\n+- c"))
})
