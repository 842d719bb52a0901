import { PipelineOptions } from '../../core/options'
import type { OperatorEdit } from '../../graph/edits'
import { watermarkSettingsOf, windowSettingsOf } from '../../graph/timeSettings'
import type { StreamNode } from '../../graph/types'
import { addEvent, deleteEvent } from '../../scenario/eventEdits'
import type { Intervention, ResolvedTopic, Scenario } from '../../scenario/types'
import { processingTime, eventTime, spanOf, type Situation } from './situation'
import { boundOf, patience, type Split } from './splits'
import type { CauseArg, Fix } from './types'

/** Ways out. What a click cannot do is advice. */

type Args = Readonly<Record<string, CauseArg>>
const edit = (code: string, args: Args, ...edits: readonly OperatorEdit[]): Fix => ({ code, args, change: { of: 'program', edits } })
export const scenario = (code: string, args: Args, change: (scenario: Scenario) => Scenario): Fix => ({
  code,
  args,
  change: { of: 'scenario', change },
})
export const advice = (code: string, args: Args = {}): Fix => ({ code, args, change: { of: 'advice' } })

export const without =
  (index: number) =>
  (of: Scenario): Scenario => ({
    ...of,
    interventions: of.interventions.filter((_, at) => at !== index),
  })
const withOne =
  (intervention: Intervention) =>
  (of: Scenario): Scenario => {
    const at = of.interventions.findIndex((other) => other.at > intervention.at)
    const place = at < 0 ? of.interventions.length : at
    return { ...of, interventions: [...of.interventions.slice(0, place), intervention, ...of.interventions.slice(place)] }
  }
export const withSettings =
  (settings: Readonly<Record<string, string>>) =>
  (of: Scenario): Scenario => ({
    ...of,
    configuration: { ...of.configuration, ...settings },
  })

/** A field of what a source reads that looks like its time: the topic's column, else a field that a program would name so. */
function timeField(s: Situation, node: StreamNode): string | null {
  const { scenario: of } = s.sources
  const source = sourceBefore(s, node)
  if (source === undefined) return null
  const topic = of.topics.find(({ name }) => name === source.operator.params.topic)
  if (topic?.eventTime !== undefined) return topic.eventTime
  for (const exec of s.subtasksOf(source.id)) {
    const event = s.said(exec)?.taken.last(s.event) ?? -1
    if (event < 0) continue
    const value = s.at(event).value()
    if (typeof value !== 'object' || value === null) return null
    const fields = Object.entries(value).filter(([, field]) => typeof field === 'number')
    const named = fields.find(([name]) => /time|date|^ts$|^at$|stamp/i.test(name))
    return named?.[0] ?? null
  }
  return null
}
function sourceBefore(s: Situation, node: StreamNode): StreamNode | undefined {
  const { nodes, edges } = s.header.streamGraph
  let at: StreamNode | undefined = node
  for (let steps = 0; at !== undefined && at.role !== 'source' && steps < 200; steps++) {
    const edge = edges.find(({ to }) => to === at!.id)
    at = edge === undefined ? undefined : nodes.find(({ id }) => id === edge.from)
  }
  return at?.role === 'source' ? at : undefined
}

/** A source or operator that makes no watermarks: one that does. */
export function strategy(s: Situation, node: StreamNode): Fix[] {
  const field = timeField(s, node)
  const bound = 5000
  const settings = watermarkSettingsOf(node)
  const edits: OperatorEdit[] = [{ node: node.id, set: 'bound', value: bound }]
  if (settings !== null && !settings.assigner && field !== null && !hasTopicTime(s, node))
    edits.push({ node: node.id, set: 'timestampField', value: field })
  return settings === null
    ? [advice('assign-watermarks', { operator: node.name })]
    : [edit('set-strategy', { operator: node.name, bound: spanOf(bound) }, ...edits)]
}
/** Watermarks for all of several, by one click where all have a strategy to put in their place. */
export function strategyOfAll(s: Situation, nodes: readonly StreamNode[]): Fix[] {
  const each = nodes.flatMap((node) => strategy(s, node))
  const edits = each.flatMap(({ change }) => (change.of === 'program' ? change.edits : []))
  return each.length < 2 || each.some(({ change }) => change.of !== 'program')
    ? each
    : [edit('set-strategy', { ...each[0]!.args, operator: nodes.map(({ name }) => name).join(', ') }, ...edits)]
}
const hasTopicTime = (s: Situation, node: StreamNode): boolean => {
  const source = sourceBefore(s, node)
  return s.sources.scenario.topics.find(({ name }) => name === source?.operator.params.topic)?.eventTime !== undefined
}

