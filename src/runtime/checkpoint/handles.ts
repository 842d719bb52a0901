import type { ChannelStateHandle, KeyedStateHandle, OperatorSubtaskState, StreamStateHandle } from './types'

/** The state with each of its streams replaced. `shared`: it may belong to several checkpoints. */
export function mapStreams(
  state: OperatorSubtaskState,
  map: (stream: StreamStateHandle, shared: boolean) => StreamStateHandle,
): OperatorSubtaskState {
  const channel = (handle: ChannelStateHandle): ChannelStateHandle => ({ ...handle, stream: map(handle.stream, false) })
  const keyed = (handle: KeyedStateHandle): KeyedStateHandle =>
    handle.type === 'key-groups'
      ? { ...handle, stream: map(handle.stream, false) }
      : {
          ...handle,
          shared: handle.shared.map((file) => ({ ...file, handle: map(file.handle, true) })),
          meta: map(handle.meta, false),
        }
  return {
    operator: state.operator.map((handle) => ({ ...handle, stream: map(handle.stream, false) })),
    keyed: state.keyed.map(keyed),
    input: state.input.map(channel),
    output: state.output.map(channel),
  }
}

export interface StreamInState {
  readonly stream: StreamStateHandle
  readonly shared: boolean
}

export function streamsOf(state: OperatorSubtaskState): readonly StreamInState[] {
  const streams: StreamInState[] = []
  mapStreams(state, (stream, shared) => {
    streams.push({ stream, shared })
    return stream
  })
  return streams
}
