import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Configuration } from '../../core/configuration'
import type { OperatorEdit } from '../../graph/edits'
import type { StreamGraph } from '../../graph/types'
import { unionOfStreamGraphs } from '../../graph/union'
import { compile } from '../compile'
import { evaluate } from '../evaluate'
import { previewEdit } from './index'

const IMPORTS = "import { PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, Duration } from 'flink'\n"
const HEAD = `${IMPORTS}const env = StreamExecutionEnvironment.getExecutionEnvironment()\nenv.setParallelism(2)\n`
const graphOf = (text: string): StreamGraph =>
  unionOfStreamGraphs(
    evaluate(compile(text), {
      configuration: Configuration.fromMap({}),
      now: () => 1,
      nextUint32: () => 1,
      print: () => {},
    }).jobs.map(({ streamGraph }) => streamGraph),
  )

type Asked<E = OperatorEdit> = E extends OperatorEdit ? Omit<E, 'node'> : never

/** Edits the operator of that name (the n-th of them) in `body`, and gives the new body; for a problem its code and line. */
function edited(body: string, name: string, edit: Asked, nth = 0): string {
  const text = `${HEAD}${body}\nenv.execute('job')\n`
  const graph = graphOf(text)
  const node = graph.nodes.filter((candidate) => candidate.name === name)[nth]!
  const preview = previewEdit(text, graph, { node: node.id, ...edit } as OperatorEdit)
  if ('problem' in preview) {
    const place = preview.problem.place
    return `${preview.problem.code} ${place?.in === 'program' ? place.line - 3 : ''}`.trim()
  }
  expect(graphOf(preview.text!).nodes.length).toBe(graph.nodes.length)
  return preview.text!.slice(HEAD.length, -"\nenv.execute('job')\n".length)
}
const parallelism = (value: number): Asked => ({ set: 'parallelism', value })
const group = (value: string): Asked => ({ set: 'slotSharingGroup', value })
const chaining = (value: 'default' | 'startNewChain' | 'disableChaining'): Asked => ({ set: 'chaining', value })
const partitioner = (value: 'none' | 'rebalance' | 'shuffle'): Asked => ({ set: 'partitioner', value })

