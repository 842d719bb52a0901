import { FLIGHTS_TOPIC, newScenario } from './defaults'
import { SAMPLE_PLAN } from './samplePlan'
import type { Scenario, Topic } from './types'

/** Where to start, by question: names and sentences are in src/i18n/scenario.ts under the same ids. */
export interface Template {
  readonly id: string
  /** `name` in the language of the person. */
  scenario(name: string): Scenario
  /** Where its question is answered; absent: the graph. */
  readonly view?: string
}

const program = (text: string): Scenario['program'] => ({ language: 'typescript', text })

const LATE = `// What happens to flights that land late?
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Flight {
  date: number
  delay: number
  distance: number
  origin: string
  destination: string
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Flight>('flights').setBounded(),
    WatermarkStrategy.forBoundedOutOfOrderness<Flight>(Duration.ofMinutes(15)).withTimestampAssigner((flight) => flight.date),
    'flights',
  )
  .keyBy((flight) => flight.origin)
  .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
  .reduce((a, b) => ({ ...a, delay: a.delay + b.delay }))
  .map((sum) => \`\${sum.origin}: \${sum.delay} min\`)
  .sinkTo(new PrintSink())

env.execute('delay by airport and hour')
`

const SILENCE = `// When has a user gone? A count for every visit, after 30 s without a click
import { Collector, Duration, KeyedProcessFunction, LogSource, OpenContext, PrintSink, StreamExecutionEnvironment, ValueState, ValueStateDescriptor, WatermarkStrategy } from 'flink'

interface Click {
  time: number
  user: string
  page: string
}

const SILENCE = 30_000

class Visits extends KeyedProcessFunction<string, Click, string> {
  private clicks!: ValueState<number>
  private last!: ValueState<number>

  open(context: OpenContext) {
    this.clicks = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('clicks'))
    this.last = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('last'))
  }

  processElement(click: Click, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    this.clicks.update((this.clicks.value() ?? 0) + 1)
    this.last.update(Math.max(this.last.value() ?? 0, click.time))
    ctx.timerService().registerEventTimeTimer(click.time + SILENCE)
  }

  onTimer(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    if (this.last.value() !== timestamp - SILENCE) return
    out.collect(\`\${ctx.getCurrentKey()}: \${this.clicks.value()} clicks\`)
    this.clicks.clear()
    this.last.clear()
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Click>('clicks'),
    WatermarkStrategy.forBoundedOutOfOrderness<Click>(Duration.ofSeconds(5)).withTimestampAssigner((click) => click.time),
    'clicks',
  )
  .keyBy((click) => click.user)
  .process(new Visits())
  .sinkTo(new PrintSink())

env.execute('visits')
`

const MEANS = `// Why does one silent sensor stop every window?
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Reading {
  time: number
  sensor: string
  value: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Reading>('readings'),
    // Try: .withIdleness(Duration.ofSeconds(10))
    WatermarkStrategy.forBoundedOutOfOrderness<Reading>(Duration.ofSeconds(5)).withTimestampAssigner((reading) => reading.time),
    'readings',
  )
  .keyBy((reading) => reading.sensor)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .aggregate({
    createAccumulator: () => ({ sensor: '', sum: 0, count: 0 }),
    add: (reading: Reading, mean) => ({ sensor: reading.sensor, sum: mean.sum + reading.value, count: mean.count + 1 }),
    getResult: (mean) => \`\${mean.sensor}: \${Math.round((10 * mean.sum) / mean.count) / 10} °C\`,
    merge: (a, b) => ({ sensor: a.sensor, sum: a.sum + b.sum, count: a.count + b.count }),
  })
  .sinkTo(new PrintSink())

env.execute('mean temperatures')
`

const EMPTY = `import { PrintSink, StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromData('to', 'be', 'or', 'not', 'to', 'be')
  .keyBy((word) => word)
  .sinkTo(new PrintSink())

env.execute('my job')
`

const FLIGHT = `interface Flight {
  date: number
  delay: number
  distance: number
  origin: string
  destination: string
}
`
const FLIGHTS = `LogSource.topic<Flight>('flights').setBounded(),
  WatermarkStrategy.forBoundedOutOfOrderness<Flight>(Duration.ofMinutes(15)).withTimestampAssigner((flight) => flight.date),
  'flights',`

const WAITING = `// Why does this job wait? There are 2 TaskManagers with 2 slots each, and it needs 5. Look at Slots.
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

${FLIGHT}
const env = StreamExecutionEnvironment.getExecutionEnvironment()

const flights = env.fromSource(
  ${FLIGHTS}
)

flights
  .keyBy((flight) => flight.origin)
  .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
  .reduce((a, b) => ({ ...a, delay: a.delay + b.delay }))
  .name('delays')
  .setParallelism(3)
  // Try: take this line away, then the next one.
  .slotSharingGroup('windows')
  .map((sum) => \`\${sum.origin}: \${sum.delay} min\`)
  .slotSharingGroup('default')
  .sinkTo(new PrintSink())

env.execute('delays')
`