/** Records without a time: where it could come from. */
export function timestamps(s: Situation, node: StreamNode): Fix[] {
  const settings = watermarkSettingsOf(node)
  // One that keeps what it collects in itself has no strategy to put an assigner on.
  const strategic = node.role !== 'source' || node.operator.params.source === 'log'
  if (settings === null || !strategic) return [advice('assign-timestamps', { operator: node.name })]
  const found: Fix[] = []
  const field = timeField(s, node)
  if (field !== null && !settings.assigner) {
    const edits: OperatorEdit[] = [{ node: node.id, set: 'timestampField', value: field }]
    if (settings.generator.type === 'none') edits.unshift({ node: node.id, set: 'bound', value: 5000 })
    found.push(edit('set-timestamps', { operator: node.name, field }, ...edits))
    const topic = s.sources.scenario.topics.find(({ name }) => name === node.operator.params.topic)
    if (topic !== undefined && topic.eventTime === undefined && settings.generator.type !== 'none')
      found.push(
        scenario('topic-time', { topic: topic.name, field }, (of) => ({
          ...of,
          topics: of.topics.map((one) => (one.name === topic.name ? { ...one, eventTime: field } : one)),
        })),
      )
  }
  return found.length > 0 ? found : [advice('assign-timestamps', { operator: node.name })]
}

/** Records of several sources without a time: what one click can give all of them, else each way on its own. */
export function timestampsOfAll(s: Situation, nodes: readonly StreamNode[]): Fix[] {
  const each = nodes.map((node) => timestamps(s, node))
  if (each.length < 2) return each.flat()
  const edits = each.map((fixes) => fixes.find(({ change }) => change.of === 'program'))
  if (edits.some((fix) => fix === undefined)) return each.flat()
  const fields = [...new Set(edits.map((fix) => String(fix!.args.field)))]
  return [
    edit(
      'set-timestamps',
      { operator: nodes.map(({ name }) => name).join(', '), field: fields.join(', ') },
      ...edits.flatMap((fix) => (fix!.change.of === 'program' ? fix!.change.edits : [])),
    ),
  ]
}

/** The auto-watermark interval is 0: where the program says so its word beats the cluster's, and it is the program that has to change. */
export const interval = (s: Situation, job: number): Fix[] => {
  const { key, defaultValue } = PipelineOptions.AUTO_WATERMARK_INTERVAL
  const own = { ...s.header.streamGraph.configuration, ...s.graph.job.jobs[job]?.configuration }
  return own[key] === undefined || s.sources.scenario.configuration[key] === own[key]
    ? clusterInterval
    : [advice('interval-in-program', { interval: spanOf(defaultValue) })]
}
const clusterInterval: Fix[] = [
  scenario(
    'set-interval',
    { interval: spanOf(PipelineOptions.AUTO_WATERMARK_INTERVAL.defaultValue) },
    withSettings({ [PipelineOptions.AUTO_WATERMARK_INTERVAL.key]: '200 ms' }),
  ),
]

/** The clock stands: let it run from here on, or not stop it at all. */
export function clock(s: Situation): Fix[] {
  const { intervention } = s.clock
  return [
    scenario('run-clock', {}, withOne({ at: Math.ceil(s.time), do: 'set-clock', running: true, forward: 0 })),
    ...(intervention < 0 ? [] : [scenario('not-stop-clock', {}, without(intervention))]),
  ]
}

