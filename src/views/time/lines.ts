import { LONG_MIN } from '../../core/time'
import type { ExecutionGraph } from '../../graph/types'
import type { Selection } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import { ChannelFlag, SplitFlag, type AttemptTrack, type SplitTrack, type TimeState } from '../../trace/time/state'
import type { Steps } from '../../trace/time/steps'
import type { TraceHeader } from '../../trace/types'
import { executionsOf, shortName, type Place } from './places'

/** Flags of a line's steps. */
export const LineFlag = { Idle: 1, Paused: 2, Ended: 4, Unaligned: 8 } as const

/** A watermark over virtual time: `values[i]` (ms; LONG_MIN: none yet) holds from `times[i]` (µs) on, until the next or `until`. */
export interface WatermarkLine {
  readonly id: string
  /** Whose: an operator or topic, and its number there; −1: the whole. */
  readonly name: string
  readonly number: number
  readonly what: 'partition' | 'channel' | 'subtask' | 'input' | 'whole'
  readonly times: number[]
  readonly values: number[]
  readonly flags: number[]
  /** Events that made the steps; −1: none did. */
  readonly events: number[]
  readonly until: number
  readonly selection: Selection | null
  /** Virtual µs of the last sign of life (a record, a watermark, a status); −1: none ever. */
  readonly heard: number
}

export interface PlaneLines {
  /** What comes together there. One alone is the whole, and is not told again. */
  readonly parts: readonly WatermarkLine[]
  /** What the place itself goes by: the least of its parts. */
  readonly whole: WatermarkLine
}

interface Piece {
  readonly steps: Steps
  /** Virtual µs in which it counts; what it had before is nothing. */
  readonly from: number
  readonly to: number
  readonly flag: (flags: number) => number
}

const ofSplit = (flags: number): number =>
  ((flags & SplitFlag.Idle) !== 0 ? LineFlag.Idle : 0) | ((flags & SplitFlag.Paused) !== 0 ? LineFlag.Paused : 0)
const ofChannel = (flags: number): number =>
  ((flags & ChannelFlag.Idle) !== 0 ? LineFlag.Idle : 0) |
  ((flags & ChannelFlag.Ended) !== 0 ? LineFlag.Ended : 0) |
  ((flags & ChannelFlag.Unaligned) !== 0 ? LineFlag.Unaligned : 0)
const ofOutput = (flags: number): number => ((flags & 1) !== 0 ? LineFlag.Idle : 0)

type Named = Pick<WatermarkLine, 'id' | 'name' | 'number' | 'what' | 'selection'>

/** Puts pieces of several attempts behind each other. */
function lineOf(state: TimeState, named: Named, pieces: readonly Piece[], heard: number): WatermarkLine {
  const times: number[] = []
  const values: number[] = []
  const flags: number[] = []
  const events: number[] = []
  const put = (time: number, value: number, flag: number, event: number): void => {
    const last = times.length - 1
    if (last >= 0 && values[last] === value && flags[last] === flag) return
    times.push(time)
    values.push(value)
    flags.push(flag)
    events.push(event)
  }
  let until = 0
  for (const { steps, from, to, flag } of pieces) {
    put(from, LONG_MIN, 0, -1)
    const count = steps.count(state.event)
    for (let at = 0; at < count; at++) {
      const time = steps.time(at)
      if (time < from) continue
      if (time > to) break
      put(time, steps.value(at), flag(steps.flag(at)), steps.event(at))
    }
    until = to
  }
  return { ...named, times, values, flags, events, until, heard }
}

const endOf = (state: TimeState, log: TraceLog, attempt: AttemptTrack, now: number): number =>
  attempt.ended >= 0 && attempt.ended <= state.event ? log.timeAt(attempt.ended) : now

