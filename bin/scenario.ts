import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { checkConfiguration } from '../src/core/option-check'
import { problem, ProblemError, type Problem } from '../src/core/problem'
import { splitConfiguration } from '../src/scenario/cluster-text'
import { decodeFile } from '../src/scenario/codec'
import { FLIGHTS_TOPIC, newScenario } from '../src/scenario/defaults'
import { tableFromFile } from '../src/scenario/imports'
import { LIMITS } from '../src/scenario/limits'
import type { Scenario, Topic } from '../src/scenario/types'
import type { RunArguments } from './args'

const fileAt = (file: string) => {
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.isDirectory() === true ? undefined : found
}

/** Its text, if it is there and not bigger than `limit` bytes: nothing is read in vain. */
const read = (file: string, limit: number = LIMITS.scenarioFile): string => {
  const place = { in: 'file', name: file } as const
  const found = fileAt(file)
  if (found === undefined) throw new ProblemError(problem('file-missing', { file }, place))
  if (found.size > limit)
    throw new ProblemError(problem('file-too-big', { megabytes: Math.ceil(found.size / 1048576), limit: limit / 1048576 }, place))
  return readFileSync(file, 'utf8')
}

const parsedFile = (file: string): { readonly scenario?: Readonly<Record<string, unknown>> } => {
  try {
    return JSON.parse(read(file)) as { scenario?: Record<string, unknown> }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ProblemError(problem('file-not-json', {}, { in: 'file', name: file }))
  }
}

const scenarioFile = (text: string, file: string): Scenario => {
  const decoded = decodeFile(text, file)
  if ('problem' in decoded) throw new ProblemError(decoded.problem)
  return decoded.scenario
}

/** Topics that are there without being described, when a program without a scenario names them. */
const SHIPPED: readonly Topic[] = [FLIGHTS_TOPIC]

/**
 * The scenario that a command line names. A program that stands beside a `scenario.json` runs in that one; any other
 * runs as in Flink's local environment (`local`: the caller makes as many slots as the job needs).
 */
export function scenarioOf(args: RunArguments): {
  readonly scenario: Scenario
  readonly local: boolean
  readonly problems: readonly Problem[]
} {
  const text = read(args.file)
  let scenario: Scenario
  let local = false
  if (extname(args.file) === '.json') scenario = scenarioFile(text, args.file)
  else {
    const beside = join(dirname(args.file), 'scenario.json')
    if (fileAt(beside) !== undefined) {
      const parsed = parsedFile(beside)
      const bare = (parsed.scenario ?? parsed) as Record<string, unknown>
      scenario = scenarioFile(JSON.stringify({ ...bare, program: { language: 'typescript', text } }), beside)
    } else {
      scenario = newScenario({ name: basename(args.file), program: { language: 'typescript', text }, configuration: {} })
      const shipped = SHIPPED.filter(({ name }) => new RegExp(`(['"\`])${name}\\1`).test(text))
      scenario = { ...scenario, topics: shipped, cluster: { ...scenario.cluster, taskManagers: 1 } }
      local = true
    }
  }
  const topics = [...scenario.topics]
  for (const { name, file } of args.inputs) {
    const topic: Topic = tableFromFile(name, read(file, LIMITS.file), file)
    const at = topics.findIndex((other) => other.name === name)
    // A topic that is described keeps its partitions, times and arrival; only its rows are others.
    if (at < 0) topics.push(topic)
    else topics[at] = { ...topics[at]!, table: topic.table }
  }
  const configuration = {
    ...scenario.configuration,
    ...args.configuration,
    ...(args.parallelism === undefined ? {} : { 'parallelism.default': String(args.parallelism) }),
  }
  const split = splitConfiguration(configuration, scenario.cluster, true)
  // Of keys that go into the cluster's numbers nobody hears again.
  const taken = Object.entries(configuration).filter(([key]) => !Object.hasOwn(split.configuration, key))
  return {
    scenario: { ...scenario, topics, cluster: split.cluster, configuration: split.configuration },
    local,
    problems: [...checkConfiguration(Object.fromEntries(taken)), ...split.problems],
  }
}
