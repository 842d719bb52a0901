import { assert } from '../../base/assert'
import { NO_STATE } from '../checkpoint/types'
import { toBuffers } from '../checkpoint/subtaskChannelState'
import { forgetIdentities } from '../network/channelState'
import type {
  ChannelBuffers,
  ChannelStateHandle,
  OperatorSubtaskState,
  StateInitializationContext,
  StreamStateHandle,
  TaskRestore,
} from '../checkpoint/types'
import type { ChainedOperatorState } from './chainedOperator'
import type { Task } from './task'

/** What a task begins with, every byte of it at hand. */
export interface RestoredState {
  readonly input: readonly ChannelBuffers[]
  readonly output: readonly ChannelBuffers[]
  /** Null: there is nothing. */
  readonly contextOf: ((operator: ChainedOperatorState) => StateInitializationContext) | null
}

const NOTHING: RestoredState = { input: [], output: [], contextOf: null }

/**
 * Reads the files that the state lies in, and hands it over when it has come; at once if there are none. What cannot be read fails the task. RocksDB's shared files
 * that a checkpoint refers to go on being known as uploaded. Mirrors the reading parts of StreamTaskStateInitializerImpl and SequentialChannelStateReader.
 */
export function readState(task: Task, restore: TaskRestore | undefined, done: (restored: RestoredState) => void): void {
  if (restore === undefined) return done(NOTHING)
  const states = Object.values(restore.state.operators)
  const missing = new Set(states.flatMap(streamsOf).flatMap((stream) => (stream.kind === 'file' ? [stream.path] : [])))
  const files = new Map<string, Uint8Array>()
  if (missing.size === 0) return done(restoredState(task, restore, files))
  for (const path of missing) {
    task.files.read(path, ({ error, bytes }) => {
      if (error !== null) {
        const cause = `Caused by: ${error.className}: ${error.message}`
        return task.failWith({
          className: 'java.lang.Exception',
          message: `Exception while creating StreamOperatorStateContext.\n${cause}`,
        })
      }
      files.set(path, bytes!)
      if (files.size === missing.size) done(restoredState(task, restore, files))
    })
  }
}

function restoredState(task: Task, { checkpoint, state, foreign }: TaskRestore, files: ReadonlyMap<string, Uint8Array>): RestoredState {
  const bytesOf = (stream: StreamStateHandle): Uint8Array => {
    if (stream.kind === 'bytes') return stream.bytes
    const bytes = files.get(stream.path)
    assert(bytes !== undefined, `nobody has read ${stream.path}`)
    return bytes
  }
  const { uploaded } = task.checkpoints.coordinator
  for (const { keyed } of Object.values(state.operators)) {
    for (const handle of keyed) {
      if (handle.type === 'incremental') for (const file of handle.shared) uploaded.put(handle.backend, file.name, file.handle, checkpoint)
    }
  }
  const states = Object.values(state.operators)
  const buffersOf = (handles: readonly ChannelStateHandle[]): readonly ChannelBuffers[] => {
    const channels = toBuffers(handles, bytesOf)
    if (foreign === true) for (const { buffers } of channels) forgetIdentities(buffers)
    return channels
  }
  return {
    input: buffersOf(states.flatMap(({ input }) => input)),
    output: buffersOf(states.flatMap(({ output }) => output)),
    contextOf: ({ operatorId }) => {
      const known = state.operators[operatorId]
      const { keyed, operator } = known ?? NO_STATE
      return { checkpoint, keyed, operator, bytesOf, ...(known === undefined ? { isNew: true } : {}) }
    },
  }
}

const streamsOf = ({ operator, keyed, input, output }: OperatorSubtaskState): readonly StreamStateHandle[] => [
  ...operator.map(({ stream }) => stream),
  ...keyed.flatMap((handle) =>
    handle.type === 'key-groups' ? [handle.stream] : [...handle.shared.map((file) => file.handle), handle.meta],
  ),
  ...[...input, ...output].map(({ stream }) => stream),
]
