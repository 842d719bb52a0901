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

  constructor(private readonly task: TaskThread) {}

  become(state: TaskIoStateCode): void {
    if (state === this.state) return
    const { now } = this.task.context
    if (this.state === TaskIoState.BackPressured) this.backPressured += now - this.since
    this.state = state
    this.since = now
    if (this.task.tracing) this.task.context.emit(TraceKind.TaskIo, state, 0, 0, 0, NaN)
  }

  /** Virtual µs of this run that were no back-pressure: the clock of idleness (T-5, PausableRelativeClock). */
  get activeMicros(): number {
    const { now } = this.task.context
    return now - this.backPressured - (this.state === TaskIoState.BackPressured ? now - this.since : 0)
  }
}
