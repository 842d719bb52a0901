import { checkConfiguration } from '../core/option-check'
import { Configuration } from '../core/configuration'
import { HighAvailabilityOptions, TidemarkOptions } from '../core/options'
import type { Problem } from '../core/problem'
import { problem, warning } from '../core/problem'
import { LIMITS } from './limits'
import type { Cluster, Intervention, Scenario, Service } from './types'

/** Of one run, those that start later counted in: each is a worker of its own. */
const MOST_TASK_MANAGERS = 2 * LIMITS.taskManagers

/** Bounds of the cluster's numbers; each problem stands at the key of ours that the form and the text show. */
export function checkCluster(cluster: Cluster): Problem[] {
  const problems: Problem[] = []
  const { taskManagers, linkLatency, clockStart, recordCost } = cluster
  const isWhole = (n: number, min: number, max: number): boolean => Number.isSafeInteger(n) && n >= min && n <= max
  const out = (code: string, key: string, value: number, min: number, max: number): void => {
    if (!isWhole(value, min, max)) problems.push(problem(code, { key, value, min, max }, { in: 'cluster', key }))
  }
  out('cluster-task-managers', TidemarkOptions.TASK_MANAGERS.key, taskManagers, 1, LIMITS.taskManagers)
  out('cluster-link-latency', TidemarkOptions.LINK_LATENCY.key, linkLatency, 1, 60_000)
  out('cluster-clock-start', TidemarkOptions.CLOCK_START.key, clockStart, 1, 253_402_300_799_999)
  out('cluster-record-cost', TidemarkOptions.RECORD_COST.key, recordCost, 0, 60_000_000)
  return problems
}

/** Where an intervention stands in the Cluster pane. */
export const interventionKey = (index: number): string => `interventions.${index + 1}`

/** Where a service stands in the Cluster pane. */
export const serviceKey = (index: number): string => `services.${index + 1}`

/** Partitions that nobody has, and silences that end before they begin: such an intervention does nothing. */
function checkPartition(topics: Scenario['topics'], intervention: Intervention): readonly [code: string, args: Problem['args']] | null {
  if (intervention.do !== 'silence-partition' && intervention.do !== 'delay-partition') return null
  const topic = topics.find(({ name }) => name === intervention.topic)
  const { partition } = intervention
  if (topic === undefined) return ['intervention-no-topic', { topic: intervention.topic }]
  if (partition >= topic.partitions) return ['intervention-no-partition', { topic: topic.name, partition, partitions: topic.partitions }]
  if (intervention.do === 'silence-partition' && (intervention.until ?? Infinity) <= intervention.at) return ['intervention-no-silence', {}]
  return null
}

/** Services are found by name, answer after they were asked, and know only columns that they have. */
export function checkServices(services: readonly Service[]): Problem[] {
  const problems: Problem[] = []
  services.forEach((service, index) => {
    const { name, latency, failing, table } = service
    const wrong = (code: string, args: Problem['args'] = {}): void => {
      problems.push(problem(code, { service: name, ...args }, { in: 'cluster', key: serviceKey(index) }))
    }
    if (name === '') wrong('service-unnamed')
    if (services.findIndex((other) => other.name === name) < index) wrong('service-twice')
    if (!(latency.least >= 0 && latency.least <= latency.most)) wrong('service-latency', { ...latency })
    if (failing !== undefined && !(failing >= 0 && failing <= 1000)) wrong('service-failing', { failing })
    if (table === undefined) return
    if (!table.columns.includes(table.key)) wrong('service-key', { key: table.key })
    const ragged = table.rows.findIndex((row) => row.length !== table.columns.length)
    if (ragged >= 0) wrong('service-ragged-row', { row: ragged + 1, found: table.rows[ragged]!.length, expected: table.columns.length })
  })
  return problems
}

/** What is over before it begins. */
function checkSpan(intervention: Intervention): readonly [code: string, args: Problem['args']] | null {
  const hasEnd = intervention.do === 'cut-link' || intervention.do === 'system-outage' || intervention.do === 'decline-checkpoints'
  return hasEnd && intervention.until <= intervention.at ? ['intervention-no-span', {}] : null
}

/** A link between two hosts that are there. The one behind the last TaskManager holds what lies outside: the log, the file system, services. */
function checkLink(
  intervention: Intervention,
  starts: readonly number[],
  gone: ReadonlySet<number>,
): readonly [code: string, args: Problem['args']] | null {
  if (intervention.do !== 'cut-link') return null
  const { hosts, at } = intervention
  const known = starts.length
  if (hosts[0] === hosts[1]) return ['intervention-no-link', {}]
  for (const host of hosts) {
    if (host > known + 1) return ['intervention-no-task-manager', { host, known }]
    if (gone.has(host)) return ['intervention-stopped-already', { host }]
    if (host > 0 && (starts[host - 1] ?? 0) > at) return ['intervention-not-started', { host }]
  }
  return null
}

