import { javaToString } from '../../core/values'
import { LONG_MIN } from '../../core/time'
import { watermarkEventOf, watermarkOf } from '../../trace/cluster/queries'
import { TraceKind } from '../../trace/kinds'
import { keyLook } from '../../trace/looks'
import type { KeyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { followRecord, followWindow } from '../../trace/records'
import type { RecordFacts, WindowFacts } from '../../trace/records'
import type { Since, Sources } from './sources'

export interface RecordAnswer extends RecordFacts {
  readonly key: KeyLook
  /** As Java prints it; empty before the trace says. */
  readonly text: string
  /** Execution vertex where it is (or was last seen), −1 unknown. */
  readonly at: number
  /** On a channel now: which. −1 not. */
  readonly onChannel: number
}

export function recordFacts({ state, log }: Sources, origin: number, number: number): RecordAnswer {
  const upTo = state.cluster.event
  const facts = followRecord(log, origin, number, upTo)
  let key: KeyLook = keyLook(log, origin, -1)
  for (const step of facts.steps) {
    if (step.kind !== TraceKind.RecordOut && step.kind !== TraceKind.SinkRecord && step.kind !== TraceKind.LateDropped) continue
    const event = log.at(step.event)
    if (event.d >= 0) key = keyLook(log, event.process, event.d)
  }
  const { last } = facts
  return {
    ...facts,
    key,
    text: facts.valueEvent < 0 ? '' : javaToString(facts.value),
    at: last === null ? -1 : log.names.vertexOf(last.process),
    onChannel: last !== null && last.kind === TraceKind.RecordOut ? log.at(last.event).a : -1,
  }
}

export interface WindowAnswer extends WindowFacts {
  readonly look: KeyLook
  readonly vertex: number
  /** The watermark at which it fires: its last ms; NaN for a global window. */
  readonly needs: number
  /** Of its subtask, now. */
  readonly watermark: Since<number>
  readonly open: boolean
}

export function windowFacts({ state, log }: Sources, process: number, window: number): WindowAnswer | null {
  const { cluster } = state
  const facts = followWindow(log, process, window, cluster.event)
  if (facts === null) return null
  const vertex = log.names.vertexOf(process)
  return {
    ...facts,
    look: keyLook(log, process, facts.key),
    vertex,
    needs: facts.global ? NaN : facts.end - 1,
    watermark:
      vertex < 0 ? { value: LONG_MIN, event: -1 } : { value: watermarkOf(cluster, vertex), event: watermarkEventOf(cluster, vertex) },
    open: facts.cleared < 0,
  }
}

export interface OpenWindow {
  readonly process: number
  readonly window: number
  readonly key: KeyLook
  readonly start: number
  readonly end: number
  readonly global: boolean
  readonly elements: number
}

/** Open windows of a subtask, oldest first, at most `limit`; of one key, by its number there, or of all (−1). */
export function openWindows({ state, log }: Sources, vertex: number, limit = 100, ofKey = -1): OpenWindow[] {
  const { cluster, shared } = state
  const process = cluster.process[vertex]!
  const holdings = shared.holdings.get(process)
  const found: OpenWindow[] = []
  // The cluster knows how many there are: of a process that is gone, none.
  const count = Math.min(limit, cluster.windows[vertex]!)
  if (holdings === undefined || count === 0) return found
  for (const window of holdings.openWindows(cluster.event, (id) => log.names.windowAt(process, id))) {
    const event = log.at(log.names.windowAt(process, window))
    if (ofKey >= 0 && event.c !== ofKey) continue
    found.push({
      process,
      window,
      key: keyLook(log, process, event.c),
      ...boundsAt(log, process, window, cluster.event),
      global: event.d === 1,
      elements: holdings.elementsOf(window, cluster.event),
    })
    if (found.length === count) break
  }
  return found
}

function boundsAt(log: TraceLog, process: number, window: number, upTo: number): { readonly start: number; readonly end: number } {
  const told = log.at(log.names.windowBoundsAt(process, window, upTo))
  return { start: told.x, end: Number(told.value()) }
}

export interface PendingTimer {
  readonly event: number
  readonly node: number
  readonly key: KeyLook
  readonly processingTime: boolean
  readonly window: number
  readonly time: number
}

/** Pending timers of a subtask, the earliest first, at most `limit`; of one key or of all (−1). */
export function pendingTimers({ state, log }: Sources, vertex: number, limit = 100, ofKey = -1): PendingTimer[] {
  const { cluster, shared } = state
  const holdings = shared.holdings.get(cluster.process[vertex]!)
  if (holdings === undefined || cluster.timers[vertex] === 0) return []
  const reader = log.reader()
  const pending: { readonly event: number; readonly time: number }[] = []
  for (const event of holdings.pendingTimers(cluster.event)) {
    reader.to(event)
    if (ofKey < 0 || reader.b === ofKey) pending.push({ event, time: reader.x })
  }
  pending.sort((one, other) => one.time - other.time || one.event - other.event)
  return pending.slice(0, limit).map(({ event: index, time }) => {
    const event = log.at(index)
    return {
      event: index,
      node: event.a,
      key: keyLook(log, event.process, event.b),
      processingTime: event.c === 1,
      window: event.d,
      time,
    }
  })
}

export interface StateValue {
  readonly name: string
  readonly window: number
  readonly cleared: boolean
  readonly text: string
  readonly event: number
}

export interface KeyAtSubtask {
  readonly process: number
  readonly key: number
  readonly vertex: number
  /** Index of its KeySeen. */
  readonly seen: number
  readonly keyGroup: number
  readonly hash: number
  readonly windows: readonly OpenWindow[]
  readonly timers: readonly PendingTimer[]
  readonly values: readonly StateValue[]
}

/** Where a key is known at the playhead, by the present attempts: which subtasks, and what they hold for it. */
export function keyFacts(sources: Sources, text: string): KeyAtSubtask[] {
  const { state, log } = sources
  const { cluster } = state
  const answers: KeyAtSubtask[] = []
  for (let vertex = 0; vertex < cluster.graph.vertices.length; vertex++) {
    const process = cluster.process[vertex]!
    for (let key = 0, known = 0; known < cluster.keys[vertex]!; key++) {
      const seen = log.names.keyAt(process, key)
      if (seen < 0 || seen > cluster.event) {
        if (key > cluster.keys[vertex]!) break
        continue
      }
      known++
      if (keyLook(log, process, key).text !== text) continue
      const event = log.at(seen)
      answers.push({
        process,
        key,
        vertex,
        seen,
        keyGroup: event.c,
        hash: event.d,
        windows: openWindows(sources, vertex, Infinity, key),
        timers: pendingTimers(sources, vertex, Infinity, key),
        values: stateValues(sources, process, key),
      })
      break
    }
  }
  return answers
}

/** The last value of each of a key's states, one a window where it is a window's. */
export function stateValues({ state, log }: Sources, process: number, key: number): StateValue[] {
  const latest = new Map<string, StateValue>()
  for (const index of state.shared.holdings.get(process)?.updatesOf(key, state.cluster.event, 1000) ?? []) {
    const event = log.at(index)
    const [name, value] = event.value() as [string, unknown]
    const id = `${event.c}/${name}`
    latest.delete(id)
    latest.set(id, { name, window: event.c, cleared: event.d === 1, text: event.d === 1 ? '' : javaToString(value), event: index })
  }
  return [...latest.values()].filter(({ cleared }) => !cleared)
}
