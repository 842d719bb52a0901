import { UnsupportedOperationException } from '../../core/exceptions'
import { LONG_MAX } from '../../core/time'
import type { RelativeClock, WatermarkStrategy } from '../../streaming/watermark'
import { TraceKind } from '../../trace/kinds'
import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import { sizeOfStream } from '../checkpoint/types'
import type { FetchedRecords } from '../external/messages'
import type { Output, StreamOperator } from '../operators/types'
import { ProgressiveTimestampsAndWatermarks } from '../time/ProgressiveTimestampsAndWatermarks'
import type { SourceOutputWithWatermarks, WatermarkUpdateListener } from '../time/ProgressiveTimestampsAndWatermarks'
import type { ChainedOperatorState } from './chainedOperator'
import { InputStatus } from './input'
import type { InputStatusCode, TaskInput } from './input'
import { TaskIoState } from './ioTime'
import { payloadOf, shownTimestamp } from './operatorTrace'
import type { StatefulSource } from './operatorChain'
import { READER_STATE, readerStateHandle, readReaderState } from './sources/readerState'
import type { ReaderOutput, SourceReader } from './sources/SourceReader'
import { SourceAlignment } from './sourceAlignment'
import type { AlignedSource } from './sourceAlignment'
import { sourceContext, type SourceContext, type SourceContextSettings } from './sourceContexts'
import { SplitTrace } from './splitTrace'
import type { TaskThread } from './thread'

export interface SourceSettings extends SourceContextSettings {
  /** null: a source of the old kind, which gives its records timestamps and makes watermarks itself, if at all (T-22). */
  readonly strategy: WatermarkStrategy<unknown> | null
  /** ms; 0: no periodic emission (T-11). */
  readonly autoWatermarkInterval: number
  readonly clock: RelativeClock
  /** null: the source is aligned with no other (T-12). */
  readonly alignment: {
    /** ms. */
    readonly updateInterval: number
    /** To the JobManager. */
    report(watermark: number): void
    /** A reader that cannot hold its splits may leave them be; false: its task fails. */
    readonly allowUnalignedSplits: boolean
  } | null
  /** The state of a function of the program's; null: it has none, or the source is no function. */
  readonly functionState: FunctionState | null
}

/** The part of an operator that keeps the state of the program's function. */
export type FunctionState = Required<Pick<StreamOperator, 'initializeState' | 'snapshotState'>> &
  Pick<StreamOperator, 'notifyCheckpointComplete' | 'notifyCheckpointAborted'>

/**
 * The source at the head of a task: asks its reader for records, gives them timestamps, makes watermarks of them, one generator for each split.
 * Mirrors SourceOperator and SourceOperatorStreamTask (T-3, T-7 … T-11, T-19), for sources of the old kind SourceStreamTask (T-22).
 * Left out: split enumerators as coordinators; so a split belongs to the reader from its first moment on, and is in no state but the reader's.
 */
export class SourceOperator implements TaskInput, ReaderOutput, StatefulSource {
  private readonly eventTime: ProgressiveTimestampsAndWatermarks | null
  private readonly splitTrace: SplitTrace | null
  private readonly alignment: SourceAlignment | null
  private readonly splits = new Map<number, SourceOutputWithWatermarks>()
  private cancelTick: () => void = () => undefined
  private cancelReport: () => void = () => undefined
  /** Where the record at hand comes from. */
  private partition = 0
  private offset = 0
  /** Of a source of the old kind. */
  private old: SourceContext | null = null
  /** C-26: it reads no more. */
  private stopped: InputStatusCode | null = null

  constructor(
    private readonly task: TaskThread,
    private readonly state: ChainedOperatorState,
    private readonly reader: SourceReader,
    private readonly output: Output,
    private readonly settings: SourceSettings,
  ) {
    const { strategy, clock } = settings
    this.splitTrace = task.tracing ? new SplitTrace(task, state) : null
    this.alignment = strategy === null || settings.alignment === null ? null : new SourceAlignment(this.aligned(settings.alignment.report))
    this.eventTime =
      strategy === null ? null : new ProgressiveTimestampsAndWatermarks(strategy, this.stamped(), state.trace, clock, this.listener())
  }

