import { describe, expect, test } from 'vitest'
import { Configuration } from '../../core/configuration'
import type { OperatorEdit } from '../../graph/edits'
import { unionOfStreamGraphs } from '../../graph/union'
import { compile } from '../compile'
import { evaluate } from '../evaluate'
import { previewEdit } from './index'

const IMPORTS =
  "import { CountTrigger, Duration, LogSource, PrintSink, PurgingTrigger, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'\n"
const HEAD = `${IMPORTS}const env = StreamExecutionEnvironment.getExecutionEnvironment()\n`
const TAIL = "\nenv.execute('job')\n"

/** The edit of the first node of that kind; the body after it, or the problem's code. */
function edited(body: string, kind: string, edits: Record<string, unknown> | readonly Record<string, unknown>[], head = HEAD): string {
  const text = `${head}${body}${TAIL}`
  const { jobs } = evaluate(compile(text), {
    configuration: Configuration.fromMap({}),
    now: () => 1,
    nextUint32: () => 1,
    print: () => {},
    topics: ['t'],
  } as never)
  const graph = unionOfStreamGraphs(jobs.map(({ streamGraph }) => streamGraph))
  const node = graph.nodes.find(({ operator }) => operator.kind === kind)!
  const list = (Array.isArray(edits) ? edits : [edits]) as Record<string, unknown>[]
  const preview = previewEdit(
    text,
    graph,
    list.map((edit) => ({ node: node.id, ...edit }) as unknown as OperatorEdit),
  )
  return 'problem' in preview ? preview.problem.code : preview.text!.slice(head.length, -TAIL.length)
}
const source = (strategy: string, rest = '') => `env.fromSource(LogSource.topic('t'), ${strategy}, 't')${rest}.sinkTo(new PrintSink())`
const ofSource = (strategy: string, edits: Record<string, unknown> | readonly Record<string, unknown>[]) =>
  edited(source(strategy), 'source', edits)

describe('a watermark strategy', () => {
  test('is given idleness, or another', () => {
    const bounded = 'WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(5))'
    expect(ofSource(bounded, { set: 'idleness', value: 1000 })).toBe(source(`${bounded}.withIdleness(Duration.ofSeconds(1))`))
    expect(ofSource(`${bounded}.withIdleness(Duration.ofDays(1)).withTimestampAssigner(e => e.t)`, { set: 'idleness', value: 1500 })).toBe(
      source(`${bounded}.withIdleness(Duration.ofMillis(1500)).withTimestampAssigner(e => e.t)`),
    )
  })
  test('is given another bound, or takes the place of none', () => {
    const after = (more = '') => source(`WatermarkStrategy.forBoundedOutOfOrderness${more}(Duration.ofMinutes(2))`)
    const edit = { set: 'bound', value: 120_000 }
    expect(ofSource('WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(5))', edit)).toBe(after())
    expect(ofSource('WatermarkStrategy.noWatermarks<{ t: number }>()', edit)).toBe(after('<{ t: number }>'))
    expect(ofSource('WatermarkStrategy.noWatermarks()', [edit, { set: 'timestampField', value: 't' }])).toBe(
      source('WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMinutes(2)).withTimestampAssigner((event) => event.t)'),
    )
  })
  test('of an assigner, over several lines', () => {
    const body = (more: string) =>
      `env.fromSource(LogSource.topic('t'), WatermarkStrategy.noWatermarks(), 't')\n  .assignTimestampsAndWatermarks(\n    WatermarkStrategy.forMonotonousTimestamps()\n      .withTimestampAssigner(e => e.t)${more},\n  )\n  .sinkTo(new PrintSink())`
    expect(edited(body(''), 'timestampsAndWatermarks', { set: 'idleness', value: 1000 })).toBe(body('.withIdleness(Duration.ofSeconds(1))'))
  })
  test('through a variable, and without Duration', () => {
    const body = (more: string) => `const s = WatermarkStrategy.forMonotonousTimestamps()${more}\n${source('s')}`
    expect(edited(body(''), 'source', { set: 'idleness', value: 1000 }, HEAD.replace(' Duration,', ''))).toBe(body('.withIdleness(1000)'))
  })
  test('made by a function is not changed', () => {
    expect(
      edited(`const make = () => WatermarkStrategy.noWatermarks()\n${source('make()')}`, 'source', { set: 'idleness', value: 1000 }),
    ).toBe('edit-strategy')
  })
  test('gets another drift', () => {
    const at = (drift: string) => `WatermarkStrategy.forMonotonousTimestamps().withWatermarkAlignment('g', ${drift}, Duration.ofSeconds(1))`
    expect(ofSource(at('Duration.ofSeconds(2)'), { set: 'alignmentDrift', value: 60_000 })).toBe(source(at('Duration.ofMinutes(1)')))
  })
})

describe('a window', () => {
  const windowed = (links: string) => source('WatermarkStrategy.forMonotonousTimestamps()', `.keyBy(e => e.k)${links}.reduce((a, b) => a)`)
  const of = (more = '') => `.window(TumblingEventTimeWindows.of(Duration.ofHours(1)${more}))`
  test('loses its trigger', () => {
    expect(edited(windowed(`${of()}.trigger(CountTrigger.of(3))`), 'window', { set: 'trigger', value: 'default' })).toBe(windowed(of()))
    expect(edited(windowed(of()), 'window', { set: 'trigger', value: 'default' })).toBe('edit-nothing')
  })
  test('fires at another count', () => {
    const edit = { set: 'triggerCount', value: 2 }
    expect(edited(windowed('.countWindow(5)'), 'window', edit)).toBe(windowed('.countWindow(2)'))
    expect(edited(windowed('.countWindow(10, 5)'), 'window', edit)).toBe(windowed('.countWindow(10, 2)'))
    expect(edited(windowed(`${of()}.trigger(PurgingTrigger.of(CountTrigger.of(5)))`), 'window', edit)).toBe(
      windowed(`${of()}.trigger(PurgingTrigger.of(CountTrigger.of(2)))`),
    )
  })
  test('is given lateness', () => {
    expect(edited(windowed(of()), 'window', { set: 'allowedLateness', value: 5000 })).toBe(
      windowed(`${of()}.allowedLateness(Duration.ofSeconds(5))`),
    )
    const lines = (lateness: string) =>
      `const w = env.fromSource(LogSource.topic('t'), WatermarkStrategy.noWatermarks(), 't').keyBy(e => e.k)\n  ${of().slice(0)}\n  .allowedLateness(${lateness})\nw.reduce((a, b) => a).sinkTo(new PrintSink())`
    expect(edited(lines('1'), 'window', { set: 'allowedLateness', value: 60_000 })).toBe(lines('Duration.ofMinutes(1)'))
  })
  test('has its edges elsewhere', () => {
    expect(edited(windowed(of()), 'window', { set: 'windowOffset', value: -1_800_000 })).toBe(windowed(of(', Duration.ofMinutes(-30)')))
    expect(edited(windowed(of(', Duration.ofMinutes(5)')), 'window', { set: 'windowOffset', value: 0 })).toBe(windowed(of()))
  })
})
