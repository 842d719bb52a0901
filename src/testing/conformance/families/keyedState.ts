import { KeyedBroadcastProcessOperator } from '../../../runtime/operators/broadcast'
import { KeyedProcessOperator } from '../../../runtime/operators/process'
import { AbstractRichFunction } from '../../../streaming/functions/rich'
import {
  AggregatingStateDescriptor,
  ListStateDescriptor,
  MapStateDescriptor,
  ReducingStateDescriptor,
  ValueStateDescriptor,
} from '../../../streaming/state'
import type { BroadcastState, ListState, MapState } from '../../../streaming/state'
import type { OperatorSnapshotResult } from '../../../runtime/checkpoint/types'
import { OperatorHarness } from '../../harness/OperatorHarness'
import { family, orError, nameless } from '../family'
import { onBothBackends } from './backends'
import type { Backend } from './backends'
import { counting, operate, operateOnMap, sorted, sortedPairs, VOID } from './stateOperations'
import type { AnyState, Arguments, StateType, Text } from './stateOperations'

interface StateJson {
  readonly name: string
  readonly type: StateType
  readonly default: Text
}
type Snapshotting = readonly ['snapshot'] | readonly ['restore'] | readonly ['snapshotAndRestore', (readonly StateJson[])?]
type KeyedStep = readonly ['on', string, string, string, ...Arguments] | readonly ['keys', string] | Snapshotting
type BroadcastStep = readonly ['broadcast', string, ...Arguments] | readonly ['element', string, string, ...Arguments] | Snapshotting
type Given =
  | { readonly kind: 'keyed'; readonly states: readonly StateJson[]; readonly steps: readonly KeyedStep[] }
  | { readonly kind: 'broadcast'; readonly steps: readonly BroadcastStep[] }

interface Command {
  readonly key: string
  readonly name: string
  readonly operation: string
  readonly args: Arguments
}
/** Where the function puts what an operation gave. */
interface Result {
  value: unknown
}

class Commanded extends AbstractRichFunction {
  private readonly states = new Map<string, AnyState>()
  constructor(
    private readonly declared: readonly StateJson[],
    private readonly result: Result,
  ) {
    super()
  }
  override open(): void {
    const context = this.getRuntimeContext()
    for (const { name, type, default: initial } of this.declared) {
      const state = (): unknown => {
        switch (type) {
          case 'value':
            return context.getState(new ValueStateDescriptor<Text>(name, 'String', initial))
          case 'list':
            return context.getListState(new ListStateDescriptor<Text>(name))
          case 'map':
            return context.getMapState(new MapStateDescriptor<Text, Text>(name))
          case 'reducing':
            return context.getReducingState(new ReducingStateDescriptor<string>(name, (before, now) => `${before}+${now}`))
          case 'aggregating':
            return context.getAggregatingState(new AggregatingStateDescriptor(name, counting))
        }
      }
      this.states.set(name, { type, state: state() })
    }
  }
  processElement(command: Command): void {
    this.result.value = operate(this.states.get(command.name)!, command.operation, command.args)
  }
}

const told = (value: unknown): unknown => (value === VOID || value === undefined ? {} : { value })

/** One step that may fail and then leaves the operator as it is. */
const attempt = (result: Result, run: () => void): unknown => {
  result.value = VOID
  return orError<unknown>(
    () => {
      run()
      return told(result.value)
    },
    (error) => ({ error }),
  )
}

/** The steps that both kinds have. Returns undefined for other steps. */
function snapshotting(harness: OperatorHarness, step: readonly unknown[], kept: { snapshot: OperatorSnapshotResult | null }): unknown {
  return orError<unknown>(
    () => {
      if (step[0] === 'snapshot' || step[0] === 'snapshotAndRestore') kept.snapshot = harness.snapshot()
      if (step[0] === 'restore' || step[0] === 'snapshotAndRestore') harness.restore(kept.snapshot!)
      return {}
    },
    (error) => ({ error }),
  )
}

function runKeyed(given: Given & { kind: 'keyed' }, backend: Backend): unknown {
  const result: Result = { value: VOID }
  const kept: { snapshot: OperatorSnapshotResult | null } = { snapshot: null }
  let declared = given.states
  const harness = new OperatorHarness((context) => new KeyedProcessOperator(context), {
    functions: () => ({ function: new Commanded(declared, result) }),
    keySelectors: [(value) => (value as Command).key],
    configuration: { 'state.backend.type': backend },
  })
  harness.open()
  const steps: unknown[] = []
  for (const step of given.steps) {
    if (step[0] === 'on') {
      const [, key, name, operation, ...args] = step
      steps.push(attempt(result, () => harness.element({ key, name, operation, args }, 0)))
    } else if (step[0] === 'keys') steps.push({ value: sorted(harness.operator.backend.getKeys(step[1]) as string[]) })
    else {
      if (step[0] === 'snapshotAndRestore' && step[1] !== undefined) declared = step[1]
      steps.push(snapshotting(harness as unknown as OperatorHarness, step, kept))
    }
  }
  return { steps }
}

