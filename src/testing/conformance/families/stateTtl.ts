import { KeyedProcessOperator } from '../../../runtime/operators/process'
import { AbstractRichFunction } from '../../../streaming/functions/rich'
import {
  AggregatingStateDescriptor,
  ListStateDescriptor,
  MapStateDescriptor,
  ReducingStateDescriptor,
  StateTtlConfig,
  ValueStateDescriptor,
} from '../../../streaming/state'
import { OperatorHarness } from '../../harness/OperatorHarness'
import { family, nameless, orError } from '../family'
import { onBothBackends } from './backends'
import type { Backend } from './backends'
import { beyondDoubles, toNumber } from '../long'
import type { LongJson } from '../long'
import { counting, operate, VOID } from './stateOperations'
import type { StateType } from './stateOperations'

type Step = readonly ['time', LongJson] | readonly ['snapshotAndRestore', { readonly ttl: LongJson | null }?] | readonly [string, string, ...unknown[]]
interface Given {
  readonly state: StateType
  readonly ttl: LongJson | null
  readonly updateType: `${StateTtlConfig.UpdateType}`
  readonly visibility: `${StateTtlConfig.StateVisibility}`
  readonly cleanup: { readonly background: boolean; readonly fullSnapshot: boolean }
  readonly countEntries: boolean
  readonly startTime: LongJson
  readonly steps: readonly Step[]
}

function configOf(given: Given, ttl: LongJson): StateTtlConfig {
  const builder = StateTtlConfig.newBuilder(toNumber(ttl)).setUpdateType(given.updateType).setStateVisibility(given.visibility)
  if (!given.cleanup.background) builder.disableCleanupInBackground()
  if (given.cleanup.fullSnapshot) builder.cleanupFullSnapshot()
  return builder.build()
}

function descriptorOf(kind: StateType) {
  switch (kind) {
    case 'value':
      return new ValueStateDescriptor<string>('state')
    case 'list':
      return new ListStateDescriptor<string>('state')
    case 'map':
      return new MapStateDescriptor<string, string>('state')
    case 'reducing':
      return new ReducingStateDescriptor<string>('state', (before, now) => `${before}+${now}`)
    case 'aggregating':
      return new AggregatingStateDescriptor('state', counting)
  }
}

interface Command {
  readonly key: string
  readonly operation: string
  readonly args: readonly unknown[]
}

class Commanded extends AbstractRichFunction {
  private state: unknown
  constructor(
    private readonly given: Given,
    private readonly ttl: LongJson | null,
    private readonly result: { value: unknown },
  ) {
    super()
  }
  override open(): void {
    const context = this.getRuntimeContext()
    const descriptor = descriptorOf(this.given.state)
    if (this.ttl !== null) descriptor.enableTimeToLive(configOf(this.given, this.ttl))
    switch (descriptor.kind) {
      case 'value':
        this.state = context.getState(descriptor)
        break
      case 'list':
        this.state = context.getListState(descriptor)
        break
      case 'map':
        this.state = context.getMapState(descriptor)
        break
      case 'reducing':
        this.state = context.getReducingState(descriptor)
        break
      case 'aggregating':
        this.state = context.getAggregatingState(descriptor)
    }
  }
  processElement({ operation, args }: Command): void {
    this.result.value = operate({ type: this.given.state, state: this.state }, operation, args)
  }
}

function run(given: Given, backend: Backend): unknown {
  const result: { value: unknown } = { value: VOID }
  let { ttl } = given
  const harness = new OperatorHarness((context) => new KeyedProcessOperator(context), {
    functions: () => ({ function: new Commanded(given, ttl, result) }),
    keySelectors: [(value) => (value as Command).key],
    startTime: toNumber(given.startTime),
    configuration: { 'state.backend.type': backend },
  })
  harness.open()
  const steps: unknown[] = []
  for (const step of given.steps) {
    result.value = VOID
    const told = orError<unknown>(
      () => {
        if (step[0] === 'time') harness.clock.now = toNumber(step[1] as LongJson)
        else if (step[0] === 'snapshotAndRestore') {
          const changed = step[1] as { readonly ttl: LongJson | null } | undefined
          if (changed !== undefined) ttl = changed.ttl
          harness.restore()
        } else {
          const [operation, key, ...args] = step as readonly [string, string, ...unknown[]]
          harness.element({ key, operation, args }, 0)
        }
        return {
          ...(result.value === VOID ? {} : { value: result.value }),
          ...(given.countEntries ? { entries: harness.operator.backend.size } : {}),
        }
      },
      (error) => ({ error }),
    )
    steps.push(told)
    if ('error' in (told as object)) break
  }
  return { steps }
}

/** RocksDB keeps no empty maps: how many entries there are is told of the heap alone. */
const both = (given: Given): unknown =>
  onBothBackends((backend) => run(given, backend), given.state === 'map' && given.countEntries)

export const stateTtl = family<Given>('state-ttl', both, (vector) => beyondDoubles(vector), nameless)
