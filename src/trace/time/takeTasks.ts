import { LONG_MIN } from '../../core/time'
import { EXECUTION_STATES, TraceKind } from '../kinds'
import type { TraceEvent } from '../types'
import { AttemptTrack, ChannelFlag, ChannelTrack, InputTrack, NodeTrack } from './state'
import type { TimeIndex } from './state'
import { ValveMirror } from './valve'

const CANCELED = EXECUTION_STATES.indexOf('CANCELED')
const FAILED = EXECUTION_STATES.indexOf('FAILED')
const FINISHED = EXECUTION_STATES.indexOf('FINISHED')

/** By attempt: what follows its inputs, as far as the index goes. */
const valves = new WeakMap<AttemptTrack, ValveMirror[]>()

export function takeExecutionState(index: TimeIndex, event: TraceEvent): void {
  const { a: vertex, b: number, c: became, d: process } = event
  const attempts = (index.attempts[vertex] ??= [])
  const last = attempts.at(-1)
  if (last !== undefined && last.ended < 0) {
    const over = number !== last.attempt || (process !== 0 && process !== last.process)
    if (over || became === CANCELED || became === FAILED) {
      last.ended = event.index
      last.endedAs = 'lost'
    } else if (became === FINISHED) {
      last.ended = event.index
      last.endedAs = 'finished'
    }
  } else if (last !== undefined && last.endedAs === 'finished' && number !== last.attempt) {
    // It runs once more, as when its region is restarted: what it had is from another life.
    last.endedAs = 'lost'
  }
  if (process === 0 || index.processes.has(process)) return
  const attempt = new AttemptTrack(process, vertex, number, event.index)
  attempts.push(attempt)
  index.processes.set(process, attempt)
  const inputs = index.plan.inputs[vertex] ?? []
  valves.set(
    attempt,
    inputs.map((channels, input) => {
      const track = new InputTrack(input, channels)
      attempt.inputs.push(track)
      return new ValveMirror(
        track,
        channels.map((channel) => channelOf(index, channel)),
        event,
      )
    }),
  )
  for (const channel of index.plan.outputs[vertex] ?? []) {
    const { sent } = channelOf(index, channel)
    if (sent.length > 0) sent.add(event.index, event.time, LONG_MIN, ChannelFlag.Reset)
  }
}

export function takeTask(index: TimeIndex, event: TraceEvent): void {
  const attempt = index.processes.get(event.process)
  if (attempt === undefined) return
  const { a, x, kind } = event
  switch (kind) {
    case TraceKind.WatermarkAdvanced:
      if (index.plan.head[index.graph.vertices[attempt.vertex]!.vertex] === a) attempt.watermark.add(event.index, event.time, x, event.b)
      return
    case TraceKind.WatermarkOut: {
      const { sent } = channelOf(index, a)
      sent.add(event.index, event.time, x, sent.lastFlags & ChannelFlag.Idle)
      if (attempt.sent.lastValue !== x) attempt.sent.add(event.index, event.time, x, attempt.sent.lastFlags)
      return
    }
    case TraceKind.StatusOut: {
      const { sent } = channelOf(index, a)
      const idle = event.b === 1 ? 1 : 0
      sent.add(event.index, event.time, sent.length === 0 ? LONG_MIN : sent.lastValue, idle)
      if (attempt.sent.lastFlags !== idle)
        attempt.sent.add(event.index, event.time, attempt.sent.length === 0 ? LONG_MIN : attempt.sent.lastValue, idle)
      return
    }
    case TraceKind.EndOfInput:
      if (a < 0) {
        attempt.exhausted = event.index
        return
      }
  }
  // What is left is about a channel that it reads.
  if (index.plan.channelTo[a] !== attempt.vertex) return
  if (kind === TraceKind.RecordIn) {
    channelOf(index, a).records.add(event.index)
    return
  }
  const valve = valves.get(attempt)?.[index.plan.inputOf[a]!]
  const place = index.plan.placeOf[a]!
  if (kind === TraceKind.WatermarkIn) valve?.watermark(place, x, event)
  else if (kind === TraceKind.StatusIn) valve?.status(place, event.b === 1, event)
  else valve?.ended(place, event)
}

export function channelOf(index: TimeIndex, channel: number): ChannelTrack {
  return (index.channels[channel] ??= new ChannelTrack(channel))
}

/** The operator's track in the process that tells of it; null: no attempt is known to be that process. */
export function nodeOf(index: TimeIndex, process: number, node: number): NodeTrack | null {
  const attempt = index.processes.get(process)
  if (attempt === undefined) return null
  const known = attempt.nodes.get(node)
  if (known !== undefined) return known
  const fresh = new NodeTrack(attempt, node)
  attempt.nodes.set(node, fresh)
  const all = index.nodes.get(node)
  if (all === undefined) index.nodes.set(node, [fresh])
  else all.push(fresh)
  return fresh
}
