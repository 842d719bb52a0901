import type { Intervention, ResolvedTopic, TopicRecord } from './types'

type OfPartition = Extract<Intervention, { readonly do: 'silence-partition' | 'delay-partition' }>

/** What is done to partitions, in the order in which it takes effect. */
const ofPartitions = (interventions: readonly Intervention[]): readonly OfPartition[] =>
  interventions
    .filter((intervention) => intervention.do === 'silence-partition' || intervention.do === 'delay-partition')
    // Stable: equal times keep their order.
    .sort((a, b) => a.at - b.at)

/** When what would come at `arrival` can be read after this intervention; null: never. */
function moved(arrival: number, intervention: OfPartition): number | null {
  if (arrival < intervention.at) return arrival
  if (intervention.do === 'delay-partition') return arrival + Math.max(0, intervention.by)
  const { until } = intervention
  return until === undefined ? null : Math.max(arrival, until)
}

/** When a record of a partition can be read, virtual µs, by when it could before all interventions; null: never. */
export function arrivalsAfter(
  interventions: readonly Intervention[],
  topic: string,
  partition: number,
): (arrival: number) => number | null {
  const mine = ofPartitions(interventions).filter((one) => one.topic === topic && one.partition === partition)
  return (arrival) => mine.reduce<number | null>((at, intervention) => (at === null ? null : moved(at, intervention)), arrival)
}

/** A partition while interventions are applied to it. */
interface Writing {
  readonly records: readonly TopicRecord[]
  /** Virtual µs from which on nothing more is written; null: it goes on to its last record. */
  readonly ends: number | null
}

function apply({ records, ends }: Writing, intervention: OfPartition): Writing {
  const result: TopicRecord[] = []
  for (const record of records) {
    const arrival = moved(record.arrival, intervention)
    // Nobody can know before its beginning that what was written by then was the last.
    if (arrival === null) return { records: result, ends: Math.min(ends ?? Infinity, intervention.at) }
    result.push(arrival === record.arrival ? record : { ...record, arrival })
  }
  return { records: result, ends }
}

/**
 * The log as it is when partitions fall silent or are late (`silence-partition`, `delay-partition`): each intervention changes what would come at its
 * time or later after all that were before it, and nothing that came before. The order within a partition stays. A silence
 * that ends gives what would have come meanwhile at its end, all at once; one that does not end takes it away, and what lies before
 * is then the whole partition (`ResolvedTopic.ends`). So of two silences that overlap the partition is silent as long as either; what
 * a delay has moved behind a silence's end is not touched by that; what a silence has held back is delayed if its end is not before the delay.
 * Topics and partitions that there are not are left out.
 */
export function withInterventions(topics: readonly ResolvedTopic[], interventions: readonly Intervention[]): readonly ResolvedTopic[] {
  const done = ofPartitions(interventions)
  if (done.length === 0) return topics
  return topics.map((topic) => {
    const mine = done.filter((intervention) => intervention.topic === topic.name)
    if (mine.length === 0) return topic
    const partitions = topic.partitions.map((records, partition) =>
      mine
        .filter((intervention) => intervention.partition === partition)
        .reduce<Writing>(apply, { records, ends: topic.ends?.[partition] ?? null }),
    )
    return { ...topic, partitions: partitions.map(({ records }) => records), ends: partitions.map(({ ends }) => ends) }
  })
}
