import { nodesAt } from './attempts'
import type { AsyncTrack, JoinTrack, LateTrack, TimeState } from './state'

/** A record that was late: dropped, or sent to the side output. */
export interface LateNow {
  /** LateDropped or SideRecord: the log has the record. */
  readonly event: number
  readonly timestamp: number
  readonly watermark: number
  readonly toSide: boolean
}

/** Of all subtasks of an operator that run, in order. */
export const lateOf = (state: TimeState, node: number): LateNow[] =>
  nodesAt(state, node)
    .flatMap(({ late }) => lateIn(state, late))
    .sort((a, b) => a.event - b.event)

export function lateIn(state: TimeState, late: LateTrack): LateNow[] {
  return late.events.list(state.event).map((event, at) => ({
    event,
    timestamp: late.timestamps.at(at),
    watermark: late.watermarks.at(at),
    toSide: late.toSide.get(at) === 1,
  }))
}

/** What an interval join keeps of one side. */
export interface KeptNow {
  readonly key: number
  readonly side: 'left' | 'right'
  readonly timestamp: number
  /** The JoinBuffered: the log has the record. */
  readonly event: number
}

export function keptIn(state: TimeState, join: JoinTrack): KeptNow[] {
  const found: KeptNow[] = []
  const count = join.buffered.countUpTo(state.event, join.length)
  for (let row = 0; row < count; row++) {
    const cleared = join.cleared.get(row)
    if (cleared !== 0 && cleared - 1 <= state.event) continue
    found.push({
      key: join.keys.at(row),
      side: join.sides.at(row) === 0 ? 'left' : 'right',
      timestamp: join.timestamps.at(row),
      event: join.buffered.at(row),
    })
  }
  return found
}

/** A request that an async operator waits for. */
export interface RequestNow {
  readonly origin: number
  readonly number: number
  /** The AsyncRequested. */
  readonly event: number
  /** How often it was asked again. */
  readonly retries: number
}

export function inFlight(state: TimeState, requests: AsyncTrack): RequestNow[] {
  const found: RequestNow[] = []
  const count = requests.requested.countUpTo(state.event, requests.length)
  for (let row = 0; row < count; row++) {
    const answered = requests.answered.get(row)
    if (answered !== 0 && answered - 1 <= state.event) continue
    found.push({
      origin: requests.origins.at(row),
      number: requests.numbers.at(row),
      event: requests.requested.at(row),
      retries: requests.again[row]?.count(state.event) ?? 0,
    })
  }
  return found
}
