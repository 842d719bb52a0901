import { describe, expect, it } from 'vitest'
import { LONG_MAX, LONG_MIN } from '../core/time'
import { valueFromBytes } from '../core/values'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { TraceKind } from '../trace/kinds'
import { clockOf } from '../trace/processingTime'
import { nodeNamed, ofKind, testRun, topicOf } from './testRun'
import type { SeenEvent, TestRun } from './testRun'

const HEAD = `
  import { CollectSink, Duration, EventTimeSessionWindows, LogSource, OutputTag, ProcessJoinFunction, SlidingEventTimeWindows, StreamExecutionEnvironment, TumblingEventTimeWindows, Watermark, WatermarkStrategy } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const SETTINGS = { 'pipeline.auto-watermark-interval': '100 ms' }
const time = (x: number): string => (x === LONG_MAX ? 'MAX' : String(x))

/** What each partition said, in order: `0:W(3) 1:idle`. */
function splits(run: TestRun): string {
  const subtasks = [...new Set(run.events.filter(({ kind }) => kind === TraceKind.SplitAssigned).map(({ process }) => process))]
  const told = (event: SeenEvent): string | null => {
    switch (event.kind) {
      case TraceKind.SplitAssigned:
        return `S${subtasks.indexOf(event.process)}`
      case TraceKind.SplitWatermark:
        return `W(${time(event.x)})`
      case TraceKind.SplitStatus:
        return ['active', 'idle', 'ended'][event.c]!
      case TraceKind.SplitPaused:
        return event.c === 1 ? `held past ${time(event.x)}` : 'goes on'
      case TraceKind.WatermarkIgnored:
        return `W(${time(event.x)}) below ${time(valueFromBytes(event.payload) as number)}`
      default:
        return null
    }
  }
  return run.events.flatMap((event) => (told(event) === null ? [] : [`${event.b}:${told(event)}`])).join(' ')
}

describe('what the trace says of the partitions of a source', () => {
  it('who reads them, each one’s watermark, when it falls idle and when it ends; a reader without any', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(3)
      const strategy = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(1)).withIdleness(Duration.ofMillis(150))
      env.fromSource(LogSource.topic('t').setBounded(), strategy, 'in').sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@5 b@3 c@9 e@10', 'd@2'], 1000)], configuration: SETTINGS },
    )
    expect(
      splits(run)
        .split(' ')
        .filter((item) => item.startsWith('-1:') || item.startsWith('1:'))
        .join(' '),
    ).toBe('1:S1 -1:S2 1:ended')
    expect(
      splits(run)
        .split(' ')
        .filter((item) => item.startsWith('0:'))
        .join(' '),
    ).toBe('0:S0 0:W(3) 0:idle 0:active 0:idle 0:active 0:W(7) 0:idle 0:ended')
  })

  it('watermarks of the program’s own that fall, at a split, in the middle of a job and from a source of the old kind', async () => {
    const run = await testRun(
      `${HEAD}
      const punctuated = WatermarkStrategy.forGenerator(() => ({
        onEvent: (event, timestamp, output) => output.emitWatermark(new Watermark(timestamp)),
        onPeriodicEmit: () => undefined,
      }))
      env.fromSource(LogSource.topic('t').setBounded(), punctuated, 'in').assignTimestampsAndWatermarks(punctuated).sinkTo(new CollectSink())
      env.addSource({ run: context => { for (const t of [4, 4, 2]) context.emitWatermark(new Watermark(t)) }, cancel: () => undefined }).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@5 b@5 c@3 d@7'])], configuration: SETTINGS },
    )
    const ignored = ofKind(run, 'WatermarkIgnored').map(({ b, x, payload }) => `${b}:${x}<${valueFromBytes(payload)}`)
    expect(ignored.sort()).toEqual(['-1:2<4', '-1:3<5', '0:3<5'])
  })
})

