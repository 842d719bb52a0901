import { FlinkException } from '../../core/exceptions'
import type {
  CheckpointedFunction,
  CheckpointListener,
  FunctionInitializationContext,
  FunctionSnapshotContext,
  ListCheckpointed,
  OperatorStateStore,
} from '../../streaming/functions/checkpointed'
import { WrappingFunction } from '../../streaming/functions/WrappingFunction'
import type { KeyedStateStore } from '../../streaming/state'
import type { SnapshotContext } from '../checkpoint/types'
import { DEFAULT_OPERATOR_STATE_NAME } from '../state/OperatorStateBackend'
import type { OperatorStateBackend } from '../state/OperatorStateBackend'

/** Mirrors StreamingFunctionUtils: which functions have state is told by their methods, since a program's object may implement nothing by name. */

export interface InitializationContext {
  /** Null: there is nothing to restore. */
  readonly checkpoint: number | null
  readonly operatorState: OperatorStateBackend
  /** Null: the stream has no keys. */
  readonly keyedState: KeyedStateStore | null
}

type MaybeCheckpointed = Partial<CheckpointedFunction & Pick<ListCheckpointed<unknown>, 'restoreState'> & CheckpointListener>

const isMethod = (value: unknown): boolean => typeof value === 'function'

function innermost(fn: unknown): MaybeCheckpointed | null {
  const inner = fn instanceof WrappingFunction ? (fn.wrapped as unknown) : fn
  if (inner instanceof WrappingFunction) return innermost(inner)
  return typeof inner === 'object' && inner !== null ? inner : null
}

/** What a function is given to ask for its state. Mirrors StateInitializationContextImpl. */
export const functionContext = ({ checkpoint, operatorState, keyedState }: InitializationContext): FunctionInitializationContext => ({
  isRestored: () => checkpoint !== null,
  getRestoredCheckpointId: () => checkpoint,
  getOperatorStateStore: (): OperatorStateStore => operatorState,
  getKeyedStateStore: () => keyedState as KeyedStateStore,
})

export const functionSnapshotContext = ({ checkpoint, timestamp }: SnapshotContext): FunctionSnapshotContext => ({
  getCheckpointId: () => checkpoint,
  getCheckpointTimestamp: () => timestamp,
})

/** Before `open`. */
export function initializeFunction(fn: unknown, context: InitializationContext): void {
  const inner = innermost(fn)
  if (inner === null) return
  if (isMethod(inner.initializeState)) inner.initializeState!(functionContext(context))
  else if (context.checkpoint !== null && isMethod(inner.restoreState) && isMethod(inner.snapshotState)) {
    inner.restoreState!([...context.operatorState.list(DEFAULT_OPERATOR_STATE_NAME, 'SPLIT_DISTRIBUTE').get()])
  }
}

/** Before the backends take theirs. */
export function snapshotFunction(fn: unknown, context: SnapshotContext, operatorState: OperatorStateBackend): void {
  const inner = innermost(fn)
  if (inner === null || !isMethod(inner.snapshotState)) return
  if (isMethod(inner.initializeState)) {
    inner.snapshotState!(functionSnapshotContext(context))
    return
  }
  if (!isMethod(inner.restoreState)) return
  const legacy = inner as unknown as ListCheckpointed<unknown>
  const items: unknown = legacy.snapshotState(context.checkpoint, context.timestamp)
  if (items !== null && items !== undefined && typeof (items as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function') {
    throw new FlinkException('Could not write partition to state backend: snapshotState returned no list.')
  }
  const state = operatorState.list(DEFAULT_OPERATOR_STATE_NAME, 'SPLIT_DISTRIBUTE')
  state.update((items as Iterable<unknown> | null | undefined) ?? [])
}

export function notifyFunction(fn: unknown, method: keyof CheckpointListener, checkpoint: number): void {
  const inner = innermost(fn)
  if (inner !== null && isMethod(inner[method])) inner[method]!(checkpoint)
}
