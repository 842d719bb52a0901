import type { KeyedStateStore, ListStateDescriptor, MapStateDescriptor, BroadcastState, ListState } from '../state'

/**
 * State that belongs to a subtask and to no key (D-6 … D-9). Mirrors org.apache.flink.api.common.state.OperatorStateStore.
 */
export interface OperatorStateStore {
  /** Returns a list whose items are dealt out anew when the parallelism changes. */
  getListState<S>(descriptor: ListStateDescriptor<S>): ListState<S>
  /** Returns a list of which each subtask gets all items of all subtasks after a restore. */
  getUnionListState<S>(descriptor: ListStateDescriptor<S>): ListState<S>
  /** Returns a map that is the same on all subtasks. */
  getBroadcastState<K, V>(descriptor: MapStateDescriptor<K, V>): BroadcastState<K, V>
  /** Returns the names of all states asked for so far. */
  getRegisteredStateNames(): Set<string>
  /** Returns the names of all broadcast states asked for so far. */
  getRegisteredBroadcastStateNames(): Set<string>
}

/** Mirrors org.apache.flink.runtime.state.ManagedInitializationContext. */
export interface ManagedInitializationContext {
  /** Returns whether there is state of an earlier execution, empty though it may be. */
  isRestored(): boolean
  /** Returns the id of the checkpoint it came from, or null. */
  getRestoredCheckpointId(): number | null
  /** Returns where state without keys is. */
  getOperatorStateStore(): OperatorStateStore
  /** Returns where keyed state is; null where the stream has no keys. */
  getKeyedStateStore(): KeyedStateStore
}
/** Mirrors org.apache.flink.runtime.state.FunctionInitializationContext. */
export type FunctionInitializationContext = ManagedInitializationContext

/** Mirrors org.apache.flink.runtime.state.FunctionSnapshotContext. */
export interface FunctionSnapshotContext {
  /** Returns the checkpoint's id. */
  getCheckpointId(): number
  /** Returns when the JobManager triggered it, ms. */
  getCheckpointTimestamp(): number
}

/** A function with state of its own beside that of keys. Mirrors org.apache.flink.streaming.api.checkpoint.CheckpointedFunction. */
export interface CheckpointedFunction {
  /** Puts what has to survive into the state; it is stored when this returns. */
  snapshotState(context: FunctionSnapshotContext): void
  /** Asks for the state, at every start and before `open`. */
  initializeState(context: FunctionInitializationContext): void
}

/** Mirrors org.apache.flink.streaming.api.checkpoint.ListCheckpointed. @deprecated use `CheckpointedFunction` */
export interface ListCheckpointed<T> {
  /** Returns what has to survive, as items that can be dealt out. */
  snapshotState(checkpointId: number, timestamp: number): T[]
  /** Takes the items that fell to this subtask; called after a failure or from a savepoint alone. */
  restoreState(state: T[]): void
}

/** Mirrors org.apache.flink.api.common.state.CheckpointListener. */
export interface CheckpointListener {
  /** The checkpoint is complete, on all tasks. */
  notifyCheckpointComplete(checkpointId: number): void
  /** The checkpoint was given up. */
  notifyCheckpointAborted?(checkpointId: number): void
}
