import { describe, expect, it } from 'vitest'
import { bytesOfPages } from '../testing/kernel/network'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import { TraceKind } from '../trace/kinds'
import { startLocal } from './local'
import { nodeNamed, ofKind, problemsOf, sinkLines, statesOf, testRun, topicOf } from './testRun'
import type { StartRun } from './types'

const HEAD = `
  import { CollectSink, Duration, LogSource, OutputTag, StreamExecutionEnvironment, TumblingEventTimeWindows, Tuple2, WatermarkStrategy } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
`

describe('a job from its program to its sinks', () => {
  it('counts words as Flink does, to the subtask', async () => {
    const run = await testRun(`${HEAD}
      env.setParallelism(2)
      env.fromData('to be or not to be', 'that is the question', 'to sleep to dream')
        .flatMap((line, out) => { for (const word of line.split(' ')) out.collect(Tuple2.of(word, 1)) }).setParallelism(1)
        .keyBy(t => t.f0).sum(1).print()
      env.execute('word count')`)
    expect(run.status).toBe('FINISHED')
    expect(run.end).toEqual({ state: 'ended' })
    expect(sinkLines(run).sort().join('|')).toBe(
      '1> (not,1)|1> (sleep,1)|2> (be,1)|2> (be,2)|2> (dream,1)|2> (is,1)|2> (or,1)|2> (question,1)|2> (that,1)|2> (the,1)|2> (to,1)|2> (to,2)|2> (to,3)|2> (to,4)',
    )
    expect(statesOf(run, 0)).toBe('CREATED SCHEDULED DEPLOYING INITIALIZING RUNNING FINISHED')
  })

  it('one without tracing does the very same, at the same times', async () => {
    const program = `${HEAD}
      env.setParallelism(2)
      env.fromSource(LogSource.topic('t').setBounded(), WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(2)), 'in')
        .map(r => ({ key: r.value, n: 1 })).keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(5)))
        .reduce((a, b) => ({ ...a, n: a.n + b.n })).sinkTo(new CollectSink())
      env.execute()`
    const topics = [topicOf('t', ['a@1 b@2 a@4 a@7 c@3 b@9 a@1 b@14', 'c@1 c@2 a@3 b@8 a@21'], 30)]
    const traced = await testRun(program, { topics })
    const plain = await testRun(program, { topics, tracing: false })
    const sinks = (events: typeof traced.events) =>
      events.filter(({ kind }) => kind === TraceKind.SinkRecord).map(({ time, process, x }) => [time, process, x])
    expect(sinks(plain.events)).toEqual(sinks(traced.events))
    expect(sinkLines(plain)).toEqual(sinkLines(traced))
    expect(traced.frontier).toBe(plain.frontier)
    const again = await testRun(program, { topics })
    expect(bytesOfPages([...again.pages])).toEqual(bytesOfPages([...traced.pages]))
  })

  it('one that is simulated bit by bit is the same run', async () => {
    const program = `${HEAD}
      env.setParallelism(2)
      env.fromSource(LogSource.topic('t').setBounded(), WatermarkStrategy.forMonotonousTimestamps(), 'in')
        .map(r => Tuple2.of(r.value, 1)).keyBy(t => t.f0).sum(1).print()
      env.execute()`
    const topics = [topicOf('t', ['a@1 b@2 c@3 d@4', 'd@1 a@9'], 17)]
    const inSteps: StartRun = async (request) => {
      const run = await startLocal(request)
      return {
        ...run,
        async advance(_until, onPage) {
          for (let until = 0; ; until += 13_337) {
            const end = await run.advance(until, onPage)
            if (end.state !== 'paused') return end
          }
        },
      }
    }
    const whole = await testRun(program, { topics })
    const stepped = await testRun(program, { topics, start: inSteps })
    expect(stepped.events).toEqual(whole.events)
  })

  it('windows fire when the watermark says so, and a late record is dropped', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(1)
      env.fromSource(LogSource.topic('t').setBounded(), WatermarkStrategy.forMonotonousTimestamps(), 'in')
        .map(r => Tuple2.of(r.value, 1)).keyBy(t => t.f0).window(TumblingEventTimeWindows.of(Duration.ofMillis(10))).sum(1).print()
      env.execute()`,
      // A record each 500 ms, a watermark each 200 ms.
      { topics: [topicOf('t', ['a@1 a@5 a@12 a@3 a@19 a@20'], 500)] },
    )
    expect(sinkLines(run)).toEqual(['(a,2)', '(a,2)', '(a,1)'])
    expect(ofKind(run, 'LateDropped')).toHaveLength(1)
    expect(ofKind(run, 'SinkRecord').map(({ x }) => x)).toEqual([9, 19, 29])
  })

  it('records keep their identity from the source to the sink', async () => {
    const run = await testRun(`${HEAD}
      env.setParallelism(1)
      env.fromData(1, 2, 3).rebalance().filter(n => n !== 2).map(n => n * 10).rebalance().print()
      env.execute()`)
    const sources = ofKind(run, 'SourceRecord').map(({ process, b }) => `${process}#${b}`)
    expect(sources).toHaveLength(3)
    const sinks = ofKind(run, 'SinkRecord').map(({ c, b }) => `${c}#${b}`)
    expect(sinks).toEqual([sources[0], sources[2]])
    expect(ofKind(run, 'RecordDropped').map(({ c, b }) => `${c}#${b}`)).toEqual([sources[1]])
  })

  it('side outputs and several consumers get what is theirs', async () => {
    const run = await testRun(`${HEAD}
      env.setParallelism(1)
      const odd = new OutputTag('odd')
      const all = env.fromData(1, 2, 3).process({ processElement(n, ctx, out) { if (n % 2) ctx.output(odd, n); out.collect(n) } })
      all.map(n => 'a' + n).print(); all.rebalance().map(n => 'b' + n).print(); all.getSideOutput(odd).map(n => 'c' + n).print()
      env.execute()`)
    expect(sinkLines(run).sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c3'])
  })
})

