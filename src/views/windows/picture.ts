import type { WindowSettings } from '../../graph/timeSettings'
import type { Selection } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import type { KeyLook } from '../../trace/looks'
import type { Beside, Lane, Pane } from './model'
import type { Write } from './words'

/** What all lanes of the picture share. */
export interface Common {
  readonly log: TraceLog
  readonly settings: WindowSettings | null
  /** The axis is the clock's. */
  readonly ofClock: boolean
  readonly merging: boolean
  /** Subtasks that have lanes. */
  readonly subtasks: number
  readonly selection: Selection | null
  readonly event: number
  readonly playing: boolean
  readonly write: Write
  /** Firings tell their results as text. */
  resultOf(made: number): string | null
  onselect(selection: Selection | null): void
  onseek(to: { readonly event: number }): void
}

/** A lane as it is drawn. */
export interface LanePicture {
  readonly lane: Lane
  readonly look: KeyLook
  readonly label: string
  /** null: not known. */
  readonly subtask: number | null
  readonly top: number
  readonly height: number
  readonly rows: number
  readonly rowHeight: number
  rowOf(pane: Pane): number
  readonly panes: readonly Pane[]
  readonly beside: readonly Beside[]
  /** The watermark of its subtask, or the clock, ms; null: there is none. */
  readonly line: number | null
}
