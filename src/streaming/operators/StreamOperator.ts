import { IllegalStateException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN, NO_TIMESTAMP } from '../../core/time'
import type { FunctionSnapshotContext, ManagedInitializationContext, OperatorStateStore } from '../functions/checkpointed'
import type { OutputTag } from '../functions/OutputTag'
import type { RuntimeContext } from '../functions/RuntimeContext'
import type { Watermark } from '../watermark'

/** Which neighbours an operator may share a task with. Mirrors org.apache.flink.streaming.api.operators.ChainingStrategy. */
export enum ChainingStrategy {
  /** With its input and with its followers. */
  ALWAYS = 'ALWAYS',
  /** With nobody. */
  NEVER = 'NEVER',
  /** With its followers alone. */
  HEAD = 'HEAD',
  /** With its followers, and with sources before it. */
  HEAD_WITH_SOURCES = 'HEAD_WITH_SOURCES',
}

/** A record with its timestamp, as operators see it. Mirrors org.apache.flink.streaming.runtime.streamrecord.StreamRecord. */
export class StreamRecord<T> {
  private time: number

  /** Makes a record; without `timestamp` it has none. */
  constructor(
    private value: T,
    timestamp?: number,
  ) {
    this.time = timestamp ?? NO_TIMESTAMP
  }
  /** Returns the value. */
  getValue(): T {
    return this.value
  }
  /** Returns the timestamp in ms, Long.MIN_VALUE if there is none. */
  getTimestamp(): number {
    return hasTimestamp(this.time) ? this.time : LONG_MIN
  }
  /** Returns whether there is a timestamp. */
  hasTimestamp(): boolean {
    return hasTimestamp(this.time)
  }
  /** Puts another value in, and keeps the timestamp unless one is given. */
  replace<X>(value: X, timestamp?: number): StreamRecord<X> {
    const self = this as unknown as StreamRecord<X>
    self.value = value
    if (timestamp !== undefined) self.time = timestamp
    return self
  }
  /** Sets the timestamp, in ms. */
  setTimestamp(timestamp: number): void {
    this.time = timestamp
  }
  /** Takes the timestamp away. */
  eraseTimestamp(): void {
    this.time = NO_TIMESTAMP
  }
}

/** Where an operator's records go. Mirrors org.apache.flink.streaming.api.operators.Output. */
export interface Output<T> {
  /** Emits a record. */
  collect(record: StreamRecord<T>): void
  /** Emits a record to a side output. */
  collect<X>(outputTag: OutputTag<X>, record: StreamRecord<X>): void
  /** Emits a watermark. */
  emitWatermark(mark: Watermark): void
}

/**
 * Base of operators that a program writes itself. Mirrors org.apache.flink.streaming.api.operators.AbstractStreamOperator: its chaining
 * strategy is HEAD; timer services and metrics are left out.
 */
export abstract class AbstractStreamOperator<OUT> {
  /** Which neighbours this may share a task with. */
  protected chainingStrategy: ChainingStrategy = ChainingStrategy.HEAD
  /** Where the records go; there once the operator is set up. */
  protected output!: Output<OUT>
  private context: RuntimeContext | null = null
  private keyOf: (() => unknown) | null = null
  private states: OperatorStateStore | null = null

  /** @internal The runtime does this before `open`. */
  setUp(output: Output<OUT>, context: RuntimeContext, currentKey: (() => unknown) | null, states: OperatorStateStore | null = null): void {
    this.output = output
    this.context = context
    this.keyOf = currentKey
    this.states = states
  }

  /** Returns what the operator finds around it: its subtask and its keyed state. */
  getRuntimeContext(): RuntimeContext {
    if (this.context === null) throw new IllegalStateException('The runtime context has not been initialized.')
    return this.context
  }
  /** Returns the key of the record at hand. */
  getCurrentKey(): unknown {
    if (this.keyOf === null) throw new IllegalStateException('Key can only be retrieved on KeyedStream.')
    return this.keyOf()
  }
  /** Returns which neighbours this may share a task with. */
  getChainingStrategy(): ChainingStrategy {
    return this.chainingStrategy
  }
  /** Sets which neighbours this may share a task with. */
  setChainingStrategy(strategy: ChainingStrategy): void {
    this.chainingStrategy = strategy
  }
  /** Returns where state without keys is. */
  getOperatorStateBackend(): OperatorStateStore {
    if (this.states === null) throw new IllegalStateException('The operator has not been initialized.')
    return this.states
  }
  /** Asks for the operator's state, at every start and before `open`. */
  initializeState(_context: ManagedInitializationContext): void {}
  /** Prepares the operator. */
  open(): void {}
  /** A barrier is about to go on: what is emitted here comes before it. */
  prepareSnapshotPreBarrier(_checkpointId: number): void {}
  /** Puts what has to survive into the state. */
  snapshotState(_context: FunctionSnapshotContext): void {}
  /** The checkpoint is complete, on all tasks. */
  notifyCheckpointComplete(_checkpointId: number): void {}
  /** The checkpoint was given up. */
  notifyCheckpointAborted(_checkpointId: number): void {}
  /** All input has ended: emits what is left. */
  finish(): void {}
  /** Tidies up. */
  close(): void {}
  /** Handles a watermark; hands it on unless overridden. */
  processWatermark(mark: Watermark): void {
    this.output.emitWatermark(mark)
  }
}

/** Takes the records of one input. Mirrors org.apache.flink.streaming.api.operators.OneInputStreamOperator. */
export interface OneInputStreamOperator<IN, OUT> extends AbstractStreamOperator<OUT> {
  /** Handles a record. */
  processElement(element: StreamRecord<IN>): void
}

/** Takes the records of two inputs. Mirrors org.apache.flink.streaming.api.operators.TwoInputStreamOperator. */
export interface TwoInputStreamOperator<IN1, IN2, OUT> extends AbstractStreamOperator<OUT> {
  /** Handles a record of the first input. */
  processElement1(element: StreamRecord<IN1>): void
  /** Handles a record of the second input. */
  processElement2(element: StreamRecord<IN2>): void
}

/** Base of factories of operators; theirs is the strategy ALWAYS. Mirrors org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory. */
export abstract class AbstractStreamOperatorFactory<OP> {
  /** Which neighbours the operator may share a task with. */
  protected chainingStrategy: ChainingStrategy = ChainingStrategy.ALWAYS

  /** Makes the operator, once in each subtask. */
  abstract createStreamOperator(): OP
  /** Returns which neighbours the operator may share a task with. */
  getChainingStrategy(): ChainingStrategy {
    return this.chainingStrategy
  }
  /** Sets which neighbours the operator may share a task with. */
  setChainingStrategy(strategy: ChainingStrategy): void {
    this.chainingStrategy = strategy
  }
}
