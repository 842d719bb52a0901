import { LONG_MIN } from '../../core/time'
import { emptyBarriers } from './barriers'
import type { ClusterState } from './state'

// What lies on a channel, told by how far along its items each station has come: written, sent, arrived, read.

export function put(state: ClusterState, channel: number, item: number): void {
  state.plan.items[channel]!.put(state.appended[channel]!++, item)
}

export function bufferSent(state: ClusterState, channel: number, records: number, event: number): void {
  const items = state.plan.items[channel]!
  const appended = state.appended[channel]!
  let end = state.sent[channel]!
  let found = 0
  for (; end < appended; end++) {
    if (items.at(end) < 0) continue
    if (found === records) break
    found++
  }
  state.sent[channel] = end
  const buffer = state.buffersSent[channel]!++
  state.plan.bufferEnd[channel]!.put(buffer, end)
  state.plan.bufferRecords[channel]!.put(buffer, records)
  state.plan.bufferEvent[channel]!.put(buffer, event)
  state.recordsBuffered[channel]! -= found
  state.recordsRestored[channel]! += records - found
  state.recordsInFlight[channel]! += records
}

export function bufferArrived(state: ClusterState, channel: number): void {
  const buffer = state.buffersArrived[channel]!
  if (buffer >= state.buffersSent[channel]!) return
  state.buffersArrived[channel] = buffer + 1
  const end = state.plan.bufferEnd[channel]!.at(buffer)
  const records = state.plan.bufferRecords[channel]!.at(buffer)
  state.arrived[channel] = Math.max(state.arrived[channel]!, end)
  state.recordsInFlight[channel]! -= records
  state.recordsQueued[channel]! += records
}

export function takeRecord(state: ClusterState, channel: number): void {
  state.recordsRead[channel]!++
  // What a checkpoint held of a receiver's queue came over no channel in this attempt.
  if (state.recordsQueued[channel] === 0) return
  state.recordsQueued[channel]!--
  if (state.recordsRestored[channel]! > 0) {
    state.recordsRestored[channel]!--
    return
  }
  const items = state.plan.items[channel]!
  let read = state.read[channel]!
  while (read < state.appended[channel]! && items.at(read) < 0) read++
  setRead(state, channel, Math.min(read + 1, state.appended[channel]!))
}

export function takeControl(state: ClusterState, channel: number): void {
  const read = state.read[channel]!
  if (read < state.appended[channel]! && state.plan.items[channel]!.at(read) < 0) setRead(state, channel, read + 1)
}

/** Whatever is read has arrived, and whatever has arrived was sent. */
function setRead(state: ClusterState, channel: number, read: number): void {
  state.read[channel] = read
  if (state.arrived[channel]! < read) state.arrived[channel] = read
  if (state.sent[channel]! < read) state.sent[channel] = read
}

/** Nobody is there to take what is under way or in the queue. */
export function loseReceiver(state: ClusterState, channel: number): void {
  const sent = state.sent[channel]!
  state.arrived[channel] = sent
  state.read[channel] = sent
  state.buffersArrived[channel] = state.buffersSent[channel]!
  state.recordsInFlight[channel] = 0
  state.recordsQueued[channel] = 0
}

/** What was not sent yet never will be; what is under way still arrives. */
export function loseSender(state: ClusterState, channel: number): void {
  state.sent[channel] = state.appended[channel]!
  state.recordsBuffered[channel] = 0
}

export function emptyChannel(state: ClusterState, channel: number): void {
  loseSender(state, channel)
  loseReceiver(state, channel)
  state.recordsRestored[channel] = 0
  emptyBarriers(state, channel)
  state.channelEnded[channel] = 0
  state.channelIdle[channel] = 0
  state.channelWatermark[channel] = LONG_MIN
  state.channelWatermarkEvent[channel] = -1
}
