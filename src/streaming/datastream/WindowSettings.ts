import type { Aggregation } from '../functions/aggregation'
import type { OutputTag } from '../functions/OutputTag'
import { WindowOperatorBuilder } from '../operators/windowOperator'
import type { TimeLike } from '../time'
import type { Evictor, Trigger, Window, WindowAssigner } from '../windowing'
import type { SingleOutputStreamOperator } from './index'

/** What a program may say about windows whether or not the stream has keys, and the aggregations that both have. */
export abstract class WindowSettings<T, W extends Window> {
  /** @internal */
  protected readonly builder: WindowOperatorBuilder<T, W>

  /** @internal */
  constructor(assigner: WindowAssigner<T, W>) {
    this.builder = new WindowOperatorBuilder(assigner)
  }

  /** Says when a window fires, in place of the assigner's own trigger. */
  trigger(trigger: Trigger<T, W>): this {
    this.builder.trigger(trigger)
    return this
  }

  /** Says how long after its end a window still takes late records; each of them fires it again. */
  allowedLateness(lateness: TimeLike): this {
    this.builder.allowedLateness(lateness)
    return this
  }

  /** Sends records that come too late for their windows to a side output, where they would be dropped else. */
  sideOutputLateData(outputTag: OutputTag<T>): this {
    this.builder.sideOutputLateData(outputTag)
    return this
  }

  /** Removes records from a window before or after the function sees it. */
  evictor(evictor: Evictor<T, W>): this {
    this.builder.evictor(evictor)
    return this
  }

  /** Emits for each window the sum of a field; the other fields are those of the first record. */
  sum(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('sum', field, true)
  }

  /** Emits for each window the least value of a field; the other fields are those of the first record. */
  min(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('min', field, true)
  }

  /** Emits for each window the greatest value of a field; the other fields are those of the first record. */
  max(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('max', field, true)
  }

  /** Emits for each window the whole record with the least value of a field; on a tie the earlier one unless `first` is false. */
  minBy(field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.aggregated('minBy', field, first)
  }

  /** Emits for each window the whole record with the greatest value of a field; on a tie the earlier one unless `first` is false. */
  maxBy(field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.aggregated('maxBy', field, first)
  }

  /** @internal */
  protected abstract aggregated(aggregation: Aggregation, field: number | string, first: boolean): SingleOutputStreamOperator<T>
}
