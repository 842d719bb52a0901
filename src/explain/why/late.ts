import { LONG_MAX } from '../../core/time'
import { windowSettingsOf } from '../../graph/timeSettings'
import type { AssignerSettings } from '../../graph/timeSettings'
import { TraceKind } from '../../trace/kinds'
import { followRecord } from '../../trace/records'
import * as fixes from './fixes'
import type { Held } from './hold'
import { eventTime, spanOf, Situation } from './situation'
import { boundOf, splitsUpstream, type Split } from './splits'
import type { Cause } from './types'

/** The last window that an element would have come into: [start, end). null: that depends on the program. */
export function lastWindowOf(assigner: AssignerSettings, timestamp: number): { readonly start: number; readonly end: number } | null {
  switch (assigner.type) {
    case 'tumbling':
    case 'sliding': {
      // W-1 with Java's remainder.
      const step = assigner.type === 'tumbling' ? assigner.size : assigner.slide
      const rest = (timestamp - assigner.offset) % step
      const start = rest < 0 ? timestamp - (rest + step) : timestamp - rest
      return { start, end: start + assigner.size }
    }
    case 'session':
      return { start: timestamp, end: timestamp + assigner.gap }
    default:
      return null
  }
}

/** Neighbours in order of reading that a record is compared with, to each side. */
const NEIGHBOURS = 16
/** So many usual steps ahead of all others is far. */
const FAR = 5

/**
 * Why a record came too late, by its LateDropped or the SideRecord of late data at `event`: what it missed, and who had pushed the watermark
 * that far.
 */
export function whyLate(s: Situation, event: number): Held {
  const dropped = s.at(event)
  const { process, a: id, b: number, c: origin, kind, time } = dropped
  const isDrop = kind === TraceKind.LateDropped
  const timestamp = isDrop ? Number(dropped.value()) : dropped.x
  const exec = s.log.names.vertexOf(process)
  const node = s.node(id)!
  const then = new Situation(s.sources, event, time)
  const point = then.pointOf(exec, id, false)
  const reached = then.pointEvent(exec, point)
  const watermark = isDrop ? s.at(event).x : then.x(reached)
  const record = { kind: 'record', origin, number } as const
  const settings = windowSettingsOf(node)
  const causes: Cause[] = [
    s.cause(
      isDrop ? 'late-dropped' : 'late-to-side',
      { operator: node.name, timestamp: eventTime(timestamp), watermark: eventTime(watermark), behind: spanOf(watermark - timestamp) },
      event,
      record,
    ),
  ]
  const lateness = settings?.allowedLateness ?? 0
  const window = settings === null ? null : lastWindowOf(settings.assigner, timestamp)
  if (window !== null) {
    causes.push(
      s.cause(
        lateness > 0 ? 'window-over-lateness' : 'window-over',
        {
          start: eventTime(window.start),
          end: eventTime(window.end),
          limit: eventTime(window.end - 1 + lateness),
          lateness: spanOf(lateness),
          watermark: eventTime(watermark),
        },
        reached,
        s.subtaskSelection(exec),
      ),
    )
  }
  const waysOfLateness = settings === null || window === null ? [] : fixes.lateness(node, Math.max(1, watermark - (window.end - 1) + 1))
  const own = ownSplit(s, then, origin, number)
  const slept = own === null ? -1 : own.idle ? own.idleEvent : own.potential < watermark ? lastIdle(then, own) : -1
  if (own !== null && slept >= 0) {
    causes.push(
      s.cause('was-idle', { operator: own.node.name, partition: own.partition }, slept, {
        kind: 'partition',
        node: own.node.id,
        partition: own.partition,
      }),
    )
    const idleness = own.settings?.idleness ?? 0
    return { causes, root: 'idle-came-back', fixes: [...fixes.idleness(s, [own.node], Math.max(1, idleness * 10)), ...waysOfLateness] }
  }
  const splits = splitsUpstream(then, exec, id, false)
  const pusher = pusherOf(splits, watermark)
  if (pusher === null) {
    return { causes, root: lateness > 0 ? 'lateness-expired' : 'out-of-order', fixes: waysOfLateness }
  }
  const push = s.at(pusher.greatestEvent)
  const pushed =
    push.kind === TraceKind.WindowElement
      ? { origin: push.d, number: push.c }
      : { origin: push.kind === TraceKind.SourceRecord ? push.process : push.c, number: push.b }
  const future = isFuture(s, pusher)
  const bound = boundOf(pusher.settings)
  causes.push(
    s.cause(
      future !== null ? 'pushed-by-future' : pusher.partition >= 0 ? 'pushed-by-partition' : 'pushed-by',
      {
        operator: pusher.node.name,
        partition: pusher.partition,
        timestamp: eventTime(pusher.greatest),
        bound: spanOf(bound),
        watermark: eventTime(watermark),
        ahead: spanOf(future ?? pusher.greatest - timestamp),
      },
      pusher.greatestEvent,
      { kind: 'record', ...pushed },
    ),
  )
  const wider = fixes.bound(s, new Map([[pusher.node, pusher.greatest - timestamp]]))
  if (future !== null) {
    return {
      causes,
      root: 'future-event',
      // A bound so wide would hold every window up; it is the event that has to go.
      fixes: [...fixes.removeEvent(s, readFrom(s, pushed.origin, pushed.number)), ...fixes.units(pusher.greatest), ...waysOfLateness],
    }
  }
  if (lateness > 0) return { causes, root: 'lateness-expired', fixes: [...waysOfLateness, ...wider] }
  causes.push(
    s.cause('bound-is', { operator: pusher.node.name, bound: spanOf(bound), behind: spanOf(pusher.greatest - timestamp) }, -1, {
      kind: 'operator',
      node: pusher.node.id,
    }),
  )
  return { causes, root: 'out-of-order', fixes: [...wider, ...waysOfLateness] }
}

