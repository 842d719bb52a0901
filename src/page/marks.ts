import type { LaneFrame } from '../components/Scrubber.svelte'
import type { Palette } from '../components/glyphs/palette'
import { isOver } from '../trace/cluster/queries'
import { JOB_STATUSES } from '../trace/kinds'
import type { JobStatus } from '../trace/kinds'
import type { TraceLog } from '../trace/log'
import type { JobLane, Marks, TimelineState } from '../views/timeline/fold'
import { binMarks, xOf, type Viewport } from '../views/timeline/layout'

type Stroke = 'dashed' | 'whole'
/** At the head of a line across the lanes: what sort of moment it is, without its colour. */
type Head = (g: CanvasRenderingContext2D, x: number, y: number, color: string) => void

/** Where lines across the lanes begin: below the axis' numbers. */
const TOP = 16

const viewportOf = ({ x }: LaneFrame): { readonly left: number; readonly viewport: Viewport } => {
  const [left, right] = x.range
  const [from, to] = x.domain
  return { left, viewport: { from, to, width: right - left } }
}

/** What concerns the whole cluster: a line across all lanes, with a head that says what it is. */
export function drawMoments(frame: LaneFrame, state: TimelineState): void {
  const { g, palette, tops, heights } = frame
  const { left, viewport } = viewportOf(frame)
  const bottom = (tops[tops.length - 1] ?? 18) + (heights[heights.length - 1] ?? 28)
  const line = (marks: Marks, color: string, stroke: Stroke, head?: Head): void => {
    g.strokeStyle = color
    g.lineWidth = 1.25
    for (const { x } of binMarks(marks, viewport, head === undefined ? 2 : 8)) {
      g.setLineDash(stroke === 'dashed' ? [3, 3] : [])
      g.beginPath()
      g.moveTo(left + x + 0.5, TOP)
      g.lineTo(left + x + 0.5, bottom)
      g.stroke()
      g.setLineDash([])
      head?.(g, left + x + 0.5, TOP + 3, color)
      g.strokeStyle = color
      g.lineWidth = 1.25
    }
  }
  line(state.interventions, palette.accent, 'dashed')
  line(state.failures, palette.fail, 'dashed')
  line(state.joined, palette.ink3, 'dashed', plus)
  line(state.lost, palette.fail, 'whole', cross)
  line(state.faults, palette.fail, 'dashed', cross)
  line(state.jobManagersLost, palette.fail, 'whole', cross)
  line(state.jobManagersJoined, palette.ink3, 'dashed', plus)
  drawCheckpoints(frame, state, bottom)
  // Of several jobs, each has a lane of its own that says so.
  if (state.jobs.length > 1) return
  line(state.restarts, palette.ink2, 'dashed', turn)
  line(state.ends, palette.ink3, 'whole', square)
}

/** Checkpoints closer than this many px to each other are one mark. */
const CHECKPOINT_STEP = 5

/**
 * From a checkpoint's trigger to its end, along the upper edge of the lanes: a bar with a bracket at its trigger, and at its end a tick when it completed, a
 * cross when it failed; one that is pending stays open.
 */
function drawCheckpoints(frame: LaneFrame, state: TimelineState, bottom: number): void {
  const { g, palette } = frame
  const { left, viewport } = viewportOf(frame)
  const { checkpoints, checkpointEnds, checkpointEndTimes, checkpointOutcomes } = state
  const y = bottom - 4
  const end = checkpoints.times.countUpTo(viewport.to, checkpoints.length)
  // One that began before what is in sight may reach into it.
  const first = Math.max(0, checkpoints.times.countUpTo(viewport.from, checkpoints.length) - 4)
  let drawn = -Infinity
  for (let at = first; at < end; at++) {
    const isOver = checkpointEnds.get(at) > 0
    const from = xOf(viewport, checkpoints.times.at(at))
    const to = isOver ? xOf(viewport, checkpointEndTimes.at(at)) : from + 6
    const failed = checkpointOutcomes.get(at) === 2
    if (to < 0 || (!failed && to < drawn + CHECKPOINT_STEP)) continue
    drawn = to
    g.fillStyle = failed ? palette.fail : palette.barrier
    const start = Math.max(0, from)
    g.globalAlpha = isOver ? 0.85 : 0.45
    g.fillRect(left + start, y - 1, Math.max(1.5, Math.min(viewport.width, to) - start), 2.5)
    if (from >= 0) g.fillRect(left + from, y - 4, 1.5, 8)
    g.globalAlpha = 1
    if (!isOver || to > viewport.width) continue
    if (failed) cross(g, left + to, y, palette.fail)
    else g.fillRect(left + to - 1, y - 4, 2, 8)
  }
}

