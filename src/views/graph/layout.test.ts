import { describe, expect, test } from 'vitest'
import { Configuration } from '../../core/configuration'
import { compile } from '../../client/compile'
import { evaluate } from '../../client/evaluate'
import { planOf } from '../../graph'
import { channelsOf, pointAt } from './curves'
import { edgeShapes } from './edges'
import { inputOf, inputOfSketch, type PictureInput } from './input'
import { columnsOfJobs, layoutOf, STAGES, type Layout, type Rect, type Stage } from './layout'
import { humps } from './names'
import { edgeWords } from '../../explain/chaining'

const planned = (body: string) => {
  const text = `import { StreamExecutionEnvironment, Duration, TumblingEventTimeWindows } from 'flink'\nconst env = StreamExecutionEnvironment.getExecutionEnvironment()\nenv.setParallelism(2)\n${body}`
  const configuration = Configuration.fromMap({})
  const program = evaluate(compile(text), { configuration, now: () => 1, nextUint32: () => 1, print: () => {} })
  return planOf(program.jobs, configuration)
}
const pictureOf = (body: string): PictureInput => {
  const { streamGraph, executionGraph } = planned(body)
  return inputOf(streamGraph, executionGraph)
}
const drawn = (input: PictureInput, stage: Stage, opened?: ReadonlySet<number>): Layout =>
  layoutOf(input, columnsOfJobs(input), stage, opened)

const CHAIN = `env.fromSequence(1, 9).filter(x => x > 1).keyBy(x => x).reduce((a, b) => a).map(x => x).setParallelism(3).print()\nenv.execute('a')\n`

const inside = (small: Rect, large: Rect) =>
  small.x >= large.x &&
  small.y >= large.y &&
  small.x + small.width <= large.x + large.width &&
  small.y + small.height <= large.y + large.height
const apart = (one: Rect, other: Rect) =>
  one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y

describe('the three stages of a picture', () => {
  const input = pictureOf(CHAIN)
  test('have the same columns', () => {
    expect(input.tasks.map(({ operators }) => operators.map(({ name }) => name))).toEqual([
      ['Source: Sequence Source', 'Filter'],
      ['Keyed Reduce'],
      ['Map'],
      ['Sink: Print to Std. Out'],
    ])
    for (const stage of STAGES) expect(drawn(input, stage).tasks.map(({ column, frame }) => [column, frame.x])).toEqual(drawn(input, 'program').tasks.map(({ column, frame }) => [column, frame.x])) // prettier-ignore
  })
  test('have nothing on top of anything else, and everything in the picture', () => {
    for (const stage of STAGES) {
      const layout = drawn(input, stage)
      const rects = stage === 'subtasks' ? layout.tasks.flatMap(({ cells }) => cells) : layout.operators
      rects.forEach((one, i) => rects.slice(i + 1).forEach((other) => expect(apart(one, other)).toBe(true)))
      for (const rect of rects) expect(inside(rect, { x: 0, y: 0, width: layout.width, height: layout.height })).toBe(true)
    }
  })
  test('operators lie in the boxes of their tasks', () => {
    const layout = drawn(input, 'tasks')
    expect(inside(layout.operators[0]!, layout.tasks[0]!.frame)).toBe(true)
    expect(inside(layout.operators[1]!, layout.tasks[0]!.frame)).toBe(true)
    expect(inside(layout.operators[2]!, layout.tasks[1]!.frame)).toBe(true)
  })
  test('an edge inside a chain is a tie, the others are cut', () => {
    const layout = drawn(input, 'program')
    const shapes = edgeShapes(input, layout.operators, layout.tasks.map(({ frame }) => frame), 0, layout.lanes) // prettier-ignore
    expect(shapes.map(({ chained, cut }) => (chained ? 'tie' : cut === null ? 'line' : 'cut'))).toEqual(['tie', 'cut', 'cut', 'cut'])
  })
})

test('an edge that goes past a task does so beside it', () => {
  const input = pictureOf(
    "const s = env.fromSequence(1, 9)\ns.rebalance().map(x => x).rebalance().union(s.broadcast()).print()\nenv.execute('a')",
  )
  const layout = drawn(input, 'tasks')
  const [[place, lanes]] = [...layout.lanes] as [[number, Layout['lanes'] extends ReadonlyMap<number, infer L> ? L : never]]
  expect(input.edges[place]!.partitioner).toBe('BROADCAST')
  for (const { frame } of layout.tasks)
    for (const { from, to, y } of lanes) expect(apart(frame, { x: from, y, width: to - from, height: 0 })).toBe(true)
})

describe('subtasks', () => {
  test('channels go from cell to cell', () => {
    const input = pictureOf(CHAIN)
    const layout = drawn(input, 'subtasks')
    const cells = new Map(layout.tasks.flatMap((task) => task.cells).map((cell) => [cell.index, cell]))
    const { single, bundles } = channelsOf(input, layout)
    expect(bundles).toEqual([])
    expect(single).toHaveLength(4 + 6 + 6)
    for (const { curve, from, to } of single) {
      expect(pointAt(curve, 0).x).toBe(cells.get(from)!.x + cells.get(from)!.width)
      expect(pointAt(curve, 1).x).toBe(cells.get(to)!.x)
    }
  })
  test('many are a strip until it is opened, and their channels a band', () => {
    const input = pictureOf(CHAIN.replace("env.execute('a')", "env.setParallelism(64)\nenv.execute('a')").replace('env.', 'env.setParallelism(64)\nenv.')) // prettier-ignore
    const closed = drawn(input, 'subtasks')
    expect(closed.tasks.map(({ detail }) => detail)).toEqual(['strip', 'strip', 'full', 'strip'])
    expect(closed.height).toBeLessThan(600)
    expect(channelsOf(input, closed).bundles).toHaveLength(3)
    const opened = drawn(input, 'subtasks', new Set([1]))
    expect(opened.tasks[1]!.detail).toBe('bar')
  })
})