  /** What the generators' side writes to: records with their timestamps, and watermarks. */
  private stamped(): Output {
    if (!this.task.tracing) return this.output
    return {
      collect: (value, timestamp) => this.collectTraced(value, timestamp),
      collectTo: (tag, value, timestamp) => this.output.collectTo(tag, value, timestamp),
      emitWatermark: (watermark) => this.output.emitWatermark(watermark),
      emitStatus: (idle) => this.output.emitStatus(idle),
    }
  }

  // ---- checkpoints (C-23, C-24) ----------------------------------------------------------------------------------------

  /** T-32: watermarks begin anew, from the least. */
  initializeState(context: StateInitializationContext): void {
    const { task, state, reader } = this
    const others = context.operator.map((handle) => ({ ...handle, states: handle.states.filter(({ name }) => name !== READER_STATE) }))
    this.settings.functionState?.initializeState({ ...context, operator: others })
    // New in the program, it begins where it would have without a checkpoint.
    if (context.checkpoint === null || context.isNew === true) return
    const splits = readReaderState(context.operator, (stream) => context.bytesOf(stream))
    for (const [partition, offset] of reader.restoreState(splits)) {
      if (task.tracing) task.context.emit(TraceKind.OffsetRestored, state.node, partition, offset, 0, NaN)
    }
  }

  snapshotState(context: SnapshotContext): OperatorSnapshotResult {
    const own = readerStateHandle(this.reader.snapshotState())
    const size = sizeOfStream(own.stream)
    const result = this.settings.functionState?.snapshotState(context)
    if (result === undefined) return { operator: [own], keyed: [], syncCost: 0, fullSize: size }
    return { ...result, operator: [...result.operator, own], fullSize: result.fullSize + size }
  }

  notifyCheckpointComplete(checkpoint: number): void {
    this.settings.functionState?.notifyCheckpointComplete?.(checkpoint)
  }

  notifyCheckpointAborted(checkpoint: number): void {
    this.settings.functionState?.notifyCheckpointAborted?.(checkpoint)
  }

  /** A SourceFunction: it has no more to say once it is told to stop, and only then is its savepoint taken. */
  get isOld(): boolean {
    return this.settings.strategy === null
  }

  /** C-26: the next step ends the source, as if its data were over (`drain`), or as it is. */
  stop(drain: boolean): void {
    this.stopped = drain ? InputStatus.End : InputStatus.Stopped
    this.reader.cancel?.()
  }

  start(): void {
    this.reader.start(this)
    this.splitTrace?.started()
    if (this.eventTime === null) this.old = sourceContext(this.stamped(), this.state.trace, this.settings)
    if (this.eventTime !== null && this.settings.autoWatermarkInterval > 0) this.scheduleTick()
    if (this.alignment !== null) this.scheduleReport(this.alignment, this.settings.alignment!.updateInterval)
  }

  private scheduleTick(): void {
    this.cancelTick = this.settings.after(this.settings.autoWatermarkInterval, () => {
      this.task.node = this.state.node
      this.eventTime!.emitPeriodicWatermark()
      this.scheduleTick()
    })
  }

  private scheduleReport(alignment: SourceAlignment, interval: number): void {
    this.cancelReport = this.settings.after(interval, () => {
      alignment.reportLatest()
      this.scheduleReport(alignment, interval)
    })
  }

  emitNext(): InputStatusCode {
    if (this.stopped !== null) return this.stopped
    if (this.alignment !== null && this.alignment.waiting) return InputStatus.Nothing
    return this.reader.pollNext(this)
  }

  fetched(message: FetchedRecords): void {
    this.reader.fetched(message)
  }

  /** The JobManager says how far the source may be. */
  announced(allowed: number): void {
    this.alignment?.announced(allowed)
  }