describe('a setter', () => {
  test('is added behind the call, on its line', () => {
    expect(edited('env.fromSequence(1, 9).map(x => x + 1).print()', 'Map', parallelism(4))).toBe(
      'env.fromSequence(1, 9).map(x => x + 1).setParallelism(4).print()',
    )
    expect(edited('env.fromSequence(1, 9)\n  .map(x => x + 1) // one more\n  .print()', 'Map', parallelism(4))).toBe(
      'env.fromSequence(1, 9)\n  .map(x => x + 1).setParallelism(4) // one more\n  .print()',
    )
  })
  test('gets a line of its own where setters have one', () => {
    expect(edited("env.fromSequence(1, 9)\n  .map(x => x)\n  .name('a')\n  .print()", 'a', parallelism(4))).toBe(
      "env.fromSequence(1, 9)\n  .map(x => x)\n  .name('a')\n  .setParallelism(4)\n  .print()",
    )
    expect(edited("env.fromSequence(1, 9)\n  .map(x => x)\n  .name('a').uid('b')\n  .print()", 'a', parallelism(4))).toBe(
      "env.fromSequence(1, 9)\n  .map(x => x)\n  .name('a').uid('b').setParallelism(4)\n  .print()",
    )
  })
  test('keeps the way in which lines end', () => {
    expect(edited("env.fromSequence(1, 9)\r\n  .map(x => x)\r\n  .name('a')\r\n  .print()", 'a', parallelism(4))).toBe(
      "env.fromSequence(1, 9)\r\n  .map(x => x)\r\n  .name('a')\r\n  .setParallelism(4)\r\n  .print()",
    )
  })
  test('is changed where it is', () => {
    expect(edited("env.fromSequence(1, 9).map(x => x).setParallelism( 1_0 ).name('m').print()", 'm', parallelism(4))).toBe(
      "env.fromSequence(1, 9).map(x => x).setParallelism( 4 ).name('m').print()",
    )
    expect(edited('env.fromSequence(1, 9).map(x => x).slotSharingGroup(`a`).print()', 'Map', group("b'c"))).toBe(
      "env.fromSequence(1, 9).map(x => x).slotSharingGroup('b\\'c').print()",
    )
  })
  test('is written in the quotes of the program', () => {
    const body = 'const a = ["x", "y", "z", "q", "w"]\nenv.fromSequence(1, 9).map(x => a[0]).print()'
    expect(edited(body, 'Map', { set: 'uid', value: 'it"s' })).toContain('.uid("it\\"s")')
  })
  test('is found through a variable', () => {
    expect(edited('const m = env.fromSequence(1, 9).map(x => x)\nm.name("n").setParallelism(3)\nm.print()', 'n', parallelism(4))).toBe(
      'const m = env.fromSequence(1, 9).map(x => x)\nm.name("n").setParallelism(4)\nm.print()',
    )
    expect(edited('const m = env.fromSequence(1, 9).map(x => x)\nm.print()', 'Map', parallelism(4))).toBe(
      'const m = env.fromSequence(1, 9).map(x => x).setParallelism(4)\nm.print()',
    )
    expect(
      edited('const m = env.fromSequence(1, 9).map(x => x)\nm.setParallelism(3)\nm.setParallelism(5)\nm.print()', 'Map', parallelism(4)),
    ).toBe('edit-elsewhere 3')
  })
  test('with an expression is shown, not changed', () => {
    expect(edited('const p = 3\nenv.fromSequence(1, 9)\n  .map(x => x)\n  .setParallelism(p)\n  .print()', 'Map', parallelism(4))).toBe(
      'edit-expression 4',
    )
  })
  test('of an operator that a loop makes is not changed for all', () => {
    expect(edited('for (const i of [1, 2])\n  env.fromSequence(1, 9).map(x => x * i).print()', 'Map', parallelism(4))).toBe(
      'edit-made-several 2',
    )
    expect(edited('for (const i of [1])\n  env.fromSequence(1, 9).map(x => x * i).print()', 'Map', parallelism(4))).toContain(
      '.map(x => x * i).setParallelism(4)',
    )
  })
  test('of one of two calls on a line, in the order in which they run', () => {
    const body = 'env.fromSequence(1, 9).map(x => x).union(env.fromSequence(1, 2).map(y => y)).map(z => z).print()'
    expect(edited(body, 'Map', parallelism(4), 0)).toContain('.map(x => x).setParallelism(4)')
    expect(edited(body, 'Map', parallelism(4), 1)).toContain('.map(y => y).setParallelism(4)')
    expect(edited(body, 'Map', parallelism(4), 2)).toContain('.map(z => z).setParallelism(4)')
  })
  test('does not take what functions, texts and comments say for calls', () => {
    const body =
      "env.fromSequence(1, 9) // .map(no)\n  .map(x => ['.map(a)', `.map(${[x].map(y => y)})`].map(z => z).join('')).print('.map(b)')"
    expect(edited(body, 'Map', parallelism(4))).toBe(body.replace(".join(''))", ".join('')).setParallelism(4)"))
  })
  test('of a call over several lines stands behind its end', () => {
    expect(edited('env.fromSequence(\n  1,\n  9,\n).print()', 'Source: Sequence Source', parallelism(4))).toBe(
      'env.fromSequence(\n  1,\n  9,\n).setParallelism(4).print()',
    )
  })
  test('of sinks and windows', () => {
    expect(edited('env.fromSequence(1, 9).sinkTo(new PrintSink())', 'Sink: Writer', parallelism(4))).toBe(
      'env.fromSequence(1, 9).sinkTo(new PrintSink()).setParallelism(4)',
    )
    const body = 'env.fromSequence(1, 9)\n  .keyBy(x => x)\n  .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))\n  .reduce((a, b) => a + b)\n  .print()' // prettier-ignore
    expect(edited(body, 'TumblingEventTimeWindows', group('g'))).toBe(body.replace('a + b)', "a + b).slotSharingGroup('g')"))
  })
  test('takes no value that Flink would refuse for any operator', () => {
    expect(edited('env.fromSequence(1, 9).print()', 'Sink: Print to Std. Out', parallelism(0))).toBe('edit-value')
    expect(edited('env.fromSequence(1, 9).print()', 'Sink: Print to Std. Out', parallelism(2))).toBe('edit-same')
  })
})

