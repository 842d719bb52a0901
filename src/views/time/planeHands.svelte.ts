import { virtualTime } from '../../components/times'
import type { Text } from '../../i18n'
import { timeView } from '../../i18n/timeView'
import type { Intervention, ResolvedTopic } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import type { Hands } from '../types'
import type { Words } from './drawing'
import { adding, deleting, recordOfRow, sourceRowOf, type SourceRow } from './hands'
import type { Hit } from './hit'
import { Holding, type Held } from './holding.svelte'
import type { PlaneAction } from './menus'
import { identity } from './points'
import type { Scene } from './scene'

/** What the hands work on: the picture as it is now. */
export interface PlaneParts {
  readonly scene: Scene
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly state: TimeState
  readonly topics: readonly ResolvedTopic[]
  readonly hands: Hands | null
  readonly words: Words
}

/** Hands on the events of a plane: take, move, let go, add, delete; and where the keys are. */
export class PlaneHands {
  readonly holding: Holding
  /** The record that the keys are at, by its identity: places change with each moment. */
  cursor: number | null = $state(null)
  /** Said to those who do not see the picture. */
  said = $state('')
  /** The row that was let go, to be found again in the run that comes of it. */
  private landed: SourceRow | null = $state.raw(null)

  constructor(
    private readonly parts: () => PlaneParts,
    private readonly t: (text: Text, args?: Readonly<Record<string, string | number>>) => string,
    private readonly onintervene: (intervention: Intervention) => void,
  ) {
    this.holding = new Holding(() => parts().hands)
  }

  /** Place of a record among the points; −1: it is not there. */
  placeOf(wanted: number | null): number {
    const { points } = this.parts().scene
    if (wanted === null) return -1
    for (let at = points.count - 1; at >= 0; at--) if (identity(points.origins[at]!, points.numbers[at]!) === wanted) return at
    return -1
  }

  rowOf(at: number): SourceRow | null {
    const { scene, header, log, topics } = this.parts()
    return at < 0 ? null : sourceRowOf(header, log, topics, scene.points.origins[at]!, scene.points.numbers[at]!)
  }

  nameOf(text: string): string {
    return text === '' ? this.t(timeView.record) : text
  }

  goTo(at: number): void {
    if (at < 0) return
    const { scene, words } = this.parts()
    const { points } = scene
    this.cursor = identity(points.origins[at]!, points.numbers[at]!)
    this.said = this.t(timeView.recordName, { key: this.nameOf(points.looks[at]!.text), time: words.eventTime(points.y[at]!) })
  }

  /** Takes an event into the hand; false if it is none that a hand could move. */
  take(hit: Hit | null): boolean {
    const { scene, hands } = this.parts()
    if (hands === null || hit === null) return false
    if (hit.kind === 'ghost') {
      this.holding.take(hit.ghost, hit.ghost.look, { x: hit.ghost.x, y: hit.ghost.y })
      return true
    }
    if (hit.kind !== 'record') return false
    const from = this.rowOf(hit.at)
    if (from === null) {
      this.said = this.t(timeView.madeHere)
      return false
    }
    const { points } = scene
    this.holding.take(from, points.looks[hit.at]!, { x: points.x[hit.at]!, y: points.y[hit.at]! })
    return true
  }

  drop(): void {
    const { held } = this.holding
    if (held === null) return
    const label = this.labelOf(held)
    if (!this.holding.drop(() => label)) return
    this.landed = held.row
    this.said = label
  }

  private labelOf({ look, from, at }: Held): string {
    const { words } = this.parts()
    const record = this.nameOf(look.text)
    if (at.x === from.x) return this.t(timeView.movedTime, { record, from: words.eventTime(from.y), to: words.eventTime(at.y) })
    if (at.y === from.y) return this.t(timeView.movedArrival, { record, from: virtualTime(from.x, 2), to: virtualTime(at.x, 2) })
    return this.t(timeView.movedBoth, { record, time: words.eventTime(at.y), arrival: virtualTime(at.x, 2) })
  }

  /** The record that was let go, in the run on screen, as soon as that has read it; null: none waits to be found. */
  found(): { readonly origin: number; readonly number: number } | null {
    const { landed } = this
    if (landed === null || this.holding.held !== null) return null
    const { log, state, topics, hands } = this.parts()
    const record = recordOfRow(log, state, topics, landed, landed.record.row)
    if (record !== null && hands?.catchingUp !== true) this.landed = null
    return record
  }

  /** By steps of the picture's grid; the selected record is taken into the hand first. */
  nudge(direction: Direction, at: number, steps: number, view: Parameters<Holding['nudge']>[2]): void {
    if (this.holding.held === null && !this.take(at < 0 ? null : { kind: 'record', at })) {
      if (this.parts().hands === null) this.said = this.t(timeView.noHands)
      return
    }
    const by = (less: Direction, more: Direction): number => (direction === less ? -steps : direction === more ? steps : 0)
    this.holding.nudge(by('left', 'right'), by('down', 'up'), view)
  }

  /** One more like the record at a place: the same times, or, if that is over, at the playhead. */
  addLike(at: number): void {
    const like = this.rowOf(at)
    if (like === null) return
    const { points, now } = this.parts().scene
    const [x, y] = [points.x[at]!, points.y[at]!]
    this.add(like, y, { eventTime: like.record.timestamp ?? y, arrival: Math.round(Math.max(x, now)) }, points.looks[at]!.text)
  }

  removeAt(at: number): boolean {
    const from = this.rowOf(at)
    const { points } = this.parts().scene
    if (from !== null && this.parts().hands !== null) {
      this.remove(from, points.y[at]!, points.looks[at]!.text)
      return true
    }
    this.said = this.t(from === null ? timeView.fixed : timeView.noHands)
    return false
  }

  do(action: PlaneAction): void {
    if (action.do === 'intervene') this.onintervene(action.intervention)
    else if (action.do === 'delete') this.remove(action.row, action.y, action.text)
    else this.add(action.row, action.timestamp, action.at, action.text)
  }

  private add(like: SourceRow, timestamp: number, at: { readonly eventTime: number; readonly arrival: number }, text: string): void {
    const { hands, words } = this.parts()
    const told = this.t(timeView.added, {
      record: this.nameOf(text),
      time: words.eventTime(at.eventTime),
      arrival: virtualTime(at.arrival, 2),
    })
    hands?.keep(adding(like, timestamp, at), told)
    this.said = told
  }

  private remove(from: SourceRow, y: number, text: string): void {
    const { hands, words } = this.parts()
    const told = this.t(timeView.deleted, { record: this.nameOf(text), time: words.eventTime(y) })
    this.cursor = null
    hands?.keep(deleting(from), told)
    this.said = told
  }
}
export type Direction = 'left' | 'right' | 'up' | 'down'