describe('what the trace says of records that an operator keeps or leaves out', () => {
  it('an interval join keeps them until their last partner may have come; late ones to the side are told apart', async () => {
    const run = await testRun(
      `${HEAD}
      const late = new OutputTag('late')
      const strategy = WatermarkStrategy.forMonotonousTimestamps()
      const read = topic => env.fromSource(LogSource.topic(topic).setBounded(), strategy, topic).keyBy(r => r.value)
      read('l').intervalJoin(read('r')).between(Duration.ofMillis(0), Duration.ofMillis(5)).sideOutputLeftLateData(late)
        .process({ processElement: (l, r, ctx, out) => out.collect(l.value + r.value) }).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('l', ['a@1 a@40 a@2'], 500), topicOf('r', ['a@3 a@30 b@50'], 500)], configuration: SETTINGS },
    )
    const at = ({ d, x }: SeenEvent): string => `${d & 1 ? 'right' : 'left'} ${x}`
    expect(ofKind(run, 'JoinBuffered').map(at).sort()).toEqual(['left 1', 'left 40', 'right 3', 'right 30', 'right 50'])
    expect(
      ofKind(run, 'JoinCleared')
        .map(({ c, x }) => `${c === 1 ? 'right' : 'left'} ${x}`)
        .sort(),
    ).toEqual(['left 1', 'left 40', 'right 3', 'right 30', 'right 50'])
    expect(ofKind(run, 'SideRecord').map(({ d, x }) => [d > 0, x])).toEqual([[true, 2]])
    expect(ofKind(run, 'RecordDropped')).toEqual([])
  })

  it('an element that is too late for some of its windows, and one that no window wants', async () => {
    const run = await testRun(
      `${HEAD}
      const punctuated = WatermarkStrategy.forGenerator(() => ({
        onEvent: (event, timestamp, output) => output.emitWatermark(new Watermark(timestamp)),
        onPeriodicEmit: () => undefined,
      }))
      const picky = SlidingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(5))
      const assign = picky.assignWindows.bind(picky)
      picky.assignWindows = (value, timestamp, context) => value.value === 'none' ? [] : assign(value, timestamp, context)
      env.fromSource(LogSource.topic('t').setBounded(), punctuated, 'in').keyBy(r => 1).window(picky).reduce(a => a).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@12 b@16 c@14 d@3 none@17'], 100)], configuration: SETTINGS },
    )
    expect(ofKind(run, 'WindowSkipped').map(({ x, payload }) => [x, valueFromBytes(payload)])).toEqual([[5, 15]])
    expect(ofKind(run, 'LateDropped').map(({ payload }) => valueFromBytes(payload))).toEqual([3])
    expect(ofKind(run, 'NoWindow').map(({ x }) => x)).toEqual([17])
  })
})

/** Reads a topic, sums in windows of event and of processing time, has a timer of its own: something of everything that knows time. */
const ALL_KINDS = `${HEAD}
  env.setParallelism(2)
  const strategy = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(2)).withIdleness(Duration.ofMillis(150))
  const read = env.fromSource(LogSource.topic('t').setBounded(), strategy, 'in').map(r => ({ key: r.value, n: 1 }))
  read.keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(5))).reduce((a, b) => ({ ...a, n: a.n + b.n })).sinkTo(new CollectSink())
  read.keyBy(r => r.key).process({
    processElement: (r, ctx) => ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 120),
    onTimer: (at, ctx, out) => out.collect(ctx.getCurrentKey() + '@' + at + ' ' + Date.now()),
  }).sinkTo(new CollectSink())
  env.execute()`
const TOPICS = [topicOf('t', ['a@1 b@2 a@4 a@7 c@3 b@9 a@1 b@14 c@20', 'c@1 c@2 a@3 b@8 a@21 c@22'], 130)]
const AT = 700_000

const before = (run: TestRun, until: number): string[] =>
  run.events
    .filter((event) => event.time < until)
    .map(({ time: at, process, kind, a, b, c, d, x, payload }) => [at, process, kind, a, b, c, d, x, payload.join('.')].join(' '))

