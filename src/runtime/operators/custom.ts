import { LONG_MIN } from '../../core/time'
import type { OutputTag } from '../../streaming/functions/OutputTag'
import {
  StreamRecord,
  type AbstractStreamOperator as UserOperator,
  type AbstractStreamOperatorFactory,
  type OneInputStreamOperator,
  type Output,
  type TwoInputStreamOperator,
} from '../../streaming/operators/StreamOperator'
import { Watermark } from '../../streaming/watermark'
import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import { BackendKeyedStateStore } from '../state/KeyedStateBackend'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { functionContext, functionSnapshotContext } from './checkpointedFunctions'
import { outputTo, StreamingRuntimeContext } from './functions'
import type { OperatorContext } from './types'

type User = UserOperator<unknown> &
  Partial<OneInputStreamOperator<unknown, unknown>> &
  Partial<TwoInputStreamOperator<unknown, unknown, unknown>>

/** An operator that the program wrote itself (`transform`), with one input or two. */
export class CustomOperator extends AbstractStreamOperator {
  private readonly user: User
  private emitted = 0
  private watermark = LONG_MIN

  constructor(context: OperatorContext) {
    super(context, [], context.keySelectors.length)
    const { operator, factory } = context.functions
    this.user = (operator ?? (factory as AbstractStreamOperatorFactory<unknown>).createStreamOperator()) as User
  }

  override initializeState(given: StateInitializationContext): void {
    super.initializeState(given)
    const store = this.isKeyed ? new BackendKeyedStateStore(this.backend, this.stateObserver()) : null
    const currentKey = this.isKeyed ? () => this.keyContext.key : null
    const { operatorState } = this
    this.user.setUp(this.output(), new StreamingRuntimeContext(this.context, store), currentKey, operatorState)
    this.user.initializeState(functionContext({ checkpoint: given.checkpoint, operatorState, keyedState: store }))
  }

  override open(): void {
    super.open()
    this.user.open()
  }

  prepareSnapshotPreBarrier(checkpoint: number): void {
    this.user.prepareSnapshotPreBarrier(checkpoint)
  }

  override snapshotState(context: SnapshotContext): OperatorSnapshotResult {
    this.user.snapshotState(functionSnapshotContext(context))
    return super.snapshotState(context)
  }

  override notifyCheckpointComplete(checkpoint: number): void {
    super.notifyCheckpointComplete(checkpoint)
    this.user.notifyCheckpointComplete(checkpoint)
  }

  override notifyCheckpointAborted(checkpoint: number): void {
    super.notifyCheckpointAborted(checkpoint)
    this.user.notifyCheckpointAborted(checkpoint)
  }

  private output(): Output<unknown> {
    const { context } = this
    return {
      collect: (first: unknown, second?: StreamRecord<unknown>) => {
        this.emitted++
        if (second !== undefined) outputTo(context, first as OutputTag<unknown>, second.getValue(), timestampOf(second))
        else context.output.collect((first as StreamRecord<unknown>).getValue(), timestampOf(first as StreamRecord<unknown>))
      },
      emitWatermark: (mark: Watermark) => context.output.emitWatermark(mark.getTimestamp()),
    }
  }

  processElement(value: unknown, timestamp: number, input: number): void {
    const selector = this.context.keySelectors[input]
    if (selector !== null && selector !== undefined) this.keyContext.setCurrentKey(selector(value))
    const before = this.emitted
    const record = new StreamRecord<unknown>(value, timestamp)
    if (this.context.keySelectors.length < 2) this.user.processElement!(record)
    else if (input === 0) this.user.processElement1!(record)
    else this.user.processElement2!(record)
    if (this.emitted === before && this.context.trace.on) this.context.trace.recordDropped(timestamp)
  }

  /** The program's operator hands it on, or does not. */
  protected override advance(watermark: number): void {
    if (watermark <= this.watermark) return
    this.watermark = watermark
    if (this.context.trace.on) this.context.trace.recordsMade(-1)
    this.user.processWatermark(new Watermark(watermark))
  }

  override finish(): void {
    super.finish()
    if (this.context.trace.on) this.context.trace.recordsMade(-1)
    this.user.finish()
  }

  override close(): void {
    super.close()
    this.user.close()
  }
}

const timestampOf = (record: StreamRecord<unknown>): number => (record.hasTimestamp() ? record.getTimestamp() : NaN)
