import { LONG_MAX, LONG_MIN } from '../../core/time'
import { FloatColumn, IntColumn } from '../../trace/columns'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind } from '../../trace/kinds'
import type { Fold, TraceEvent, TraceHeader } from '../../trace/types'

/** A growing list of moments, each with the event that it is. */
export class Marks {
  readonly times = new FloatColumn()
  readonly events = new IntColumn()
  length = 0

  add(event: TraceEvent): void {
    this.times.put(this.length, event.time)
    this.events.put(this.length++, event.index)
  }
}

/** A watermark as steps: it has `values[i]` from `times[i]` on. */
export class Steps {
  readonly times = new FloatColumn()
  readonly values = new FloatColumn()
  readonly events = new IntColumn()
  length = 0

  add(event: TraceEvent, value: number): void {
    this.times.put(this.length, event.time)
    this.values.put(this.length, value)
    this.events.put(this.length++, event.index)
  }
}

export interface Lane {
  /** Job vertex; its subtask, −1 for the whole task. */
  readonly vertex: number
  readonly subtask: number
  /** A mark for each record that the task took in: read by a source, arrived at another. */
  readonly records: Marks
  /** What its sinks wrote. */
  readonly written: Marks
  readonly late: Marks
  readonly fired: Marks
  readonly failures: Marks
  /** Changes of the execution state. */
  readonly states: Marks
  /** The least watermark of its subtasks. */
  readonly watermark: Steps
}

/**
 * The lanes below the page. They show all that is simulated, not a prefix: there is one state, at the frontier, and it only
 * grows, wherever the playhead is.
 */
export interface TimelineState {
  /** Last event taken in. */
  event: number
  readonly tasks: readonly Lane[]
  /** By execution vertex. */
  readonly subtasks: readonly Lane[]
  readonly interventions: Marks
  readonly problems: Marks
  /** Changes of the job's status. */
  readonly job: Marks
  /** Everything that failed or made something fail. */
  readonly failures: Marks
  /** Range of event time that watermarks and records took; NaN before any. */
  eventTimeMin: number
  eventTimeMax: number
  readonly vertexOf: Map<number, number>
  /** Present watermark by execution vertex. */
  readonly watermarks: Float64Array
  readonly jobVertex: Int32Array
  readonly channelFrom: Int32Array
  readonly channelTo: Int32Array
  /** By job vertex: it has no inputs; it has neither inputs nor outputs. */
  readonly isSource: readonly boolean[]
  readonly isLonely: readonly boolean[]
  /** By execution vertex: the operator at the head of its chain. */
  readonly heads: Int32Array
}

const FAILED = EXECUTION_STATES.indexOf('FAILED')
const BAD_STATUS = new Set(['FAILING', 'FAILED'].map((status) => JOB_STATUSES.indexOf(status as 'FAILED')))

const lane = (vertex: number, subtask: number): Lane => ({
  vertex,
  subtask,
  records: new Marks(),
  written: new Marks(),
  late: new Marks(),
  fired: new Marks(),
  failures: new Marks(),
  states: new Marks(),
  watermark: new Steps(),
})

function init(header: TraceHeader): TimelineState {
  const graph = header.executionGraph
  const receivers = new Set(graph.job.edges.map(({ toVertex }) => toVertex))
  return {
    event: -1,
    tasks: graph.job.vertices.map(({ index }) => lane(index, -1)),
    subtasks: graph.vertices.map(({ vertex, subtask }) => lane(vertex, subtask)),
    interventions: new Marks(),
    problems: new Marks(),
    job: new Marks(),
    failures: new Marks(),
    eventTimeMin: NaN,
    eventTimeMax: NaN,
    vertexOf: new Map(),
    watermarks: new Float64Array(graph.vertices.length).fill(LONG_MIN),
    jobVertex: Int32Array.from(graph.vertices, ({ vertex }) => vertex),
    channelFrom: Int32Array.from(graph.channels, ({ from }) => from),
    channelTo: Int32Array.from(graph.channels, ({ to }) => to),
    heads: Int32Array.from(graph.vertices, ({ vertex }) => graph.job.vertices[vertex]!.chain[0]!.node),
    isSource: graph.job.vertices.map(({ index }) => !receivers.has(index)),
    isLonely: graph.job.vertices.map(
      ({ index }) => !receivers.has(index) && !graph.job.edges.some(({ fromVertex }) => fromVertex === index),
    ),
  }
}