describe('chaining', () => {
  test('goes with its line, if that is all there is', () => {
    const body = 'env.fromSequence(1, 9)\n  .map(x => x)\n  .startNewChain()\n  .print()'
    expect(edited(body, 'Map', chaining('default'))).toBe('env.fromSequence(1, 9)\n  .map(x => x)\n  .print()')
    expect(edited(body.replace('()\n  .print', '() // why\n  .print'), 'Map', chaining('default'))).toContain('\n   // why\n')
    expect(edited(body, 'Map', chaining('disableChaining'))).toBe(
      'env.fromSequence(1, 9)\n  .map(x => x)\n  .disableChaining()\n  .print()',
    )
  })
  test('as a statement of its own goes as a whole', () => {
    const body = 'const m = env.fromSequence(1, 9).map(x => x)\nm.disableChaining();\nm.print()'
    expect(edited(body, 'Map', chaining('default'))).toBe('const m = env.fromSequence(1, 9).map(x => x)\nm.print()')
  })
  test('of a sink, and where there is nothing to take away', () => {
    expect(edited('env.fromSequence(1, 9).print()', 'Sink: Print to Std. Out', chaining('startNewChain'))).toBe('edit-sink-chain 1')
    expect(edited('env.fromSequence(1, 9).map(x => x).print()', 'Map', chaining('default'))).toBe('edit-nothing 1')
  })
  test('of the whole job', () => {
    expect(edited('env.disableOperatorChaining()\nenv.fromSequence(1, 9).print()', 'Sink: Print to Std. Out', { set: 'jobChaining', value: 'enabled' })).toBe('env.fromSequence(1, 9).print()') // prettier-ignore
  })
})

describe('a partitioner', () => {
  test('goes, comes and changes', () => {
    expect(edited('env.fromSequence(1, 9).rebalance().map(x => x).print()', 'Map', partitioner('none'))).toBe(
      'env.fromSequence(1, 9).map(x => x).print()',
    )
    expect(edited('env.fromSequence(1, 9)\n  .rebalance()\n  .map(x => x).print()', 'Map', partitioner('none'))).toBe(
      'env.fromSequence(1, 9)\n  .map(x => x).print()',
    )
    expect(edited('env.fromSequence(1, 9)\n  .map(x => x).print()', 'Map', partitioner('rebalance'))).toBe(
      'env.fromSequence(1, 9)\n  .rebalance()\n  .map(x => x).print()',
    )
    expect(edited('env.fromSequence(1, 9).rescale().map(x => x).print()', 'Map', partitioner('shuffle'))).toContain('9).shuffle().map')
  })
  test('behind a variable, if nobody else reads that', () => {
    const body = 'const r = env.fromSequence(1, 9).rebalance()\nr.map(x => x).print()'
    expect(edited(body, 'Map', partitioner('none'))).toBe('const r = env.fromSequence(1, 9)\nr.map(x => x).print()')
    expect(edited(`${body}\nr.filter(x => true).print()`, 'Map', partitioner('none'))).toBe('edit-shared 1')
  })
  test('of one of several inputs is the call that the edge says', () => {
    const text = `${HEAD}const s = env.fromSequence(1, 9)\ns.shuffle().union(s.rescale()).map(x => x).print()\nenv.execute()\n`
    const graph = graphOf(text)
    const edges = graph.edges.filter(({ partitioner: { name } }) => name === 'SHUFFLE')
    expect(edges).toHaveLength(1)
    expect(previewEdit(text, graph, { node: edges[0]!.to, set: 'partitioner', value: 'none' })).toMatchObject({
      problem: { code: 'edit-several-inputs' },
    })
    const two = `${HEAD}const s = env.fromSequence(1, 9)\nconst t = env.fromSequence(1, 9)\ns.shuffle().union(t.rescale()).map(x => x).print()\nenv.execute()\n`
    const both = graphOf(two)
    const { to, from } = both.edges.find(({ partitioner: { name } }) => name === 'RESCALE')!
    expect(previewEdit(two, both, { node: to, from, set: 'partitioner', value: 'none' }).text).toBe(two.replace('.rescale()', ''))
  })
  test('of keyBy stays', () => {
    expect(edited('env.fromSequence(1, 9).keyBy(x => x).reduce((a, b) => a).print()', 'Keyed Reduce', partitioner('none'))).toBe(
      'edit-keyed 1',
    )
  })
})

