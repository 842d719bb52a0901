import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { ExecutionGraph } from '../../graph/types'
import { aliveVertices } from '../../trace/cluster/members'
import { isOver } from '../../trace/cluster/queries'
import { FloatColumn, IntColumn } from '../../trace/columns'
import { grown } from '../../trace/graphs'
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

/** What a job was when, by changes of its status. */
export interface JobLane {
  readonly job: number
  /** A mark for each change, and the JobStatus code that it had from then on. */
  readonly changes: Marks
  readonly statuses: IntColumn
}

/**
 * The lanes below the page. They show all that is simulated, not a prefix: there is one state, at the frontier, and it only
 * grows, wherever the playhead is.
 */
export interface TimelineState {
  /** Last event taken in. */
  event: number
  graph: ExecutionGraph
  readonly jobs: readonly JobLane[]
  readonly tasks: readonly Lane[]
  /** One for each subtask number that a task ever had, whatever graph it was in; new ones come behind. */
  readonly subtasks: Lane[]
  /** The same by job vertex and subtask. */
  readonly lanesOf: readonly Lane[][]
  readonly interventions: Marks
  readonly problems: Marks
  /** TaskManagers that are gone, and those that came after the beginning. */
  readonly lost: Marks
  readonly joined: Marks
  /** Jobs that end, and that start over. */
  readonly ends: Marks
  readonly restarts: Marks
  /** Checkpoints that were triggered, and by place among them: the event that ended each, plus 1, its virtual µs, and whether it completed (1) or failed (2). */
  readonly checkpoints: Marks
  readonly checkpointEnds: IntColumn
  readonly checkpointEndTimes: FloatColumn
  readonly checkpointOutcomes: IntColumn
  /** `job/checkpoint` → place, of those that are pending as far as the fold has come. */
  readonly pendingCheckpoints: Map<string, number>
  /** What hands broke: FaultStruck; JobManagers that died and came. */
  readonly faults: Marks
  readonly jobManagersLost: Marks
  readonly jobManagersJoined: Marks
  /** Everything that failed or made something fail. */
  readonly failures: Marks
  /** Range of event time that watermarks and records took; NaN before any. */
  eventTimeMin: number
  eventTimeMax: number
  readonly vertexOf: Map<number, number>
  /** Present watermark by execution vertex. */
  watermarks: Float64Array
  channelFrom: Int32Array
  channelTo: Int32Array
  /** By job vertex: it has no inputs; it has neither inputs nor outputs. */
  readonly isSource: readonly boolean[]
  readonly isLonely: readonly boolean[]
  /** By job vertex: the operator at the head of its chain. */
  readonly heads: readonly number[]
  /** Hosts that are there from the beginning. */
  readonly first: ReadonlySet<number>
}

const FAILED = EXECUTION_STATES.indexOf('FAILED')

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
  const { vertices, edges, jobs } = graph.job
  const receivers = new Set(edges.map(({ toVertex }) => toVertex))
  const senders = new Set(edges.map(({ fromVertex }) => fromVertex))
  const state: TimelineState = {
    event: -1,
    graph,
    jobs: jobs.map((_, job) => ({ job, changes: new Marks(), statuses: new IntColumn() })),
    tasks: vertices.map(({ index }) => lane(index, -1)),
    subtasks: [],
    lanesOf: vertices.map(() => []),
    interventions: new Marks(),
    problems: new Marks(),
    lost: new Marks(),
    joined: new Marks(),
    ends: new Marks(),
    restarts: new Marks(),
    checkpoints: new Marks(),
    checkpointEnds: new IntColumn(),
    checkpointEndTimes: new FloatColumn(),
    checkpointOutcomes: new IntColumn(),
    pendingCheckpoints: new Map(),
    faults: new Marks(),
    jobManagersLost: new Marks(),
    jobManagersJoined: new Marks(),
    failures: new Marks(),
    eventTimeMin: NaN,
    eventTimeMax: NaN,
    vertexOf: new Map(),
    watermarks: new Float64Array(0),
    channelFrom: new Int32Array(0),
    channelTo: new Int32Array(0),
    heads: vertices.map(({ chain }) => chain[0]!.node),
    isSource: vertices.map(({ index }) => !receivers.has(index)),
    isLonely: vertices.map(({ index }) => !receivers.has(index) && !senders.has(index)),
    first: new Set(header.hosts.filter(({ startsAt }) => startsAt === undefined || startsAt === 0).map(({ host }) => host)),
  }
  growTo(state, graph)
  return state
}