/** What a job was when: a band for each status, with its name where there is room. */
export function drawJob(
  frame: LaneFrame,
  log: TraceLog,
  state: TimelineState,
  { changes, statuses }: JobLane,
  top: number,
  height: number,
): void {
  const { g, palette } = frame
  const { left, viewport } = viewportOf(frame)
  const y = top + height / 2
  g.font = `10px ${palette.sans}`
  g.textBaseline = 'middle'
  for (let i = 0; i < changes.length; i++) {
    const status = JOB_STATUSES[statuses.at(i)]!
    if (isOver(status)) continue
    const until = i + 1 < changes.length ? changes.times.at(i + 1) : log.timeAt(state.event)
    const from = Math.max(0, xOf(viewport, changes.times.at(i)))
    const to = Math.min(viewport.width, xOf(viewport, until))
    if (to <= from) continue
    g.fillStyle = colorOf(palette, status)
    g.globalAlpha = 0.35
    g.fillRect(left + from, y - 3, to - from, 6)
    g.globalAlpha = 1
    tell(frame, status, left + from + 6, y, to - from - 12)
  }
  const last = changes.length - 1
  if (last < 0) return
  const status = JOB_STATUSES[statuses.at(last)]!
  const at = xOf(viewport, changes.times.at(last))
  if (!isOver(status) || at < 0 || at > viewport.width) return
  square(g, left + at, y, colorOf(palette, status))
  tell(frame, status, left + at + 8, y, viewport.width - at - 8)
}

/** A job's status has the colour of the state that it is, as everywhere. */
function colorOf(palette: Palette, status: JobStatus): string {
  if (status === 'RUNNING' || status === 'FINISHED') return palette.ok
  return status === 'FAILING' || status === 'FAILED' || status === 'RESTARTING' ? palette.fail : palette.ink3
}

function tell({ g, palette }: LaneFrame, text: string, x: number, y: number, room: number): void {
  const { width } = g.measureText(text)
  if (width > room) return
  g.fillStyle = palette.panel
  g.fillRect(x - 2, y - 6, width + 4, 12)
  g.fillStyle = palette.ink2
  g.fillText(text, x, y + 0.5)
}

export function triangle(g: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  g.beginPath()
  g.moveTo(x - 3.5, y)
  g.lineTo(x + 3.5, y)
  g.lineTo(x, y + 5)
  g.fillStyle = color
  g.fill()
}
export function ring(g: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  g.beginPath()
  g.arc(x, y, 3, 0, 7)
  g.strokeStyle = color
  g.lineWidth = 1.6
  g.stroke()
}
export function cross(g: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  g.beginPath()
  g.moveTo(x - 4, y - 4)
  g.lineTo(x + 4, y + 4)
  g.moveTo(x + 4, y - 4)
  g.lineTo(x - 4, y + 4)
  g.strokeStyle = color
  g.lineWidth = 2
  g.stroke()
}
function plus(g: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  g.beginPath()
  g.moveTo(x - 4, y)
  g.lineTo(x + 4, y)
  g.moveTo(x, y - 4)
  g.lineTo(x, y + 4)
  g.strokeStyle = color
  g.lineWidth = 2
  g.stroke()
}
function square(g: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  g.fillStyle = color
  g.fillRect(x - 3.5, y - 3.5, 7, 7)
}
/** Round once more. */
function turn(g: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  g.strokeStyle = g.fillStyle = color
  g.lineWidth = 1.6
  g.beginPath()
  g.arc(x, y, 3.6, -0.9, 4.2)
  g.stroke()
  g.beginPath()
  g.moveTo(x + 4.6, y - 5)
  g.lineTo(x + 4.4, y - 0.6)
  g.lineTo(x + 0.6, y - 2.6)
  g.fill()
}