const BROADCAST = new MapStateDescriptor<Text, Text>('broadcast')
const LIST = new ListStateDescriptor<string>('list')

interface WriteContext {
  getBroadcastState(descriptor: typeof BROADCAST): BroadcastState<Text, Text>
  applyToKeyedState(descriptor: typeof LIST, fn: (key: string, list: ListState<string>) => void): void
}

class BroadcastCommanded extends AbstractRichFunction {
  private list!: ListState<string>
  constructor(private readonly result: Result) {
    super()
  }
  override open(): void {
    this.list = this.getRuntimeContext().getListState(LIST)
  }
  processElement({ operation, args }: Command, ctx: WriteContext): void {
    const state = ctx.getBroadcastState(BROADCAST)
    switch (operation) {
      case 'get':
        this.result.value = state.get(args[0] as Text)
        break
      case 'contains':
        this.result.value = state.contains(args[0] as Text)
        break
      case 'entries':
        this.result.value = sortedPairs(state.immutableEntries())
        break
      case 'iterateRemove': {
        const iterator = state.immutableEntries()[Symbol.iterator]() as Iterator<unknown> & { remove(): void }
        iterator.next()
        iterator.remove()
        break
      }
      case 'addToList':
        this.list.add(args[0] as string)
        break
      case 'readList':
        this.result.value = [...this.list.get()]
        break
      case 'clearList':
        this.list.clear()
        break
      default:
        throw new Error(`no operation ${operation}`)
    }
  }
  processBroadcastElement({ operation, args }: Command, ctx: WriteContext): void {
    if (operation === 'readList') this.result.value = [...this.list.get()]
    else if (operation === 'applyToLists') {
      const seen: [string, string[]][] = []
      ctx.applyToKeyedState(LIST, (key, list) => {
        seen.push([key, [...list.get()]])
        if (args.length > 0) list.add(args[0] as string)
      })
      this.result.value = sortedPairs(seen)
    } else this.result.value = operateOnMap(ctx.getBroadcastState(BROADCAST) as unknown as MapState<Text, Text>, operation, args[0], args[1])
  }
}

function runBroadcast(steps: readonly BroadcastStep[]): unknown {
  const result: Result = { value: VOID }
  const kept: { snapshot: OperatorSnapshotResult | null } = { snapshot: null }
  const harness = new OperatorHarness((context) => new KeyedBroadcastProcessOperator(context), {
    functions: () => ({ function: new BroadcastCommanded(result), broadcastStates: [BROADCAST] }),
    keySelectors: [(value) => (value as Command).key, null],
  })
  harness.open()
  return {
    steps: steps.map((step) => {
      if (step[0] === 'broadcast') {
        const [, operation, ...args] = step
        return attempt(result, () => harness.element({ key: '', name: '', operation, args }, 0, 1))
      }
      if (step[0] === 'element') {
        const [, key, operation, ...args] = step
        return attempt(result, () => harness.element({ key, name: '', operation, args }, 0, 0))
      }
      return snapshotting(harness as unknown as OperatorHarness, step, kept)
    }),
  }
}

const runOn = (given: Given, backend: Backend): unknown =>
  orError<unknown>(
    () => (given.kind === 'keyed' ? runKeyed(given, backend) : runBroadcast(given.steps)),
    (error) => ({ error }),
  )

/** RocksDB keeps no empty maps, and nothing of a list with a null in it (D-2); else it shows what the heap shows. */
const isOfTheHeap = (given: Given): boolean =>
  given.kind === 'broadcast' ||
  given.steps.some((step) => {
    if (step[0] !== 'on') return false
    const [, , , operation, argument] = step
    if (operation === 'iterateRemove') return true
    if (operation === 'addAll') return Array.isArray(argument) && argument.includes(null)
    return operation === 'putAll' && Object.keys(argument ?? {}).length === 0
  })

const run = (given: Given): unknown => onBothBackends((backend) => runOn(given, backend), isOfTheHeap(given))

export const keyedState = family<Given>('keyed-state', run, () => false, nameless)