export const timelineFold: Fold<TimelineState> = {
  init,
  apply,
  // One state, shared: there is nothing to go back to, and going over a stretch again changes nothing.
  clone: (state) => state,
  size: () => 0,
}

function apply(state: TimelineState, event: TraceEvent): void {
  if (event.index <= state.event) return
  state.event = event.index
  switch (event.kind) {
    case TraceKind.RecordIn:
      mark(state, state.channelTo[event.a]!, event, 'records')
      break
    case TraceKind.SourceRecord:
      mark(state, vertexOf(state, event), event, 'records')
      seeTime(state, event.x)
      break
    case TraceKind.SinkRecord:
      mark(state, vertexOf(state, event), event, 'written')
      break
    case TraceKind.LateDropped:
      mark(state, vertexOf(state, event), event, 'late')
      break
    case TraceKind.WindowFired:
      mark(state, vertexOf(state, event), event, 'fired')
      break
    case TraceKind.WatermarkOut: {
      const vertex = state.channelFrom[event.a]!
      if (state.isSource[state.jobVertex[vertex]!]! && state.watermarks[vertex] !== event.x) watermark(state, vertex, event)
      break
    }
    case TraceKind.WatermarkEmitted: {
      // A source with no other task behind it tells no other way what it stands at.
      const vertex = vertexOf(state, event)
      if (vertex >= 0 && state.isLonely[state.jobVertex[vertex]!]!) watermark(state, vertex, event)
      break
    }
    case TraceKind.WatermarkAdvanced: {
      const vertex = vertexOf(state, event)
      if (vertex >= 0 && state.heads[vertex] === event.a) watermark(state, vertex, event)
      break
    }
    case TraceKind.ExecutionState:
      if (event.d !== 0) state.vertexOf.set(event.d, event.a)
      mark(state, event.a, event, 'states')
      if (event.c === FAILED) {
        mark(state, event.a, event, 'failures')
        state.failures.add(event)
      }
      break
    case TraceKind.JobStatus:
      state.job.add(event)
      if (BAD_STATUS.has(event.a)) state.failures.add(event)
      break
    case TraceKind.Intervention:
      state.interventions.add(event)
      break
    case TraceKind.Problem:
      state.problems.add(event)
      break
  }
}

const vertexOf = (state: TimelineState, event: TraceEvent): number => state.vertexOf.get(event.process) ?? -1

function mark(
  state: TimelineState,
  vertex: number,
  event: TraceEvent,
  what: 'records' | 'written' | 'late' | 'fired' | 'failures' | 'states',
): void {
  if (vertex < 0) return
  state.subtasks[vertex]![what].add(event)
  state.tasks[state.jobVertex[vertex]!]![what].add(event)
}

function seeTime(state: TimelineState, time: number): void {
  if (!(time > LONG_MIN && time < LONG_MAX)) return
  if (!(time >= state.eventTimeMin)) state.eventTimeMin = time
  if (!(time <= state.eventTimeMax)) state.eventTimeMax = time
}

function watermark(state: TimelineState, vertex: number, event: TraceEvent): void {
  if (vertex < 0) return
  state.watermarks[vertex] = event.x
  state.subtasks[vertex]!.watermark.add(event, event.x)
  seeTime(state, event.x)
  const task = state.jobVertex[vertex]!
  let least = Infinity
  for (let other = 0; other < state.jobVertex.length; other++)
    if (state.jobVertex[other] === task) least = Math.min(least, state.watermarks[other]!)
  const steps = state.tasks[task]!.watermark
  if (least > LONG_MIN && (steps.length === 0 || steps.values.at(steps.length - 1) !== least)) steps.add(event, least)
}