describe('watermarks of sources', () => {
  const windows = (strategy: string) => `${HEAD}
    env.setParallelism(2)
    env.fromSource(LogSource.topic('t'), ${strategy}, 'in')
      .map(r => Tuple2.of(r.value, 1)).keyBy(t => t.f0).window(TumblingEventTimeWindows.of(Duration.ofMillis(10))).sum(1).print()
    env.execute()`

  it('a subtask without a partition holds all others back, unless it is allowed to be idle', async () => {
    const options = { topics: [topicOf('t', ['a@1 a@5 a@12 a@25'], 100)], until: 5_000_000 }
    const held = await testRun(windows('WatermarkStrategy.forMonotonousTimestamps()'), options)
    expect(sinkLines(held)).toEqual([])
    expect(held.end).toEqual({ state: 'paused' })
    const free = await testRun(windows('WatermarkStrategy.forMonotonousTimestamps().withIdleness(Duration.ofMillis(300))'), options)
    expect(sinkLines(free)).toEqual(['2> (a,2)', '2> (a,1)'])
    expect(ofKind(free, 'StatusEmitted').some(({ b }) => b === 1)).toBe(true)
  })

  it('the watermark of a subtask is that of its slowest partition (T-8)', async () => {
    const run = await testRun(windows('WatermarkStrategy.forMonotonousTimestamps()').replace('Parallelism(2)', 'Parallelism(1)'), {
      topics: [topicOf('t', ['a@50 a@60 a@70', 'a@3 a@13'], 300)],
      until: 2_000_000,
    })
    expect(ofKind(run, 'WatermarkEmitted').map(({ x }) => x)).toEqual([2, 12])
    expect(sinkLines(run)).toEqual(['(a,1)'])
  })
})

describe('the program on a task', () => {
  it('has a console, a clock and dice of its own; its main part sees what it saw on the client', async () => {
    const run = await testRun(`${HEAD}
      env.setParallelism(1)
      console.log('main', Date.now())
      const die = Math.random()
      env.fromData(1).map(n => { console.log('map', Date.now() > ${DEFAULT_CLUSTER.clockStart}); return die === Math.random() }).rebalance()
        .map(same => [same, die]).rebalance().map(([same, d]) => [same, d === die]).print()
      env.execute()`)
    const lines = ofKind(run, 'UserOutput').map(({ a, payload }) => `${a}: ${new TextDecoder().decode(payload)}`)
    expect(lines).toEqual([`0: main ${DEFAULT_CLUSTER.clockStart}`, `${nodeNamed(run.header, 'Map')}: map true`])
    expect(sinkLines(run)).toEqual(['[false, true]'])
  })

  it('gets copies between chained operators, or the very object if it asks for reuse', async () => {
    const program = `${HEAD}
      env.setParallelism(1)
      const kept = []
      env.fromData({ n: 1 }).map(r => { kept.push(r); return r }).map(r => { r.n++; return r }).map(r => kept[0].n).print()
      env.execute()`
    expect(sinkLines(await testRun(program))).toEqual(['1'])
    expect(sinkLines(await testRun(program, { configuration: { 'pipeline.object-reuse': 'true' } }))).toEqual(['2'])
  })

  it('fails where it opens, with the line of the function', async () => {
    const run = await testRun(`${HEAD}
      env.setParallelism(1)
      env.fromData(1).map({
        open() { throw new Error('not today') },
        map: n => n,
      }).print()
      env.execute()`)
    expect(run.reason).toContain('Caused by: Error: not today')
    expect(problemsOf(run)[0]).toMatchObject({ place: { line: 7 } })
    expect(statesOf(run, 0)).toBe('CREATED SCHEDULED DEPLOYING INITIALIZING FAILED')
  })
})

