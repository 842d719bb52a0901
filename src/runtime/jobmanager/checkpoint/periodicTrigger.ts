/** Actions that can be put off; mirrors ScheduledExecutor. */
export interface Scheduler {
  /** ms */
  now(): number
  /** `delay` in ms ≥ 0; gives what takes it back. Actions of one time run in the order in which they were asked for. */
  after(delay: number, action: () => void): () => void
}

/** C-2: fires at a fixed rate, whatever becomes of what it fires. Mirrors CheckpointCoordinator.ScheduledTrigger. */
export class PeriodicTrigger {
  /** ms; null: it is not set. */
  next: number | null = null
  private cancelTimer: (() => void) | null = null

  constructor(
    private readonly scheduler: Scheduler,
    /** ms: the greater of interval and minimum pause. */
    private readonly interval: number,
    private readonly fire: () => void,
  ) {}

  /** For the first time that many ms from now, whatever was planned. */
  schedule(delay: number): void {
    this.cancel()
    this.next = this.scheduler.now() + delay
    this.cancelTimer = this.scheduler.after(delay, () => this.run())
  }

  cancel(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
    this.next = null
  }

  private run(): void {
    this.next = this.next! + this.interval
    this.cancelTimer = this.scheduler.after(Math.max(0, this.next - this.scheduler.now()), () => this.run())
    this.fire()
  }
}
