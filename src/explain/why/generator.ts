import { PipelineOptions } from '../../core/options'
import { LONG_MIN } from '../../core/time'
import type { StreamNode } from '../../graph/types'
import * as fixes from './fixes'
import type { Held, Wanted } from './hold'
import { droppedBefore, missingBefore } from './missing'
import { eventTime, processingTime, spanOf, type Situation } from './situation'
import { boundOf, isSilent, leftBehind, partitionsOf, splitsOf, type Split } from './splits'
import type { Cause, Fix, RootCause } from './types'
import type { Selection } from '../../scenario/types'

/** Why a source subtask, or an operator that makes watermarks, has not given the watermark that is wanted (T-1 … T-13). */
export function heldAtGenerator(s: Situation, exec: number, node: StreamNode, wanted: Wanted): Held {
  const settings = s.watermarks(node)
  const task = s.subtaskName(exec)
  const here: Selection = s.subtaskSelection(exec)
  const end = (
    code: string,
    root: RootCause,
    args: Cause['args'],
    event: number,
    selection: Selection,
    ways: readonly Fix[] = [],
  ): Held => ({
    causes: [s.cause(code, { operator: node.name, task, ...args }, event, selection)],
    root,
    fixes: ways,
  })
  const splits = splitsOf(s, exec, node)
  const emitted = s.emittedEvent(exec, node.id)
  const firstRecord = splits.find(({ first }) => first >= 0)?.first ?? -1
  const ofOperator: Selection = { kind: 'operator', node: node.id }

  if (settings === null || settings.generator.type === 'none') {
    const byItself = settings === null && emitted >= 0
    if (!byItself) {
      const untimed = splits.some(({ count, untimed }) => count > 0 && untimed === count)
      if (untimed && settings === null) return end('records-untimed', 'no-timestamps', {}, firstRecord, ofOperator, fixes.strategy(s, node))
      return end(
        'no-strategy',
        'no-watermark-strategy',
        {},
        firstRecord,
        ofOperator,
        fixes.strategyOfAll(s, withoutStrategy(s, node, wanted)),
      )
    }
  }
  if (splits.some(({ count, untimed }) => count > 0 && untimed === count))
    return end('records-untimed', 'no-timestamps', {}, firstRecord, ofOperator, fixes.timestamps(s, node))

  const job = s.jobOf(exec)
  const interval = s.option(job, PipelineOptions.AUTO_WATERMARK_INTERVAL)
  const periodic = settings !== null && settings.generator.type !== 'user' && settings.generator.type !== 'none'
  if (interval === 0 && (periodic || (emitted < 0 && settings?.generator.type === 'user')))
    return end('interval-zero', 'no-periodic-emission', {}, firstRecord, ofOperator, fixes.interval(s, job))

  const partitions = node.role === 'source' ? partitionsOf(s, exec, node) : null
  if (partitions?.length === 0) return noPartition(s, exec, node, wanted)
  if (node.role !== 'source' && splits[0]!.count === 0) return nothingReaches(s, exec, node, wanted)

  const counting = splits.filter(({ idle, over }) => !idle && !over)
  if (counting.length === 0) {
    const last = splits.reduce((one, other) => (other.idleEvent > one.idleEvent ? other : one))
    return end('generator-idle', 'all-idle', {}, last.idleEvent, here, fixes.laterEvent(s, [last], wanted.need + wanted.apart))
  }
  const least = counting.reduce((one, other) =>
    standing(other) < standing(one) || (standing(other) === standing(one) && other.count < one.count) ? other : one,
  )
  const causes: Cause[] = []
  if (splits.length > 1) {
    causes.push(
      s.cause(
        'least-partition',
        { operator: node.name, task, partition: least.partition, watermark: eventTime(standing(least)), partitions: splits.length },
        least.watermarkEvent >= 0 ? least.watermarkEvent : least.greatestEvent,
        selectionOf(least),
      ),
    )
  }
  const held = heldAtSplit(s, least, wanted, interval)
  return { ...held, causes: [...causes, ...held.causes] }
}