describe('back-pressure', () => {
  const program = `${HEAD}
    env.setParallelism(1)
    env.fromSequence(1, 20000).map(n => 'record number ' + n).name('Fast').rebalance().map(s => s.length).name('Slow').sinkTo(new CollectSink())
    env.execute()`
  const configuration = { 'tidemark.cost.Slow': '500', 'taskmanager.memory.segment-size': '1 kb' }

  it('a slow task stops its source when credits and buffers are used up; nothing is lost', async () => {
    const run = await testRun(program, { configuration })
    expect(run.status).toBe('FINISHED')
    expect(ofKind(run, 'SinkRecord')).toHaveLength(20000)
    const [source, slow] = run.header.executionGraph.vertices.map(
      ({ index }) => ofKind(run, 'ExecutionState').find(({ a, d }) => a === index && d !== 0)!.d,
    )
    let ahead = 0
    let most = 0
    for (const { kind, process } of run.events) {
      if (kind === TraceKind.SourceRecord) most = Math.max(most, ++ahead)
      if (kind === TraceKind.RecordIn && process === slow) ahead--
    }
    expect(ahead).toBe(0)
    // 2 exclusive, 8 floating, 10 in the subpartition, each of 1 kb with 40 records or less, and a buffer being read.
    expect(most).toBeGreaterThan(400)
    expect(most).toBeLessThan(21 * 45)
    const io = ofKind(run, 'TaskIo').filter(({ process }) => process === source)
    expect(io.filter(({ a }) => a === 2).length).toBeGreaterThan(100)
    expect(ofKind(run, 'BufferArrived')).toHaveLength(ofKind(run, 'BufferSent').length)
  })

  it('an operator can be slowed down while it runs', async () => {
    const node = nodeNamed((await testRun(program, { tracing: false })).header, 'Slow')
    const run = await testRun(program, {
      tracing: false,
      scenario: { interventions: [{ at: 150_000, do: 'slow', node, subtask: 0, cost: 1000 }] },
    })
    expect(run.frontier).toBeGreaterThan(15_000_000)
    expect(ofKind(run, 'Intervention')).toHaveLength(1)
  })
})

describe('what goes wrong', () => {
  it('a map that throws fails its task, marks its line, cancels the others and fails the job', async () => {
    const run = await testRun(`${HEAD}
      env.setParallelism(2)
      env.fromSequence(1, 1000).rebalance()
        .map(n => {
          if (n === 7) throw new RangeError('seven')
          return n
        }).print()
      env.execute()`)
    expect(run.status).toBe('FAILED')
    expect(run.reason).toBe(
      'org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy\nCaused by: RangeError: seven',
    )
    const [told] = problemsOf(run)
    expect(told).toMatchObject({
      code: 'user-exception',
      args: { class: 'RangeError', message: 'seven' },
      place: { in: 'program', line: 8 },
    })
  })

  it('an event-time window over records without timestamps fails with Flink’s words', async () => {
    const run = await testRun(`${HEAD}
      env.fromData(Tuple2.of('a', 1)).keyBy(t => t.f0).window(TumblingEventTimeWindows.of(Duration.ofSeconds(1))).sum(1).print()
      env.execute()`)
    expect(run.reason).toContain('Caused by: java.lang.RuntimeException: Record has Long.MIN_VALUE timestamp (= no timestamp marker)')
  })

  it('a parallelism above the slots waits, then fails with Flink’s message', async () => {
    const run = await testRun(`${HEAD} env.setParallelism(5); env.fromSequence(1, 10).rebalance().print(); env.execute()`)
    expect(run.status).toBe('FAILED')
    expect(run.reason).toContain('NoResourceAvailableException: Could not acquire the minimum required resources.')
    expect(run.frontier).toBeGreaterThanOrEqual(300_000_000)
    const without = await testRun(`${HEAD} env.fromSequence(1, 10).print(); env.execute()`, {
      scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 0 } },
    })
    expect(without.status).toBe('FAILED')
  })

  it('a function that never stops emitting ends the run', async () => {
    const run = await testRun(
      `${HEAD}
      env.fromData('x'.repeat(30000)).flatMap((s, out) => { for (;;) out.collect(s) }).rebalance().print(); env.execute()`,
      { tracing: false },
    )
    expect(run.end).toMatchObject({ state: 'broken', problem: { code: 'sandbox-flood' } })
  })

  it('a topic that is not there is told before anything runs', async () => {
    const program = `${HEAD}
      env.fromSource(LogSource.topic('planes'), WatermarkStrategy.noWatermarks(), 'in').print(); env.execute()`
    await expect(testRun(program)).rejects.toMatchObject({ problem: { code: 'topic-none', place: { line: 5 } } })
  })

  it('a job that is cancelled', async () => {
    const run = await testRun(
      `${HEAD} env.setParallelism(1); env.fromSource(LogSource.topic('t'), WatermarkStrategy.noWatermarks(), 'in').print(); env.execute()`,
      {
        topics: [topicOf('t', ['a b c d e f'], 100)],
        scenario: { interventions: [{ at: 350_000, do: 'cancel' }] },
      },
    )
    expect(run.status).toBe('CANCELED')
    expect(sinkLines(run)).toEqual(['{"value":"a"}', '{"value":"b"}', '{"value":"c"}', '{"value":"d"}'])
    expect(statesOf(run, 0)).toMatch(/RUNNING CANCELING CANCELED$/)
  })
})
