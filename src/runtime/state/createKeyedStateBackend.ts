import type { KeyGroupRange } from '../../core/keygroups'
import type { KeyType } from '../../core/values'
import type { OperatorContext } from '../operators/types'
import { HeapKeyedStateBackend } from './HeapKeyedStateBackend'
import type { KeyContext } from './KeyContext'
import type { BackendEnvironment, KeyedStateBackend } from './KeyedStateBackend'
import { Namespaces } from './Namespace'

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
  return new HeapKeyedStateBackend(environment)
}
