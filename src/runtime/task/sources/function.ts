import { UnsupportedOperationException } from '../../../core/exceptions'
import { problem, ProblemError } from '../../../core/problem'
import { NO_TIMESTAMP } from '../../../core/time'
import type { SourceFunction } from '../../../streaming/functions/SourceFunction'
import type { RuntimeContext } from '../../../streaming/functions/RuntimeContext'
import { millisOf, type TimeLike } from '../../../streaming/time'
import type { Watermark } from '../../../streaming/watermark'
import { closeFunction, openFunction } from '../../operators/functions'
import { InputStatus } from '../input'
import type { InputStatusCode } from '../input'
import { NO_PAUSE } from './SourceReader'
import type { ReaderOutput, SourceReader, SplitState } from './SourceReader'

/**
 * How many elements one call may emit before it counts as endless: there is one thread, so what loops until it is canceled would never come
 * back, and everything it emits is held in memory until then.
 */
const MOST = 500_000

const enum Kind {
  Record,
  Watermark,
  Idle,
}

interface Emitted {
  readonly kind: Kind
  readonly value: unknown
  /** Of a record, or the watermark. */
  readonly time: number
}

/** A function that says itself where it stands: a CheckpointedFunction or ListCheckpointed. */
const isCheckpointed = (fn: unknown): boolean => typeof (fn as { readonly snapshotState?: unknown }).snapshotState === 'function'

/** In place of a kind: how many records went before. */
const COUNT = 'count'

/**
 * A SourceFunction of the program. Mirrors StreamSource: `run` emits into a queue, which is then read at the pace of the task; what becomes of it there
 * is for `sourceContexts` (T-22). A `run` that is a generator is asked on whenever the queue is empty, and waits as long as it yields to; so it may be endless.
 * Left out: idleness by timeout, the checkpoint lock's meaning.
 */
export class FunctionReader implements SourceReader {
  private queue: Emitted[] = []
  private at = 0
  private state: 'new' | 'running' | 'waiting' | 'ended' = 'new'
  private steps: Iterator<unknown> | null = null
  private offset = 0

  constructor(
    private readonly fn: SourceFunction<unknown>,
    private readonly subtask: number,
    private readonly context: RuntimeContext,
    /** Calls back that many ms from now. */
    private readonly after: (delay: number, callback: () => void) => void,
  ) {}

  start(): void {}

  /**
   * What `run` has emitted and nobody has read yet, behind what the function's own state says: in Flink it would still wait for the checkpoint lock to
   * emit that. A function without state begins from the start again, and so has none.
   */
  snapshotState(): readonly SplitState[] {
    if (!isCheckpointed(this.fn)) return []
    return [[COUNT, this.offset], ...this.queue.slice(this.at).map(({ kind, value, time }) => [kind, value, time])]
  }

  restoreState(splits: readonly SplitState[]): readonly (readonly [number, number])[] {
    for (const [kind, value, time] of splits) {
      if (kind === COUNT) this.offset = Math.max(this.offset, value as number)
      else this.queue.push({ kind: kind as Kind, value, time: time as number })
    }
    return splits.length === 0 ? [] : [[this.subtask, this.offset]]
  }

  pollNext(output: ReaderOutput): InputStatusCode {
    for (;;) {
      const next = this.queue[this.at]
      if (next !== undefined) {
        this.at++
        if (next.kind === Kind.Record) output.emit(next.value, next.time, this.subtask, this.offset++)
        else if (next.kind === Kind.Watermark) output.emitWatermark(next.time)
        else output.markIdle()
        return InputStatus.More
      }
      this.queue = []
      this.at = 0
      if (this.state === 'ended') return InputStatus.End
      if (this.state === 'waiting') return InputStatus.Nothing
      this.step()
    }
  }

  private step(): void {
    if (this.state === 'new') {
      openFunction(this.fn, this.context)
      this.state = 'running'
      const ran: unknown = this.fn.run(this.sourceContext())
      const generator = typeof ran === 'object' && ran !== null && typeof (ran as { next?: unknown }).next === 'function'
      if (generator) this.steps = ran as Iterator<unknown>
      else this.state = 'ended'
      return
    }
    const { done, value } = this.steps!.next()
    if (done === true) this.state = 'ended'
    else if (value !== undefined && value !== null) this.wait(millisOf(value as TimeLike))
    // Without a pause virtual time would stand still over a step that emits nothing.
    else if (this.queue.length === 0) this.wait(1)
  }

  private wait(millis: number): void {
    if (millis <= 0) return
    this.state = 'waiting'
    this.after(millis, () => {
      if (this.state === 'waiting') this.state = 'running'
    })
  }

  private sourceContext(): SourceFunction.SourceContext<unknown> {
    const emit = (kind: Kind, value: unknown, time: number): void => {
      if (this.queue.length >= MOST) {
        throw new ProblemError(
          problem('source-function-endless', {
            limit: MOST,
            exception: 'org.apache.flink.util.FlinkRuntimeException',
            message: `The source function has emitted ${MOST} records and has not returned.`,
          }),
        )
      }
      this.queue.push({ kind, value, time })
    }
    const lock = {}
    return {
      collect: (element) => emit(Kind.Record, element, NO_TIMESTAMP),
      collectWithTimestamp: (element, timestamp) => emit(Kind.Record, element, timestamp),
      emitWatermark: (mark: Watermark) => emit(Kind.Watermark, null, mark.getTimestamp()),
      markAsTemporarilyIdle: () => emit(Kind.Idle, null, NO_TIMESTAMP),
      getCheckpointLock: () => lock,
      close: () => undefined,
    }
  }

  pauseOrResumeSplit(): void {
    throw new UnsupportedOperationException(NO_PAUSE)
  }

  fetched(): void {}

  cancel(): void {
    if (this.state === 'ended' || this.state === 'new') return
    const { cancel } = this.fn as { cancel?: unknown }
    if (typeof cancel === 'function') this.fn.cancel()
  }

  close(): void {
    if (this.state !== 'new') closeFunction(this.fn)
  }
}
