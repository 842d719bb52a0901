import { assert } from '../../base/assert'
import type { SnapshotType } from '../../core/checkpoints'
import { Configuration } from '../../core/configuration'
import { NO_TIMESTAMP } from '../../core/time'
import type { Plain } from '../../graph/types'
import type { OperatorSnapshotResult, SnapshotContext, StreamStateHandle } from '../../runtime/checkpoint/types'
import type { AbstractStreamOperator } from '../../runtime/operators/AbstractStreamOperator'
import type { OperatorContext, OperatorTrace, StreamOperator } from '../../runtime/operators/types'

/** What an operator handed to its output. */
export type Emitted =
  | { readonly kind: 'record'; readonly value: unknown; readonly timestamp: number }
  | { readonly kind: 'side'; readonly tag: string; readonly value: unknown; readonly timestamp: number }
  | { readonly kind: 'watermark'; readonly time: number }
  | { readonly kind: 'status'; readonly idle: boolean }

export const NO_TRACE: OperatorTrace = {
  on: false,
  keyId: () => -1,
  recordDropped: () => undefined,
  recordsMade: () => undefined,
  watermarkEmitted: () => undefined,
  statusEmitted: () => undefined,
  watermarkAdvanced: () => undefined,
  timer: () => undefined,
  windowOpened: () => undefined,
  windowElement: () => undefined,
  currentRecord: () => [-1, -1],
  windowEvicted: () => undefined,
  windowTrigger: () => undefined,
  windowFired: () => undefined,
  windowCleared: () => undefined,
  windowMerged: () => undefined,
  lateDropped: () => undefined,
  watermarkIgnored: () => undefined,
  noWindow: () => undefined,
  windowSkipped: () => undefined,
  joinBuffered: () => undefined,
  joinCleared: () => undefined,
  asyncRequested: () => undefined,
  asyncAnswered: () => undefined,
  stateRestored: () => undefined,
  stateHeld: () => undefined,
  memtableFlushed: () => undefined,
  sstFileWritten: () => undefined,
  sstFileDropped: () => undefined,
  stateUpdated: () => undefined,
  sideRecord: () => undefined,
  sinkRecord: () => undefined,
}

/** A clock that is set by hand. What is scheduled runs when it is set, in order of time, be it to the same time again. Mirrors TestProcessingTimeService. */
export class HandClock {
  private scheduled: { readonly time: number; readonly order: number; readonly callback: (time: number) => void }[] = []
  private count = 0
  constructor(public now = 0) {}

  readonly scheduleAt = (time: number, callback: (time: number) => void): (() => void) => {
    const entry = { time, order: this.count++, callback }
    this.scheduled.push(entry)
    return () => {
      this.scheduled = this.scheduled.filter((other) => other !== entry)
    }
  }

  set(time: number): void {
    this.now = time
    for (;;) {
      const due = this.scheduled.filter((entry) => entry.time <= time)
      if (due.length === 0) return
      const next = due.reduce((a, b) => (b.time < a.time || (b.time === a.time && b.order < a.order) ? b : a))
      this.scheduled = this.scheduled.filter((entry) => entry !== next)
      next.callback(next.time)
    }
  }

  /** Forgets everything that is scheduled. */
  clear(): void {
    this.scheduled = []
  }
}

export interface HarnessSettings {
  readonly params?: Readonly<Record<string, Plain>>
  /** A fresh set for each incarnation of the operator. */
  readonly functions: () => Readonly<Record<string, unknown>>
  readonly keySelectors?: readonly (((value: unknown) => unknown) | null)[]
  readonly configuration?: Readonly<Record<string, string>>
  readonly startTime?: number
  readonly trace?: OperatorTrace
  readonly activityTime?: () => number
}

/** One operator alone, between hand-made inputs and a list of outputs. Mirrors Flink's OneInputStreamOperatorTestHarness and its like. */
export class OperatorHarness<O extends StreamOperator = AbstractStreamOperator> {
  operator: O
  readonly clock: HandClock
  private out: Emitted[] = []
  private checkpoint = 0
  private readonly context: () => OperatorContext

  constructor(
    private readonly factory: (context: OperatorContext) => O,
    settings: HarnessSettings,
  ) {
    this.clock = new HandClock(settings.startTime ?? 0)
    this.context = () => ({
      node: 1,
      name: 'operator',
      operatorId: '00000000000000000000000000000001',
      subtask: 0,
      parallelism: 1,
      maxParallelism: 1,
      attempt: 0,
      jobName: 'job',
      params: settings.params ?? {},
      functions: settings.functions(),
      keySelectors: settings.keySelectors ?? [null],
      output: {
        collect: (value, timestamp) => this.out.push({ kind: 'record', value, timestamp }),
        collectTo: (tag, value, timestamp) => this.out.push({ kind: 'side', tag, value, timestamp }),
        emitWatermark: (time) => this.out.push({ kind: 'watermark', time }),
        emitStatus: (idle) => this.out.push({ kind: 'status', idle }),
      },
      configuration: Configuration.fromMap(settings.configuration ?? {}),
      processingTime: () => this.clock.now,
      scheduleAt: this.clock.scheduleAt,
      nextInt: () => 0,
      trace: settings.trace ?? NO_TRACE,
      ...(settings.activityTime === undefined ? {} : { activityTime: settings.activityTime }),
    })
    this.operator = this.factory(this.context())
  }

  open(): void {
    this.operator.open()
  }

  /** `timestamp` null: none. */
  element(value: unknown, timestamp: number | null, input = 0): void {
    this.operator.processElement(value, timestamp ?? NO_TIMESTAMP, input)
  }

  /** What came out since the last call. */
  take(): Emitted[] {
    const { out } = this
    this.out = []
    return out
  }

  /** Goes on with a new operator that was restored from a snapshot of the old one, or from another snapshot. */
  restore(snapshot: OperatorSnapshotResult = this.snapshot()): void {
    this.operator.close()
    this.clock.clear()
    this.operator = this.factory(this.context())
    const { keyed, operator } = snapshot
    const bytesOf = (handle: StreamStateHandle): Uint8Array => {
      assert(handle.kind === 'bytes', 'a harness has no files')
      return handle.bytes
    }
    this.operator.initializeState?.({ checkpoint: this.checkpoint, keyed, operator, bytesOf })
    this.operator.open()
  }

  snapshot(type: SnapshotType = 'checkpoint'): OperatorSnapshotResult {
    const options: SnapshotContext['options'] = { type, directory: null, alignment: 'aligned', alignedTimeout: Infinity }
    return this.operator.snapshotState!({ checkpoint: ++this.checkpoint, timestamp: this.clock.now, options })
  }
}
