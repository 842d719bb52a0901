import { hasTimestamp, LONG_MIN } from '../../core/time'
import { TraceKind } from '../kinds'
import type { TraceEvent } from '../types'
import { AlignmentTrack, GeneratorTrack, SplitFlag, SplitTrack } from './state'
import type { AttemptTrack, TimeIndex } from './state'
import { nodeOf } from './takeTasks'

export function takeSource(index: TimeIndex, event: TraceEvent): void {
  if (event.kind === TraceKind.AlignmentAnnounced) return announced(index, event)
  const track = nodeOf(index, event.process, event.a)
  if (track === null) return
  const { attempt } = track
  const { kind, a: node, b, c, x } = event
  switch (kind) {
    case TraceKind.WatermarkEmitted: {
      const { steps } = (track.generator ??= new GeneratorTrack(node))
      steps.add(event.index, event.time, x, steps.lastFlags)
      break
    }
    case TraceKind.StatusEmitted: {
      const { steps } = (track.generator ??= new GeneratorTrack(node))
      steps.add(event.index, event.time, steps.length === 0 ? LONG_MIN : steps.lastValue, b)
      break
    }
    case TraceKind.SplitAssigned:
      index.splitNodes.add(node)
      splitOf(attempt, node, b, event)
      break
    case TraceKind.SplitWatermark: {
      const { steps } = splitOf(attempt, node, b, event)
      steps.add(event.index, event.time, x, steps.lastFlags)
      break
    }
    case TraceKind.SplitStatus:
      if (c === 2) flag(splitOf(attempt, node, b, event), SplitFlag.Ended, true, event)
      else flag(splitOf(attempt, node, b, event), SplitFlag.Idle, c === 1, event)
      break
    case TraceKind.SplitPaused: {
      // −1: the whole reader.
      const held = b >= 0 ? [splitOf(attempt, node, b, event)] : attempt.splits.filter((split) => split.node === node)
      for (const split of held) {
        flag(split, SplitFlag.Paused, c === 1, event)
        split.allowed.add(event.index, event.time, x)
      }
      break
    }
    case TraceKind.WatermarkIgnored: {
      ;(track.generator ??= new GeneratorTrack(node)).ignored.add(event.index)
      if (b >= 0) splitOf(attempt, node, b, event).ignored.add(event.index)
      break
    }
    case TraceKind.SourceRecord: {
      const split = recordsSplit(index, attempt, node, c, event)
      split.records.add(event.index)
      if (hasTimestamp(x) && !(split.greatest.lastValue >= x)) split.greatest.add(event.index, event.time, x)
      break
    }
  }
}

function flag(split: SplitTrack, which: number, set: boolean, event: TraceEvent): void {
  const { steps } = split
  const flags = set ? steps.lastFlags | which : steps.lastFlags & ~which
  if (flags !== steps.lastFlags) steps.add(event.index, event.time, steps.length === 0 ? LONG_MIN : steps.lastValue, flags)
}

/** The partition that a record is of; records of a source without any go through the reader's own output. */
function recordsSplit(index: TimeIndex, attempt: AttemptTrack, node: number, partition: number, event: TraceEvent): SplitTrack {
  return splitOf(attempt, node, index.plan.readsTopic(node) ? partition : -1, event)
}

/** The split of this number; a reader that says nothing of its splits has it from its first sign on. */
function splitOf(attempt: AttemptTrack, node: number, partition: number, event: TraceEvent): SplitTrack {
  for (const split of attempt.splits) if (split.node === node && split.partition === partition) return split
  const split = new SplitTrack(attempt, node, partition)
  split.assigned = event.index
  attempt.splits.push(split)
  return split
}

function announced(index: TimeIndex, event: TraceEvent): void {
  const said = event.value()
  if (!Array.isArray(said)) return
  const [group, least, reporter] = said as readonly unknown[]
  let track = index.alignments.find((each) => each.job === event.a && each.group === group)
  if (track === undefined) index.alignments.push((track = new AlignmentTrack(event.a, String(group))))
  const at = track.allowed.length
  track.allowed.add(event.index, event.time, event.x)
  track.least.put(at, Number(least))
  track.reporters.put(at, Number(reporter))
}
