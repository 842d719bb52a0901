import { PipelineOptions } from '../../core/options'
import { LONG_MIN } from '../../core/time'
import type { StreamNode } from '../../graph/types'
import type { Selection } from '../../scenario/types'
import * as fixes from './fixes'
import type { Held, Wanted } from './hold'
import { missingBefore } from './missing'
import { eventTime, spanOf, type Situation } from './situation'
import { behind, type Split } from './splits'
import type { Cause } from './types'

/** Generators to which nothing comes: silent partitions, paused ones, subtasks without any, operators that no record reaches. */

/** What else there is to say of a partition that gives nothing: who silenced it, and why idleness has not helped. */
export function silence(s: Situation, split: Split, held: Held, { need, splits }: Wanted): Held {
  const causes: Cause[] = [...held.causes]
  const { settings, node, partition } = split
  const topic = String(node.operator.params.topic ?? '')
  const hand = Math.max(handOn(s, split, 'silence-partition'), handOn(s, split, 'delay-partition'))
  if (hand >= 0) {
    const intervention = s.sources.scenario.interventions[hand]!
    causes.push(
      s.cause(intervention.do === 'silence-partition' ? 'silenced' : 'delayed', { topic, partition }, s.interventionEvent(hand), {
        kind: 'partition',
        node: node.id,
        partition,
      }),
    )
  }
  const idleness = settings?.idleness ?? null
  if (idleness === null) {
    causes.push(s.cause('no-idleness', { operator: node.name }, -1, { kind: 'operator', node: node.id }))
  } else if (!s.clock.running) {
    causes.push(
      s.cause('idleness-clock-stands', { operator: node.name }, s.interventionEvent(s.clock.intervention), {
        kind: 'operator',
        node: node.id,
      }),
    )
    return { ...held, causes, root: 'no-periodic-emission', fixes: fixes.clock(s) }
  } else {
    causes.push(idlenessNotOver(s, node, idleness, split.last))
  }
  return { ...held, causes, fixes: fixes.silent(s, split, hand, idleness, splits, need) }
}

/** The last intervention of a kind that still works on a split's partition, −1: none. */
export function handOn(s: Situation, { node, partition }: Split, what: 'silence-partition' | 'delay-partition'): number {
  const topic = String(node.operator.params.topic ?? '')
  return s.sources.scenario.interventions.findLastIndex(
    (one) =>
      one.do === what &&
      one.topic === topic &&
      one.partition === partition &&
      one.at <= s.time &&
      (one.do !== 'silence-partition' || one.until === undefined || one.until > s.time),
  )
}

/** Watermark alignment holds a split back: who is the slowest of its group, and how far that lets one go (T-12, T-13). */
export function aligned(s: Situation, split: Split, selection: Selection, { need, splits }: Wanted): Held {
  const event = s.at(split.pausedEvent)
  const allowed = event.x
  const { node, settings } = split
  const causes: Cause[] = []
  const announced = s.evidence.announcements.last(s.event)
  let least = allowed - (settings?.alignment?.maxDrift ?? 0)
  if (announced >= 0) {
    const value = s.at(announced).value() as readonly [string, number, number]
    const slow = value[2]
    if (Number.isFinite(value[1])) least = Math.min(least, value[1])
    if (slow >= 0 && s.header.executionGraph.vertices[slow] !== undefined)
      causes.push(
        s.cause(
          'alignment-least',
          { task: s.subtaskName(slow), watermark: eventTime(value[1]), group: value[0] },
          announced,
          s.subtaskSelection(slow),
        ),
      )
  }
  causes.push(
    s.cause(
      'alignment-pauses',
      {
        operator: node.name,
        task: s.subtaskName(split.exec),
        partition: split.partition,
        allowed: eventTime(allowed),
        drift: spanOf(settings?.alignment?.maxDrift ?? 0),
        watermark: eventTime(Math.max(split.watermark, LONG_MIN)),
      },
      split.pausedEvent,
      selection,
    ),
  )
  // All of the group that hold what is asked about would be held in its place.
  const ofGroup = [...new Set([split, ...behind(splits, need)].map((other) => other.node))].filter(
    (other) => s.watermarks(other)?.alignment?.group === settings?.alignment?.group,
  )
  return { causes, root: 'alignment', fixes: fixes.drift(ofGroup, need, least) }
}

/** T-5: idleness is noticed at the second check without an event at the earliest. */
const idlenessNotOver = (s: Situation, node: StreamNode, idleness: number, event: number): Cause =>
  s.cause(
    'idleness-not-over',
    {
      operator: node.name,
      idleness: spanOf(idleness),
      interval: spanOf(s.option(s.jobVertexOf(node.id)?.job ?? 0, PipelineOptions.AUTO_WATERMARK_INTERVAL)),
    },
    event,
    { kind: 'operator', node: node.id },
  )

/** A subtask of a source that has no partition to read. */
export function noPartition(s: Situation, exec: number, node: StreamNode, { splits }: Wanted): Held {
  const topic = s.header.topics.find(({ name }) => name === node.operator.params.topic)
  const { parallelism } = s.header.executionGraph.vertices[exec]!
  const settings = s.watermarks(node)
  return {
    causes: [
      s.cause(
        'subtask-without-partition',
        { task: s.subtaskName(exec), operator: node.name, topic: topic?.name ?? '', partitions: topic?.partitions ?? 0, parallelism },
        s.execution(exec).event,
        s.subtaskSelection(exec),
      ),
      ...(settings === null || settings.idleness === null ? [] : [idlenessNotOver(s, node, settings.idleness, s.execution(exec).event)]),
    ],
    root: 'more-subtasks-than-partitions',
    fixes: fixes.parallelism(s, shortOf(s, [node, ...splits.map((split) => split.node)])),
  }
}

/** Of the sources those that have subtasks without a partition. */
function shortOf(s: Situation, nodes: readonly StreamNode[]): { node: StreamNode; partitions: number }[] {
  return [...new Set(nodes)].flatMap((node) => {
    const topic = s.header.topics.find(({ name }) => name === node.operator.params.topic)
    const partitions = topic?.partitions ?? 1
    return node.operator.params.source === 'log' && s.subtasksOf(node.id).length > partitions ? [{ node, partitions }] : []
  })
}

/** No record has come to an operator that makes watermarks: because of what stands before it. */
export function nothingReaches(s: Situation, exec: number, node: StreamNode, wanted: Wanted): Held {
  const first = s.cause('nothing-reaches', { operator: node.name, task: s.subtaskName(exec) }, -1, s.subtaskSelection(exec))
  const more = missingBefore(s, exec, node.id)
  if (more !== null)
    return {
      ...more,
      causes: [first, ...more.causes],
      // It is here that idleness would have to be: what is before it makes no watermarks that count (T-4).
      fixes: [...more.fixes.filter(({ code }) => code !== 'set-idleness'), ...fixes.idleness(s, [node])],
    }
  const others = wanted.splits.some(({ count }) => count > 0)
  return {
    causes: [first],
    root: others ? 'silent-partition' : 'no-data',
    fixes: others ? fixes.idleness(s, [node], fixes.usualIdleness(s, wanted.splits)) : [],
  }
}
