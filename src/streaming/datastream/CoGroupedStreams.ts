import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { valueEquals } from '../../core/values'
import type { FlatJoinFunction, JoinFunction, CoGroupLike } from '../functions/joins'
import { RichFlatJoinFunction, RichJoinFunction } from '../functions/joins'
import type { Collector } from '../functions/Collector'
import type { KeySelectorLike } from '../functions/functions'
import type { Untyped } from '../functions/Untyped'
import {
  CoGroupWindowFunction,
  flatJoinAsCoGroup,
  joinAsCoGroup,
  tagger,
  unionKeySelector,
  type CoGroup,
  type TaggedUnion,
} from '../operators/coGroup'
import { prepareKeySelector, type PreparedKeySelector } from '../partitioners/keySelector'
import type { TimeLike } from '../time'
import type { TypeInformation } from '../types/TypeInformation'
import type { Evictor, Trigger, Window, WindowAssigner } from '../windowing'
import { required } from './required'
import type { DataStream, SingleOutputStreamOperator } from './index'

/** Both inputs of a join or co-group, and what was said about them so far. */
interface Inputs<T1, T2> {
  readonly first: DataStream<T1>
  readonly second: DataStream<T2>
}

/** A method that takes its argument as the last one before the program's function. */
const methodOf = <F extends (...args: never[]) => unknown>(fn: unknown, name: string): F =>
  (typeof fn === 'function'
    ? fn
    : (...args: unknown[]) => (fn as Record<string, (...args: unknown[]) => unknown>)[name]!(...args)) as unknown as F

const selectorOf = <T>(selector: KeySelectorLike<T, unknown>, type: TypeInformation<unknown> | undefined, line: number | undefined) => {
  if (selector === null || selector === undefined) throw new NullPointerException('keySelector')
  return prepareKeySelector(required(selector, 'getKey'), type?.keyType, line)
}

/** What `where` of joins and co-groups leads to; `makes` is what stands behind the window. */
class Where<T1, T2, KEY, WITH> {
  /** @internal */
  constructor(
    private readonly inputs: Inputs<T1, T2>,
    private readonly key1: PreparedKeySelector,
    private readonly keyType: TypeInformation<unknown> | undefined,
    private readonly makes: (settings: WindowOfTwo) => WITH,
  ) {}

  /** Says how the second stream's key is read. */
  equalTo(keySelector: KeySelectorLike<T2, KEY>, keyType?: TypeInformation<unknown>): EqualTo<WITH> {
    const { inputs, makes, key1 } = this
    const type = this.keyType ?? keyType
    if (type?.keyType !== undefined && keyType?.keyType !== undefined && !valueEquals(type.keyType, keyType.keyType)) {
      throw new IllegalArgumentException(`The keys for the two inputs are not equal: first key = ${type} , second key = ${keyType}`)
    }
    const key2 = selectorOf(keySelector, keyType, inputs.second.environment.context.currentLine())
    return new EqualTo((assigner) => makes({ ...(inputs as Inputs<unknown, unknown>), key1, key2, keyType: type, assigner }))
  }
}

/** Needs only the window now. */
class EqualTo<WITH> {
  /** @internal */
  constructor(private readonly makes: (assigner: WindowAssigner<unknown, Window>) => WITH) {}

  /** Says in which windows the records meet. */
  window<W extends Window>(assigner: WindowAssigner<Untyped, W>): WITH {
    return this.makes(assigner as WindowAssigner<unknown, Window>)
  }
}

interface WindowOfTwo extends Inputs<unknown, unknown> {
  readonly key1: PreparedKeySelector
  readonly key2: PreparedKeySelector
  readonly keyType: TypeInformation<unknown> | undefined
  readonly assigner: WindowAssigner<unknown, Window>
  readonly trigger?: Trigger<unknown, Window>
  readonly evictor?: Evictor<unknown, Window>
  readonly lateness?: TimeLike
}

/** What both kinds of windows over two streams take. Triggers and evictors see the records of either side wrapped, as in Flink. */
abstract class WithWindow {
  /** @internal */
  constructor(private settings: WindowOfTwo) {}

  /** Says when a window fires, in place of the assigner's own trigger. */
  trigger<W extends Window>(trigger: Trigger<Untyped, W>): this {
    return this.changed({ trigger: trigger as Trigger<unknown, Window> })
  }

  /** Removes records from a window before or after the function sees it. */
  evictor<W extends Window>(evictor: Evictor<Untyped, W>): this {
    return this.changed({ evictor: evictor as Evictor<unknown, Window> })
  }

  /** Says how long after its end a window still takes late records; each of them fires it again. */
  allowedLateness(lateness: TimeLike): this {
    return this.changed({ lateness })
  }

  private changed(change: Partial<WindowOfTwo>): this {
    const copy = Object.create(Object.getPrototypeOf(this) as object) as this
    copy.settings = { ...this.settings, ...change }
    return copy
  }

  /** @internal Tags both sides, unites, keys and windows them (W-27). */
  protected applied<R>(call: string, fn: unknown, coGroup: CoGroup): SingleOutputStreamOperator<R> {
    const { first, second, key1, key2, keyType, assigner, trigger, evictor, lateness } = this.settings
    const keyed = tagged(call, 1, first)
      .union(tagged(call, 2, second))
      .keyBy(unionKeySelector(key1, key2), keyType)
    keyed.partition.call = call
    const windowed = keyed.window(assigner as WindowAssigner<TaggedUnion, Window>)
    if (trigger !== undefined) windowed.trigger(trigger as Trigger<TaggedUnion, Window>)
    if (evictor !== undefined) windowed.evictor(evictor as Evictor<TaggedUnion, Window>)
    if (lateness !== undefined) windowed.allowedLateness(lateness)
    return windowed.windowed<R>(call, 'apply', { windowFunction: new CoGroupWindowFunction(fn, coGroup) }, 'CoGroupWindowFunction')
  }
}

