import type { TraceLog } from '../../trace/log'
import type { TraceHeader } from '../../trace/types'
import type { InspectorState } from './fold'

/** What the answers are read from: the state at the playhead, its log, and where the playhead is. */
export interface Sources {
  readonly state: InspectorState
  readonly log: TraceLog
  readonly header: TraceHeader
  /** Virtual µs. */
  readonly time: number
}

/** A number and the event that made it so, −1 if none has yet: "since when?" */
export interface Since<T> {
  readonly value: T
  readonly event: number
}