/** Makes room for what a graph has more than the one before. */
function growTo(state: TimelineState, graph: ExecutionGraph): void {
  state.graph = graph
  const watermarks = new Float64Array(graph.vertices.length).fill(LONG_MIN)
  watermarks.set(state.watermarks)
  state.watermarks = watermarks
  state.channelFrom = Int32Array.from(graph.channels, ({ from }) => from)
  state.channelTo = Int32Array.from(graph.channels, ({ to }) => to)
  for (const { vertex, subtask } of graph.vertices) {
    const lanes = state.lanesOf[vertex]!
    if (subtask < lanes.length) continue
    lanes.push(lane(vertex, subtask))
    state.subtasks.push(lanes[subtask]!)
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
      if (state.isSource[taskOf(state, vertex)]! && state.watermarks[vertex] !== event.x) watermark(state, vertex, event)
      break
    }
    case TraceKind.WatermarkEmitted: {
      // A source with no other task behind it tells no other way what it stands at.
      const vertex = vertexOf(state, event)
      if (vertex >= 0 && state.isLonely[taskOf(state, vertex)]!) watermark(state, vertex, event)
      break
    }
    case TraceKind.WatermarkAdvanced: {
      const vertex = vertexOf(state, event)
      if (vertex >= 0 && state.heads[taskOf(state, vertex)] === event.a) watermark(state, vertex, event)
      break
    }
    case TraceKind.ExecutionState:
      executionState(state, event)
      break
    case TraceKind.ExecutionGraphCreated: {
      const graph = grown(state.graph, event)
      if (graph !== state.graph) growTo(state, graph)
      break
    }
    case TraceKind.JobStatus: {
      const job = state.jobs[event.b]
      if (job === undefined) break
      job.statuses.put(job.changes.length, event.a)
      job.changes.add(event)
      const status = JOB_STATUSES[event.a]!
      if (status === 'FAILING' || status === 'FAILED') state.failures.add(event)
      if (status === 'RESTARTING') state.restarts.add(event)
      if (isOver(status)) state.ends.add(event)
      break
    }
    case TraceKind.TaskManagerRegistered:
      if (!state.first.has(event.a)) state.joined.add(event)
      break
    case TraceKind.TaskManagerLost:
      state.lost.add(event)
      break
    case TraceKind.Intervention:
      state.interventions.add(event)
      break
    case TraceKind.Problem:
      state.problems.add(event)
      break
    case TraceKind.CheckpointTriggered:
      state.pendingCheckpoints.set(`${event.a}/${event.b}`, state.checkpoints.length)
      state.checkpoints.add(event)
      break
    case TraceKind.CheckpointCompleted:
      checkpointEnd(state, `${event.a}/${event.b}`, event, 1)
      break
    case TraceKind.CheckpointAborted:
      checkpointEnd(state, `${event.a}/${event.b}`, event, 2)
      break
    case TraceKind.JobManagerDied:
      state.jobManagersLost.add(event)
      // Nobody waits for acknowledgements any more.
      for (const key of [...state.pendingCheckpoints.keys()]) checkpointEnd(state, key, event, 2)
      break
    case TraceKind.JobManagerStarted:
      if (event.a > 0) state.jobManagersJoined.add(event)
      break
    case TraceKind.FaultStruck:
      state.faults.add(event)
      break
  }
}

function checkpointEnd(state: TimelineState, key: string, event: TraceEvent, outcome: 1 | 2): void {
  const at = state.pendingCheckpoints.get(key)
  if (at === undefined) return
  state.pendingCheckpoints.delete(key)
  state.checkpointEnds.put(at, event.index + 1)
  state.checkpointEndTimes.put(at, event.time)
  state.checkpointOutcomes.put(at, outcome)
}

function executionState(state: TimelineState, event: TraceEvent): void {
  // A new attempt knows no watermark; an address is never given to another.
  if (event.d !== 0 && !state.vertexOf.has(event.d)) {
    state.vertexOf.set(event.d, event.a)
    state.watermarks[event.a] = LONG_MIN
  }
  mark(state, event.a, event, 'states')
  if (event.c !== FAILED) return
  mark(state, event.a, event, 'failures')
  state.failures.add(event)
}

const vertexOf = (state: TimelineState, event: TraceEvent): number => state.vertexOf.get(event.process) ?? -1
/** The job vertex that an execution vertex is one of. */
const taskOf = (state: TimelineState, vertex: number): number => state.graph.vertices[vertex]!.vertex

function mark(
  state: TimelineState,
  index: number,
  event: TraceEvent,
  what: 'records' | 'written' | 'late' | 'fired' | 'failures' | 'states',
): void {
  if (index < 0) return
  const { vertex, subtask } = state.graph.vertices[index]!
  state.lanesOf[vertex]![subtask]![what].add(event)
  state.tasks[vertex]![what].add(event)
}

function seeTime(state: TimelineState, time: number): void {
  if (!(time > LONG_MIN && time < LONG_MAX)) return
  if (!(time >= state.eventTimeMin)) state.eventTimeMin = time
  if (!(time <= state.eventTimeMax)) state.eventTimeMax = time
}

function watermark(state: TimelineState, index: number, event: TraceEvent): void {
  if (index < 0) return
  state.watermarks[index] = event.x
  const { vertex, subtask } = state.graph.vertices[index]!
  state.lanesOf[vertex]![subtask]!.watermark.add(event, event.x)
  seeTime(state, event.x)
  let least = Infinity
  for (const other of aliveVertices(state.graph, vertex)) least = Math.min(least, state.watermarks[other]!)
  const steps = state.tasks[vertex]!.watermark
  if (least > LONG_MIN && (steps.length === 0 || steps.values.at(steps.length - 1) !== least)) steps.add(event, least)
}
