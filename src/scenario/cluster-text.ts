import { parseOption } from '../core/configuration'
import { parseFlinkConf, printFlinkConf } from '../core/flink-conf'
import { printOption } from '../core/option-check'
import { TidemarkOptions } from '../core/options'
import type { Problem } from '../core/problem'
import { problem } from '../core/problem'
import { parseTime } from './time-text'
import type { Cluster, Scenario } from './types'

const { TASK_MANAGERS, LINK_LATENCY, CLOCK_START, RECORD_COST } = TidemarkOptions

const isoText = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

/** Our own keys as they stand in the text; which of the older spellings stood there does not matter. */
const clusterKeys = (cluster: Cluster): Record<string, string> => ({
  [TASK_MANAGERS.key]: String(cluster.taskManagers),
  [LINK_LATENCY.key]: printOption(LINK_LATENCY, cluster.linkLatency),
  [CLOCK_START.key]: isoText(cluster.clockStart),
  [RECORD_COST.key]: String(cluster.recordCost),
})

/** The Cluster pane as text; comments, order and unchanged lines of `previous` stay. */
export const printClusterText = (scenario: Scenario, previous = ''): string =>
  printFlinkConf({ ...clusterKeys(scenario.cluster), ...scenario.configuration }, previous)

/**
 * Takes our keys out of a configuration and into the cluster; those that are absent take their default, or stay as
 * they are with `keep`. A value that is none leaves the cluster as it was; `checkConfiguration` has said why.
 */
export function splitConfiguration(
  configuration: Readonly<Record<string, string>>,
  cluster: Cluster,
  keep: boolean,
): { readonly cluster: Cluster; readonly configuration: Readonly<Record<string, string>>; readonly problems: readonly Problem[] } {
  const rest = { ...configuration }
  const problems: Problem[] = []
  const take = (option: { readonly key: string; readonly fallbackKeys: readonly string[] }): string | undefined => {
    let found: string | undefined
    for (const key of [option.key, ...option.fallbackKeys]) {
      if (Object.hasOwn(rest, key)) found ??= rest[key]
      delete rest[key]
    }
    return found
  }
  const whole = (option: typeof TASK_MANAGERS, before: number): number => {
    const text = take(option)
    if (text === undefined) return keep ? before : option.defaultValue
    const value = parseOption(option, text)
    return typeof value === 'number' ? value : before
  }
  const taskManagers = whole(TASK_MANAGERS, cluster.taskManagers)
  const linkLatency = whole(LINK_LATENCY, cluster.linkLatency)
  const recordCost = whole(RECORD_COST, cluster.recordCost)
  const clockText = take(CLOCK_START) ?? (keep ? String(cluster.clockStart) : CLOCK_START.defaultValue)
  const clock = parseTime(clockText)
  const inBounds = clock !== null && clock >= 1 && clock <= 253_402_300_799_999
  if (!inBounds)
    problems.push(problem('configuration-time', { key: CLOCK_START.key, value: clockText }, { in: 'cluster', key: CLOCK_START.key }))
  const clockStart = inBounds ? clock : cluster.clockStart
  return { cluster: { taskManagers, linkLatency, clockStart, recordCost }, configuration: rest, problems }
}

/** Reads the Cluster pane's text into the scenario. With errors among the problems the scenario is the one given: nothing half-read. */
export function parseClusterText(text: string, scenario: Scenario): { readonly scenario: Scenario; readonly problems: readonly Problem[] } {
  const { configuration, problems, lines } = parseFlinkConf(text)
  const split = splitConfiguration(configuration, scenario.cluster, false)
  const more = split.problems.map((one): Problem => {
    if (one.place?.in !== 'cluster' || one.place.key === undefined) return one
    const line = lines.get(one.place.key)
    return line === undefined ? one : { ...one, place: { ...one.place, line } }
  })
  const all = [...problems, ...more]
  if (all.some(({ severity }) => severity === 'error')) return { scenario, problems: all }
  return { scenario: { ...scenario, cluster: split.cluster, configuration: split.configuration }, problems: all }
}