/** One side's records with their side; runs as that side does. */
function tagged(call: string, side: 1 | 2, stream: DataStream<unknown>): SingleOutputStreamOperator<TaggedUnion> {
  const made = stream.map<TaggedUnion>(tagger(side))
  made.transformation.parallelism = stream.getParallelism()
  made.transformation.call = call
  return made
}

/** Two streams whose records of one key and window meet in one call. Mirrors org.apache.flink.streaming.api.datastream.CoGroupedStreams. */
export class CoGroupedStreams<T1, T2> {
  /** @internal */
  constructor(private readonly inputs: Inputs<T1, T2>) {}

  /** Says how the first stream's key is read. */
  where<KEY>(keySelector: KeySelectorLike<T1, KEY>, keyType?: TypeInformation<unknown>): Where<T1, T2, KEY, CoGroupedWithWindow<T1, T2>> {
    const { inputs } = this
    const key = selectorOf(keySelector, keyType, inputs.first.environment.context.currentLine())
    return new Where(inputs, key, keyType, (settings) => new CoGroupedWithWindow<T1, T2>(settings))
  }
}

class CoGroupedWithWindow<T1, T2> extends WithWindow {
  /** Hands all records of a key and window of both sides to a function. */
  apply<T = Untyped>(coGroupFunction: CoGroupLike<T1, T2, T>, _resultType?: TypeInformation<T>): SingleOutputStreamOperator<T> {
    const fn = required(coGroupFunction, 'coGroup')
    return this.applied('apply', fn, methodOf<CoGroup>(fn, 'coGroup'))
  }

  /** The same. @deprecated use `apply` */
  with<T = Untyped>(coGroupFunction: CoGroupLike<T1, T2, T>, _resultType?: TypeInformation<T>): SingleOutputStreamOperator<T> {
    const fn = required(coGroupFunction, 'coGroup')
    return this.applied('with', fn, methodOf<CoGroup>(fn, 'coGroup'))
  }
}

/** Two streams whose records of one key and window are paired. Mirrors org.apache.flink.streaming.api.datastream.JoinedStreams. */
export class JoinedStreams<T1, T2> {
  /** @internal */
  constructor(private readonly inputs: Inputs<T1, T2>) {}

  /** Says how the first stream's key is read. */
  where<KEY>(keySelector: KeySelectorLike<T1, KEY>, keyType?: TypeInformation<unknown>): Where<T1, T2, KEY, JoinedWithWindow<T1, T2>> {
    const { inputs } = this
    const key = selectorOf(keySelector, keyType, inputs.first.environment.context.currentLine())
    return new Where(inputs, key, keyType, (settings) => new JoinedWithWindow<T1, T2>(settings))
  }
}

/** A lambda that takes a Collector is a FlatJoinFunction. */
type Join<T1, T2, T> = JoinFunction<T1, T2, T> | ((first: T1, second: T2) => T)
type FlatJoin<T1, T2, T> = FlatJoinFunction<T1, T2, T> | ((first: T1, second: T2, out: Collector<T>) => void)

class JoinedWithWindow<T1, T2> extends WithWindow {
  /** Makes one record of each pair of a key and window. */
  apply<T>(joinFunction: Join<T1, T2, T>, resultType?: TypeInformation<T>): SingleOutputStreamOperator<T>
  /** Makes none, one or many records of each pair of a key and window. */
  apply<T = Untyped>(flatJoinFunction: FlatJoin<T1, T2, T>, resultType?: TypeInformation<T>): SingleOutputStreamOperator<T>
  apply<T>(joinFunction: Join<T1, T2, T> | FlatJoin<T1, T2, T>): SingleOutputStreamOperator<T> {
    return this.applied('apply', joinFunction, joinOf(joinFunction))
  }

  /** The same. @deprecated use `apply` */
  with<T>(joinFunction: Join<T1, T2, T>, resultType?: TypeInformation<T>): SingleOutputStreamOperator<T>
  /** The same. @deprecated use `apply` */
  with<T = Untyped>(flatJoinFunction: FlatJoin<T1, T2, T>, resultType?: TypeInformation<T>): SingleOutputStreamOperator<T>
  with<T>(joinFunction: Join<T1, T2, T> | FlatJoin<T1, T2, T>): SingleOutputStreamOperator<T> {
    return this.applied('with', joinFunction, joinOf(joinFunction))
  }
}

/** Java tells the two kinds by their types; here by the class, else by whether the function takes a Collector. */
function joinOf(fn: unknown): CoGroup {
  const join = required(fn, 'join')
  const takes = typeof join === 'function' ? join.length : (join as { join: { length: number } }).join.length
  const flat = fn instanceof RichFlatJoinFunction || (takes >= 3 && !(fn instanceof RichJoinFunction))
  return flat
    ? flatJoinAsCoGroup(methodOf<Parameters<typeof flatJoinAsCoGroup>[0]>(join, 'join'))
    : joinAsCoGroup(methodOf<Parameters<typeof joinAsCoGroup>[0]>(join, 'join'))
}
