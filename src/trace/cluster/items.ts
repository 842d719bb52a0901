import { TraceKind } from '../kinds'
import { keyLook } from '../looks'
import type { TraceLog, TraceReader } from '../log'
import type { TraceHeader } from '../types'
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
  readonly what: 'record' | 'watermark' | 'status'
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
  return items
}

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
  const nothing = {
    channel,
    event,
    station,
    progress,
    place,
    origin: 0,
    number: -1,
    timestamp: NaN,
    hue: -1,
    label: '',
    late: false,
    watermark: NaN,
    idle: false,
  }
  if (kind === TraceKind.RecordOut) {
    const { hue, text } = keyLook(log, reader.process, reader.d)
    const timestamp = reader.x
    const late = timestamp <= watermarkOf(state, state.plan.channelTo[channel]!)
    return { ...nothing, what: 'record', origin: reader.c, number: reader.b, timestamp, hue, label: text, late }
  }
  if (kind === TraceKind.StatusOut) return { ...nothing, what: 'status', idle: reader.b === 1 }
  return { ...nothing, what: 'watermark', watermark: reader.x }
}

/** How many things are on a channel by station, watermarks and statuses included. */
export const onChannel = (state: ClusterState, channel: number): number => state.appended[channel]! - state.read[channel]!