/** All that make no watermarks where some are wanted, the one in question first. */
const withoutStrategy = (s: Situation, node: StreamNode, { splits }: Wanted): StreamNode[] =>
  [...new Set([node, ...splits.map((split) => split.node)])].filter(
    (other) => other === node || s.watermarks(other)?.generator.type === 'none',
  )

/** Where a split's watermark stands: what it gave, or, between two periodic emissions, what it is about to give. */
const standing = ({ watermark, potential, settings }: Split): number =>
  settings === null || settings.generator.type === 'user' ? watermark : Math.max(watermark, potential)

const selectionOf = (split: Split): Selection =>
  split.partition >= 0 ? { kind: 'partition', node: split.node.id, partition: split.partition } : { kind: 'operator', node: split.node.id }

function heldAtSplit(s: Situation, split: Split, wanted: Wanted, interval: number): Held {
  const { need, stands, splits } = wanted
  const later = need + wanted.apart
  const { node, settings, partition, greatest } = split
  const selection = selectionOf(split)
  const args = { operator: node.name, task: s.subtaskName(split.exec), partition }
  const one = (code: string, root: RootCause, more: Cause['args'], event: number, ways: readonly Fix[]): Held => ({
    causes: [s.cause(code, { ...args, ...more }, event, selection)],
    root,
    fixes: ways,
  })
  if (split.pausedEvent >= 0) return aligned(s, split, selection, wanted)

  const { clock } = s
  if (settings !== null && settings.generator.type !== 'user' && split.potential >= need) {
    if (!clock.running)
      return one(
        'clock-stands',
        'no-periodic-emission',
        { now: processingTime(clock.now) },
        s.interventionEvent(clock.intervention),
        fixes.clock(s),
      )
    return one(
      'next-emission',
      'still-on-the-way',
      { interval: spanOf(interval), watermark: eventTime(split.potential) },
      split.greatestEvent,
      [],
    )
  }
  const others = splits.filter(
    (other) => other !== split && (other.exec !== split.exec || other.partition !== partition || other.node !== node),
  )
  const elsewhere = others.filter(({ idle, over }) => !idle && !over)
  const silent = isSilent(s, split, elsewhere)
  const past = elsewhere.some((other) => standing(other) >= need)
  const where = partition >= 0 ? 'partition' : 'generator'

  if (split.count === 0) {
    if (elsewhere.some(({ count }) => count > 0))
      return silence(s, split, one(`${where}-never`, 'silent-partition', {}, firstOf(elsewhere), []), wanted)
    return one('nothing-read', 'no-data', {}, -1, fixes.laterEvent(s, [split], later))
  }
  const bound = boundOf(settings)
  // Its own events would be enough: it is its bound that holds, if it ended no earlier than the others.
  const byBound = !stands && bound > 0 && greatest - 1 >= need
  const unit = past ? otherUnit(split, elsewhere) : null
  if (unit !== null)
    return one('other-unit', 'time-unit', { greatest: eventTime(greatest), unit, others: eventTime(greatestOf(elsewhere)) }, split.last, [
      ...fixes.units(greatest),
      ...fixes.laterEvent(s, [split], later),
    ])
  const behindOthers = leftBehind(s, split, elsewhere)
  const silenced = handOn(s, split, 'silence-partition') >= 0
  if (silent && (behindOthers ? past || silenced : past && !byBound)) {
    const quiet = { since: processingTime(s.clockAtEvent(split.last)), greatest: eventTime(greatest) }
    return silence(s, split, one(behindOthers ? `${where}-silent` : `${where}-behind`, 'silent-partition', quiet, split.last, []), wanted)
  }
  if (settings === null || settings.generator.type === 'user') {
    const ignored = s.saidOf(split.exec, node.id)?.ignored.last(s.event) ?? -1
    if (ignored >= 0 && ignored > split.watermarkEvent) {
      const event = s.at(ignored)
      return one(
        'watermark-back',
        'watermark-went-back',
        { lower: eventTime(event.x), watermark: eventTime(Number(event.value())) },
        ignored,
        [],
      )
    }
    if (greatest - 1 >= need && !(stands && split.watermark >= greatest - 1))
      return one(
        'generator-lazy',
        'generator-user',
        { name: settings?.generator.type === 'user' ? settings.generator.name : node.name, greatest: eventTime(greatest) },
        split.greatestEvent,
        [],
      )
  }
  if (byBound && !soon(s, split, need))
    return one(
      'bound-holds',
      'bound-too-large',
      {
        bound: spanOf(bound),
        greatest: eventTime(greatest),
        watermark: eventTime(split.potential),
        need: eventTime(need),
        missing: spanOf(need - split.potential),
      },
      split.greatestEvent,
      [...boundOfAll(s, split, wanted), ...fixes.laterEvent(s, behind(splits, need), later)],
    )
  const filtered = stands || node.role === 'source' ? -1 : droppedBefore(s, split.exec, node.id, need + bound + 1)
  if (filtered >= 0) {
    const event = s.at(filtered)
    const by = s.node(event.a)
    return {
      causes: [
        s.cause(
          'no-later-needs',
          { ...args, greatest: eventTime(greatest), need: eventTime(need + bound + 1) },
          split.greatestEvent,
          selection,
        ),
        s.cause('later-dropped', { operator: s.name(event.a), timestamp: eventTime(event.x) }, filtered, {
          kind: 'operator',
          node: event.a,
        }),
      ],
      root: 'user-code-filters',
      fixes: by === undefined ? [] : fixes.code(by),
    }
  }
  return one(
    stands || need >= 9e18 ? 'no-later' : bound > 0 ? 'no-later-needs-bound' : 'no-later-needs',
    'no-later-event',
    { greatest: eventTime(greatest), need: eventTime(need + bound + 1), bound: spanOf(bound) },
    split.greatestEvent,
    [...fixes.laterEvent(s, behind(splits, stands ? greatest : need), stands ? greatest : later), ...fixes.units(greatest)],
  )
}