test('a task whose subtasks are counted at run time has a place, and bands to it', () => {
  const known = pictureOf(CHAIN)
  const undecided = new Set(known.tasks[1]!.cells)
  const input: PictureInput = {
    ...known,
    planned: true,
    tasks: known.tasks.map((task, place) => (place === 1 ? { ...task, parallelism: -1, cells: [] } : task)),
    channels: known.channels.filter(({ from, to }) => !undecided.has(from) && !undecided.has(to)),
  }
  const layout = drawn(input, 'subtasks')
  expect(layout.tasks[1]!.frame.height).toBeGreaterThan(0)
  expect(channelsOf(input, layout).bundles.map(({ fromTask, toTask, channels }) => [fromTask, toTask, channels.length])).toEqual([
    [0, 1, 0],
    [1, 2, 0],
  ])
})

test('a name too long for a line has two, and its box the room for them', () => {
  const input = pictureOf("env.fromSequence(1, 9).map(x => x).name('TumblingEventTimeWindows').map(x => x).print()\nenv.execute()")
  const { operators } = drawn(input, 'program')
  expect(operators[1]!.height).toBeGreaterThan(operators[2]!.height)
  expect(humps('TumblingEventTimeWindows').join(' ')).toBe('Tumbling Event Time Windows')
})

test('several jobs stand below each other, each with its title', () => {
  const input = pictureOf(`env.fromSequence(1, 9).print()\nenv.executeAsync('a')\n${CHAIN}`)
  const layout = drawn(input, 'tasks')
  expect(input.jobs).toEqual(['a', 'a'])
  expect(layout.titles).toHaveLength(2)
  expect(layout.tasks[0]!.frame.y + layout.tasks[0]!.frame.height).toBeLessThan(layout.titles[1]!.y)
})

describe('an edge in words', () => {
  const wordsOf = (body: string) => {
    const { streamGraph, executionGraph } = planned(`${body}\nenv.execute()`)
    const input = inputOf(streamGraph, executionGraph)
    return input.edges.map(({ edge, jobEdge }) => {
      const words = edgeWords(streamGraph, edge, jobEdge === null)!
      const offers = words.chained ? words.cuts : words.reasons.flatMap((reason) => reason.offers)
      return `${words.partitioner} ${words.chained ? 'chained' : words.reasons.length} ${offers.map(({ edit }) => `${edit.set}=${edit.value}`).join(' ')}`.trim()
    })
  }
  test('says what would chain it, or cut it', () => {
    expect(wordsOf('env.fromSequence(1, 9).map(x => x).print()')).toEqual([
      'FORWARD chained chaining=startNewChain partitioner=rebalance',
      'FORWARD chained chaining=disableChaining partitioner=rebalance',
    ])
    expect(wordsOf('env.fromSequence(1, 9).rebalance().map(x => x).startNewChain().disableChaining()')).toEqual([
      'REBALANCE 2 chaining=default partitioner=none',
    ])
    expect(wordsOf("env.fromSequence(1, 9).map(x => x).setParallelism(3).slotSharingGroup('a')")).toEqual([
      'REBALANCE 2 slotSharingGroup=a parallelism=2 parallelism=3'.replace(
        'slotSharingGroup=a',
        'slotSharingGroup=default slotSharingGroup=a',
      ),
    ])
    expect(wordsOf('env.fromSequence(1, 9).keyBy(x => x).reduce((a, b) => a)')).toEqual(['HASH 1'])
    expect(wordsOf('env.disableOperatorChaining()\nenv.fromSequence(1, 9).map(x => x)')).toEqual(['FORWARD 1 jobChaining=enabled'])
  })
})

describe('a sketch', () => {
  test('needs no graph', () => {
    const input = inputOfSketch({
      vertices: [
        { name: 'a -> b', parallelism: 3 },
        { name: 'c', parallelism: 3 },
      ],
      edges: [
        [0, 1, 'REBALANCE'],
        [1, 9, 'HASH'],
      ],
    })
    expect(input.tasks.map(({ operators }) => operators.length)).toEqual([2, 1])
    expect(input.edges.map(({ from, to, jobEdge }) => [from, to, jobEdge])).toEqual([
      [0, 1, null],
      [1, 2, 0],
    ])
  })
  test('with any numbers, a cycle, or nothing in it is drawn all the same', () => {
    const vertices = Array.from({ length: 200 }, (_, i) => ({ name: `${i}`, parallelism: 1e9 }))
    const input = inputOfSketch({ vertices, edges: vertices.map((_, i) => [i, (i * 7 + 1) % 200, 'HASH'] as const) })
    expect(drawn(input, 'tasks').tasks).toHaveLength(200)
    expect(drawn(inputOfSketch({ vertices: [], edges: [] }), 'tasks').tasks).toHaveLength(0)
  })
})
