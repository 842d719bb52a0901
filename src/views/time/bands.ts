import { LONG_MAX, LONG_MIN } from '../../core/time'
import { windowSettingsOf } from '../../graph/timeSettings'
import { keyLook, type KeyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { boundsAt, elementCount, firingsOf, isClosed } from '../../trace/time/queries'
import type { TimeState, WindowTrack } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import { executionsOf, type Place } from './places'

/** A stretch of virtual time in which a band had these bounds. */
export interface BandPiece {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

export interface BandFiring {
  readonly event: number
  /** Virtual µs. */
  readonly time: number
  /** Not the first of its window. */
  readonly again: boolean
  /** Elements that it gave out; of several windows in one band all together. */
  readonly elements: number
  readonly windows: number
}

/** A window, or the windows of several keys that have the same bounds: a band from its opening to its end. */
export interface Band {
  readonly id: string
  readonly windows: readonly WindowTrack[]
  /** ms, as they are at the moment. */
  readonly start: number
  readonly end: number
  readonly pieces: readonly BandPiece[]
  /** Virtual µs. `closed`: of the last of its windows, −1 while one is open. */
  readonly opened: number
  readonly closed: number
  readonly firstFired: number
  readonly firings: readonly BandFiring[]
  readonly elements: number
  /** Its key; null: of several. */
  readonly look: KeyLook | null
  /** Bounds on the clock of processing time: it stands upright in the plane. */
  readonly processing: boolean
  /** Merged into another session. */
  readonly taken: boolean
  /** The run was lost, or over, before it fired. */
  readonly lost: boolean
}

/** Most bands that a picture holds: beyond that one sees nothing. */
export const MOST_BANDS = 1500

/**
 * Windows at a place that were there between virtual µs `from` and `to`; `now` is the moment. With `keys`, those of these keys alone; windows of
 * the same bounds are one band unless `apart`.
 */
export function bandsAt(
  header: TraceHeader,
  log: TraceLog,
  state: TimeState,
  place: Place,
  { from, to, now, keys, apart }: { from: number; to: number; now: number; keys: ReadonlySet<string> | null; apart: boolean },
): readonly Band[] {
  if (place.kind !== 'task' && place.kind !== 'subtask') return []
  const processingNodes = new Set(
    header.streamGraph.nodes
      .filter((node) => {
        const assigner = windowSettingsOf(node)?.assigner
        return assigner !== undefined && assigner.type !== 'global' && assigner.time === 'processing'
      })
      .map(({ id }) => id),
  )
  const groups = new Map<string, WindowTrack[]>()
  const firstEvent = log.lastAt(from)
  for (const vertex of executionsOf(state.graph, place)) {
    for (const attempt of state.index.attempts[vertex] ?? []) {
      if (attempt.started > state.event) continue
      for (const window of attempt.windows) {
        // A number that no event announced is a hole.
        if (window === undefined || window.global || window.opened > state.event) continue
        if (window.closed >= 0 && window.closed < firstEvent) continue
        if (keys !== null && !keys.has(keyLook(log, window.process, window.key).text)) continue
        const { start, end } = boundsAt(state, window)
        // What grew or was merged has a shape of its own.
        const id =
          apart || window.starts !== null || window.into >= 0 ? `${window.process}/${window.window}` : `${window.node.node}/${start}/${end}`
        const group = groups.get(id)
        if (group === undefined) groups.set(id, [window])
        else group.push(window)
      }
    }
  }
  const bands: Band[] = []
  for (const [id, windows] of groups) {
    const band = bandOf(log, state, id, windows, processingNodes, now)
    if (band.opened <= to) bands.push(band)
    if (bands.length >= MOST_BANDS) break
  }
  return bands
}

function bandOf(
  log: TraceLog,
  state: TimeState,
  id: string,
  windows: readonly WindowTrack[],
  processingNodes: ReadonlySet<number>,
  now: number,
): Band {
  const first = windows[0]!
  const { start, end } = boundsAt(state, first)
  let opened = Infinity
  let closed = -1
  let open = false
  let lost = false
  let elements = 0
  for (const window of windows) {
    const { attempt } = window.node
    opened = Math.min(opened, log.timeAt(window.opened))
    const over = attempt.ended >= 0 && attempt.ended <= state.event
    if (isClosed(state, window)) closed = Math.max(closed, log.timeAt(window.closed))
    else if (over) {
      closed = Math.max(closed, log.timeAt(attempt.ended))
      lost = true
    } else open = true
    elements += elementCount(state, window)
  }
  const firings = bandFirings(log, state, windows)
  const alone = windows.length === 1
  const until = open ? now : closed
  const pieces = alone ? piecesOf(log, state, first, until) : [{ from: opened, to: until, start, end }]
  return {
    id,
    windows,
    start,
    end,
    pieces,
    opened,
    closed: open ? -1 : closed,
    firstFired: firings[0]?.time ?? -1,
    firings,
    elements,
    look: sameLook(log, windows),
    processing: processingNodes.has(first.node.node),
    taken: alone && isClosed(state, first) && first.into >= 0,
    lost,
  }
}

/** Subtasks that fire by the same watermark do so within a moment: virtual µs. */
const MOMENT = 200_000

/** Firings of the same moment are one. */
function bandFirings(log: TraceLog, state: TimeState, windows: readonly WindowTrack[]): readonly BandFiring[] {
  const all: BandFiring[] = []
  const reader = log.reader()
  for (const window of windows) {
    firingsOf(state, window).forEach(({ event }, at) => {
      reader.to(event)
      const elements = reader.c >= 0 ? reader.c : elementCount(state, window, event)
      all.push({ event, time: reader.time, again: at > 0, elements, windows: 1 })
    })
  }
  all.sort((a, b) => a.event - b.event)
  const merged: BandFiring[] = []
  for (const firing of all) {
    const last = merged.at(-1)
    if (last === undefined || firing.time - last.time > MOMENT || last.again !== firing.again) merged.push(firing)
    else merged[merged.length - 1] = { ...last, elements: last.elements + firing.elements, windows: last.windows + 1 }
  }
  return merged
}

/** A session grows: each merge gives it other bounds. */
function piecesOf(log: TraceLog, state: TimeState, window: WindowTrack, until: number): readonly BandPiece[] {
  const pieces: BandPiece[] = []
  let from = log.timeAt(window.opened)
  let { start, end } = window
  const count = window.starts?.count(state.event) ?? 0
  for (let at = 0; at < count; at++) {
    const time = window.starts!.time(at)
    if (time > from) pieces.push({ from, to: time, start, end })
    from = time
    start = window.starts!.value(at)
    end = window.ends!.value(at)
  }
  pieces.push({ from, to: until, start, end })
  return pieces
}

function sameLook(log: TraceLog, windows: readonly WindowTrack[]): KeyLook | null {
  const look = keyLook(log, windows[0]!.process, windows[0]!.key)
  return windows.every((window) => keyLook(log, window.process, window.key).text === look.text) ? look : null
}

/** The open band whose end comes next above a watermark; null: none is open. */
export function nextToFire(bands: readonly Band[], watermark: number): Band | null {
  let next: Band | null = null
  for (const band of bands) {
    if (band.closed >= 0 || band.processing || band.start <= LONG_MIN || band.end >= LONG_MAX) continue
    if (band.end - 1 > watermark && (next === null || band.end < next.end)) next = band
  }
  return next
}
