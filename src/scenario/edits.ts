import type { RawTable } from './cells'
import { canonicalJson } from './identity'
import { changeTopic } from './tableEdits'
import type { Cluster, Intervention, Scenario, Topic } from './types'

/**
 * Edits: a scenario in, a scenario out. What did not change is shared, and an edit that changes nothing gives back the very
 * same scenario, so that undo can hold every step and skip the empty ones.
 */
export const rename = (scenario: Scenario, name: string): Scenario => (name === scenario.name ? scenario : { ...scenario, name })

export const setProgram = (scenario: Scenario, text: string): Scenario =>
  text === scenario.program.text ? scenario : { ...scenario, program: { ...scenario.program, text } }

/** A plan in place of the program; undefined: the program again. */
export function setPlan(scenario: Scenario, plan: string | undefined): Scenario {
  if (plan === scenario.plan) return scenario
  const { plan: _plan, ...rest } = scenario
  return plan === undefined ? rest : { ...rest, plan }
}

export const setSeed = (scenario: Scenario, seed: number): Scenario => (seed === scenario.seed ? scenario : { ...scenario, seed })

export function setCluster(scenario: Scenario, change: Partial<Cluster>): Scenario {
  const cluster = { ...scenario.cluster, ...change }
  const keys = Object.keys(change) as (keyof Cluster)[]
  return keys.every((key) => cluster[key] === scenario.cluster[key]) ? scenario : { ...scenario, cluster }
}

/** Sets one of Flink's keys; null takes it out, which means Flink's default. */
export function setOption(scenario: Scenario, key: string, value: string | null): Scenario {
  const before = Object.hasOwn(scenario.configuration, key) ? scenario.configuration[key] : null
  if (before === value) return scenario
  const configuration = Object.fromEntries(Object.entries(scenario.configuration).filter(([name]) => name !== key || value !== null))
  if (value !== null) configuration[key] = value
  return { ...scenario, configuration }
}

export const setConfiguration = (scenario: Scenario, configuration: Readonly<Record<string, string>>): Scenario => {
  const before = Object.entries(scenario.configuration)
  const same = before.length === Object.keys(configuration).length && before.every(([key, value]) => configuration[key] === value)
  return same ? scenario : { ...scenario, configuration }
}

/** Puts an intervention where its time belongs; after those of the same time. */
export const addIntervention = (scenario: Scenario, intervention: Intervention): Scenario =>
  withInterventions(scenario, inserted(scenario.interventions, intervention))

export const removeIntervention = (scenario: Scenario, index: number): Scenario =>
  index in scenario.interventions ? withInterventions(scenario, scenario.interventions.toSpliced(index, 1)) : scenario

/** Puts another one in its place; where its time differs it moves to where that belongs. */
export function replaceIntervention(scenario: Scenario, index: number, intervention: Intervention): Scenario {
  const before = scenario.interventions[index]
  if (before === undefined || canonicalJson(before) === canonicalJson(intervention)) return scenario
  const { interventions } = scenario
  const after =
    before.at === intervention.at ? interventions.with(index, intervention) : inserted(interventions.toSpliced(index, 1), intervention)
  return withInterventions(scenario, after, { before, after: intervention })
}

function inserted(interventions: readonly Intervention[], intervention: Intervention): readonly Intervention[] {
  const later = interventions.findIndex(({ at }) => at > intervention.at)
  return interventions.toSpliced(later < 0 ? interventions.length : later, 0, intervention)
}

/**
 * TaskManagers that start late are numbered in the order of their starts. Who is stopped stays the same one when these numbers
 * shift, and is not stopped when there is no start of it any more.
 */
function withInterventions(
  scenario: Scenario,
  interventions: readonly Intervention[],
  replaced?: { readonly before: Intervention; readonly after: Intervention },
): Scenario {
  const isStart = (intervention: Intervention): boolean => intervention.do === 'start-task-manager'
  const before = scenario.interventions.filter(isStart)
  const after = interventions.filter(isStart)
  const { taskManagers } = scenario.cluster
  const renumbered = interventions.flatMap((intervention): Intervention[] => {
    if (intervention.do !== 'stop-task-manager') return [intervention]
    const start = before[intervention.host - taskManagers - 1]
    if (start === undefined) return [intervention]
    const place = after.indexOf(start === replaced?.before ? replaced.after : start)
    if (place < 0) return []
    const host = taskManagers + 1 + place
    return [host === intervention.host ? intervention : { ...intervention, host }]
  })
  return { ...scenario, interventions: renumbered }
}

/** Partitions, event time column, arrival, partition key, name. */
export const setTopic = (scenario: Scenario, name: string, change: Partial<Omit<Topic, 'table'>>): Scenario =>
  changeTopic(scenario, name, (topic) => {
    const after = { ...topic, ...change }
    // An absent column is a key that is not there, not one that holds undefined.
    for (const key of ['eventTime', 'partitionBy'] as const) if (after[key] === undefined) delete after[key]
    return after
  })

export const addTopic = (scenario: Scenario, topic: Topic): Scenario => ({ ...scenario, topics: [...scenario.topics, topic] })

export const removeTopic = (scenario: Scenario, name: string): Scenario => {
  const topics = scenario.topics.filter((topic) => topic.name !== name)
  return topics.length === scenario.topics.length ? scenario : { ...scenario, topics }
}

/** A dropped table in the place of the one there was; columns that it does not have are no longer asked for. */
export const replaceTable = (scenario: Scenario, name: string, { columns, rows }: RawTable): Scenario =>
  changeTopic(scenario, name, (topic) => {
    const { eventTime, partitionBy, ...rest } = topic
    const has = (column: string | undefined): boolean => column !== undefined && columns.includes(column)
    return {
      ...rest,
      table: { from: 'inline', columns, rows },
      ...(has(eventTime) ? { eventTime: eventTime! } : {}),
      ...(has(partitionBy) ? { partitionBy: partitionBy! } : {}),
      arrival: topic.arrival.by === 'column' && !has(topic.arrival.column) ? { by: 'rate', every: 1000 } : topic.arrival,
    }
  })

/** Rows of tables, and events on the plane of time. */
export { addRow, deleteRow, setCell } from './tableEdits'
