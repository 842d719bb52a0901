import { columnsOf, passing, untangled, type Entry, type Port } from './columns'
import type { OperatorInput, PictureInput, TaskInput } from './input'
import { isLongerThan } from './names'

/** The same job three times: as its program (operators), as its tasks (chains), as its subtasks. */
export type Stage = 'program' | 'tasks' | 'subtasks'
export const STAGES: readonly Stage[] = ['program', 'tasks', 'subtasks']

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How much a subtask's cell has room to say: all lines, two, one, or nothing but its busy bar; a strip has all subtasks in one drawing. */
export type Detail = 'full' | 'short' | 'line' | 'bar' | 'strip'

export interface Cell extends Rect {
  /** Number of the execution vertex. */
  readonly index: number
  readonly vertex: number
  readonly subtask: number
}

export interface TaskBox {
  readonly task: TaskInput
  readonly column: number
  /** What stands above the cells; of no height in the other stages. */
  readonly header: Rect
  /** The chain's box; in the stage of subtasks, all its cells. */
  readonly frame: Rect
  readonly detail: Detail
  /** In the stage of subtasks alone. */
  readonly cells: readonly Cell[]
}

export interface Layout {
  readonly stage: Stage
  readonly width: number
  readonly height: number
  readonly tasks: readonly TaskBox[]
  /** By place among all operators. */
  readonly operators: readonly Rect[]
  /** By place among all edges, for those that go past columns, from left to right; none in the stage of subtasks. */
  readonly lanes: ReadonlyMap<number, readonly Lane[]>
  /** By job; none for a program with one. */
  readonly titles: readonly Rect[]
}

/** Where an edge goes past a column, level. */
export interface Lane {
  readonly from: number
  readonly to: number
  readonly y: number
}

export interface Columns {
  /** By job: places of its tasks, and of the edges that go past. */
  readonly jobs: readonly (readonly (readonly Entry[])[])[]
}

const MARGIN = 24
export const BOX_WIDTH = 172
const COLUMN_GAP = 106
const BLOCK_GAP = 34
const JOB_TITLE = 38
const JOB_GAP = 26

/** `line`: how much higher with a name of two lines; `padding`: of the name, both sides. */
const OPERATOR = { height: 44, gap: 24, indent: 14, line: 16, padding: 22 }
const ROW = { height: 26, gap: 5, inset: 8, indent: 10, line: 15, padding: 18 }
const FRAME = { top: 46, bottom: 9 }
const HEADER = 84
const FAR = 900
/** Below the last cell: a line for each of its channels. */
const NOTES = 44
/** Room for an edge that goes past a column. */
const LANE = 14
/** A task whose subtasks are yet to be counted. */
const UNDECIDED = 48

/** So many cells, or channels, or more are not drawn one by one. */
const MANY_CELLS = 160
const MANY_CHANNELS = 500
const ALWAYS_A_STRIP = 64
const SMALL_TASK = 8

interface Pitch {
  readonly detail: Detail
  readonly height: number
  readonly gap: number
}
/** By parallelism, so that 32 subtasks are still seen whole. */
function pitchOf(parallelism: number, strip: boolean, planned: boolean): Pitch {
  if (parallelism === 0) return { detail: 'short', height: UNDECIDED, gap: 0 }
  if (strip) return { detail: 'strip', height: Math.max(2, Math.min(7, 300 / parallelism)), gap: 0 }
  // Of a plan there is less to say.
  if (planned && parallelism <= 8) return { detail: 'short', height: 48, gap: 16 }
  if (parallelism <= 2) return { detail: 'full', height: 92, gap: 88 }
  if (parallelism <= 4) return { detail: 'full', height: 92, gap: 24 }
  if (parallelism <= 8) return { detail: 'short', height: 48, gap: 12 }
  if (parallelism <= 16) return { detail: 'line', height: 24, gap: 8 }
  return { detail: 'bar', height: 12, gap: 4 }
}