test('a program that does not parse', () => {
  expect(
    previewEdit('const = 1', graphOf(`${HEAD}env.fromSequence(1, 2).print()\nenv.execute()`), { node: 1, set: 'uid', value: 'a' }),
  ).toMatchObject({
    problem: { code: 'edit-syntax' },
  })
})

/** Everything an edit could change, by place: ids move when a partitioner comes or goes, lines when text does. */
function facts(graph: StreamGraph) {
  const at = new Map(graph.nodes.map(({ id }, place) => [id, place]))
  return {
    nodes: graph.nodes.map(({ name, parallelism, maxParallelism, slotSharingGroup, chaining, uid }) => ({
      name,
      parallelism,
      maxParallelism,
      slotSharingGroup,
      chaining,
      uid: uid ?? '',
    })),
    edges: graph.edges.map(({ from, to, partitioner: { name } }) => `${at.get(from)} ${name} ${at.get(to)}`),
  }
}

const OPERATORS = ['.map(x => x + 1)', '.filter(x => [x].map(y => y)[0] > 0)', '.flatMap((x, out) => out.collect(x))'] as const
const BETWEEN = ['', '', '', '.rebalance()', '.shuffle()', '.rescale()'] as const
const SET = [
  '',
  '',
  '.setParallelism(3)',
  ".name('.map(x)')",
  '.startNewChain()',
  ".slotSharingGroup('a')",
  ".uid('u').disableChaining()",
] as const
const programs = fc
  .record({
    steps: fc.array(
      fc.record({
        between: fc.constantFrom(...BETWEEN),
        operator: fc.constantFrom(...OPERATORS),
        set: fc.constantFrom(...SET),
        variable: fc.boolean(),
        comment: fc.constantFrom('', ' // .map(x)', ' /* ) */'),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    ownLines: fc.boolean(),
  })
  .map(({ steps, ownLines }) => {
    const eol = ownLines ? '\n  ' : ''
    // Each step may be kept in a variable and gone on with from there.
    let text = 'const s = env.fromSequence(1, 9)'
    let last = 's'
    let names = 0
    steps.forEach((step, i) => {
      const link = (call: string) => (call === '' ? '' : `${eol}${call}`)
      const own = step.set.replace("'u'", `'u${i}'`)
      const note = ownLines ? step.comment : ''
      const part = `${link(step.between)}${link(step.operator)}${note}${link(own)}${note}`
      if (step.variable || i === 0) {
        const name = `v${names++}`
        text += `\nconst ${name} = ${last}${part}`
        last = name
      } else text += part
    })
    return `${HEAD}${text}\n${last}.print()\nenv.execute()\n`
  })

describe('for any program', () => {
  const asks: fc.Arbitrary<Asked> = fc.oneof(
    fc.record({ set: fc.constant('parallelism' as const), value: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ set: fc.constant('maxParallelism' as const), value: fc.integer({ min: 9, max: 99 }) }),
    fc.record({ set: fc.constant('slotSharingGroup' as const), value: fc.constantFrom('default', 'a', 'b c', "d'") }),
    fc.record({ set: fc.constant('uid' as const), value: fc.constantFrom('n1', 'n\\2') }),
    fc.record({ set: fc.constant('name' as const), value: fc.constantFrom('n1', 'n"2') }),
    fc.record({ set: fc.constant('chaining' as const), value: fc.constantFrom('default' as const, 'startNewChain' as const, 'disableChaining' as const) }), // prettier-ignore
    fc.record({
      set: fc.constant('partitioner' as const),
      value: fc.constantFrom('none' as const, 'rebalance' as const, 'global' as const),
    }),
  )
  test('the new plan has what was asked, and nothing else', () => {
    fc.assert(
      fc.property(programs, asks, fc.nat(), (text, ask, pick) => {
        const graph = graphOf(text)
        const node = graph.nodes[1 + (pick % (graph.nodes.length - 2))]!
        const place = graph.nodes.indexOf(node)
        const preview = previewEdit(text, graph, { node: node.id, ...ask } as OperatorEdit)
        if ('problem' in preview) {
          expect(['edit-same', 'edit-nothing', 'edit-clash', 'edit-shared']).toContain(preview.problem.code)
          return
        }
        const before = facts(graph)
        const after = facts(graphOf(preview.text!))
        const expected = before.nodes.map((fact, at) => {
          if (at !== place) {
            // A group is handed down until something else is said (G-8).
            return ask.set === 'slotSharingGroup' && at > place ? { ...fact, slotSharingGroup: after.nodes[at]!.slotSharingGroup } : fact
          }
          if (ask.set === 'partitioner') return fact
          if (ask.set === 'chaining')
            return { ...fact, chaining: ({ default: 'ALWAYS', startNewChain: 'HEAD', disableChaining: 'NEVER' } as const)[ask.value] }
          return { ...fact, [ask.set]: ask.value }
        })
        expect(after.nodes).toEqual(expected)
        const changed = before.edges.filter((edge, at) => edge !== after.edges[at])
        if (ask.set === 'partitioner')
          expect(after.edges[place - 1]).toMatch(ask.value === 'none' ? /FORWARD|REBALANCE/ : ask.value.toUpperCase())
        // Default partitioners follow the parallelism (G-3).
        else if (ask.set === 'parallelism') for (const edge of changed) expect(edge).toMatch(/FORWARD|REBALANCE/)
        else expect(changed).toEqual([])
        for (const { line, before: lines } of [preview, ...(preview.more ?? [])])
          expect(
            text
              .split('\n')
              .slice(line - 1, line - 1 + lines.split('\n').length)
              .join('\n'),
          ).toBe(lines)
      }),
      { numRuns: 300 },
    )
  })

  test('what was added can be taken away again, and the text is as it was', () => {
    fc.assert(
      fc.property(programs, fc.nat(), fc.constantFrom('chaining' as const, 'partitioner' as const), (text, pick, set) => {
        const graph = graphOf(text)
        const place = 1 + (pick % (graph.nodes.length - 2))
        const there = set === 'chaining' ? chaining('startNewChain') : partitioner('rebalance')
        const back = set === 'chaining' ? chaining('default') : partitioner('none')
        // Only where nothing of the kind was said before.
        const plain = previewEdit(text, graph, { node: graph.nodes[place]!.id, ...back } as OperatorEdit)
        if (!('problem' in plain)) return
        const first = previewEdit(text, graph, { node: graph.nodes[place]!.id, ...there } as OperatorEdit)
        if ('problem' in first) return
        const again = graphOf(first.text!)
        const second = previewEdit(first.text!, again, { node: again.nodes[place]!.id, ...back } as OperatorEdit)
        expect(second.text).toBe(text)
      }),
      { numRuns: 200 },
    )
  })
})
