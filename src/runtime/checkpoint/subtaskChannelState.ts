import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import { sizeOfStream } from './types'
import type { ChannelBuffers, ChannelStateHandle, StreamStateHandle } from './types'

/** Buffers of channels as handles, one stream for each channel. Mirrors ChannelStateCheckpointWriter, which puts all of a subtask into one. */
export const toHandles = (channels: readonly ChannelBuffers[]): readonly ChannelStateHandle[] =>
  channels.map(({ buffers, ...channel }) => {
    const offsets: number[] = []
    let size = 0
    for (const buffer of buffers) {
      offsets.push(size)
      size += buffer.length
    }
    const bytes = new Uint8Array(size)
    buffers.forEach((buffer, i) => bytes.set(buffer, offsets[i]))
    return { ...channel, offsets, stream: { kind: 'bytes', bytes } }
  })

/** The other way round. */
export const toBuffers = (
  handles: readonly ChannelStateHandle[],
  bytesOf: (stream: StreamStateHandle) => Uint8Array,
): readonly ChannelBuffers[] =>
  handles.map(({ offsets, stream, ...channel }) => {
    const bytes = bytesOf(stream)
    const buffers = offsets.map((from, i) => bytes.slice(from, offsets[i + 1] ?? bytes.length))
    return { ...channel, buffers }
  })

export const sumOfSizes = (handles: readonly ChannelStateHandle[]): number =>
  handles.reduce((sum, { stream }) => sum + sizeOfStream(stream), 0)

export function tellOfChannels(
  context: Context,
  checkpoint: number,
  side: 'input' | 'output',
  handles: readonly ChannelStateHandle[],
): void {
  for (const { wasChannel, records, stream } of handles) {
    context.emit(TraceKind.ChannelStatePersisted, wasChannel, checkpoint, records, sizeOfStream(stream), side === 'input' ? 0 : 1)
  }
}
