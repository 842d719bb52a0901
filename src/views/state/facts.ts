import type { Scenario } from '../../scenario/types'
import { latest } from '../../trace/checkpoints/queries'
import type { TraceLog } from '../../trace/log'
import { heldAt, operatorsWithState, placesOf, sumsOf } from '../../trace/state/places'
import type { Place, Sums } from '../../trace/state/places'
import type { StateState } from '../../trace/state/state'

export interface PlaceFacts {
  readonly place: Place
  readonly sums: Sums
}

export interface OperatorFacts {
  readonly node: number
  readonly places: readonly PlaceFacts[]
  readonly entries: number
  readonly bytes: number
  /** It keeps, or kept, something by key. */
  readonly keyed: boolean
  /** Of all its subtasks. */
  readonly lost: boolean
}

export function operatorsAt(state: StateState): OperatorFacts[] {
  return operatorsWithState(state).map((node) => {
    const places = placesOf(state, node).map((place) => ({ place, sums: sumsOf(state, place) }))
    return {
      node,
      places,
      // Windows that keep their elements are rows, too.
      entries: places.reduce((sum, { place, sums }) => sum + rowsIn(place, sums), 0),
      bytes: places.reduce((sum, { sums }) => sum + sums.bytes, 0),
      keyed: places.some(({ place }) => keepsByKey(state, place)),
      lost: places.length > 0 && places.every(({ place }) => place.lost),
    }
  })
}

const keepsByKey = ({ event }: StateState, { state, time }: Place): boolean =>
  (state !== null && state.slotsUntil(event) > 0) || (time?.windows[0]?.opened ?? Infinity) <= event

export const rowsIn = ({ state }: Place, { entries, windows }: Sums): number =>
  entries + (state?.names.includes('window-contents') === true ? 0 : windows)

export type BackendName = 'hashmap' | 'rocksdb'
export type StorageName = 'memory' | 'files'

/** The backend that keeps an operator's keyed state: as it says itself, before that as the scenario configures it. */
export function backendOf(state: StateState, log: TraceLog, places: readonly PlaceFacts[], scenario: Scenario): BackendName {
  for (const { place } of places) {
    const { held } = heldAt(log, place.state, state.event) ?? {}
    if (held !== undefined && held.backend !== 'none') return held.backend
  }
  return /rocksdb/i.test(scenario.configuration['state.backend.type'] ?? '') ? 'rocksdb' : 'hashmap'
}

/** Where checkpoints lie: as the last completed one says, before that as the scenario configures it. */
export function storageOf({ checkpoints }: StateState, job: number, scenario: Scenario): StorageName {
  const completed = latest(checkpoints, job, 'completed', false)
  if (completed !== null && completed.completion !== null) return completed.completion.path === null ? 'memory' : 'files'
  const { configuration } = scenario
  const type = configuration['execution.checkpointing.storage'] ?? ''
  if (type !== '') return /^jobmanager$/i.test(type.trim()) ? 'memory' : 'files'
  return (configuration['execution.checkpointing.dir'] ?? '') === '' ? 'memory' : 'files'
}