const TWO_JOBS = `// Who gets the slots? Two jobs on a cluster of 4: the first takes 3, the second needs 2 and waits. Look at Slots.
import { PrintSink, StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env.setParallelism(3)
env
  .fromSequence(1, 300)
  .keyBy((n) => n % 10)
  .reduce((a, b) => a + b)
  .sinkTo(new PrintSink())
// Goes on without waiting for the job. Try: env.execute('sums')
env.executeAsync('sums')

env.setParallelism(2)
env
  .fromSequence(1, 200)
  .map((n) => n * n)
  .sinkTo(new PrintSink())
env.executeAsync('squares')
`

const LEAVING = `// What happens when a TaskManager leaves? The adaptive scheduler goes on with the slots that are left, and takes new ones when they come.
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

${FLIGHT}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(4)

const flights = env.fromSource(
  ${FLIGHTS}
)
flights
  .keyBy((flight) => flight.origin)
  .sum('delay')
  .map((sum) => \`\${sum.origin}: \${sum.delay} min\`)
  .sinkTo(new PrintSink())

env.execute('delays')
`

const CLICKS: Topic = {
  name: 'clicks',
  partitions: 2,
  table: { from: 'generator', generator: 'clickstream', params: {}, edits: [] },
  eventTime: 'time',
  arrival: { by: 'column', column: 'arrival', speed: 10, delay: 1000 },
  partitionBy: 'user',
}

/** Four sensors whose names hash to four partitions: the last one falls silent in the middle, and its partition with it. */
const READINGS: Topic = {
  name: 'readings',
  partitions: 4,
  table: { from: 'generator', generator: 'sensors', params: { count: 400, sensors: 4, silent: 400 }, edits: [] },
  eventTime: 'time',
  arrival: { by: 'column', column: 'arrival', speed: 2, delay: 1000 },
  partitionBy: 'sensor',
}

/** Records move one by one, and slowly enough to be seen. */
const WATCHABLE = { 'parallelism.default': '2', 'taskmanager.numberOfTaskSlots': '1', 'execution.buffer-timeout.interval': '0 ms' }
const cluster = { ...newScenario().cluster, linkLatency: 100 }

export const TEMPLATES: readonly Template[] = [
  {
    id: 'late',
    scenario: (name) => newScenario({ name, program: program(LATE), topics: [FLIGHTS_TOPIC], configuration: WATCHABLE, cluster }),
  },
  {
    id: 'silence',
    scenario: (name) => newScenario({ name, program: program(SILENCE), topics: [CLICKS], configuration: WATCHABLE, cluster }),
  },
  {
    id: 'means',
    scenario: (name) => newScenario({ name, program: program(MEANS), topics: [READINGS], configuration: WATCHABLE, cluster }),
  },
  {
    id: 'waiting',
    view: 'slots',
    scenario: (name) =>
      newScenario({
        name,
        program: program(WAITING),
        topics: [FLIGHTS_TOPIC],
        configuration: { ...WATCHABLE, 'taskmanager.numberOfTaskSlots': '2' },
        cluster,
        interventions: [{ at: 8_000_000, do: 'start-task-manager' }],
      }),
  },
  {
    id: 'jobs',
    view: 'slots',
    scenario: (name) =>
      newScenario({
        name,
        program: program(TWO_JOBS),
        configuration: { ...WATCHABLE, 'taskmanager.numberOfTaskSlots': '2' },
        // Slow records, so that the first job takes a while.
        cluster: { ...cluster, recordCost: 20_000 },
      }),
  },
  {
    id: 'leaving',
    view: 'slots',
    scenario: (name) =>
      newScenario({
        name,
        program: program(LEAVING),
        topics: [FLIGHTS_TOPIC],
        configuration: {
          ...WATCHABLE,
          'taskmanager.numberOfTaskSlots': '2',
          'jobmanager.scheduler': 'Adaptive',
          'jobmanager.adaptive-scheduler.resource-stabilization-timeout': '1 s',
          'restart-strategy.type': 'fixed-delay',
          'restart-strategy.fixed-delay.attempts': '10',
        },
        cluster,
        interventions: [
          { at: 8_000_000, do: 'stop-task-manager', host: 2 },
          { at: 14_000_000, do: 'start-task-manager' },
        ],
      }),
  },
  {
    id: 'plan',
    view: 'graph',
    scenario: (name) =>
      newScenario({ name, program: program(EMPTY), plan: SAMPLE_PLAN, configuration: WATCHABLE, cluster: { ...cluster, taskManagers: 4 } }),
  },
  { id: 'empty', scenario: (name) => newScenario({ name, program: program(EMPTY) }) },
]