/** The clock is put forward so far that what waits for it is due. */
export const forward = (s: Situation, to: number): Fix[] =>
  to > s.clock.now
    ? [
        scenario(
          'put-clock-forward',
          { to: processingTime(to), by: spanOf(to - s.clock.now) },
          withOne({ at: Math.ceil(s.time), do: 'set-clock', running: s.clock.running, forward: to - s.clock.now }),
        ),
      ]
    : []

/** Sources with more subtasks than partitions, each with how many partitions there are. */
export function parallelism(s: Situation, short: readonly { readonly node: StreamNode; readonly partitions: number }[]): Fix[] {
  const names = short.map(({ node }) => node.name).join(', ')
  const topicOf = (node: StreamNode) => String(node.operator.params.topic ?? '')
  const values = short.map(({ partitions }) => Math.max(1, partitions))
  const wanted = new Map(short.map(({ node }) => [topicOf(node), node.parallelism]))
  // Rows that their producer sends to a partition by its number would leave new ones empty.
  const spread = s.sources.scenario.topics.every(({ name, placed }) => !wanted.has(name) || Object.keys(placed ?? {}).length === 0)
  return [
    edit(
      'set-parallelism',
      { operator: names, parallelism: [...new Set(values)].join(', ') },
      ...short.map(({ node }, at): OperatorEdit => ({ node: node.id, set: 'parallelism', value: values[at]! })),
    ),
    ...idleness(
      s,
      short.map(({ node }) => node),
    ),
    ...(spread
      ? [
          scenario(
            'more-partitions',
            { topic: [...wanted.keys()].join(', '), partitions: [...new Set(wanted.values())].join(', ') },
            (of) => ({
              ...of,
              topics: of.topics.map((topic) => ({ ...topic, partitions: Math.max(topic.partitions, wanted.get(topic.name) ?? 0) })),
            }),
          ),
        ]
      : []),
  ]
}

const IDLENESS = 1000
/** Idleness for all that would hold: three times as long as records usually take where they come, a second at least. `chosen`: ms, if it is known. */
export function idleness(_s: Situation, nodes: readonly StreamNode[], chosen?: number): Fix[] {
  const value = chosen ?? IDLENESS
  const able = nodes.filter((node) => {
    const settings = watermarkSettingsOf(node)
    // One that is set is as long as it is for a reason: only another that was chosen takes its place.
    return settings !== null && (settings.idleness === null || (chosen !== undefined && chosen !== settings.idleness))
  })
  return able.length === 0
    ? []
    : [
        edit(
          'set-idleness',
          { operator: able.map(({ name }) => name).join(', '), idleness: spanOf(value) },
          ...able.map((node): OperatorEdit => ({ node: node.id, set: 'idleness', value })),
        ),
      ]
}
/** ms to wait for the records of splits as they usually come, rounded up to what one would write. */
export function usualIdleness(s: Situation, splits: readonly Split[]): number {
  const ms = Math.max(IDLENESS, patience(s, splits) / 1000)
  const step = ms <= 10_000 ? 1000 : ms <= 60_000 ? 5000 : 60_000
  return Math.ceil(ms / step) * step
}

/**
 * A partition gives nothing: it speaks again, or nobody waits for it. `hand`: the intervention that silenced it, −1 none; `idle` ms, null: none is
 * set; `splits`: all that have a say in the watermark, of which `need` is wanted.
 */
export function silent(s: Situation, split: Split, hand: number, idle: number | null, splits: readonly Split[], need: number): Fix[] {
  const { node, partition } = split
  const found: Fix[] = []
  const quiet = Math.max(1, Math.floor((s.time - s.timeOf(split.last)) / 1000))
  const usual = usualIdleness(s, splits)
  const held = splits.filter((other) => !other.idle && !other.over && other.potential < need)
  // As far as the others are, so that not only this one window goes on.
  const target = Math.max(need, ...splits.filter(({ over }) => !over).map(({ potential }) => potential))
  if (idle === null)
    found.push(
      ...idleness(
        s,
        [...new Set([split, ...held].map((other) => other.node))].filter(
          (other) => other === node || watermarkSettingsOf(other)?.idleness === null,
        ),
        usual,
      ),
    )
  else if (idle > IDLENESS) found.push(...idleness(s, [node], Math.min(usual, Math.max(1, Math.floor(Math.min(idle, quiet) / 4)))))
  if (hand >= 0) found.push(scenario('unsilence', { topic: String(node.operator.params.topic ?? ''), partition }, without(hand)))
  // What is written to it by hand would be silenced or late like the rest.
  else found.push(...laterEvent(s, held.includes(split) ? held : [split, ...held], target))
  return found
}

