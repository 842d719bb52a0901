import type { TraceLog } from '../log'
import type { EventList } from '../columns'
import { hostOfProcess } from '../narration/naming'
import type { AttemptTrack, NetworkState } from './state'

/** µs between updates of a TaskManager's gauges and meters, and how many of those they look back over: 60 s (N-10). */
export const UPDATE = 5_000_000
const SLOTS = 12
const MILLI = 1000
const MINUTE_SECONDS = 60

/** What TaskIOMetricGroup says of a subtask, ms in each second. Busy is NaN for a task with a source of the old kind. */
export interface TimeGauges {
  readonly idle: number
  readonly busy: number
  readonly softBackPressured: number
  /** Always 0: nothing here waits inside a record (N-4, N-10). */
  readonly hardBackPressured: number
  readonly backPressured: number
  /** Virtual µs of the update that made it so; −1: there was none yet, and they say what Flink's say before the first. */
  readonly updated: number
}

/** Updates that an attempt's metrics have seen by `time`: virtual µs of the first and the last, and how many. null: none. */
function updatesOf(state: NetworkState, attempt: AttemptTrack, time: number): { readonly first: number; readonly count: number } | null {
  const start = state.index.hostStarts.get(hostOfProcess(attempt.process)) ?? 0
  const until = attempt.ended >= 0 && attempt.ended <= state.event ? Math.min(time, attempt.endedTime) : time
  // The timer of a TaskManager ticks from its start on, whenever a task comes.
  const first = start + (Math.floor((attempt.startedTime - start) / UPDATE) + 1) * UPDATE
  return until < first ? null : { first, count: Math.floor((until - first) / UPDATE) + 1 }
}

/**
 * N-10, mirrors TimerGauge: means over the last 12 updates, each 5 s after the one before, or over as many as there were. Virtual time stands for the
 * system's clock, and is not rounded to ms at each change of state, only at updates.
 */
export function timeGauges(state: NetworkState, attempt: AttemptTrack, legacySource: boolean, time = state.time): TimeGauges {
  const updates = updatesOf(state, attempt, time)
  let idle = 0
  let backPressured = 0
  if (updates !== null) {
    const { first, count } = updates
    for (let i = Math.max(0, count - SLOTS); i < count; i++) {
      const to = first + i * UPDATE
      const spent = attempt.io.between(to - UPDATE, to)
      idle += Math.floor(spent.idle / MILLI)
      backPressured += Math.floor(spent.backPressured / MILLI)
    }
    const seconds = (Math.min(count, SLOTS) * UPDATE) / 1_000_000
    idle = Math.min(Math.floor(idle / seconds), 1000)
    backPressured = Math.min(Math.floor(backPressured / seconds), 1000)
  }
  return {
    idle,
    busy: legacySource ? NaN : 1000 - Math.min(idle + backPressured, 1000),
    softBackPressured: backPressured,
    hardBackPressured: 0,
    backPressured,
    updated: updates === null ? -1 : updates.first + (updates.count - 1) * UPDATE,
  }
}

/** Mirrors MeterView: what was counted between the last update and the one a minute before, over 60 s; in the first minute, too. */
export function ratePerSecond(state: NetworkState, log: TraceLog, attempt: AttemptTrack, counted: EventList): number {
  const updates = updatesOf(state, attempt, state.time)
  if (updates === null) return 0
  const last = updates.first + (updates.count - 1) * UPDATE
  const before = last - SLOTS * UPDATE
  return (countAt(log, counted, last) - (before < updates.first ? 0 : countAt(log, counted, before))) / MINUTE_SECONDS
}

const countAt = (log: TraceLog, counted: EventList, time: number): number => counted.count(log.lastAt(time))
