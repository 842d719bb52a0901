import { StateBackendOptions, TaskManagerOptions } from '../../core/options'
import type { KeyGroupRange } from '../../core/keygroups'
import type { KeyType } from '../../core/values'
import type { OperatorContext } from '../operators/types'
import { HeapKeyedStateBackend } from './HeapKeyedStateBackend'
import type { KeyContext } from './KeyContext'
import type { BackendEnvironment, KeyedStateBackend } from './KeyedStateBackend'
import { Namespaces } from './Namespace'
import { RocksDbKeyedStateBackend } from './rocksdb/RocksDbKeyedStateBackend'
import { rocksDbSettings } from './rocksdb/settings'

/** The backend that the configuration names (D-17). */
export function createKeyedStateBackend(
  operator: OperatorContext,
  context: KeyContext,
  range: KeyGroupRange,
  keyType: KeyType | undefined,
): KeyedStateBackend {
  const environment: BackendEnvironment = {
    context,
    namespaces: new Namespaces(),
    ttlTime: () => operator.processingTime(),
    maxParallelism: operator.maxParallelism,
    range,
    keyType,
  }
  const { configuration } = operator
  if (configuration.get(StateBackendOptions.STATE_BACKEND) !== 'rocksdb') {
    // A slot's share of the heap is each operator's: how much of it the others take is not counted.
    const heap = configuration.get(TaskManagerOptions.TASK_HEAP_MEMORY)
    return new HeapKeyedStateBackend(environment, heap === undefined ? null : heap / configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
  }
  return new RocksDbKeyedStateBackend(environment, rocksDbSettings(operator.configuration), {
    trace: operator.trace,
    advance: (micros) => operator.advance?.(micros),
    newId: () => `${operator.operatorId.slice(0, 8)}-${operator.subtask}-${operator.attempt}-${operator.nextInt(0x7fffffff).toString(16)}`,
  })
}
