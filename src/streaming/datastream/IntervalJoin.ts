import { IllegalArgumentException, NullPointerException, UnsupportedTimeCharacteristicException } from '../../core/exceptions'
import type { OutputTag } from '../functions/OutputTag'
import type { ProcessJoinLike } from '../functions/joins'
import type { Untyped } from '../functions/Untyped'
import { descriptor } from '../operators/descriptors'
import { millisOf, type TimeLike } from '../time'
import type { TypeInformation } from '../types/TypeInformation'
import { required } from './required'
import { ConnectedStreams, type KeyedStream, type SingleOutputStreamOperator } from './index'

/** Two keyed streams to be joined by the distance of their timestamps. Mirrors KeyedStream.IntervalJoin. */
export class IntervalJoin<T1, T2, KEY> {
  private eventTime = true

  /** @internal */
  constructor(
    private readonly left: KeyedStream<T1, KEY>,
    private readonly right: KeyedStream<T2, KEY>,
  ) {
    if (right === null || right === undefined) throw new NullPointerException('otherStream')
  }

  /** Joins by event time, as is the default. */
  inEventTime(): this {
    this.eventTime = true
    return this
  }

  /** Would join by processing time, which Flink refuses. */
  inProcessingTime(): this {
    this.eventTime = false
    return this
  }

  /** Pairs a left record at time t with right records from t + `lowerBound` to t + `upperBound`, both included. */
  between(lowerBound: TimeLike, upperBound: TimeLike): IntervalJoined<T1, T2, KEY> {
    if (!this.eventTime) throw new UnsupportedTimeCharacteristicException('Time-bounded stream joins are only supported in event time')
    const missing =
      lowerBound === null || lowerBound === undefined ? 'A lower' : upperBound === null || upperBound === undefined ? 'An upper' : null
    if (missing !== null) throw new NullPointerException(`${missing} bound needs to be provided for a time-bounded join`)
    return new IntervalJoined<T1, T2, KEY>(this.left, this.right, millisOf(lowerBound), millisOf(upperBound))
  }
}

/** An interval join that knows its bounds. Mirrors KeyedStream.IntervalJoined. */
export class IntervalJoined<IN1, IN2, KEY> {
  private lowerInclusive = true
  private upperInclusive = true
  private leftLate: OutputTag<IN1> | undefined
  private rightLate: OutputTag<IN2> | undefined

  /** @internal */
  constructor(
    private readonly left: KeyedStream<IN1, KEY>,
    private readonly right: KeyedStream<IN2, KEY>,
    private readonly lower: number,
    private readonly upper: number,
  ) {}

  /** Leaves the upper bound itself out. */
  upperBoundExclusive(): this {
    this.upperInclusive = false
    return this
  }

  /** Leaves the lower bound itself out. */
  lowerBoundExclusive(): this {
    this.lowerInclusive = false
    return this
  }

  /** Sends late records of the left stream to a side output. */
  sideOutputLeftLateData(outputTag: OutputTag<IN1>): this {
    this.leftLate = outputTag
    return this
  }

  /** Sends late records of the right stream to a side output. */
  sideOutputRightLateData(outputTag: OutputTag<IN2>): this {
    this.rightLate = outputTag
    return this
  }

  /** Hands each pair to a function. */
  process<OUT = Untyped>(
    processJoinFunction: ProcessJoinLike<IN1, IN2, OUT>,
    _outputType?: TypeInformation<OUT>,
  ): SingleOutputStreamOperator<OUT> {
    const { left, right, lower, upper, leftLate, rightLate } = this
    const params = {
      lower,
      upper,
      lowerInclusive: this.lowerInclusive,
      upperInclusive: this.upperInclusive,
      ...(leftLate === undefined ? {} : { leftLateTag: leftLate.getId() }),
      ...(rightLate === undefined ? {} : { rightLateTag: rightLate.getId() }),
    }
    // The operator's constructor refuses it in Java, which is before the job is submitted.
    if (lower > upper) throw new IllegalArgumentException('lowerBound <= upperBound must be fulfilled')
    const again = new ConnectedStreams(left, right).keyBy(left.keySelector, right.keySelector)
    return again.operate('process', 'Interval Join', descriptor('intervalJoin', params), {
      function: required(processJoinFunction, 'processElement'),
    })
  }
}