/** One column structure for all stages, so that the same thing is in the same place. */
export function columnsOfJobs(input: PictureInput): Columns {
  const tasksOf = input.jobs.map((): number[] => [])
  input.tasks.forEach(({ job }, place) => tasksOf[job]?.push(place))
  const rows = input.tasks.flatMap(({ operators: { length } }) => Array.from({ length }, (_, row) => (row + 0.5) / length))
  return {
    jobs: tasksOf.map((tasks) => {
      const local = new Map(tasks.map((place, i) => [place, i]))
      const places: number[] = []
      const ports = input.edges.flatMap(({ from, to, fromTask, toTask, jobEdge }, place): Port[] => {
        const producer = local.get(fromTask)
        const consumer = local.get(toTask)
        if (jobEdge === null || producer === undefined || consumer === undefined) return []
        places.push(place)
        return [{ from: producer, to: consumer, fromRow: rows[from]!, toRow: rows[to]! }]
      })
      const columns = untangled(columnsOf({ count: tasks.length, edges: ports }), ports)
      return columns.map((column) => column.map((entry) => (entry >= 0 ? tasks[entry]! : passing(places[-1 - entry]!))))
    }),
  }
}

/** Whether a picture has so many subtasks that large tasks are drawn as strips until they are opened. */
export function isLarge(input: PictureInput): boolean {
  return input.channels.length > MANY_CHANNELS || input.tasks.reduce((sum, { cells }) => sum + cells.length, 0) > MANY_CELLS
}

/** Where everything is in a stage. `opened`: tasks, by vertex, that are shown cell by cell however many there are. */
export function layoutOf(input: PictureInput, columns: Columns, stage: Stage, opened: ReadonlySet<number> = new Set()): Layout {
  const large = isLarge(input)
  const pitches = input.tasks.map(({ vertex, cells: { length } }) =>
    pitchOf(length, !opened.has(vertex) && length > SMALL_TASK && (large || length > ALWAYS_A_STRIP), input.planned),
  )
  const first: number[] = []
  let count = 0
  for (const { operators } of input.tasks) {
    first.push(count)
    count += operators.length
  }
  const head = stage === 'subtasks' ? HEADER : 0
  const bodies = input.tasks.map((task, place) => bodyHeight(task, pitches[place]!, stage))
  const heightOf = (column: readonly Entry[]): number =>
    column.reduce((sum, entry) => sum + (entry < 0 ? LANE : head + bodies[entry]!), (column.length - 1) * BLOCK_GAP)

  const tasks: TaskBox[] = new Array<TaskBox>(input.tasks.length)
  const operators: Rect[] = new Array<Rect>(count)
  const titles: Rect[] = []
  const lanes = new Map<number, Lane[]>()
  const several = input.jobs.length > 1
  let top = MARGIN
  let right = 0
  for (const all of columns.jobs) {
    // Channels of subtasks go behind cells: there are too many for lanes.
    const job = stage === 'subtasks' ? all.map((column) => column.filter((entry) => entry >= 0)) : all
    if (several) {
      titles.push({ x: MARGIN, y: top, width: 400, height: JOB_TITLE - 12 })
      top += JOB_TITLE
    }
    const inner = Math.max(0, ...job.map(heightOf))
    job.forEach((column, number) => {
      const x = MARGIN + number * (BOX_WIDTH + COLUMN_GAP)
      right = Math.max(right, x + BOX_WIDTH)
      // A task alone in its column has its header at the top, as its neighbours have, and its cells in the middle, if that is not far away.
      const alone = column.length === 1 && inner < FAR
      let y = top + (alone ? 0 : (inner - heightOf(column)) / 2)
      for (const place of column) {
        if (place < 0) {
          const lane = { from: x, to: x + BOX_WIDTH, y: y + LANE / 2 }
          lanes.set(-1 - place, [...(lanes.get(-1 - place) ?? []), lane])
          y += LANE + BLOCK_GAP
          continue
        }
        const task = input.tasks[place]!
        const body = bodies[place]!
        const frameTop = alone ? top + head + (inner - head - body) / 2 : y + head
        const header = { x, y, width: BOX_WIDTH, height: head }
        const frame = { x, y: frameTop, width: BOX_WIDTH, height: body }
        const cells = stage === 'subtasks' ? cellsOf(task, pitches[place]!, frame) : []
        tasks[place] = { task, column: number, header, frame, detail: pitches[place]!.detail, cells }
        operatorRects(stage, header, frame, task.operators).forEach((rect, i) => (operators[first[place]! + i] = rect))
        y = frameTop + body + BLOCK_GAP
      }
    })
    top += inner + JOB_GAP
  }
  return {
    stage,
    width: right + MARGIN,
    height: top - JOB_GAP + MARGIN + (stage === 'subtasks' ? NOTES : MARGIN),
    tasks,
    operators,
    lanes,
    titles,
  }
}

