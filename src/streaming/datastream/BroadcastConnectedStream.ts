import { IllegalArgumentException } from '../../core/exceptions'
import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import { BroadcastProcessFunction, KeyedBroadcastProcessFunction, type BroadcastProcessFunctionLike } from '../functions/broadcast'
import type { Untyped } from '../functions/Untyped'
import { descriptor } from '../operators/descriptors'
import { OperatorTransformation } from '../operators/transformation'
import type { TypeInformation } from '../types/TypeInformation'
import { requiredMethods } from './required'
import { KeyedStream, SingleOutputStreamOperator, type BroadcastStream, type DataStream } from './index'

/** A stream, keyed or not, with a broadcast one beside it. Mirrors org.apache.flink.streaming.api.datastream.BroadcastConnectedStream. */
export class BroadcastConnectedStream<IN1, IN2> {
  /** @internal */
  constructor(
    private readonly input1: DataStream<IN1>,
    private readonly input2: BroadcastStream<IN2>,
  ) {}

  /** Returns the environment that the streams belong to. */
  getExecutionEnvironment(): StreamExecutionEnvironment {
    return this.input1.environment
  }

  /** Returns the stream that is not broadcast. */
  getFirstInput(): DataStream<IN1> {
    return this.input1
  }

  /** Returns the broadcast stream. */
  getSecondInput(): BroadcastStream<IN2> {
    return this.input2
  }

  /** Hands the records of both sides to a function; the broadcast side writes the broadcast state, the other reads it. */
  process<OUT = Untyped, KEY = Untyped>(
    processFunction: BroadcastProcessFunctionLike<KEY, IN1, IN2, OUT>,
    _outTypeInfo?: TypeInformation<OUT>,
  ): SingleOutputStreamOperator<OUT> {
    const { input1, input2 } = this
    const fn = requiredMethods(processFunction, 'processElement', 'processBroadcastElement')
    const keyed = input1 instanceof KeyedStream
    if (fn instanceof KeyedBroadcastProcessFunction && !keyed) {
      throw new IllegalArgumentException('A KeyedBroadcastProcessFunction can only be used on a keyed stream.')
    }
    if (fn instanceof BroadcastProcessFunction && keyed) {
      throw new IllegalArgumentException('A BroadcastProcessFunction can only be used on a non-keyed stream.')
    }
    const { environment } = input1
    const transformation = new OperatorTransformation(
      environment.context,
      keyed ? 'Co-Process-Broadcast-Keyed' : 'Co-Process-Broadcast',
      environment.getParallelism(),
      [input1.transformation, input2.transformation],
      { function: fn, broadcastStates: input2.descriptors },
      descriptor(keyed ? 'keyedBroadcastProcess' : 'broadcastProcess'),
      { role: 'operator', chaining: 'HEAD', fixedChaining: true, keyedBy: [keyed ? input1.partition : null, null] },
    ).calledBy('process')
    environment.addOperator(transformation)
    return new SingleOutputStreamOperator<OUT>(environment, transformation)
  }
}