describe('a hand on the data or on the clock', () => {
  const hands: readonly (readonly [string, Intervention])[] = [
    ['a partition falls silent', { at: AT, do: 'silence-partition', topic: 't', partition: 0 }],
    ['one is silent for a while', { at: AT, do: 'silence-partition', topic: 't', partition: 1, until: AT + 900_000 }],
    ['one comes late', { at: AT, do: 'delay-partition', topic: 't', partition: 0, by: 333_333 }],
    ['the clock stands', { at: AT, do: 'set-clock', running: false, forward: 0 }],
    ['the clock is put forward', { at: AT, do: 'set-clock', running: true, forward: 5000 }],
  ]
  it.each(hands)('%s: nothing changes before', async (_name, intervention) => {
    const base = await testRun(ALL_KINDS, { topics: TOPICS, configuration: SETTINGS })
    const fork = await testRun(ALL_KINDS, { topics: TOPICS, configuration: SETTINGS, scenario: { interventions: [intervention] } })
    expect(before(fork, AT)).toEqual(before(base, AT))
    expect(before(fork, Infinity)).not.toEqual(before(base, Infinity))
    expect(fork.status).toBe('FINISHED')
  })

  it('a partition that falls silent for ever ends a bounded read with what had come', async () => {
    const interventions: Intervention[] = [{ at: AT, do: 'silence-partition', topic: 't', partition: 0 }]
    const run = await testRun(ALL_KINDS, { topics: TOPICS, configuration: SETTINGS, scenario: { interventions } })
    const read = (partition: number): number => ofKind(run, 'SourceRecord').filter(({ c }) => c === partition).length
    expect([read(0), read(1)]).toEqual([6, 6])
    const ended = ofKind(run, 'SplitStatus').find(({ b, c }) => b === 0 && c === 2)!
    expect(ended.time).toBe(AT + 10_000)
  })

  const TIMERS = `${HEAD}
    env.setParallelism(1)
    env.fromSource(LogSource.topic('t'), WatermarkStrategy.forMonotonousTimestamps().withIdleness(Duration.ofMillis(300)), 'in').keyBy(r => r.value).process({
      processElement: (r, ctx) => ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 1000),
      onTimer: (at, ctx, out) => out.collect([ctx.getCurrentKey(), at, Date.now()]),
    }).sinkTo(new CollectSink())
    env.execute()`
  const timersOf = async (...settings: (readonly [at: number, running: boolean, forward: number])[]) => {
    const interventions = settings.map(([at, running, forward]) => ({ at: at * 1000, do: 'set-clock' as const, running, forward }))
    const run = await testRun(TIMERS, {
      topics: [topicOf('t', ['a@1 b@2 c@3'], 250)],
      configuration: SETTINGS,
      scenario: { interventions },
      until: 9_000_000,
    })
    const clock = clockOf(run.header)
    const sinks = ofKind(run, 'SinkRecord').map(({ time: at, payload }) => {
      const [key, due, now] = valueFromBytes(payload) as [string, number, number]
      // What the program sees is what the views show.
      expect(now).toBe(clock.at(at))
      return { key, at: at / 1000, late: now - due }
    })
    return { run, sinks }
  }

  it('processing-time timers fire when the clock shows their time, in order, all at once behind a jump', async () => {
    const { sinks } = await timersOf()
    expect(sinks.map(({ key, late }) => `${key}+${late}`).join(' ')).toBe('a+0 b+0 c+0')
    const jump = await timersOf([800, true, 4000])
    expect(jump.sinks.map(({ key, at }) => `${key} ${Math.floor(at)}`).join(' ')).toBe('a 800 b 800 c 800')
    const stalled = await timersOf([800, false, 0], [5000, true, 0])
    expect(stalled.sinks.map(({ key, late }) => `${key}+${late}`).join(' ')).toBe('a+0 b+0 c+0')
    expect(stalled.sinks.map(({ at }, i) => at - sinks[i]!.at)).toEqual([4200, 4200, 4200])
  })

  it('while it stands no timer fires, no periodic watermark comes and nobody falls idle; records go on', async () => {
    const { run, sinks } = await timersOf([300, false, 0])
    expect(sinks).toEqual([])
    expect(ofKind(run, 'SourceRecord')).toHaveLength(3)
    expect(ofKind(run, 'WatermarkEmitted').filter(({ time: at }) => at > 300_000)).toEqual([])
    expect(ofKind(run, 'StatusEmitted')).toEqual([])
  })
})

