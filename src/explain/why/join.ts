import { TraceKind } from '../../trace/kinds'
import { keyLook } from '../../trace/looks'
import type { Held } from './hold'
import * as fixes from './fixes'
import { eventTime, spanOf, type Situation } from './situation'

/** The bounds of an interval join, inclusive (W-28). */
function boundsOf(s: Situation, node: number): { readonly lower: number; readonly upper: number } {
  const params = s.node(node)?.operator.params ?? {}
  return {
    lower: Number(params.lower ?? 0) + (params.lowerInclusive === false ? 1 : 0),
    upper: Number(params.upper ?? 0) - (params.upperInclusive === false ? 1 : 0),
  }
}

/** Why an interval join has made nothing of what it keeps by the JoinBuffered at `event` (W-28). */
export function whyNoPartner(
  s: Situation,
  event: number,
): (Held & { readonly root: 'no-partner' }) | { causes: Held['causes']; root: null; fixes: Held['fixes'] } {
  const { process, a: node, b: number, c: origin, d, x: timestamp } = s.at(event)
  const { lower, upper } = boundsOf(s, node)
  const key = d >> 1
  const left = (d & 1) === 0
  const from = timestamp + (left ? lower : -upper)
  const to = timestamp + (left ? upper : -lower)
  const others = s.evidence.processes.get(process)?.nodes.get(node)?.buffered.events
  let partner = -1
  let nearest = NaN
  let nearestEvent = -1
  const count = others?.count(s.event) ?? 0
  const reader = s.log.reader()
  for (let at = 0; at < count; at++) {
    reader.to(others!.at(at))
    if (reader.d >> 1 !== key || ((reader.d & 1) === 0) === left) continue
    const { x } = reader
    if (x >= from && x <= to) partner = reader.index
    const distance = (time: number) => Math.max(from - time, time - to)
    if (nearest !== nearest || distance(x) < distance(nearest)) {
      nearest = x
      nearestEvent = reader.index
    }
  }
  const record = { kind: 'record', origin, number } as const
  const operator = s.name(node)
  const name = keyLook(s.log, process, key).text
  if (partner >= 0) return { causes: [s.cause('join-found', { operator, key: name }, partner, record)], root: null, fixes: [] }
  const first = s.cause('join-keeps', { operator, key: name, from: eventTime(from), to: eventTime(to), side: left ? 2 : 1 }, event, record)
  const last =
    nearestEvent < 0
      ? s.cause('join-no-other', { operator, key: name, side: left ? 2 : 1 }, event, { kind: 'key', key: name })
      : s.cause(
          'join-too-far',
          { operator, key: name, nearest: eventTime(nearest), by: spanOf(Math.max(from - nearest, nearest - to)), side: left ? 2 : 1 },
          nearestEvent,
          { kind: 'record', origin: s.at(nearestEvent).c, number: s.at(nearestEvent).b },
        )
  return { causes: [first, last], root: 'no-partner', fixes: fixes.say('think-of-bounds', { operator }) }
}

/** Whether an operator joins by time, keeping what it has not met a partner for. */
export const isIntervalJoin = (s: Situation, node: number): boolean => s.node(node)?.operator.kind === 'intervalJoin'

/** The last record that an interval join keeps without having joined it, as its JoinBuffered; −1: none. */
export function lonely(s: Situation, node: number): number {
  let last = -1
  for (const exec of s.subtasksOf(node)) {
    const events = s.saidOf(exec, node)?.buffered.events
    if (events === undefined) continue
    const count = events.count(s.event)
    for (let at = count - 1; at >= Math.max(0, count - 200); at--) {
      const event = events.at(at)
      if (event > last && s.at(event).kind === TraceKind.JoinBuffered && whyNoPartner(s, event).root !== null) {
        last = event
        break
      }
    }
  }
  return last
}
