import { NullPointerException } from '../../core/exceptions'
import { simpleNameOf } from '../operators/names'
import type { AggregateFunction, ReduceFunction, ReduceLike } from '../functions/functions'
import type { TypeInformation } from '../types/TypeInformation'
import { StateTtlConfig } from './ttl'
import type { AggregatingState, ListState, MapState, ReducingState, State, ValueState } from './states'

export type StateKind = 'value' | 'list' | 'map' | 'reducing' | 'aggregating'

/**
 * Names a state and says what is in it. Mirrors org.apache.flink.api.common.state.StateDescriptor; types are accepted and need not be given,
 * queryable state is left out.
 */
export abstract class StateDescriptor<S extends State, T> {
  /** Only for the type checker: the state that this describes. */
  declare protected readonly stateType: S
  /** Only for the type checker: what is in it. */
  declare protected readonly valueType: T
  /** Which of the five kinds of state this is; mirrors StateDescriptor.Type. */
  abstract readonly kind: StateKind
  private ttlConfig = StateTtlConfig.DISABLED

  protected constructor(private readonly name: string) {
    if (typeof name !== 'string') throw new NullPointerException('name must not be null')
  }

  /** Returns the state's name, unique within its operator. */
  getName(): string {
    return this.name
  }

  /** What a value state gives before it is set. */
  getDefaultValue(): T | null {
    return null
  }

  /** Lets values go that nobody touches for a while. */
  enableTimeToLive(ttlConfig: StateTtlConfig): void {
    this.ttlConfig = ttlConfig
  }

  /** Returns how long values live. */
  getTtlConfig(): StateTtlConfig {
    return this.ttlConfig
  }

  toString(): string {
    return `${simpleNameOf(this, 'StateDescriptor')}{name=${this.name}}`
  }
}

/** Names a state of one value. */
export class ValueStateDescriptor<T> extends StateDescriptor<ValueState<T>, T> {
  readonly kind = 'value'
  private readonly defaultValue: T | null

  /** `defaultValue` stands for an unset value; Flink 1.x only, deprecated there. */
  constructor(name: string, _type?: TypeInformation<T> | object | string, defaultValue: T | null = null) {
    super(name)
    this.defaultValue = defaultValue ?? null
  }

  override getDefaultValue(): T | null {
    return this.defaultValue
  }
}

/** Names a state of a list. */
export class ListStateDescriptor<T> extends StateDescriptor<ListState<T>, T[]> {
  readonly kind = 'list'
  constructor(name: string, _elementType?: TypeInformation<T> | object | string) {
    super(name)
  }
}

/** Names a state of a map. */
export class MapStateDescriptor<UK, UV> extends StateDescriptor<MapState<UK, UV>, Map<UK, UV>> {
  readonly kind = 'map'
  constructor(name: string, _keyType?: TypeInformation<UK> | object | string, _valueType?: TypeInformation<UV> | object | string) {
    super(name)
  }
}

/** Names a state that folds what is added with a ReduceFunction. */
export class ReducingStateDescriptor<T> extends StateDescriptor<ReducingState<T>, T> {
  readonly kind = 'reducing'
  private readonly reduceFunction: ReduceFunction<T>

  constructor(name: string, reduceFunction: ReduceLike<T>, _type?: TypeInformation<T> | object | string) {
    super(name)
    this.reduceFunction = typeof reduceFunction === 'function' ? { reduce: reduceFunction } : reduceFunction
  }

  /** Returns the function that folds. */
  getReduceFunction(): ReduceFunction<T> {
    return this.reduceFunction
  }
}

/** Names a state that folds what is added with an AggregateFunction. */
export class AggregatingStateDescriptor<IN, ACC, OUT> extends StateDescriptor<AggregatingState<IN, OUT>, ACC> {
  readonly kind = 'aggregating'
  constructor(
    name: string,
    private readonly aggregateFunction: AggregateFunction<IN, ACC, OUT>,
    _accumulatorType?: TypeInformation<ACC> | object | string,
  ) {
    super(name)
  }

  /** Returns the function that folds. */
  getAggregateFunction(): AggregateFunction<IN, ACC, OUT> {
    return this.aggregateFunction
  }
}
