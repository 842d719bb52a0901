import type { LaneFrame } from '../components/Scrubber.svelte'
import { NO_HUE } from '../components/glyphs/key'
import { LONG_MAX, LONG_MIN } from '../core/time'
import { TraceKind } from '../trace/kinds'
import type { TraceLog } from '../trace/log'
import { keyLook } from '../trace/looks'
import { keyOf } from '../trace/search'
import type { Lane, TimelineState } from '../views/timeline/fold'
import { binMarks, eventTimeHeight, stepPoints, type Viewport } from '../views/timeline/layout'
import { cross, ring, triangle } from './marks'

/** Marks closer than this many px become one, taller mark. */
const STEP = 3
/** A record's key is told by what its task does with it next: so many events on it is given up. */
const NEAR = 14

const hues = new WeakMap<TraceLog, Map<number, number>>()

/** The hue of the record that event `index` is about, −1 for none. */
function hueAt(log: TraceLog, index: number): number {
  let known = hues.get(log)
  if (known === undefined) hues.set(log, (known = new Map()))
  const before = known.get(index)
  if (before !== undefined) return before
  const process = log.processAt(index)
  const reader = log.reader().to(index)
  let hue = -1
  do {
    if (reader.process !== process) continue
    if (reader.index > index && (reader.kind === TraceKind.RecordIn || reader.kind === TraceKind.SourceRecord)) break
    const key = keyOf(reader, log)
    if (key >= 0) {
      hue = keyLook(log, process, key).hue
      break
    }
  } while (reader.index < index + NEAR && reader.next())
  // Near the frontier the answer may still come.
  if (hue >= 0 || index + NEAR < log.length) known.set(index, hue)
  return hue
}

/** The stretch of event time that the lanes' watermarks take within what is in sight: a lane's height stands for it. */
export function watermarkRange({ x }: LaneFrame, lanes: readonly Lane[]): readonly [min: number, max: number] {
  const [left, right] = x.range
  const [from, to] = x.domain
  let min = Infinity
  let max = -Infinity
  for (const lane of lanes) {
    for (const { value } of stepPoints(lane.watermark, { from, to, width: right - left })) {
      if (value <= LONG_MIN || value >= LONG_MAX) continue
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  }
  return [min, max]
}

export function drawLane(
  { g, x, palette }: LaneFrame,
  log: TraceLog,
  state: TimelineState,
  lane: Lane,
  top: number,
  height: number,
  [min, max]: readonly [number, number],
): void {
  const [left, right] = x.range
  const [from, to] = x.domain
  const viewport: Viewport = { from, to, width: right - left }
  const inner = height - 8
  const rows = lane.subtask < 0 ? Math.max(1, state.lanesOf[lane.vertex]!.length) : 1
  const place = (event: number): number => {
    if (rows === 1) return 0.5
    const vertex = log.names.vertexOf(log.processAt(event))
    return ((state.graph.vertices[vertex]?.subtask ?? 0) + 0.5) / rows
  }

  const bins = binMarks(lane.records, viewport, STEP)
  // Few marks have room to be the discs that they are in the graph.
  const sparse = bins.length * 16 < viewport.width
  g.globalAlpha = sparse ? 1 : 0.88
  for (const bin of bins) {
    const hue = hueAt(log, bin.firstEvent)
    g.fillStyle = palette.keys[hue < 0 ? NO_HUE : hue]!
    if (sparse) {
      g.beginPath()
      g.arc(left + bin.x + 1.5, top + 4 + place(bin.firstEvent) * inner, bin.count > 1 ? 5 : 3.6, 0, 7)
      g.fill()
      continue
    }
    const tall = Math.min(inner, 5 + 3 * Math.log2(bin.count))
    g.fillRect(left + bin.x, top + 4 + Math.max(0, Math.min(inner - tall, place(bin.firstEvent) * inner - tall / 2)), 2.2, tall)
  }
  g.globalAlpha = 1

  const points = stepPoints(lane.watermark, viewport)
  if (points.length > 0) {
    const y = (value: number): number => top + height - 4 - eventTimeHeight(value, min, max) * inner
    g.beginPath()
    points.forEach((point, i) => {
      if (i === 0) g.moveTo(left + point.x, y(point.value))
      else {
        g.lineTo(left + point.x, y(points[i - 1]!.value))
        g.lineTo(left + point.x, y(point.value))
      }
    })
    const last = state.event >= 0 ? Math.min(viewport.width, x(log.timeAt(state.event)) - left) : 0
    g.lineTo(left + Math.max(points[points.length - 1]!.x, last), y(points[points.length - 1]!.value))
    g.strokeStyle = palette.wm
    g.lineWidth = 1.75
    g.stroke()
  }

  g.globalAlpha = 0.8
  for (const bin of binMarks(lane.fired, viewport, 11)) triangle(g, left + bin.x + 5, top + 2, palette.ok)
  g.globalAlpha = 1
  for (const bin of binMarks(lane.late, viewport, 6)) ring(g, left + bin.x + 3, top + height - 7, palette.late)
  for (const bin of binMarks(lane.failures, viewport, 6)) cross(g, left + bin.x + 3, top + height / 2, palette.fail)
}