describe('watermark alignment', () => {
  const aligned = (fast: string, slow: string, body = '') => `${HEAD}
    env.setParallelism(1)
    const strategy = WatermarkStrategy.forMonotonousTimestamps().withWatermarkAlignment('g', Duration.ofMillis(20), Duration.ofMillis(100))
    const read = topic => env.fromSource(LogSource.topic(topic).setBounded(), strategy, topic).map(r => r.value)
    read('${fast}').union(read('${slow}')).sinkTo(new CollectSink())${body}
    env.execute()`
  const announced = (run: TestRun) =>
    ofKind(run, 'AlignmentAnnounced').map(({ x, payload }) => {
      const [group, least, vertex] = valueFromBytes(payload) as [string, number, number]
      return { group, least, vertex, allowed: x }
    })
  const runOf = (until?: number) =>
    testRun(aligned('fast', 'slow'), {
      topics: [
        topicOf('fast', [Array.from({ length: 30 }, (_, i) => `f@${i * 10}`).join(' ')], 50),
        topicOf('slow', [Array.from({ length: 30 }, (_, i) => `s@${i}`).join(' ')], 50),
      ],
      configuration: SETTINGS,
      ...(until === undefined ? {} : { until }),
    })

  it('holds the source that is ahead until the others have come on, and ends as without', async () => {
    const run = await runOf()
    expect(run.status).toBe('FINISHED')
    expect(ofKind(run, 'SinkRecord')).toHaveLength(60)
    const node = nodeNamed(run.header, 'Source: fast')
    const held = ofKind(run, 'SplitPaused')
    expect(new Set(held.map(({ a }) => a))).toEqual(new Set([node]))
    expect(
      held
        .filter(({ b }) => b === -1)
        .map(({ c }) => c)
        .slice(0, 4),
    ).toEqual([1, 0, 1, 0])
    // What is read beyond is at most what was there before the word came: an update interval, two latencies, a periodic watermark.
    const read = ofKind(run, 'SourceRecord')
    for (const { time: at, x } of read.filter(({ a }) => a === node)) {
      const slow = read.filter(({ a, time: other }) => a !== node && other <= at).length
      if (at < 1_400_000) expect(x).toBeLessThan(slow + 20 + 120)
    }
  })

  it('says what is allowed, and by whose watermark', async () => {
    const told = announced(await runOf())
    expect(told.every(({ group, least, allowed }) => group === 'g' && (allowed === least + 20 || allowed === LONG_MAX))).toBe(true)
    expect(told.map(({ allowed }) => allowed)).toEqual(told.map(({ allowed }) => allowed).sort((a, b) => a - b))
    // The slow one is at its end behind MAX: from then on the fast one goes by its own watermark.
    const vertices = told.map(({ vertex }) => vertex)
    expect(vertices.slice(2).filter((vertex, i, all) => vertex !== all[i - 1])).toEqual([1, 0])
  })

  it('a source that is held is not idle, and one that is idle holds nobody', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(1)
      const strategy = WatermarkStrategy.forMonotonousTimestamps().withIdleness(Duration.ofMillis(400)).withWatermarkAlignment('g', Duration.ofMillis(20), Duration.ofMillis(100))
      const read = topic => env.fromSource(LogSource.topic(topic), strategy, topic).map(r => r.value)
      read('fast').union(read('slow')).sinkTo(new CollectSink())
      env.execute()`,
      {
        topics: [
          topicOf('fast', [Array.from({ length: 30 }, (_, i) => `f@${i * 10}`).join(' ')], 50),
          topicOf('slow', ['s@1 s@2', ''], 50),
        ],
        configuration: SETTINGS,
        until: 5_000_000,
      },
    )
    const fast = nodeNamed(run.header, 'Source: fast')
    const idle = ofKind(run, 'StatusEmitted').filter(({ a, b }) => a === fast && b === 1)
    const goesOn = ofKind(run, 'SplitPaused').findLast(({ a, b, c }) => a === fast && b === -1 && c === 0)!
    expect(idle).toHaveLength(1)
    expect(idle[0]!.time).toBeGreaterThan(goesOn.time)
    expect(announced(run).at(-1)!.allowed).toBe(LONG_MAX)
    expect(ofKind(run, 'SinkRecord')).toHaveLength(32)
  })

  it('holds one partition of a reader while the other reads on', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(1)
      const strategy = WatermarkStrategy.forMonotonousTimestamps().withWatermarkAlignment('g', Duration.ofMillis(20), Duration.ofMillis(100))
      env.fromSource(LogSource.topic('t').setBounded(), strategy, 't').sinkTo(new CollectSink())
      env.execute()`,
      {
        topics: [
          topicOf(
            't',
            [Array.from({ length: 20 }, (_, i) => `f@${i * 20}`).join(' '), Array.from({ length: 20 }, (_, i) => `s@${i}`).join(' ')],
            100,
          ),
        ],
        configuration: SETTINGS,
      },
    )
    expect(run.status).toBe('FINISHED')
    expect(ofKind(run, 'SinkRecord')).toHaveLength(40)
    const slowEnds = ofKind(run, 'SplitStatus').find(({ b, c }) => b === 1 && c === 2)!.time
    const held = ofKind(run, 'SplitPaused').filter(({ time: at }) => at < slowEnds)
    expect(new Set(held.map(({ b }) => b))).toEqual(new Set([0]))
    const [from, to] = held.map(({ time: at }) => at)
    const meanwhile = ofKind(run, 'SourceRecord').filter(({ time: at }) => at > from! + 30_000 && at < (to ?? slowEnds))
    expect(new Set(meanwhile.map(({ c }) => c))).toEqual(new Set([1]))
  })
})

