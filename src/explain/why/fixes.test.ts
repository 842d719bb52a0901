import { expect, test } from 'vitest'
import { outcomesOf, runScenario, taken, topicOf, whyRun, type WhyRun, type WhySetting } from '../../testing/whyRun'
import type { Question } from './types'

const IMPORTS = `import { CountTrigger, Duration, GlobalWindows, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const source = (strategy: string, name = 'input') =>
  `env.fromSource(LogSource.topic(${JSON.stringify(name)}), ${strategy}, ${JSON.stringify(name)})`
const monotonous = 'WatermarkStrategy.forMonotonousTimestamps()'
const outOfOrder = (seconds: number) => `WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(${seconds}))`
const window = (links: string) => `.keyBy(e => e.key)${links}.reduce((a, b) => ({ ...a, time: b.time }))`
const tumbling = (more = '') => window(`.window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))${more}`)
const program = (body: string, before = '') => `${IMPORTS}${before}\n${body}.sinkTo(new PrintSink())\nenv.execute('job')\n`
const ONE = 'a@1000 a@2000 b@4000 a@9000 a@12000 a@25000'

async function outcomes(setting: WhySetting, question: (run: WhyRun) => Question): Promise<Record<string, string>> {
  const run = await whyRun(setting)
  const asked = question(run)
  expect(run.ask(asked)!.root).not.toBeNull()
  return outcomesOf(run, asked, (setting.seconds ?? 20) + 40)
}
const windowA = (run: WhyRun): Question => run.windowOf('a', 0)
const late = (run: WhyRun): Question => run.questions.find(({ about }) => about === 'record')!
const topics = (text: string, every = 1) => [topicOf('input', text, { every })]
const p = (parallelism: number) => ({ configuration: { 'parallelism.default': String(parallelism) } })

test('a silent partition: idleness, or an event in it', async () => {
  expect(
    await outcomes(
      { topics: topics(`${ONE} a@26000 a@27000 | b@500`, 500), program: program(source(monotonous) + tumbling()), ...p(2) },
      windowA,
    ),
  ).toEqual({ 'set-idleness': 'fired', 'add-event': 'fired' })
  expect(
    await outcomes(
      {
        topics: topics('a@1000 a@2000 a@12000 a@25000 | b@1000 b@2000 b@12000 b@25000', 100),
        program: program(source(monotonous) + tumbling()),
        interventions: [{ at: 150_000, do: 'silence-partition', topic: 'input', partition: 1 }],
      },
      windowA,
    ),
  ).toEqual({ unsilence: 'fired', 'set-idleness': expect.any(String) })
})

test('nothing later: an event of later', async () => {
  const setting = { topics: topics('a@1000 a@9000 | b@100 b@8000'), program: program(source(outOfOrder(3)) + tumbling()) }
  expect(await outcomes(setting, windowA)).toEqual({ 'add-event': 'fired' })
})

test('all idle: an event of later', async () => {
  const setting = {
    topics: topics('a@1000 a@9000'),
    program: program(source(`${monotonous}.withIdleness(Duration.ofSeconds(1))`) + tumbling()),
  }
  expect(await outcomes(setting, windowA)).toEqual({ 'add-event': 'fired' })
})

test('no strategy: one is made', async () => {
  const setting = { topics: topics(ONE), program: program(source('WatermarkStrategy.noWatermarks()') + tumbling()) }
  expect(await outcomes(setting, windowA)).toEqual({ 'set-strategy': 'fired' })
})

test('no timestamps: from a field, or from a column', async () => {
  const topic = topicOf('input', ONE)
  delete (topic as { eventTime?: string }).eventTime
  const run = await whyRun({ topics: [topic], program: program(source(monotonous) + tumbling()) })
  const sink: Question = { about: 'silence', node: run.header.streamGraph.nodes.at(-1)!.id }
  const answer = run.ask(run.questions.find(({ about }) => about === 'silence') ?? sink)!
  expect(answer.fixes.map(({ code }) => code)).toEqual(['set-timestamps', 'topic-time'])
  for (const fix of answer.fixes) {
    const fork = await runScenario(taken(fix, run)!, 20)
    expect(fork.ask(fork.windowOf('a', 0))!.root).toBeNull()
  }
})

test('no emission: an interval, a clock that runs', async () => {
  const setting = {
    topics: topics(ONE),
    program: program(source(monotonous) + tumbling()),
    configuration: { 'parallelism.default': '1', 'pipeline.auto-watermark-interval': '0' },
  }
  expect(await outcomes(setting, windowA)).toEqual({ 'set-interval': 'fired' })
  const clock = {
    topics: topics(ONE),
    program: program(source(monotonous) + tumbling()),
    interventions: [{ at: 0, do: 'set-clock' as const, running: false, forward: 0 }],
  }
  expect(await outcomes(clock, windowA)).toEqual({ 'run-clock': 'fired', 'not-stop-clock': 'fired' })
})

test('too many subtasks', async () => {
  const found = await outcomes(
    { topics: topics(`${ONE} a@30000 a@31000`, 500), program: program(source(monotonous) + tumbling()), ...p(2) },
    windowA,
  )
  expect(found).toMatchObject({ 'set-parallelism': 'fired', 'set-idleness': 'fired' })
})

test('a bound, a trigger, a count, an offset, a drift', async () => {
  expect(await outcomes({ topics: topics(ONE), program: program(source(outOfOrder(60)) + tumbling()) }, windowA)).toEqual({
    'set-bound': 'fired',
    'add-event': 'fired',
  })
  expect(
    await outcomes({ topics: topics(ONE), program: program(source(monotonous) + tumbling('.trigger(CountTrigger.of(100))')) }, windowA),
  ).toEqual({ 'default-trigger': 'fired', 'set-count': 'fired' })
  expect(
    await outcomes({ topics: topics(ONE), program: program(source(monotonous) + window('.countWindow(9)')) }, (run) => run.windowOf('b')),
  ).toEqual({ 'set-count': 'fired' })
  const shifted = program(
    source(monotonous) + window('.window(TumblingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(4)))'),
  )
  expect(
    Object.keys(await outcomes({ topics: topics('a@5000 a@6000 a@12000'), program: shifted }, (run) => run.windowOf('a', 4000))),
  ).toEqual(['set-offset'])
})

test('late: the event of the future goes, the bound is wider, lateness is allowed', async () => {
  const steady = Array.from({ length: 12 }, (_, i) => `a@${i * 1000}${i === 4 ? ' a@900000' : ''}`).join(' ')
  expect(
    await outcomes(
      {
        topics: topics(steady, 300),
        program: program(source(outOfOrder(1)) + window('.window(TumblingEventTimeWindows.of(Duration.ofSeconds(3)))')),
      },
      late,
    ),
  ).toMatchObject({
    'remove-event': expect.not.stringContaining('future'),
    'set-lateness': expect.any(String),
  })
  const disorder = 'a@1000 a@5000 a@9000 a@13000 a@4000 a@14000 a@17000 a@25000'
  expect(await outcomes({ topics: topics(disorder, 300), program: program(source(outOfOrder(1)) + tumbling()) }, late)).toEqual({
    'set-bound': 'fired',
    'set-lateness': 'fired',
  })
})
