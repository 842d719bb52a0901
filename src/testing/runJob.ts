import { compile } from '../client/compile'
import { runToEnd } from '../minicluster/headless'
import type { Outcome } from '../minicluster/headless'
import { DEFAULT_CLUSTER, newScenario } from '../scenario/defaults'
import { readTopics } from '../scenario/topics'
import type { Cluster, Intervention, Scenario, Topic } from '../scenario/types'
import { TraceLog } from '../trace/log'

export interface JobRun {
  readonly outcome: Outcome
  readonly header: Outcome['header']
  readonly log: TraceLog
}

export interface JobSetting {
  /** `a@1 b@3`: rows { key, time } of topic `input`, one each `every` ms. */
  readonly input?: string
  readonly partitions?: number
  readonly every?: number
  readonly configuration?: Readonly<Record<string, string>>
  readonly cluster?: Partial<Cluster>
  readonly interventions?: readonly Intervention[]
  /** Whatever else the scenario has. */
  readonly scenario?: Partial<Scenario>
  /** Virtual µs; absent: to the job's end. */
  readonly until?: number
}

/** Runs a program's text on the local deployment, traced, for tests that want a real trace. The program reads topic `input`. */
export async function runJob(program: string, setting: JobSetting = {}): Promise<JobRun> {
  const rows = (setting.input ?? '').split(' ').filter((word) => word !== '')
  const topic: Topic = {
    name: 'input',
    partitions: setting.partitions ?? 1,
    table: {
      from: 'inline',
      columns: ['key', 'time'],
      rows: rows.map((word) => {
        const [key, time] = word.split('@')
        return [key!, Number(time)]
      }),
    },
    eventTime: 'time',
    arrival: { by: 'rate', every: setting.every ?? 1 },
  }
  const scenario = newScenario({
    ...setting.scenario,
    topics: [topic],
    cluster: { ...DEFAULT_CLUSTER, ...setting.cluster },
    configuration: { 'parallelism.default': '2', 'taskmanager.numberOfTaskSlots': '2', ...setting.configuration },
    interventions: [...(setting.interventions ?? [])],
    program: { language: 'typescript', text: program },
  })
  const { topics, problems } = await readTopics(scenario, () => Promise.reject(new Error('no data of the app here')))
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const log = new TraceLog()
  const outcome = await runToEnd(
    { scenario, compiled: compile(program), topics, tracing: true },
    { onPage: (page) => log.append(page), ...(setting.until === undefined ? {} : { until: setting.until }) },
  )
  return { outcome, header: outcome.header, log }
}
