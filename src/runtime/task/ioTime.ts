import type { ProcessingClock } from '../../core/processingClock'
import { TraceKind } from '../../trace/kinds'
import type { TaskThread } from './thread'

/** The codes of TaskIo in the trace. */
export const TaskIoState = { Idle: 0, Busy: 1, BackPressured: 2 } as const
export type TaskIoStateCode = (typeof TaskIoState)[keyof typeof TaskIoState]

/**
 * What a task does with its time; mirrors TaskIOMetricGroup with its TimerGauges (N-10). Back-pressure is soft: the task waits before
 * an element, never inside one. Busy is only told apart from idle while tracing.
 */
export class IoTime {
  state: TaskIoStateCode = TaskIoState.Idle
  private since = 0
  private backPressured = 0

  constructor(
    private readonly task: TaskThread,
    private readonly clock: ProcessingClock,
  ) {}

  become(state: TaskIoStateCode): void {
    if (state === this.state) return
    if (this.state === TaskIoState.BackPressured) this.backPressured += this.elapsed - this.since
    if (state === TaskIoState.BackPressured) this.since = this.elapsed
    this.state = state
    if (this.task.tracing) this.task.context.emit(TraceKind.TaskIo, state, 0, 0, 0, NaN)
  }

  private get elapsed(): number {
    return this.clock.elapsed(this.task.context.now)
  }

  /** µs on the machine's clock that were no back-pressure: the clock of idleness (T-5, PausableRelativeClock). */
  get activeMicros(): number {
    const { elapsed } = this
    return elapsed - this.backPressured - (this.state === TaskIoState.BackPressured ? elapsed - this.since : 0)
  }
}