/** The SourceRecord that a record was read as, −1 if it was made on the way. It keeps its name through what only hands it on. */
function readFrom(s: Situation, origin: number, number: number): number {
  const made = s.log.names.recordAt(origin, number)
  return made >= 0 && s.at(made).kind === TraceKind.SourceRecord ? made : -1
}

/** The split that a record was read from, as it was when it was found late. */
function ownSplit(s: Situation, then: Situation, origin: number, number: number): Split | null {
  const made = s.log.names.recordAt(origin, number)
  if (made < 0) return null
  const { kind, a, c: partition } = s.at(made)
  const exec = s.log.names.vertexOf(origin)
  const node = s.node(a)
  if (kind !== TraceKind.SourceRecord || exec < 0 || node === undefined) return null
  // It was idle until this very record came.
  const before = new Situation(s.sources, made - 1, then.time)
  return splitsUpstream(before, exec, node.id, true).find((split) => split.partition === partition && split.exec === exec) ?? null
}

/** When a split that is behind what has been given on was idle last, −1 never: since then the others have not waited for it (T-16). */
function lastIdle(s: Situation, { exec, node, partition }: Split): number {
  const said = s.said(exec)
  const ofSplit = said?.partitions
    .get(partition)
    ?.statuses.list(s.event)
    .findLast((event) => s.at(event).c === 1)
  return (
    ofSplit ??
    said?.nodes
      .get(node.id)
      ?.statuses.list(s.event)
      .findLast((event) => s.at(event).b === 1) ??
    -1
  )
}

/** Whose watermark it is: of all that were at or past it, the least, for the minimum counts. */
function pusherOf(splits: readonly Split[], watermark: number): Split | null {
  let best: Split | null = null
  for (const split of splits) {
    if (split.idle || split.over || split.greatestEvent < 0) continue
    const at = Math.max(split.potential, split.watermark < LONG_MAX ? split.watermark : -Infinity)
    if (at < watermark) continue
    if (best === null || split.potential < best.potential) best = split
  }
  return best
}

/**
 * How far a split's greatest event is ahead of its neighbours, if it is an event of the future; null if it is not. The rule goes by rank: it is one if
 * most of what was read after it (of 16) lies below the watermark that it made, and the step up to it is more than five times what is usual
 * between its neighbours (of 16 before and behind, sorted by event time).
 */
function isFuture(s: Situation, split: Split): number | null {
  const { greatest, greatestEvent } = split
  const made = split.settings?.generator.type === 'user' ? split.watermark : greatest - boundOf(split.settings) - 1
  const before: number[] = []
  const after: number[] = []
  // Behind an operator its records go several ways: their neighbours are those that were told before and after, whichever way they went.
  for (const { events } of split.series) {
    const place = events.count(greatestEvent)
    for (let i = Math.max(0, place - NEIGHBOURS - 1); i < place; i++) if (events.at(i) !== greatestEvent) before.push(events.at(i))
    for (let i = place; i < Math.min(events.count(s.event), place + NEIGHBOURS); i++) after.push(events.at(i))
  }
  const timesOf = (events: readonly number[]): number[] => events.map((event) => s.x(event, NaN)).filter((x) => x === x)
  const later = timesOf(after.sort((one, other) => one - other).slice(0, NEIGHBOURS))
  const earlier = timesOf(before.sort((one, other) => other - one).slice(0, NEIGHBOURS))
  const around = [...earlier, ...later].sort((one, other) => one - other)
  if (around.length < 2 || later.length === 0) return null
  if (2 * later.filter((time) => time <= made).length <= later.length) return null
  const steps = around
    .slice(1)
    .map((time, i) => time - around[i]!)
    .filter((step) => step > 0)
    .sort((one, other) => one - other)
  const usual = steps[steps.length >> 1] ?? 1
  // A handful of events of the future are that, too: their nearest neighbours are looked for below the watermark that they made.
  const below = around.filter((time) => time < made)
  const ahead = greatest - (below.at(-1) ?? greatest)
  return ahead > FAR * usual ? ahead : null
}

/** The event that says a record was late, −1 if it was not. */
export function lateEventOf(s: Situation, origin: number, number: number): number {
  let late = -1
  for (const { event, kind } of followRecord(s.log, origin, number, s.event).steps)
    if (kind === TraceKind.LateDropped || (kind === TraceKind.SideRecord && s.at(event).d > 0)) late = event
  return late
}