  private aligned(report: (watermark: number) => void): AlignedSource {
    return {
      report,
      held: (held, allowed) => {
        if (held) this.eventTime!.pause()
        else this.eventTime!.resume()
        this.splitTrace?.paused(null, held, allowed)
      },
      splitsHeld: (splits, held, allowed) => {
        for (const split of splits) {
          if (!this.holdSplit(Number(split), held)) continue
          if (held) this.eventTime!.pauseSplit(split)
          else this.eventTime!.resumeSplit(split)
          this.splitTrace?.paused(split, held, allowed)
        }
      },
    }
  }

  /** Whether the reader can do that. */
  private holdSplit(split: number, held: boolean): boolean {
    try {
      this.reader.pauseOrResumeSplit(split, held)
      return true
    } catch (thrown) {
      if (this.settings.alignment!.allowUnalignedSplits && thrown instanceof UnsupportedOperationException) return false
      throw thrown
    }
  }

  private listener(): WatermarkUpdateListener {
    const { splitTrace, alignment } = this
    return {
      updateIdle: (idle) => alignment?.updateIdle(idle),
      updateCurrentEffectiveWatermark: (watermark) => alignment?.updateCurrentEffectiveWatermark(watermark),
      updateCurrentSplitWatermark: (split, watermark) => alignment?.updateCurrentSplitWatermark(split, watermark),
      generatorListener: (split) => splitTrace?.generatorListener(split) ?? null,
    }
  }

  createOutputForSplit(split: number, partition: number): void {
    this.splitTrace?.assigned(String(split), partition)
    if (this.eventTime !== null) this.splits.set(split, this.eventTime.createOutputForSplit(String(split)))
  }

  releaseOutputForSplit(split: number): void {
    if (!this.splits.delete(split)) return
    this.splitTrace?.ended(String(split))
    this.alignment?.splitFinished(String(split))
    this.eventTime!.releaseOutputForSplit(String(split))
  }

  emit(value: unknown, timestamp: number, partition: number, offset: number): void {
    this.emitRecord(this.eventTime === null ? null : this.eventTime.mainOutput, value, timestamp, partition, offset)
  }

  emitFromSplit(split: number, value: unknown, timestamp: number, partition: number, offset: number): void {
    this.emitRecord(this.splits.get(split) ?? null, value, timestamp, partition, offset)
  }

  private emitRecord(to: SourceOutputWithWatermarks | null, value: unknown, timestamp: number, partition: number, offset: number): void {
    const { task, state } = this
    if (task.tracing) task.io.become(TaskIoState.Busy)
    // Were it nothing, virtual time would stand still over a source that never ends.
    task.context.advance(Math.max(1, state.cost))
    task.node = state.node
    this.partition = partition
    this.offset = offset
    if (to !== null) to.collect(value, timestamp)
    else this.old!.collect(value, timestamp)
  }

  emitWatermark(watermark: number): void {
    this.task.node = this.state.node
    this.old!.emitWatermark(watermark)
  }

  markIdle(): void {
    this.task.node = this.state.node
    this.old!.markIdle()
  }

  cancel(): void {
    this.reader.cancel?.()
  }

  close(): void {
    this.reader.close?.()
  }

  private collectTraced(value: unknown, timestamp: number): void {
    const { task, state } = this
    task.recordNumber = task.nextRecordNumber++
    task.recordOrigin = task.context.self
    const shown = shownTimestamp(timestamp)
    task.context.emit(TraceKind.SourceRecord, state.node, task.recordNumber, this.partition, this.offset, shown, payloadOf(value))
    this.output.collect(value, timestamp)
  }

  /** C-26: no more data, and no end of it either. */
  stopServices(): void {
    this.cancelTick()
    this.cancelReport()
    this.old?.close()
  }

  /** T-19: no more data. MAX goes straight to the output, past the idleness of the source (T-18). */
  finish(): void {
    this.stopServices()
    if (this.task.tracing) this.task.context.emit(TraceKind.EndOfInput, -1, 0, 0, 0, NaN)
    this.state.trace.watermarkEmitted(LONG_MAX)
    this.output.emitWatermark(LONG_MAX)
    this.alignment?.finished()
  }
}
