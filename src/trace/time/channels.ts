import { LONG_MIN } from '../../core/time'
import { ChannelFlag, ChannelTrack } from './state'
import type { AttemptTrack, InputTrack, TimeState } from './state'
import { flagAt, valueAt, type Since } from './moments'

/** A channel as its receiver's valve has it. */
export interface ChannelNow {
  readonly channel: number
  readonly watermark: Since
  /** value 1: idle. */
  readonly idle: Since
  /** value 1: all has been read. */
  readonly ended: Since
  /** It takes part in the minimum. If not: it is idle, or was and has not caught up (T-16). */
  readonly aligned: boolean
  /** Records that the receiver took from it; the last RecordIn, −1: none. */
  readonly records: number
  readonly lastRecord: number
  /** What the sender last wrote on it: ahead of `watermark` while that is still on its way. */
  readonly sent: Since
}

const FRESH = ChannelFlag.Reset
/** Of a channel that nobody reads yet. */
const NOTHING_CAME = new ChannelTrack(-1)
const trackOf = (state: TimeState, channel: number): ChannelTrack => state.index.channels[channel] ?? NOTHING_CAME

export function channelNow(state: TimeState, channel: number): ChannelNow {
  const track = trackOf(state, channel)
  const { steps, records, sent } = track
  const at = steps.count(state.event) - 1
  const count = records.count(state.event)
  return {
    channel,
    watermark: valueAt(steps, state.event, LONG_MIN, FRESH),
    idle: flagAt(steps, state.event, ChannelFlag.Idle, FRESH),
    ended: flagAt(steps, state.event, ChannelFlag.Ended, FRESH),
    aligned: at < 0 || (steps.flag(at) & ChannelFlag.Unaligned) === 0,
    records: count,
    lastRecord: count === 0 ? -1 : records.at(count - 1),
    sent: valueAt(sent, state.event, LONG_MIN, FRESH),
  }
}

/** Watermark of a channel alone: for lists of thousands. */
export function channelWatermark(state: TimeState, channel: number): number {
  const { steps } = trackOf(state, channel)
  const at = steps.count(state.event) - 1
  return at < 0 ? LONG_MIN : steps.value(at)
}

/** ChannelFlags after the moment's event. */
export function channelFlags(state: TimeState, channel: number): number {
  const { steps } = trackOf(state, channel)
  const at = steps.count(state.event) - 1
  return at < 0 ? 0 : steps.flag(at)
}

/** One logical input: what its valve gives. */
export interface InputNow {
  readonly input: number
  readonly channels: readonly number[]
  readonly watermark: Since
  readonly idle: Since
  /** The channel that is the least of those that take part, and so holds the others; −1: none takes part. Of equals the first. */
  readonly least: number
}

export function inputNow(state: TimeState, { input, channels, steps }: InputTrack): InputNow {
  return {
    input,
    channels,
    watermark: valueAt(steps, state.event, LONG_MIN),
    idle: flagAt(steps, state.event, 1),
    least: leastChannel(state, channels),
  }
}

function leastChannel(state: TimeState, channels: readonly number[]): number {
  let least = -1
  let lowest = 0
  for (const channel of channels) {
    const { steps } = trackOf(state, channel)
    const at = steps.count(state.event) - 1
    if (at >= 0 && (steps.flag(at) & ChannelFlag.Unaligned) !== 0) continue
    const watermark = at < 0 ? LONG_MIN : steps.value(at)
    if (least >= 0 && watermark >= lowest) continue
    least = channel
    lowest = watermark
  }
  return least
}

/** What a subtask's watermark stands at. */
export interface TaskNow {
  readonly attempt: AttemptTrack
  /** Combined watermark of its inputs; of a source, what it emitted. */
  readonly watermark: Since
  readonly inputs: readonly InputNow[]
  /** The input that holds the others: the least of those that are not idle (T-17); −1: none, or no inputs. */
  readonly leastInput: number
  /** The channel that holds the subtask's watermark; −1: none. */
  readonly leastChannel: number
  /** What it told other tasks: value 1: idle. */
  readonly idle: Since
  readonly sent: Since
}

export function taskNow(state: TimeState, attempt: AttemptTrack): TaskNow {
  const inputs = attempt.inputs.map((input) => inputNow(state, input))
  let leastInput = -1
  for (const { input, idle, watermark } of inputs) {
    if (idle.value === 1) continue
    if (leastInput < 0 || watermark.value < inputs[leastInput]!.watermark.value) leastInput = input
  }
  const isSource = inputs.length === 0
  return {
    attempt,
    watermark: isSource ? sourceWatermark(state, attempt) : valueAt(attempt.watermark, state.event, LONG_MIN),
    inputs,
    leastInput,
    leastChannel: leastInput < 0 ? -1 : inputs[leastInput]!.least,
    idle: isSource ? generatorFlag(state, attempt) : flagAt(attempt.sent, state.event, 1),
    sent: valueAt(attempt.sent, state.event, LONG_MIN),
  }
}

/** What a subtask's watermark stands at, alone: for lists of thousands. */
export function taskWatermarkOf(state: TimeState, attempt: AttemptTrack): number {
  const steps = attempt.inputs.length === 0 ? headGenerator(state, attempt)?.steps : attempt.watermark
  const at = (steps?.count(state.event) ?? 0) - 1
  return at < 0 ? LONG_MIN : steps!.value(at)
}

const headGenerator = (state: TimeState, attempt: AttemptTrack) =>
  attempt.nodes.get(state.index.plan.head[state.index.graph.vertices[attempt.vertex]!.vertex]!)?.generator ?? null

function sourceWatermark(state: TimeState, attempt: AttemptTrack): Since {
  const generator = headGenerator(state, attempt)
  return generator === null ? { value: LONG_MIN, event: -1, time: 0 } : valueAt(generator.steps, state.event, LONG_MIN)
}

function generatorFlag(state: TimeState, attempt: AttemptTrack): Since {
  const generator = headGenerator(state, attempt)
  return generator === null ? { value: 0, event: -1, time: 0 } : flagAt(generator.steps, state.event, 1)
}
