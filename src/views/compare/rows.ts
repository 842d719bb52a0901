import { javaToString } from '../../core/values'
import type { EventList } from '../../trace/columns'
import { keyLook, keyLookOfRecord } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import type { TraceHeader } from '../../trace/types'
import type { CompareState } from './fold'

/** What a sink wrote, or what was dropped as late, with what it is known by in any fork. */
export interface Output {
  readonly event: number
  /** Virtual µs. */
  readonly time: number
  readonly node: number
  /** Name of its sink, numbered among those with one name; the operator that dropped it. */
  readonly sink: string
  readonly key: string
  /** −1: none. */
  readonly hue: number
  /** Bounds of the window that it came out of, ms; null: it came out of none. */
  readonly window: { readonly start: number; readonly end: number } | null
  readonly origin: number
  readonly number: number
  /** NaN: none. */
  readonly eventTime: number
  readonly text: string
}

/** One run as the comparison reads it. */
export interface Side {
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly state: CompareState
}

/** Node ids shift when a program changes; a name with its place among its like does not. */
function namesOf({ streamGraph }: TraceHeader): ReadonlyMap<number, string> {
  const seen = new Map<string, number>()
  return new Map(
    streamGraph.nodes.map(({ id, name }) => {
      const n = (seen.get(name) ?? 0) + 1
      seen.set(name, n)
      return [id, n === 1 ? name : `${name} (${n})`]
    }),
  )
}

/** However far the playhead is. */
const all = (list: EventList, log: TraceLog): number[] => Array.from({ length: list.count(log.length) }, (_, i) => list.at(i))

/** Everything that the sinks of a run are known to have written, in order. */
export function outputsOf({ header, log, state }: Side): Output[] {
  const names = namesOf(header)
  return all(state.rows, log).map((index) => {
    const event = log.at(index)
    const { a: node, b: number, c: origin, time, x: eventTime } = event
    const ofRecord = keyLookOfRecord(log, origin, number)
    const look = ofRecord.hue >= 0 || event.d < 0 ? ofRecord : keyLook(log, event.process, event.d)
    const text = javaToString(event.value())
    const made = log.names.recordAt(origin, number)
    const bounds = made < 0 ? undefined : state.boundsOf.get(made)
    return {
      event: index,
      time,
      node,
      sink: names.get(node) ?? `#${node}`,
      key: look.text,
      hue: look.hue,
      window: bounds === undefined ? null : boundsAt(log, bounds),
      origin,
      number,
      eventTime,
      text,
    }
  })
}

function boundsAt(log: TraceLog, index: number): { start: number; end: number } {
  const event = log.at(index)
  return { start: event.x, end: Number(event.value()) }
}

/** Everything that was dropped as late. */
export function lateOf({ header, log, state }: Side): Output[] {
  const names = namesOf(header)
  return all(state.late, log).map((index) => {
    const event = log.at(index)
    const { a: node, b: number, c: origin, time, process, d } = event
    const look = keyLook(log, process, d)
    const eventTime = Number(event.value())
    const made = log.names.recordAt(origin, number)
    return {
      event: index,
      time,
      node,
      sink: names.get(node) ?? `#${node}`,
      key: look.text,
      hue: look.hue,
      window: null,
      origin,
      number,
      eventTime,
      text: made < 0 ? '' : javaToString(log.at(made).value()),
    }
  })
}
