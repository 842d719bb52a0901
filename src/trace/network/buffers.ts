import { Configuration } from '../../core/configuration'
import { NettyShuffleEnvironmentOptions, TaskManagerOptions } from '../../core/options'
import type { NetworkState } from './state'
import { attemptAt, eventAt, stepAt, valueAt } from './state'
import type { QueueTrack } from './state'

/** Sizes of buffers and pools (N-1 … N-3). */
export interface BufferSettings {
  readonly exclusive: number
  readonly floating: number
  readonly segmentSize: number
  readonly maxPerChannel: number
  readonly debloating: boolean
}

export function bufferSettings(keys: Readonly<Record<string, string>>): BufferSettings {
  const configuration = Configuration.fromMap(keys)
  return {
    exclusive: configuration.get(NettyShuffleEnvironmentOptions.NETWORK_BUFFERS_PER_CHANNEL),
    floating: configuration.get(NettyShuffleEnvironmentOptions.NETWORK_EXTRA_BUFFERS_PER_GATE),
    segmentSize: configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE),
    maxPerChannel: configuration.get(NettyShuffleEnvironmentOptions.NETWORK_MAX_BUFFERS_PER_CHANNEL),
    debloating: configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED),
  }
}

/** A queue at a moment, and the event that made it so; −1: it never had anything. */
export interface Queue {
  readonly buffers: number
  readonly bytes: number
  /** Buffers of that side's pool. */
  readonly held: number
  readonly event: number
}

function queueAt(state: NetworkState, track: QueueTrack | undefined): Queue {
  const at = track === undefined ? -1 : stepAt(state, track.buffers)
  if (track === undefined || at < 0) return NO_QUEUE
  return { buffers: track.buffers.value(at), bytes: track.bytes.at(at), held: track.held.at(at), event: track.buffers.event(at) }
}
const NO_QUEUE: Queue = { buffers: 0, bytes: 0, held: 0, event: -1 }

export interface ChannelBuffers {
  readonly channel: number
  readonly sender: Queue
  readonly receiver: Queue
  /** In hand of the sender; −1: never told. */
  readonly credits: number
  readonly creditsEvent: number
  /** Data buffers on the link. */
  readonly flying: number
  /** Checkpoint for whose other barriers it waits; 0: it is read. */
  readonly blockedFor: number
  readonly blockedEvent: number
  /** Checkpoint behind whose barrier the sender waits until it is told to go on (N-6), whatever its credits; 0: it does not. */
  readonly stoppedFor: number
  readonly stoppedEvent: number
}

export function channelBuffers(state: NetworkState, channel: number): ChannelBuffers {
  const track = state.index.channels[channel]
  return {
    channel,
    sender: queueAt(state, track?.sender),
    receiver: queueAt(state, track?.receiver),
    credits: track === undefined ? -1 : valueAt(state, track.credits, -1),
    creditsEvent: track === undefined ? -1 : eventAt(state, track.credits),
    flying: track === undefined ? 0 : Math.max(0, track.sent.count(state.event) - track.arrived.count(state.event)),
    blockedFor: track === undefined ? 0 : valueAt(state, track.blocked, 0),
    blockedEvent: track === undefined ? -1 : eventAt(state, track.blocked),
    stoppedFor: track === undefined ? 0 : valueAt(state, track.stopped, 0),
    stoppedEvent: track === undefined ? -1 : eventAt(state, track.stopped),
  }
}

/** A pool of a subtask: of what it writes for a job edge, or of its gate for one. */
export interface Pool {
  readonly edge: number
  readonly channels: readonly number[]
  readonly used: number
  /** N-2, N-3. */
  readonly size: number
  /** Of a gate: bytes that a buffer should have at the moment (buffer debloating). */
  readonly bufferSize: number
  readonly bufferSizeEvent: number
}

export const outputPools = (state: NetworkState, vertex: number, settings: BufferSettings): Pool[] => poolsOf(state, vertex, 0, settings)
export const inputGates = (state: NetworkState, vertex: number, settings: BufferSettings): Pool[] => poolsOf(state, vertex, 1, settings)

function poolsOf(state: NetworkState, vertex: number, side: 0 | 1, settings: BufferSettings): Pool[] {
  const { index, graph } = state
  const attempt = attemptAt(state, vertex)
  const byEdge = new Map<number, number[]>()
  for (const channel of (side === 0 ? index.outputs : index.inputs)[vertex] ?? []) {
    const { edge } = graph.channels[channel] ?? { edge: -1 }
    if (edge < 0) continue
    const channels = byEdge.get(edge)
    if (channels === undefined) byEdge.set(edge, [channel])
    else channels.push(channel)
  }
  return [...byEdge].map(([edge, channels]) => {
    const tracks = channels.map((channel) => index.channels[channel])
    const sizes = attempt?.bufferSizes.get(edge)
    return {
      edge,
      channels,
      used: tracks.reduce((sum, track) => sum + queueAt(state, side === 0 ? track?.sender : track?.receiver).held, 0),
      size: side === 0 ? 2 * channels.length + 8 : channels.length * settings.exclusive + settings.floating,
      bufferSize: sizes === undefined ? settings.segmentSize : valueAt(state, sizes, settings.segmentSize),
      bufferSizeEvent: sizes === undefined ? -1 : eventAt(state, sizes),
    }
  })
}

export interface Usage {
  readonly used: number
  readonly size: number
}
export const usageOf = (pools: readonly Pool[]): Usage =>
  pools.reduce((sum, { used, size }) => ({ used: sum.used + used, size: sum.size + size }), { used: 0, size: 0 })

/** N-12: what waits before or behind a subtask. */
export function queuesOf(state: NetworkState, channels: readonly number[], side: 'sender' | 'receiver'): { length: number; size: number } {
  let length = 0
  let size = 0
  for (const channel of channels) {
    const queue = queueAt(state, state.index.channels[channel]?.[side])
    length += queue.buffers
    size += queue.bytes
  }
  return { length, size }
}
