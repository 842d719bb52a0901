import { TraceKind } from '../kinds'
import { keyLook } from '../looks'
import type { TraceLog, TraceReader } from '../log'
import type { TraceHeader } from '../types'
import { barriersOn, type BarrierOnChannel } from './barriers'
import { watermarkOf } from './queries'
import type { ClusterState } from './state'

export type Station =
  /** Written to the producer's output buffer. */
  | 'buffered'
  /** Between the two. */
  | 'flying'
  /** In the receiver's queue. */
  | 'queued'

/** One thing on a channel. `event` put it there and names it: it is the same thing as long as that is the same. */
export interface ChannelItem {
  readonly what: 'record' | 'watermark' | 'status' | 'barrier'
  readonly event: number
  readonly channel: number
  readonly station: Station
  /** 0 at the sender … 1 at the receiver; 0 for buffered, 1 for queued. */
  readonly progress: number
  /** Place in its buffer, or in line: 0 comes out first. */
  readonly place: number
  /** Records: identity and time (NaN: none); the key's colour (−1: none) and text. */
  readonly origin: number
  readonly number: number
  readonly timestamp: number
  readonly hue: number
  readonly label: string
  /** Behind the watermark of its receiver. */
  readonly late: boolean
  /** Watermarks: ms. */
  readonly watermark: number
  /** Statuses. */
  readonly idle: boolean
  /** Barriers: of which checkpoint, and whether it overtakes. */
  readonly checkpoint: number
  readonly unaligned: boolean
}

/** What is on a channel at virtual `time`, first to come out first; of each station at most the `limit` that come out first. */
export function channelItems(
  state: ClusterState,
  header: TraceHeader,
  log: TraceLog,
  channel: number,
  time: number,
  limit = 64,
): ChannelItem[] {
  const items: ChannelItem[] = []
  const reader = log.reader()
  const column = state.plan.items[channel]!
  const add = (from: number, to: number, station: Station, progress: number): void => {
    for (let at = from, place = 0; at < to && place < limit; at++, place++) {
      items.push(itemOf(state, log, reader, channel, column.at(at), station, progress, place))
    }
  }
  const read = state.read[channel]!
  const arrived = state.arrived[channel]!
  const sent = state.sent[channel]!
  add(read, arrived, 'queued', 1)
  let from = arrived
  for (let buffer = state.buffersArrived[channel]!; buffer < state.buffersSent[channel]!; buffer++) {
    const end = state.plan.bufferEnd[channel]!.at(buffer)
    const since = log.timeAt(state.plan.bufferEvent[channel]!.at(buffer))
    add(from, end, 'flying', Math.min(1, Math.max(0, (time - since) / header.linkLatency)))
    from = Math.max(from, end)
  }
  add(sent, state.appended[channel]!, 'buffered', 0)
  for (const barrier of barriersOn(state, channel)) putBarrier(items, state, log, channel, barrier, time, header.linkLatency)
  return items
}

/** A barrier stands behind what was put on the channel before it; an unaligned one goes ahead of all that waits. */
function putBarrier(
  items: ChannelItem[],
  state: ClusterState,
  log: TraceLog,
  channel: number,
  { id, event, behind }: BarrierOnChannel,
  time: number,
  linkLatency: number,
): void {
  const unaligned = behind < 0
  const travelled = Math.min(1, Math.max(0, (time - log.timeAt(event)) / linkLatency))
  let station: Station = travelled < 1 ? 'flying' : 'queued'
  let progress = travelled
  let place = 0
  if (!unaligned && behind > state.sent[channel]!) {
    station = 'buffered'
    progress = 0
    place = behind - state.sent[channel]!
  } else if (!unaligned) {
    const ahead = items.findLast((item) => item.station === 'flying' && item.event < event)
    if (ahead !== undefined && (station === 'queued' || ahead.progress <= progress)) {
      station = 'flying'
      progress = ahead.progress
      place = ahead.place + 1
    } else if (station === 'queued') place = Math.max(0, behind - state.read[channel]!)
  }
  const item: ChannelItem = { ...NOTHING, what: 'barrier', channel, event, station, progress, place, checkpoint: id, unaligned }
  items.push(item)
}

const NOTHING = {
  origin: 0,
  number: -1,
  timestamp: NaN,
  hue: -1,
  label: '',
  late: false,
  watermark: NaN,
  idle: false,
  checkpoint: 0,
  unaligned: false,
} as const

function itemOf(
  state: ClusterState,
  log: TraceLog,
  reader: TraceReader,
  channel: number,
  item: number,
  station: Station,
  progress: number,
  place: number,
): ChannelItem {
  const event = item < 0 ? ~item : item
  reader.to(event)
  const kind = reader.kind
  const nothing = { ...NOTHING, channel, event, station, progress, place }
  if (kind === TraceKind.RecordOut) {
    const { hue, text } = keyLook(log, reader.process, reader.d)
    const timestamp = reader.x
    const late = timestamp <= watermarkOf(state, state.plan.channelTo[channel]!)
    return { ...nothing, what: 'record', origin: reader.c, number: reader.b, timestamp, hue, label: text, late }
  }
  if (kind === TraceKind.StatusOut) return { ...nothing, what: 'status', idle: reader.b === 1 }
  return { ...nothing, what: 'watermark', watermark: reader.x }
}

/** How many things are on a channel, watermarks, statuses and barriers included. */
export const onChannel = (state: ClusterState, channel: number): number =>
  state.appended[channel]! - state.read[channel]! + state.barriersOut[channel]! - state.barriersIn[channel]!