/** The least of several lines at each moment, over those that take part (not idle); all idle: as it was. */
export function leastOf(lines: readonly WatermarkLine[], named: Named): WatermarkLine {
  const order: { readonly time: number; readonly line: number; readonly step: number }[] = []
  lines.forEach(({ times }, line) => times.forEach((time, step) => order.push({ time, line, step })))
  order.sort((a, b) => a.time - b.time || lines[a.line]!.events[a.step]! - lines[b.line]!.events[b.step]!)
  const value = lines.map(() => LONG_MIN)
  const idle = lines.map(() => false)
  const result = { times: [] as number[], values: [] as number[], flags: [] as number[], events: [] as number[] }
  let least = LONG_MIN
  let flag = 0
  for (const { time, line, step } of order) {
    value[line] = lines[line]!.values[step]!
    idle[line] = (lines[line]!.flags[step]! & LineFlag.Idle) !== 0
    let found = Infinity
    for (let at = 0; at < value.length; at++) if (!idle[at] && value[at]! < found) found = value[at]!
    const now = found === Infinity ? LineFlag.Idle : 0
    if (found === Infinity) found = least
    if (result.times.length > 0 && found === least && now === flag) continue
    least = found
    flag = now
    result.times.push(time)
    result.values.push(least)
    result.flags.push(flag)
    result.events.push(lines[line]!.events[step]!)
  }
  const until = lines.reduce((most, line) => Math.max(most, line.until), 0)
  const heard = lines.reduce((most, line) => Math.max(most, line.heard), -1)
  return { ...named, ...result, until, heard }
}

/** All lines of a place at the state's moment, `now` in virtual µs. */
export function linesAt(header: TraceHeader, log: TraceLog, state: TimeState, place: Place, now: number): PlaneLines {
  const { index, graph } = state
  const nodeName = (id: number): string => shortName(header.streamGraph.nodes.find((node) => node.id === id)?.name ?? `#${id}`)
  const attempts = executionsOf(graph, place).flatMap((vertex) =>
    (index.attempts[vertex] ?? []).filter(({ started }) => started <= state.event),
  )
  const span = (attempt: AttemptTrack) => ({ from: log.timeAt(attempt.started), to: endOf(state, log, attempt, now) })
  const last = (event: number): number => (event < 0 ? -1 : log.timeAt(event))

  if (place.kind === 'partition' || place.kind === 'source') {
    const splits = attempts.flatMap((attempt) => attempt.splits.filter(({ node, partition }) => node === place.node && partition >= 0))
    const partitions = [...new Set(splits.map(({ partition }) => partition))].sort((a, b) => a - b)
    const splitLine = (partition: number): WatermarkLine => {
      const own = splits.filter((split) => split.partition === partition)
      const pieces = own.map((split) => ({ steps: split.steps, ...span(split.attempt), flag: ofSplit }))
      const named: Named = {
        id: `split ${place.node} ${partition}`,
        name: nodeName(place.node),
        number: partition,
        what: 'partition',
        selection: { kind: 'partition', node: place.node, partition },
      }
      return lineOf(state, named, pieces, heardOfSplits(state, own, last))
    }
    if (place.kind === 'partition') {
      const line = splitLine(place.partition)
      return { parts: [], whole: { ...line, what: 'whole' } }
    }
    const outputs = byVertex(attempts).map((own): WatermarkLine => {
      const { vertex } = own[0]!
      const { subtask, vertex: task } = graph.vertices[vertex]!
      const pieces = own.flatMap((attempt) => {
        const generator = attempt.nodes.get(place.node)?.generator
        return generator === null || generator === undefined ? [] : [{ steps: generator.steps, ...span(attempt), flag: ofOutput }]
      })
      const named: Named = {
        id: `output ${vertex}`,
        name: nodeName(place.node),
        number: subtask,
        what: 'subtask',
        selection: { kind: 'subtask', vertex: task, subtask },
      }
      return lineOf(
        state,
        named,
        pieces,
        heardOfSplits(
          state,
          own.flatMap(({ splits: of }) => of),
          last,
        ),
      )
    })
    const parts = partitions.map(splitLine)
    const told = parts.some(({ times }) => times.length > 1)
    const named: Named = {
      id: 'whole',
      name: nodeName(place.node),
      number: -1,
      what: 'whole',
      selection: { kind: 'operator', node: place.node },
    }
    const whole = leastOf(
      outputs.filter(({ times }) => times.length > 0),
      named,
    )
    return { parts: told && parts.length > 1 ? parts : !told && outputs.length > 1 ? outputs : [], whole }
  }

  if (place.kind === 'stamped') {
    const outputs = byVertex(attempts).map((own): WatermarkLine => {
      const { subtask } = graph.vertices[own[0]!.vertex]!
      const pieces = own.flatMap((attempt) => {
        const generator = attempt.nodes.get(place.node)?.generator
        return generator === null || generator === undefined ? [] : [{ steps: generator.steps, ...span(attempt), flag: ofOutput }]
      })
      const selection: Selection = { kind: 'subtask', vertex: place.vertex, subtask }
      return lineOf(
        state,
        { id: `output ${own[0]!.vertex}`, name: nodeName(place.node), number: subtask, what: 'subtask', selection },
        pieces,
        -1,
      )
    })
    const named: Named = {
      id: 'whole',
      name: nodeName(place.node),
      number: -1,
      what: 'whole',
      selection: { kind: 'operator', node: place.node },
    }
    return { parts: outputs.length > 1 ? outputs : [], whole: leastOf(outputs, named) }
  }

  const headOf = (vertex: number): number => graph.job.vertices[vertex]!.chain[0]!.node
  const name = nodeName(headOf(place.vertex))
  const subtasks = byVertex(attempts).map((own): WatermarkLine => {
    const { subtask } = graph.vertices[own[0]!.vertex]!
    const pieces = own.map((attempt) => ({ steps: attempt.watermark, ...span(attempt), flag: () => 0 }))
    const selection: Selection = { kind: 'subtask', vertex: place.vertex, subtask }
    const newest = own.at(-1)!
    const heard = newest.inputs.reduce(
      (most, { channels }) => Math.max(most, ...channels.map((channel) => heardOn(state, channel, last))),
      -1,
    )
    return lineOf(state, { id: `subtask ${own[0]!.vertex}`, name, number: subtask, what: 'subtask', selection }, pieces, heard)
  })
  if (place.kind === 'task') {
    const whole = leastOf(subtasks, { id: 'whole', name, number: -1, what: 'whole', selection: { kind: 'task', vertex: place.vertex } })
    return { parts: subtasks.length > 1 ? subtasks : [], whole: { ...whole, what: 'whole' } }
  }
  const parts = attempts.length === 0 ? [] : channelLines(state, graph, attempts, span, nodeName, last)
  const own = subtasks[0]
  const whole: WatermarkLine = own ?? lineOf(state, { id: 'whole', name, number: place.subtask, what: 'whole', selection: null }, [], -1)
  return { parts: parts.length > 1 ? parts : [], whole: { ...whole, what: 'whole' } }
}