function bodyHeight(task: TaskInput, { height, gap }: Pitch, stage: Stage): number {
  const { operators, cells } = task
  if (stage === 'program') return rowsHeight(task, stage) + (operators.length - 1) * OPERATOR.gap
  if (stage === 'tasks') return FRAME.top + rowsHeight(task, stage) + (operators.length - 1) * ROW.gap + FRAME.bottom
  return Math.max(1, cells.length) * height + Math.max(0, cells.length - 1) * gap
}

type OperatorStage = Exclude<Stage, 'subtasks'>
const indentOf = (stage: OperatorStage, depth: number): number => Math.min(depth, 4) * (stage === 'program' ? OPERATOR : ROW).indent

/** Of an operator's box: higher where its name takes two lines. */
function rowHeight({ name, depth }: OperatorInput, stage: OperatorStage): number {
  const { height, line, padding } = stage === 'program' ? OPERATOR : ROW
  const width = BOX_WIDTH - indentOf(stage, depth) - (stage === 'program' ? 0 : 2 * ROW.inset) - padding
  return isLongerThan(name, width) ? height + line : height
}
const rowsHeight = ({ operators }: TaskInput, stage: OperatorStage): number =>
  operators.reduce((sum, operator) => sum + rowHeight(operator, stage), 0)

/** Where the operators of a task are, one below the other. */
function operatorRects(stage: Stage, header: Rect, frame: Rect, operators: readonly OperatorInput[]): Rect[] {
  if (stage === 'subtasks') return operators.map(() => ({ x: header.x, y: header.y, width: header.width, height: 18 }))
  const { gap } = stage === 'program' ? OPERATOR : ROW
  const inset = stage === 'program' ? 0 : ROW.inset
  let y = frame.y + (stage === 'program' ? 0 : FRAME.top)
  return operators.map((operator) => {
    const indent = indentOf(stage, operator.depth)
    const height = rowHeight(operator, stage)
    const rect = { x: frame.x + inset + indent, y, width: frame.width - 2 * inset - indent, height }
    y += height + gap
    return rect
  })
}

const cellsOf = ({ vertex, cells }: TaskInput, { height, gap }: Pitch, { x, y, width }: Rect): Cell[] =>
  cells.map((index, subtask) => ({ index, vertex, subtask, x, y: y + subtask * (height + gap), width, height }))

/** Lanes on the way from one layout to another; where only one has them, its own. */
export function lanesBetween(one: Layout, other: Layout, at: number): Layout['lanes'] {
  if (one === other || other.lanes.size === 0) return one.lanes
  if (one.lanes.size === 0) return other.lanes
  return new Map(
    [...other.lanes].map(([edge, lanes]) => [
      edge,
      lanes.map((lane, i) => ({ ...lane, y: lane.y + ((one.lanes.get(edge)?.[i]?.y ?? lane.y) - lane.y) * (1 - at) })),
    ]),
  )
}

/** Between two places of one thing: at 0 the first, at 1 the second. */
export const between = (one: Rect, other: Rect, at: number): Rect => ({
  x: one.x + (other.x - one.x) * at,
  y: one.y + (other.y - one.y) * at,
  width: one.width + (other.width - one.width) * at,
  height: one.height + (other.height - one.height) * at,
})
