import { hasTimestamp } from '../../core/time'
import { EventList } from '../columns'
import { TraceKind } from '../kinds'
import type { TraceEvent } from '../types'
import { AsyncTrack, JoinTrack } from './state'
import type { AttemptTrack, TimeIndex } from './state'
import { nodeOf } from './takeTasks'

/** 3 in d of AsyncAnswered: the request is made once more. */
const AGAIN = 3

export function takeRecord(index: TimeIndex, event: TraceEvent): void {
  const { kind, index: at } = event
  // What a function of the program puts into a side output is not late.
  if (kind === TraceKind.SideRecord && event.d <= 0) return
  const track = nodeOf(index, event.process, event.a)
  if (track === null) return
  switch (kind) {
    case TraceKind.NoWindow:
      track.noWindow.add(at)
      return
    case TraceKind.WindowSkipped:
      track.skipped.add(at)
      return
    case TraceKind.RecordDropped:
      track.dropped.add(at)
      return
  }
  const { late } = track
  const toSide = kind === TraceKind.SideRecord
  const row = late.length++
  late.events.add(at)
  late.timestamps.put(row, toSide ? event.x : Number(event.value()))
  late.watermarks.put(row, toSide ? watermarkNow(index, track.attempt, event.a) : event.x)
  if (toSide) late.toSide.put(row, 1)
}

/** What the operator stands at as far as the index goes. */
function watermarkNow({ plan }: TimeIndex, attempt: AttemptTrack, node: number): number {
  for (let at = plan.parentOf.get(node); at !== undefined; at = plan.parentOf.get(at)) {
    const generator = attempt.nodes.get(at)?.generator
    if (generator) return generator.steps.lastValue
  }
  return attempt.watermark.lastValue
}

export function takeJoin(index: TimeIndex, event: TraceEvent): void {
  const track = nodeOf(index, event.process, event.a)
  if (track === null) return
  const join = (track.join ??= new JoinTrack())
  const { x: timestamp } = event
  if (event.kind === TraceKind.JoinBuffered) {
    const row = join.length++
    const key = event.d >> 1
    const side = event.d & 1
    join.keys.put(row, key)
    join.sides.put(row, side)
    join.timestamps.put(row, timestamp)
    join.buffered.put(row, event.index)
    const name = `${key} ${side} ${timestamp}`
    const rows = join.kept.get(name)
    if (rows === undefined) join.kept.set(name, [row])
    else rows.push(row)
    return
  }
  if (!hasTimestamp(timestamp)) return
  const name = `${event.b} ${event.c} ${timestamp}`
  for (const row of join.kept.get(name) ?? []) join.cleared.put(row, event.index + 1)
  join.kept.delete(name)
}

export function takeAsync(index: TimeIndex, event: TraceEvent): void {
  const track = nodeOf(index, event.process, event.a)
  if (track === null) return
  const requests = (track.async ??= new AsyncTrack())
  const { b: number, c: origin, d: outcome } = event
  const name = `${origin} ${number}`
  const rows = requests.inFlight.get(name)
  if (event.kind === TraceKind.AsyncRequested) {
    const row = requests.length++
    requests.numbers.put(row, number)
    requests.origins.put(row, origin)
    requests.requested.put(row, event.index)
    if (rows === undefined) requests.inFlight.set(name, [row])
    else rows.push(row)
    return
  }
  const row = rows?.[0]
  if (rows === undefined || row === undefined) return
  if (outcome === AGAIN) {
    requests.again[row] ??= new EventList()
    requests.again[row].add(event.index)
    return
  }
  requests.answered.put(row, event.index + 1)
  requests.outcomes.put(row, outcome)
  rows.shift()
  if (rows.length === 0) requests.inFlight.delete(name)
}