/** Other bounds, in ms, where one is set. */
export function bound(_s: Situation, values: ReadonlyMap<StreamNode, number>): Fix[] {
  const able = [...values].flatMap(([node, value]) => {
    const generator = watermarkSettingsOf(node)?.generator
    const chosen = Math.max(0, Math.floor(value))
    if (generator?.type !== 'bounded' && generator?.type !== 'monotonous') return []
    return boundOf(watermarkSettingsOf(node)) === chosen ? [] : [{ node, chosen }]
  })
  if (able.length === 0) return []
  // One number for all of them is easier to read; less than would do is never wrong for what is asked.
  const least = Math.min(...able.map(({ chosen }) => chosen))
  return [
    edit(
      'set-bound',
      { operator: able.map(({ node }) => node.name).join(', '), bound: spanOf(least) },
      ...able.map(({ node }): OperatorEdit => ({ node: node.id, set: 'bound', value: least })),
    ),
  ]
}

/** An event is added to each of the splits, late enough that their watermarks come to `need`. Only topics can be added to. */
export function laterEvent(s: Situation, splits: readonly Split[], need: number): Fix[] {
  const { topics } = s.sources
  const wanted = splits.filter(({ partition, node }) => partition >= 0 && typeof node.operator.params.topic === 'string').slice(0, 16)
  if (topics === undefined || wanted.length === 0 || Math.abs(need) > 8e15) return []
  const bound = Math.max(...wanted.map(({ settings }) => boundOf(settings)))
  const time = need + bound + 1
  const topicsOf = [...new Set(wanted.map(({ node }) => String(node.operator.params.topic)))]
  const models = wanted.map((split) => modelOf(s, topics, split))
  return [
    scenario('add-event', { topic: topicsOf.join(', '), time: eventTime(time), count: wanted.length }, (of) =>
      wanted.reduce((before, split, index) => {
        const resolved = topics.find(({ name }) => name === split.node.operator.params.topic)
        if (resolved === undefined) return before
        const last = Math.max(0, ...resolved.partitions.map((records) => records.at(-1)?.arrival ?? 0))
        const { like, timeColumn } = models[index]!
        return addEvent(before, resolved, {
          partition: split.partition,
          eventTime: time,
          arrival: Math.ceil(Math.max(s.time, last)) + 1000 * (index + 1),
          ...(like === undefined ? {} : { like }),
          ...(timeColumn === undefined ? {} : { timeColumn }),
        })
      }, of),
    ),
  ]
}

/** The row that a new event is like: the split's own latest, else any; and the column that holds its time, if the topic names none. */
function modelOf(s: Situation, topics: readonly ResolvedTopic[], split: Split): { readonly like?: number; readonly timeColumn?: string } {
  const resolved = topics.find(({ name }) => name === split.node.operator.params.topic)
  const topic = s.sources.scenario.topics.find(({ name }) => name === resolved?.name)
  if (resolved === undefined || topic === undefined) return {}
  const row = split.greatestEvent < 0 ? undefined : rowOf(s, resolved, split.greatestEvent)
  const field = topic.eventTime === undefined ? timeField(s, split.node) : null
  return { ...(row === undefined ? {} : { like: row }), ...(field === null ? {} : { timeColumn: field }) }
}

/** The row of its table that a SourceRecord was; undefined if that cannot be told. */
export function rowOf(s: Situation, resolved: ResolvedTopic, event: number): number | undefined {
  const { c: partition, d: offset } = s.at(event)
  return resolved.partitions[partition]?.[offset]?.row
}

