import { hasTimestamp, LONG_MAX, LONG_MIN } from '../../core/time'
import type { JobEdge, JobVertex } from '../../graph/types'
import type { Arguments, Text } from '../../i18n'
import { graphView } from '../../i18n/graphView'
import { views } from '../../i18n/views'
import { executionStateOf, offsetsOf, watermarkOf } from '../../trace/cluster/queries'
import type { ClusterState } from '../../trace/cluster/state'
import type { TraceLog } from '../../trace/log'

/** A sentence still without a language. */
export interface Phrase {
  readonly text: Text
  readonly args?: Arguments
  readonly tone?: 'late' | 'idle'
}

/** Virtual µs without anything read from it after which a channel that others have passed is called silent. */
const SILENCE = 5_000_000

/** Whether nothing has come out of the channel for so long that it holds its receiver's watermark back, without being marked idle. */
export function isSilent(state: ClusterState, log: TraceLog, channel: number, time: number): boolean {
  if (state.channelIdle[channel] === 1 || state.channelEnded[channel] === 1) return false
  const to = state.plan.channelTo[channel]!
  if (executionStateOf(state, to) !== 'RUNNING') return false
  const last = state.lastReadEvent[channel]!
  if (time - (last < 0 ? 0 : log.timeAt(last)) < SILENCE) return false
  return state.plan.inputs[to]!.some((other) => other !== channel && state.channelWatermark[other]! > state.channelWatermark[channel]!)
}

/** What a subtask's last line says: what it has in hand. */
export function phrasesOf(state: ClusterState, vertex: number): Phrase[] {
  const phrases: Phrase[] = []
  if (state.plan.isSource[vertex] === 1) {
    const offsets = offsetsOf(state, vertex)
    if (offsets.length === 1)
      phrases.push({ text: views.offset, args: { offset: spaced(offsets[0]!.offset), partition: offsets[0]!.partition } })
    else if (offsets.length > 1)
      phrases.push({ text: views.offsets, args: { count: offsets.length, records: spaced(state.recordsIn[vertex]!) } })
    else if (state.recordsIn[vertex]! > 0) phrases.push({ text: views.handled, args: { count: spaced(state.recordsIn[vertex]!) } })
    else phrases.push({ text: views.nothingRead })
  } else {
    if (state.late[vertex]! > 0) phrases.push({ text: views.late, args: { count: spaced(state.late[vertex]!) }, tone: 'late' })
    if (state.windows[vertex]! > 0)
      phrases.push({ text: state.windows[vertex] === 1 ? views.windows1 : views.windows, args: { count: spaced(state.windows[vertex]!) } })
    else if (state.timers[vertex]! > 0)
      phrases.push({ text: state.timers[vertex] === 1 ? views.timers1 : views.timers, args: { count: spaced(state.timers[vertex]!) } })
    if (state.written[vertex]! > 0) phrases.push({ text: views.written, args: { count: spaced(state.written[vertex]!) } })
    else if (state.keys[vertex]! > 0)
      phrases.push({ text: state.keys[vertex] === 1 ? views.keys1 : views.keys, args: { count: spaced(state.keys[vertex]!) } })
    if (phrases.length === 0)
      phrases.push({
        text: state.recordsIn[vertex] === 1 ? views.handled1 : views.handled,
        args: { count: spaced(state.recordsIn[vertex]!) },
      })
  }
  if (state.idle[vertex] === 1) phrases.push({ text: views.idle, tone: 'idle' })
  return phrases
}

/** Why the task begins here and not in the chain before it; for a source, whether it is a chain. */
export function reasonOf(vertex: JobVertex, edges: readonly JobEdge[], parallelismOf: (vertex: number) => number): Phrase {
  const edge = edges.find(({ toVertex }) => toVertex === vertex.index)
  if (edge === undefined) return { text: vertex.chain.length > 1 ? views.chained : views.single }
  switch (edge.reason.rule) {
    case 'partitioner':
      return edge.partitioner.name === 'HASH'
        ? { text: views.breakHash }
        : { text: views.breakPartitioner, args: { partitioner: edge.partitioner.name } }
    case 'parallelism':
      return { text: views.breakParallelism, args: { from: parallelismOf(edge.fromVertex), to: vertex.parallelism } }
    case 'max-parallelism':
      return { text: views.breakMaxParallelism }
    case 'several-inputs':
      return { text: views.breakInputs }
    case 'chaining-disabled':
      return { text: views.breakDisabled }
    case 'slot-sharing-group':
      return { text: views.breakGroup }
    case 'exchange-mode':
      return { text: views.breakExchange }
    case 'downstream-head':
      return { text: graphView.breakHead }
    default:
      return { text: views.breakStrategy }
  }
}

export const hasWatermark = (state: ClusterState, vertex: number): boolean => {
  const watermark = watermarkOf(state, vertex)
  return hasTimestamp(watermark) && watermark > LONG_MIN
}
export const isEnd = (watermark: number): boolean => watermark >= LONG_MAX

/** 8412 → 8 412. */
export const spaced = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')
