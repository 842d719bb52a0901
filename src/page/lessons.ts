import type { Language } from '../i18n'
import { FLIGHTS_TOPIC, newScenario } from '../scenario/defaults'
import type { Scenario } from '../scenario/types'
import type { Session } from '../session/session.svelte'

export const lessonEntries = (_language: Language): readonly { readonly id: string; readonly title: string }[] => []
export async function openLesson(_session: Session, _id: string): Promise<void> {}

const PROGRAM = `import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Flight { date: number; delay: number; distance: number; origin: string; destination: string }

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

const flights = env.fromSource(
  LogSource.topic<Flight>('flights'),
  WatermarkStrategy.forBoundedOutOfOrderness<Flight>(Duration.ofMinutes(30)).withTimestampAssigner(f => f.date),
  'flights',
)
flights
  .filter(f => f.delay > 0)
  .keyBy(f => f.origin)
  .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))
  .reduce((a, b) => ({ ...a, delay: a.delay + b.delay }))
  .map(f => \`\${f.origin} \${f.delay}\`)
  .sinkTo(new PrintSink())

env.execute('delay by airport and day')
`
export const firstScenario = async (_language: Language): Promise<Scenario> =>
  newScenario({ name: 'Flights: delay by airport and day', topics: [FLIGHTS_TOPIC], program: { language: 'typescript', text: PROGRAM } })
