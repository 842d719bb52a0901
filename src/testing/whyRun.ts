import { compile } from '../client/compile'
import { previewEdit } from '../client/edits'
import { questionsAt, why } from '../explain/why'
import type { Answer, Fix, Question, WhySources } from '../explain/why'
import { askedAgain } from '../explain/why/again'
import { runToEnd } from '../minicluster/headless'
import { DEFAULT_CLUSTER, newScenario } from '../scenario/defaults'
import { readTopics } from '../scenario/topics'
import type { Cluster, Intervention, Scenario, Topic } from '../scenario/types'
import { TraceLog } from '../trace/log'
import { TraceKind } from '../trace/kinds'
import { keyLook } from '../trace/looks'

export interface WhySetting {
  readonly topics: readonly Topic[]
  readonly program: string
  readonly configuration?: Readonly<Record<string, string>>
  readonly cluster?: Partial<Cluster>
  readonly interventions?: readonly Intervention[]
  readonly services?: Scenario['services']
  /** Virtual seconds to run; absent: 20. */
  readonly seconds?: number
}

/** Rows of `{ key, time }` by partition: `a@1 b@3 | c@2`, read one each `every` ms. Rows before `|` are of partition 0. */
export function topicOf(name: string, text: string, more: Partial<Topic> & { readonly every?: number } = {}): Topic {
  const { every = 1, ...rest } = more
  const parts = text.split('|').map((part) =>
    part
      .trim()
      .split(/\s+/)
      .filter((word) => word !== ''),
  )
  const rows: (string | number)[][] = []
  const placed: Record<string, number> = {}
  const most = Math.max(...parts.map((part) => part.length))
  for (let at = 0; at < most; at++)
    parts.forEach((part, partition) => {
      const word = part[at]
      if (word === undefined) return
      const [key, time] = word.split('@')
      placed[rows.length] = partition
      rows.push([key!, Number(time)])
    })
  return {
    name,
    partitions: parts.length,
    table: { from: 'inline', columns: ['key', 'time'], rows },
    eventTime: 'time',
    arrival: { by: 'rate', every },
    placed,
    ...rest,
  }
}

export interface WhyRun extends WhySources {
  readonly questions: readonly Question[]
  ask(question: Question): Answer | null
  /** The window of a key whose last bounds begin at `start`; of several the last. */
  windowOf(key: string, start?: number): Question
}

/** Runs a scenario to a moment and lets one ask about it. Errors of the program's own do not throw: they are what one asks about. */
export async function whyRun(setting: WhySetting): Promise<WhyRun> {
  const scenario = newScenario({
    topics: [...setting.topics],
    cluster: { ...DEFAULT_CLUSTER, ...setting.cluster },
    configuration: { 'parallelism.default': '1', 'taskmanager.numberOfTaskSlots': '8', ...setting.configuration },
    interventions: [...(setting.interventions ?? [])],
    ...(setting.services === undefined ? {} : { services: setting.services }),
    program: { language: 'typescript', text: setting.program },
  })
  return runScenario(scenario, setting.seconds ?? 20)
}

export async function runScenario(scenario: Scenario, seconds: number): Promise<WhyRun> {
  const { topics, problems } = await readTopics(scenario, () => Promise.reject(new Error('no data of the app here')))
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const log = new TraceLog()
  const until = seconds * 1_000_000
  const { header } = await runToEnd(
    { scenario, compiled: compile(scenario.program.text), topics, tracing: true },
    { onPage: (page) => log.append(page), until },
  )
  const sources: WhySources = { header, log, scenario, event: log.length - 1, time: Math.max(until, log.endTime), topics }
  return {
    ...sources,
    questions: questionsAt(sources),
    ask: (question) => why(question, sources),
    windowOf(key, start) {
      const reader = log.reader()
      let found: Question | null = null
      while (reader.next()) {
        if (reader.kind !== TraceKind.WindowOpened) continue
        const { process, b: window, c, x } = reader
        const bounds = log.at(log.names.windowBoundsAt(process, window, log.length - 1))
        if (keyLook(log, process, c).text === key && (start === undefined || bounds.x === start || x === start))
          found = { about: 'window', process, window }
      }
      if (found === null) throw new Error(`there is no window of ${key} at ${start}`)
      return found
    },
  }
}

/** The scenario with a way out taken; null for advice, or a program whose text does not allow it. */
export function taken({ change }: Fix, run: WhyRun): Scenario | null {
  const { scenario } = run
  if (change.of === 'scenario') return change.change(scenario)
  if (change.of === 'advice') return null
  const preview = previewEdit(scenario.program.text, run.header.streamGraph, change.edits)
  return 'problem' in preview ? null : { ...scenario, program: { ...scenario.program, text: preview.text! } }
}

/** What each way out of an answer leads to: the root of the same question in the fork `seconds` in, `fired` without one, `gone` if it is not there. */
export async function outcomesOf(run: WhyRun, question: Question, seconds: number): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const fix of run.ask(question)!.fixes) {
    const scenario = taken(fix, run)
    if (scenario === null) continue
    const fork = await runScenario(scenario, seconds)
    const again = askedAgain(question, run.log, fork.log)
    found[fix.code] = again === null ? 'gone' : (fork.ask(again)?.root ?? 'fired')
  }
  return found
}
