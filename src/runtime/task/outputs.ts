import { copyValue } from '../../core/values'
import { TraceKind } from '../../trace/kinds'
import type { StreamPartitioner } from '../network/partitioners'
import type { ResultPartition } from '../network/resultPartition'
import type { Output } from '../operators/types'
import type { ChainedOperatorState } from './chainedOperator'
import { TaskIoState } from './ioTime'
import { payloadOf, shownTimestamp } from './operatorTrace'
import type { TaskThread } from './thread'

/**
 * Where an operator's results go. `tag` null: the main output; else that side output. Every kind drops watermarks while its
 * announced status is idle, and statuses that say nothing new (T-18).
 */

const isPrimitive = (value: unknown): boolean => typeof value !== 'object'

/** No consumer: sinks, and side outputs that nobody reads. */
export class NoOutput implements Output {
  collect(): void {}
  collectTo(): void {}
  emitWatermark(): void {}
  emitStatus(): void {}
}

/** To the next operator of the chain; mirrors ChainingOutput and CopyingChainingOutput. */
export class ChainingOutput implements Output {
  private idle = false

  constructor(
    private readonly task: TaskThread,
    private readonly source: ChainedOperatorState,
    private readonly target: ChainedOperatorState,
    private readonly tag: string | null,
    /** `pipeline.object-reuse`: hand the very object over. */
    private readonly reuse: boolean,
  ) {}

  collect(value: unknown, timestamp: number): void {
    if (this.tag === null) this.push(value, timestamp)
  }

  collectTo(tag: string, value: unknown, timestamp: number): void {
    if (this.tag === tag) this.push(value, timestamp)
  }

  private push(value: unknown, timestamp: number): void {
    const { task, target } = this
    if (task.tracing) {
      target.trace.inputBegins()
      // What windows and timers give keeps the rest of the chain busy.
      task.io.become(TaskIoState.Busy)
    }
    task.context.advance(target.cost)
    task.node = target.node
    target.operator.processElement(this.reuse || isPrimitive(value) ? value : copyValue(value), timestamp, 0)
    task.node = this.source.node
  }

  emitWatermark(watermark: number): void {
    if (this.idle) return
    const { task, target } = this
    task.node = target.node
    target.operator.processWatermark(watermark, 0)
    task.node = this.source.node
  }

  emitStatus(idle: boolean): void {
    if (this.idle === idle) return
    this.idle = idle
    this.target.operator.processStatus(idle, 0)
  }
}

/** To another task; mirrors RecordWriterOutput with ChannelSelectorRecordWriter and BroadcastRecordWriter. */
export class RecordWriterOutput implements Output {
  private idle = false

  constructor(
    private readonly task: TaskThread,
    private readonly partition: ResultPartition,
    /** Position among the task's partitions. */
    private readonly index: number,
    private readonly partitioner: StreamPartitioner,
    private readonly tag: string | null,
    /** `execution.buffer-timeout.interval` 0: send after each element. */
    private readonly flushAlways: boolean,
    /** For the trace: the number of a record's key; null where the edge has none. */
    private readonly keyIdOf: ((value: unknown) => number) | null,
  ) {}

  collect(value: unknown, timestamp: number): void {
    if (this.tag === null) this.push(value, timestamp)
  }

  collectTo(tag: string, value: unknown, timestamp: number): void {
    if (this.tag === tag) this.push(value, timestamp)
  }

  private push(value: unknown, timestamp: number): void {
    const { partitioner } = this
    if (partitioner.isBroadcast) for (let i = 0; i < this.partition.subpartitions.length; i++) this.write(i, value, timestamp)
    else this.write(partitioner.selectChannel(value), value, timestamp)
    this.written()
  }

  private write(subpartition: number, value: unknown, timestamp: number): void {
    const { task, partition } = this
    const target = partition.subpartitions[subpartition]!
    if (task.tracing) {
      const key = this.keyIdOf === null ? -1 : this.keyIdOf(value)
      task.context.emit(
        TraceKind.RecordOut,
        target.channel,
        task.recordNumber,
        task.recordOrigin,
        key,
        shownTimestamp(timestamp),
        payloadOf(value),
      )
    }
    partition.emitRecord(target, value, timestamp, task.recordNumber, task.recordOrigin)
  }

  private written(): void {
    if (this.flushAlways) this.partition.flushAll()
    else if (!this.partition.flusherArmed) this.task.armFlusher(this.index)
  }

  emitWatermark(watermark: number): void {
    if (this.idle) return
    this.describe(TraceKind.WatermarkOut, 0, watermark)
    this.partition.broadcastWatermark(watermark)
    this.written()
  }

  emitStatus(idle: boolean): void {
    if (this.idle === idle) return
    this.idle = idle
    this.describe(TraceKind.StatusOut, idle ? 1 : 0, NaN)
    this.partition.broadcastStatus(idle)
    this.written()
  }

  private describe(kind: number, b: number, x: number): void {
    const { task, partition } = this
    if (!task.tracing) return
    for (const { channel } of partition.subpartitions) task.context.emit(kind, channel, b, 0, 0, x)
  }
}

/** Only while tracing, around all that an operator writes to: records that it makes get an identity of their own, one for all consumers. */
export class IdentifyingOutput implements Output {
  constructor(
    private readonly task: TaskThread,
    private readonly source: ChainedOperatorState,
    private readonly output: Output,
  ) {}

  collect(value: unknown, timestamp: number): void {
    const { task } = this
    const number = task.recordNumber
    const origin = task.recordOrigin
    this.source.trace.stamp(timestamp)
    this.output.collect(value, timestamp)
    task.recordNumber = number
    task.recordOrigin = origin
  }

  collectTo(tag: string, value: unknown, timestamp: number): void {
    const { task } = this
    const number = task.recordNumber
    const origin = task.recordOrigin
    this.source.trace.stamp(timestamp)
    this.output.collectTo(tag, value, timestamp)
    task.recordNumber = number
    task.recordOrigin = origin
  }

  emitWatermark(watermark: number): void {
    this.output.emitWatermark(watermark)
  }

  emitStatus(idle: boolean): void {
    this.output.emitStatus(idle)
  }
}

/** To several consumers in turn; mirrors BroadcastingOutputCollector. Outputs to other tasks come before chained operators. */
export class BroadcastingOutput implements Output {
  constructor(private readonly outputs: readonly Output[]) {}

  collect(value: unknown, timestamp: number): void {
    const { outputs } = this
    for (let i = 0; i < outputs.length; i++) outputs[i]!.collect(value, timestamp)
  }

  collectTo(tag: string, value: unknown, timestamp: number): void {
    const { outputs } = this
    for (let i = 0; i < outputs.length; i++) outputs[i]!.collectTo(tag, value, timestamp)
  }

  emitWatermark(watermark: number): void {
    for (const output of this.outputs) output.emitWatermark(watermark)
  }

  emitStatus(idle: boolean): void {
    for (const output of this.outputs) output.emitStatus(idle)
  }
}
