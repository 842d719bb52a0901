import type { Intervention, ResolvedTopic, TopicRecord } from './types'

/** A partition while interventions are applied to it. */
interface Writing {
  readonly records: readonly TopicRecord[]
  /** Virtual µs from which on nothing more is written; null: it goes on to its last record. */
  readonly ends: number | null
}

/** Position of the first record that can be read at `time` or later. */
function firstFrom(records: readonly TopicRecord[], time: number): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (records[middle]!.arrival < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Records from `first` up to `end` come at another time. */
const moved = ({ records, ends }: Writing, first: number, end: number, when: (arrival: number) => number): Writing => ({
  records: records.map((record, at) => (at < first || at >= end ? record : { ...record, arrival: when(record.arrival) })),
  ends,
})

function apply(partition: Writing, intervention: Intervention): Writing {
  const { records, ends } = partition
  const first = firstFrom(records, intervention.at)
  if (intervention.do === 'delay-partition') {
    const { by } = intervention
    return by <= 0 ? partition : moved(partition, first, records.length, (arrival) => arrival + by)
  }
  if (intervention.do !== 'silence-partition') return partition
  const { at, until } = intervention
  if (until !== undefined) return moved(partition, first, firstFrom(records, until), () => until)
  // Nobody can know before `at` that what was written by then was the last.
  return first === records.length ? partition : { records: records.slice(0, first), ends: Math.min(ends ?? Infinity, at) }
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
  const ofPartitions = interventions
    .filter((intervention) => intervention.do === 'silence-partition' || intervention.do === 'delay-partition')
    // Stable: equal times keep their order.
    .sort((a, b) => a.at - b.at)
  if (ofPartitions.length === 0) return topics
  return topics.map((topic) => {
    const mine = ofPartitions.filter((intervention) => intervention.topic === topic.name)
    if (mine.length === 0) return topic
    const partitions = topic.partitions.map((records, partition) =>
      mine
        .filter((intervention) => intervention.partition === partition)
        .reduce<Writing>(apply, { records, ends: topic.ends?.[partition] ?? null }),
    )
    return { ...topic, partitions: partitions.map(({ records }) => records), ends: partitions.map(({ ends }) => ends) }
  })
}
