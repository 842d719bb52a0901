import { LONG_MIN } from '../../core/time'
import { flagAt, valueAt, type Since } from './moments'
import { SplitFlag } from './state'
import type { AlignmentTrack, AttemptTrack, GeneratorTrack, SplitTrack, TimeState } from './state'

/** A partition that a source subtask reads. */
export interface SplitNow {
  readonly split: SplitTrack
  /** Its generator's; LONG_MIN before the first. */
  readonly watermark: Since
  /** value 1: its generator says that it is idle. */
  readonly idle: Since
  /** value 1: it has been read to its end and no longer counts. */
  readonly ended: Since
  /** value 1: watermark alignment holds it; `allowed` is then the greatest watermark allowed. */
  readonly paused: Since
  readonly allowed: number
  /** Records read, and the last SourceRecord, −1: none. */
  readonly records: number
  readonly lastRecord: number
  /** The greatest timestamp so far, and the record that brought it; LONG_MIN, −1: none. */
  readonly greatest: Since
  /** Watermarks below the last one, which came to nothing; the last such event, −1: none. */
  readonly ignored: number
  readonly lastIgnored: number
}

export function splitNow(state: TimeState, split: SplitTrack): SplitNow {
  const { event } = state
  const records = split.records.count(event)
  const ignored = split.ignored.count(event)
  const allowed = split.allowed.count(event)
  return {
    split,
    watermark: valueAt(split.steps, event, LONG_MIN),
    idle: flagAt(split.steps, event, SplitFlag.Idle),
    ended: flagAt(split.steps, event, SplitFlag.Ended),
    paused: flagAt(split.steps, event, SplitFlag.Paused),
    allowed: allowed === 0 ? NaN : split.allowed.value(allowed - 1),
    records,
    lastRecord: records === 0 ? -1 : split.records.at(records - 1),
    greatest: valueAt(split.greatest, event, LONG_MIN),
    ignored,
    lastIgnored: ignored === 0 ? -1 : split.ignored.at(ignored - 1),
  }
}

/** The partitions that an attempt of a source reads at the moment; of a source that reads no topic, the reader's own output, with partition −1. */
export const splitsAt = (state: TimeState, attempt: AttemptTrack): SplitTrack[] =>
  attempt.splits.filter(
    ({ assigned, partition, node }) => assigned >= 0 && assigned <= state.event && partition >= 0 === state.index.plan.readsTopic(node),
  )

/** The split that holds the source: the least of those that are neither idle nor at their end (T-8); null: none. Of equals the first. */
export function leastSplit(state: TimeState, attempt: AttemptTrack): SplitTrack | null {
  let least: SplitTrack | null = null
  let lowest = 0
  for (const split of splitsAt(state, attempt)) {
    const at = split.steps.count(state.event) - 1
    if (at >= 0 && (split.steps.flag(at) & (SplitFlag.Idle | SplitFlag.Ended)) !== 0) continue
    const watermark = at < 0 ? LONG_MIN : split.steps.value(at)
    if (least !== null && watermark >= lowest) continue
    least = split
    lowest = watermark
  }
  return least
}

/** All attempts' tracks of a partition, that of the moment last; empty: nobody has read it yet. */
export function splitsOf(state: TimeState, node: number, partition: number): SplitTrack[] {
  return (state.index.nodes.get(node) ?? [])
    .flatMap(({ attempt }) => attempt.splits)
    .filter((split) => split.node === node && split.partition === partition && split.assigned >= 0 && split.assigned <= state.event)
    .sort((a, b) => a.assigned - b.assigned)
}

/** Whether the trace tells at all which subtask reads which partition of a source. */
export const knowsSplits = (state: TimeState, node: number): boolean => state.index.splitNodes.has(node)

/** A source's or a watermark operator's own watermark. */
export interface GeneratorNow {
  readonly watermark: Since
  readonly idle: Since
  readonly ignored: number
  readonly lastIgnored: number
}

export function generatorNow(state: TimeState, generator: GeneratorTrack): GeneratorNow {
  const ignored = generator.ignored.count(state.event)
  return {
    watermark: valueAt(generator.steps, state.event, LONG_MIN),
    idle: flagAt(generator.steps, state.event, 1),
    ignored,
    lastIgnored: ignored === 0 ? -1 : generator.ignored.at(ignored - 1),
  }
}

/** What the JobManager last announced to a group of sources (T-12). */
export interface AlignmentNow {
  readonly track: AlignmentTrack
  readonly allowed: Since
  readonly least: number
  /** Execution vertex that reported the least; −1: none. */
  readonly reporter: number
}

export function alignmentsAt(state: TimeState): AlignmentNow[] {
  const found: AlignmentNow[] = []
  for (const track of state.index.alignments) {
    const at = track.allowed.count(state.event) - 1
    if (at < 0) continue
    found.push({ track, allowed: valueAt(track.allowed, state.event, NaN), least: track.least.at(at), reporter: track.reporters.at(at) })
  }
  return found
}