/** High availability keeps what jobs are made of somewhere (Flink refuses to start without). */
function checkHighAvailability(configuration: Scenario['configuration']): Problem[] {
  const own = Configuration.fromMap(configuration)
  const mode = own.get(HighAvailabilityOptions.HA_MODE)
  if (mode.trim().toLowerCase() === 'none' || own.get(HighAvailabilityOptions.HA_STORAGE_PATH) !== undefined) return []
  return [problem('high-availability-no-storage', { mode }, { in: 'cluster', key: HighAvailabilityOptions.HA_MODE.key })]
}

/** TaskManagers that there are at no time: nobody can be stopped who is not there, and nobody twice. */
export function checkInterventions({ cluster, topics, interventions }: Scenario): Problem[] {
  const problems: Problem[] = []
  let known = cluster.taskManagers
  const stopped = new Set<number>()
  const starts = [
    ...Array.from({ length: Math.min(LIMITS.taskManagers, Math.max(0, Math.floor(cluster.taskManagers) || 0)) }, () => 0),
    ...interventions.flatMap((one) => (one.do === 'start-task-manager' ? [one.at] : [])),
  ]
  interventions.forEach((intervention, index) => {
    const place = { in: 'cluster', key: interventionKey(index) } as const
    if (intervention.do === 'start-task-manager') {
      known++
      if (known > MOST_TASK_MANAGERS) problems.push(problem('intervention-too-many-task-managers', { max: MOST_TASK_MANAGERS }, place))
    } else if (intervention.do === 'stop-task-manager' || intervention.do === 'kill-task-manager') {
      const { host } = intervention
      if (host > known) problems.push(warning('intervention-no-task-manager', { host, known }, place))
      else if (stopped.has(host)) problems.push(warning('intervention-stopped-already', { host }, place))
      else if ((starts[host - 1] ?? 0) > intervention.at) problems.push(warning('intervention-not-started', { host }, place))
      stopped.add(host)
    } else {
      const wrong = checkPartition(topics, intervention) ?? checkSpan(intervention) ?? checkLink(intervention, starts, stopped)
      if (wrong !== null) problems.push(warning(wrong[0], wrong[1], place))
    }
  })
  return problems
}

/** All that can be said about a scenario without its data and without running its program; its shape has passed the schema or the types. */
export function checkScenario(scenario: Scenario): Problem[] {
  const problems = [
    ...checkCluster(scenario.cluster),
    ...checkConfiguration(scenario.configuration),
    ...checkHighAvailability(scenario.configuration),
    ...checkInterventions(scenario),
    ...checkServices(scenario.services ?? []),
  ]
  if (scenario.program.text.trim() === '' && scenario.plan === undefined)
    problems.push(problem('program-empty', {}, { in: 'program', line: 1 }))
  if (scenario.program.text.length > LIMITS.program) {
    problems.push(problem('program-too-long', { length: scenario.program.text.length, limit: LIMITS.program }, { in: 'program', line: 1 }))
  }
  const names = new Set<string>()
  for (const topic of scenario.topics) {
    const place = { in: 'events', topic: topic.name } as const
    if (names.has(topic.name)) problems.push(problem('topic-twice', { topic: topic.name }, place))
    names.add(topic.name)
    if (topic.name === '') problems.push(problem('topic-unnamed', {}, place))
    if (!Number.isSafeInteger(topic.partitions) || topic.partitions < 1 || topic.partitions > LIMITS.partitions) {
      problems.push(problem('topic-partitions', { topic: topic.name, value: topic.partitions, max: LIMITS.partitions }, place))
    }
    if (topic.arrival.by === 'column' && !(topic.arrival.speed >= 0.001 && topic.arrival.speed <= 1e9)) {
      problems.push(problem('topic-speed', { topic: topic.name, value: topic.arrival.speed }, place))
    }
    if (topic.arrival.by === 'rate' && !(topic.arrival.every >= 0)) {
      problems.push(problem('topic-rate', { topic: topic.name, value: topic.arrival.every }, place))
    }
    if (topic.eventTime === undefined) problems.push(warning('topic-no-event-time', { topic: topic.name }, place))
  }
  return problems
}
