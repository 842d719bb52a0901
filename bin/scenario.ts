import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { problem, ProblemError } from '../src/core/problem'
import { decodeFile } from '../src/scenario/codec'
import { newScenario } from '../src/scenario/defaults'
import { tableFromFile } from '../src/scenario/imports'
import type { Scenario, Topic } from '../src/scenario/types'
import type { RunArguments } from './args'

const read = (file: string): string => {
  if (!existsSync(file)) throw new ProblemError(problem('file-missing', { file }, { in: 'file', name: file }))
  return readFileSync(file, 'utf8')
}

const scenarioFile = (text: string, file: string): Scenario => {
  const decoded = decodeFile(text, file)
  if ('problem' in decoded) throw new ProblemError(decoded.problem)
  return decoded.scenario
}

/**
 * The scenario that a command line names. A program that stands beside a `scenario.json` runs in that one; any other
 * runs as in Flink's local environment (`local`: the caller makes as many slots as the job needs).
 */
export function scenarioOf(args: RunArguments): { readonly scenario: Scenario; readonly local: boolean } {
  const text = read(args.file)
  let scenario: Scenario
  let local = false
  if (extname(args.file) === '.json') scenario = scenarioFile(text, args.file)
  else {
    const beside = join(dirname(args.file), 'scenario.json')
    if (existsSync(beside)) {
      const parsed = JSON.parse(readFileSync(beside, 'utf8')) as { scenario?: Record<string, unknown> }
      const bare = (parsed.scenario ?? parsed) as Record<string, unknown>
      scenario = scenarioFile(JSON.stringify({ ...bare, program: { language: 'typescript', text } }), beside)
    } else {
      scenario = newScenario({ name: basename(args.file), program: { language: 'typescript', text }, configuration: {} })
      scenario = { ...scenario, cluster: { ...scenario.cluster, taskManagers: 1 } }
      local = true
    }
  }
  const topics = [...scenario.topics]
  for (const { name, file } of args.inputs) {
    const topic: Topic = tableFromFile(name, read(file), file)
    const at = topics.findIndex((other) => other.name === name)
    // A topic that the scenario describes keeps its partitions, times and arrival; only its rows are others.
    if (at < 0) topics.push(topic)
    else topics[at] = { ...topics[at]!, table: topic.table }
  }
  const configuration = {
    ...scenario.configuration,
    ...args.configuration,
    ...(args.parallelism === undefined ? {} : { 'parallelism.default': String(args.parallelism) }),
  }
  return { scenario: { ...scenario, topics, configuration }, local }
}
