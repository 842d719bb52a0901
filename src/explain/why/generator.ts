import { PipelineOptions } from '../../core/options'
import type { StreamNode } from '../../graph/types'
import * as fixes from './fixes'
import type { Held, Wanted } from './hold'
import { droppedBefore } from './missing'
import { eventTime, processingTime, spanOf, type Situation } from './situation'
import { behind, boundOf, isSilent, leftBehind, partitionsOf, splitsOf, standing, type Split } from './splits'
import { aligned, handOn, noPartition, nothingReaches, silence } from './standstill'
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

const firstOf = (splits: readonly Split[]): number => splits.find(({ first }) => first >= 0)?.first ?? -1