describe('a restart', () => {
  it('begins with no watermark: valves, timers and generators are new, and what was late is taken again', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(1)
      const punctuated = WatermarkStrategy.forGenerator(() => ({
        onEvent: (event, timestamp, output) => output.emitWatermark(new Watermark(timestamp)),
        onPeriodicEmit: () => undefined,
      }))
      env.fromSource(LogSource.topic('t').setBounded(), punctuated, 'in').keyBy(r => 1).process({
        processElement: (r, ctx, out) => {
          out.collect([r.value, ctx.timerService().currentWatermark()])
          ctx.timerService().registerEventTimeTimer(ctx.timestamp() + 10)
        },
        onTimer: (at, ctx, out) => out.collect(['timer', at]),
      }).sinkTo(new CollectSink())
      env.execute()`,
      {
        topics: [topicOf('t', ['a@5 b@30 late@12 c@40'], 400)],
        configuration: {
          ...SETTINGS,
          'restart-strategy.type': 'fixed-delay',
          'restart-strategy.fixed-delay.delay': '100 ms',
          'taskmanager.numberOfTaskSlots': '1',
        },
        scenario: {
          cluster: { ...DEFAULT_CLUSTER, taskManagers: 2 },
          interventions: [{ at: 1_000_000, do: 'stop-task-manager', host: 1 }],
        },
      },
    )
    expect(run.status).toBe('FINISHED')
    const out = ofKind(run, 'SinkRecord').map(({ payload }) => (valueFromBytes(payload) as unknown[]).join(' '))
    const min = String(LONG_MIN)
    expect(out).toEqual([
      `a ${min}`,
      'b 5',
      'timer 15',
      'late 30',
      `a ${min}`,
      'b 5',
      'timer 15',
      'late 30',
      'c 30',
      'timer 22',
      'timer 40',
      'timer 50',
    ])
    const byProcess = new Map<number, number[]>()
    for (const { process, x } of ofKind(run, 'WatermarkAdvanced')) byProcess.set(process, [...(byProcess.get(process) ?? []), x])
    expect([...byProcess.values()]).toEqual([
      [5, 30],
      [5, 30, 40, LONG_MAX],
    ])
  })
})

describe('sources of the old kind', () => {
  const legacy = (characteristic: string) => `${HEAD.replace('import { ', 'import { TimeCharacteristic, ')}
    env.setParallelism(1)
    env.setStreamTimeCharacteristic(TimeCharacteristic.${characteristic})
    env.getConfig().setAutoWatermarkInterval(100)
    env.addSource({
      run: function* (context) {
        context.collectWithTimestamp('a', 5)
        context.emitWatermark(new Watermark(5))
        yield Duration.ofMillis(250)
        context.markAsTemporarilyIdle()
        yield Duration.ofMillis(500)
        context.collect('b')
        yield Duration.ofMillis(250)
      },
      cancel: () => undefined,
    }).sinkTo(new CollectSink())
    env.execute()`
  const told = async (characteristic: string, interventions: readonly Intervention[] = []) => {
    const run = await testRun(legacy(characteristic), { scenario: { interventions } })
    expect(run.status).toBe('FINISHED')
    const clock = clockOf(run.header)
    const first = ofKind(run, 'SourceRecord')[0]!.time
    const at = (x: number, time: number): string => (Number.isNaN(x) ? '' : x === clock.at(time) ? '@now' : `@${x}`)
    const lines = run.events.flatMap(({ kind, time, b, x }) => {
      if (kind === TraceKind.SourceRecord) return [`record${at(x, time)}`]
      if (kind === TraceKind.StatusEmitted) return [b === 1 ? 'idle' : 'active']
      if (kind !== TraceKind.WatermarkEmitted || x === LONG_MAX) return []
      return [x < 1000 ? `W(${x})` : x % 100 === 0 && clock.at(time) - x < 100 ? 'W' : `W(${x - clock.at(time)} off)`]
    })
    return { lines: lines.join(' '), run, first }
  }

  it('event time is what they say, processing time strips it, ingestion time is the clock with watermarks by it (T-22)', async () => {
    expect((await told('EventTime')).lines).toBe('record@5 W(5) idle active record')
    expect((await told('ProcessingTime')).lines).toBe('record record')
    // Each 100 ms, at the full hundred; none while it is idle.
    expect((await told('IngestionTime')).lines).toMatch(/^record@now W( W){2,3} idle active record@now W( W){2,3}$/)
  })

  it('ingestion time stands and jumps with the clock', async () => {
    const { first } = await told('IngestionTime')
    const standing = await told('IngestionTime', [{ at: first + 1000, do: 'set-clock', running: false, forward: 0 }])
    expect(standing.lines).toBe('record@now W idle active record@now')
    const jump = await told('IngestionTime', [{ at: first + 110_000, do: 'set-clock', running: true, forward: 10_000 }])
    const [before, after] = ofKind(jump.run, 'SourceRecord')
    expect(after!.x - before!.x).toBeGreaterThan(10_700)
  })
})