/** The event of a SourceRecord is taken out; −1: it has none. */
export function removeEvent(s: Situation, event: number): Fix[] {
  if (event < 0) return []
  const node = s.node(s.at(event).a)
  const resolved = s.sources.topics?.find(({ name }) => name === node?.operator.params.topic)
  const row = resolved === undefined ? undefined : rowOf(s, resolved, event)
  if (resolved === undefined || row === undefined) return []
  return [
    scenario('remove-event', { topic: resolved.name, row: row + 1, time: eventTime(s.at(event).x) }, (of) =>
      deleteEvent(of, resolved, row),
    ),
  ]
}

/** Dates of today in another unit than Flink's: so many of them make a ms, or a ms so many of them. */
export function units(time: number): Fix[] {
  const unit = unitOf(time)
  return unit === null
    ? []
    : [advice('time-unit', { time: eventTime(time), unit, factor: unit === 's' ? '× 1000' : unit === 'µs' ? '÷ 1000' : '÷ 1000000' })]
}
/** What a time is probably counted in, if it is of 2001 to 2065 that way and years from now as ms; null: ms. */
export function unitOf(time: number): 's' | 'µs' | 'ns' | null {
  if (time >= 1e9 && time < 3e9) return 's'
  if (time >= 1e15 && time < 3e15) return 'µs'
  return time >= 1e18 && time < 3e18 ? 'ns' : null
}

/** Room for sources of an alignment group to go as far as `need` while the slowest of them is at `least`. */
export function drift(nodes: readonly StreamNode[], need: number, least: number): Fix[] {
  const able = nodes.filter((node) => (watermarkSettingsOf(node)?.alignment ?? null) !== null)
  const now = Math.max(0, ...able.map((node) => watermarkSettingsOf(node)!.alignment!.maxDrift))
  const far = need - least
  const value = Math.max(now * 10 + 1000, far < 8e15 ? Math.ceil(far / 1000) * 1000 + 1000 : 0)
  return able.length === 0
    ? []
    : [
        edit(
          'set-drift',
          { operator: able.map(({ name }) => name).join(', '), drift: spanOf(value) },
          ...able.map((node): OperatorEdit => ({ node: node.id, set: 'alignmentDrift', value })),
        ),
      ]
}

/** A subtask that somebody made slow is as fast again as it was. */
export const notSlow = (intervention: number, task: string): Fix[] =>
  intervention < 0 ? [] : [scenario('not-slow', { task }, without(intervention))]

export const lateness = (node: StreamNode, value: number): Fix[] => [
  edit('set-lateness', { operator: node.name, lateness: spanOf(value) }, { node: node.id, set: 'allowedLateness', value }),
]
export const defaultTrigger = (node: StreamNode): Fix[] => [
  edit('default-trigger', { operator: node.name }, { node: node.id, set: 'trigger', value: 'default' }),
]
export function count(node: StreamNode, value: number): Fix[] {
  return value < 1 ? [] : [edit('set-count', { operator: node.name, count: value }, { node: node.id, set: 'triggerCount', value })]
}
export const offset = (node: StreamNode, value: number): Fix[] => {
  const type = windowSettingsOf(node)?.assigner.type
  return type !== 'tumbling' && type !== 'sliding'
    ? []
    : [edit('set-offset', { operator: node.name, offset: spanOf(value) }, { node: node.id, set: 'windowOffset', value })]
}
export const code = (node: StreamNode): Fix[] => [advice('look-at-code', { operator: node.name, line: node.line ?? 0 })]
export const say = (what: string, args: Args = {}): Fix[] => [advice(what, args)]

/** A TaskManager more from the start. */
export const moreTaskManagers = (s: Situation): Fix[] => {
  const count = s.sources.scenario.cluster.taskManagers + 1
  if (count > 64) return []
  return [scenario('more-task-managers', { count }, (of) => ({ ...of, cluster: { ...of.cluster, taskManagers: count } }))]
}
/** A file system that has no end; nothing where none was set. */
export const moreRoom = (s: Situation): Fix[] =>
  s.sources.scenario.fileSystem?.capacity === undefined
    ? []
    : [
        scenario('more-room', {}, (of) => {
          if (of.fileSystem === undefined) return of
          const { capacity: _capacity, ...rest } = of.fileSystem
          return { ...of, fileSystem: rest }
        }),
      ]
