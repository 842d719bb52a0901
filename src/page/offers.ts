import { say, type Language, type Text } from '../i18n'
import { interventions as texts } from '../i18n/interventions'
import { addIntervention, replaceIntervention } from '../scenario/edits'
import type { Intervention, Scenario, Selection } from '../scenario/types'
import { currentSubtask, offsetsOf } from '../trace/cluster/queries'
import type { ClusterState } from '../trace/cluster/state'
import { clockOf } from '../trace/processingTime'
import type { TraceHeader } from '../trace/types'
import { virtualTime } from '../components/times'

/** What can be done at a moment: an edit of the scenario, and what is said when it is done. */
export interface Offer {
  readonly id: string
  readonly label: string
  readonly heading?: true
  readonly change?: (scenario: Scenario) => Scenario
  readonly told?: string
  /** Instead of an edit. */
  readonly act?: () => void
}
export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

/** Virtual µs in the unit that reads best. */
export const costText = (micros: number): string =>
  micros < 1000 ? `${micros} µs` : micros < 1e6 ? `${Number((micros / 1000).toFixed(1))} ms` : `${Number((micros / 1e6).toFixed(2))} s`

/** `flights-0`, as Kafka's tools write it. */
export const partitionName = ({ topic, partition }: PartitionName): string => `${topic}-${partition}`

/** More are not offered one by one: they are there by a click on one of them. */
const MOST_PARTITIONS = 4

/** The topic that an operator reads; null: it reads none. */
const topicOf = (header: TraceHeader, node: number): string | null => {
  const params = header.streamGraph.nodes.find(({ id }) => id === node)?.operator.params
  return params?.source === 'log' ? String(params.topic) : null
}

/** The partitions that a thing stands for or reads; of nothing in particular, those of the run, if they are few. */
export function partitionsOf(thing: Selection | null, header: TraceHeader, state: ClusterState | null): PartitionName[] {
  const all = (topic: string | null): PartitionName[] =>
    Array.from({ length: header.topics.find(({ name }) => name === topic)?.partitions ?? 0 }, (_, partition) => ({
      topic: topic!,
      partition,
    }))
  const few = (found: PartitionName[]): PartitionName[] => (found.length <= MOST_PARTITIONS ? found : [])
  const headOf = (vertex: number): number => header.executionGraph.job.vertices[vertex]?.chain[0]?.node ?? -1
  switch (thing?.kind) {
    case 'partition': {
      const topic = topicOf(header, thing.node)
      return topic === null ? [] : [{ topic, partition: thing.partition }]
    }
    case 'subtask': {
      const topic = topicOf(header, headOf(thing.vertex))
      if (topic === null) return []
      const read = state === null ? [] : offsetsOf(state, currentSubtask(state, thing.vertex, thing.subtask))
      return read.length === 0 ? few(all(topic)) : read.slice(0, MOST_PARTITIONS).map(({ partition }) => ({ topic, partition }))
    }
    case 'task':
      return few(all(topicOf(header, headOf(thing.vertex))))
    case 'operator':
      return few(all(topicOf(header, thing.node)))
    case undefined:
      return few(header.topics.flatMap(({ name }) => all(name)))
    default:
      return []
  }
}

/** A span that is well to be seen in a run that takes `whole` virtual µs. */
export function spanWithin(whole: number): number {
  const wanted = Math.max(1e6, whole / 20)
  let unit = 1e6
  while (unit * 10 <= wanted) unit *= 10
  return unit * (wanted >= 5 * unit ? 5 : wanted >= 2 * unit ? 2 : 1)
}

/** Silence, delay, speech again. */
export function partitionOffers(
  partitions: readonly PartitionName[],
  scenario: Scenario,
  at: number,
  whole: number,
  language: Language,
): Offer[] {
  const t = (text: Text, args?: Record<string, string | number>): string => say(text, language, args)
  const span = spanWithin(whole)
  return partitions.flatMap(({ topic, partition }): Offer[] => {
    const name = partitionName({ topic, partition })
    const add = (id: string, label: string, intervention: Intervention, told: string): Offer => ({
      id: `${id} ${name}`,
      label,
      change: (of) => addIntervention(of, intervention),
      told,
    })
    const time = virtualTime(at)
    const silent = scenario.interventions.findLastIndex(
      (one) =>
        one.do === 'silence-partition' && one.topic === topic && one.partition === partition && one.at < at && (one.until ?? Infinity) > at,
    )
    const delay = add(
      'delay',
      t(texts.delayOne, { partition: name, by: costText(span) }),
      { at, do: 'delay-partition', topic, partition, by: span },
      t(texts.delayed, { partition: name, by: costText(span), time }),
    )
    if (silent >= 0) {
      const speak: Offer = {
        id: `speak ${name}`,
        label: t(texts.speakOne, { partition: name }),
        change: (of) => {
          const before = of.interventions[silent]
          return before?.do === 'silence-partition' ? replaceIntervention(of, silent, { ...before, until: at }) : of
        },
        told: t(texts.speaks, { partition: name, time }),
      }
      return [speak, delay]
    }
    return [
      add(
        'silence',
        t(texts.silenceOne, { partition: name }),
        { at, do: 'silence-partition', topic, partition },
        t(texts.silenced, { partition: name, time }),
      ),
      add(
        'silenceFor',
        t(texts.silenceFor, { partition: name, span: costText(span) }),
        { at, do: 'silence-partition', topic, partition, until: at + span },
        t(texts.silencedUntil, { partition: name, time, until: virtualTime(at + span) }),
      ),
      delay,
    ]
  })
}

/**
 * A hand on the clock of the machines: it stands or runs, and is put forward.
 * @param nextTimer ms until the next processing-time timer is due on the machines' clock; null: none is set
 */
export function clockOffers(header: TraceHeader, at: number, nextTimer: number | null, language: Language): Offer[] {
  const t = (text: Text, args?: Record<string, string | number>): string => say(text, language, args)
  const running = clockOf(header).isRunning(at)
  const time = virtualTime(at)
  const offer = (id: string, label: string, runs: boolean, forward: number): Offer => ({
    id: `clock ${id}`,
    label,
    change: (of) => addIntervention(of, { at, do: 'set-clock', running: runs, forward }),
    told: t(runs ? texts.clockRuns : texts.clockStands, { forward: costText(forward * 1000), time }),
  })
  return [
    offer('turn', t(running ? texts.freeze : texts.thaw), !running, 0),
    ...[1, 1000, 60_000].map((ms) => offer(`${ms}`, t(texts.forwardOne, { by: forwardText(ms) }), running, ms)),
    ...(nextTimer === null ? [] : [offer('timer', t(texts.forwardTimer, { by: forwardText(nextTimer) }), running, nextTimer)]),
  ]
}

const forwardText = (ms: number): string => (ms % 60_000 === 0 && ms > 0 ? `${ms / 60_000} min` : costText(ms * 1000))