/** Whether what is missing comes by itself in less than a third of the event time that a split has brought so far: it goes on, and its bound is in nobody's way. */
function soon(s: Situation, split: Split, need: number): boolean {
  if (split.count < 3 || isSilent(s, split, [split])) return false
  return need - split.potential <= (split.greatest - s.x(split.first)) / 3
}

/** Smaller bounds for all that hold by their bounds alone. */
function boundOfAll(s: Situation, split: Split, { need, splits }: Wanted): readonly Fix[] {
  const held = [split, ...behind(splits, need)].filter(({ greatest, settings }) => boundOf(settings) > 0 && greatest - 1 >= need)
  const values = new Map<StreamNode, number>()
  for (const { node, greatest } of held) values.set(node, Math.min(values.get(node) ?? Infinity, greatest - 1 - need))
  return fixes.bound(s, values)
}

const greatestOf = (splits: readonly Split[]): number =>
  splits.reduce((most, { greatest }) => (greatest > most ? greatest : most), -Infinity)

/** What a split counts in if its times read as dates of our day in one unit, and those of the others in another; null: the same. */
function otherUnit({ greatest }: Split, others: readonly Split[]): string | null {
  const unit = fixes.unitOf(greatest)
  const most = greatestOf(others)
  return unit !== null && most > 1e11 && fixes.unitOf(most) !== unit ? unit : null
}

/** All that a later event would have to come to. */
const behind = (splits: readonly Split[], need: number): Split[] =>
  splits.filter((split) => !split.idle && !split.over && standing(split) < need)

const firstOf = (splits: readonly Split[]): number => splits.find(({ first }) => first >= 0)?.first ?? -1

/** What else there is to say of a partition that gives nothing: who silenced it, and why idleness has not helped. */
function silence(s: Situation, split: Split, held: Held, { need, splits }: Wanted): Held {
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
function handOn(s: Situation, { node, partition }: Split, what: 'silence-partition' | 'delay-partition'): number {
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

function aligned(s: Situation, split: Split, selection: Selection, { need, splits }: Wanted): Held {
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

function noPartition(s: Situation, exec: number, node: StreamNode, { splits }: Wanted): Held {
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
function nothingReaches(s: Situation, exec: number, node: StreamNode, wanted: Wanted): Held {
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