function channelLines(
  state: TimeState,
  graph: ExecutionGraph,
  attempts: readonly AttemptTrack[],
  span: (attempt: AttemptTrack) => { readonly from: number; readonly to: number },
  nodeName: (id: number) => string,
  last: (event: number) => number,
): WatermarkLine[] {
  const newest = attempts.at(-1)!
  return newest.inputs.flatMap(({ channels }) =>
    channels.map((channel): WatermarkLine => {
      const sender = graph.vertices[graph.channels[channel]!.from]!
      const edge = graph.job.edges[graph.channels[channel]!.edge]!
      const named: Named = {
        id: `channel ${channel}`,
        name: nodeName(edge.from),
        number: sender.subtask,
        what: 'channel',
        selection: { kind: 'channel', channel },
      }
      const steps = state.index.channels[channel]?.steps
      const pieces = steps === undefined ? [] : attempts.map((attempt) => ({ steps, ...span(attempt), flag: ofChannel }))
      return lineOf(state, named, pieces, heardOn(state, channel, last))
    }),
  )
}

function heardOn(state: TimeState, channel: number, last: (event: number) => number): number {
  const track = state.index.channels[channel]
  if (track === undefined) return -1
  const steps = track.steps.count(state.event)
  return Math.max(last(track.records.last(state.event)), steps === 0 ? -1 : track.steps.time(steps - 1))
}

const heardOfSplits = (state: TimeState, splits: readonly SplitTrack[], last: (event: number) => number): number =>
  splits.reduce((most, { records }) => Math.max(most, last(records.last(state.event))), -1)

/** Attempts of one execution vertex together, in order. */
function byVertex(attempts: readonly AttemptTrack[]): AttemptTrack[][] {
  const found = new Map<number, AttemptTrack[]>()
  for (const attempt of attempts) {
    const own = found.get(attempt.vertex)
    if (own === undefined) found.set(attempt.vertex, [attempt])
    else own.push(attempt)
  }
  return [...found.values()]
}

/** The value at virtual µs `time`, and the event that made it. */
export function valueAtTime(
  line: WatermarkLine,
  time: number,
): { readonly value: number; readonly flags: number; readonly event: number; readonly since: number } {
  let low = 0
  let high = line.times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (line.times[middle]! <= time) low = middle + 1
    else high = middle
  }
  if (low === 0) return { value: LONG_MIN, flags: 0, event: -1, since: 0 }
  return { value: line.values[low - 1]!, flags: line.flags[low - 1]!, event: line.events[low - 1]!, since: line.times[low - 1]! }
}
