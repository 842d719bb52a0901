import { DataInput, DataOutput, decodeValue, encodeValue } from '../../../core/values'
import type { OperatorStateHandle, StreamStateHandle } from '../../checkpoint/types'
import type { SplitState } from './SourceReader'

/** Name of the list state that readers' splits are in. Mirrors SourceOperator.SPLITS_STATE_DESC. */
export const READER_STATE = 'SourceReaderState'

/** Splits as list state, dealt out one by one when the parallelism changes. It is there even without any: a source with nothing left to read is no new one. */
export function readerStateHandle(splits: readonly SplitState[]): OperatorStateHandle {
  const out = new DataOutput(64)
  const offsets = splits.map((split) => {
    const offset = out.length
    encodeValue(out, split)
    return offset
  })
  return { states: [{ name: READER_STATE, mode: 'SPLIT_DISTRIBUTE', offsets }], stream: { kind: 'bytes', bytes: out.toBytes() } }
}

/** What fell to this subtask. */
export function readReaderState(
  handles: readonly OperatorStateHandle[],
  bytesOf: (stream: StreamStateHandle) => Uint8Array,
): readonly SplitState[] {
  const splits: SplitState[] = []
  for (const { states, stream } of handles) {
    for (const { name, offsets } of states) {
      if (name !== READER_STATE) continue
      const input = new DataInput(bytesOf(stream))
      for (const offset of offsets) {
        input.position = offset
        splits.push(decodeValue(input) as SplitState)
      }
    }
  }
  return splits
}
