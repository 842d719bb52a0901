import type { Context, Message } from '../../kernel/types'

const MICROS_PER_MILLI = 1000

/** The JobManager's mail to itself. */
export interface Wake extends Message {
  readonly type: 'wake'
  readonly timer: number
  /** Of the JobManager that set it. */
  readonly leadership: number
}

const wake = (timer: number, leadership: number): Wake => ({ type: 'wake', timer, leadership })

/** What is to be done later, as a scheduled executor has it. Actions of one time run in the order in which they were asked for. */
export class Timers {
  private readonly actions = new Map<number, () => void>()
  private next = 0

  constructor(
    private readonly context: () => Context,
    private readonly leadership = 0,
  ) {}

  /** `delay` in ms ≥ 0, a fraction down to a µs. Nothing is taken back: whoever asks looks whether it is still of use. */
  after(delay: number, action: () => void): void {
    const timer = this.next++
    this.actions.set(timer, action)
    this.context().after(Math.round(delay * MICROS_PER_MILLI), wake(timer, this.leadership))
  }

  fire({ timer }: Wake): void {
    const action = this.actions.get(timer)!
    this.actions.delete(timer)
    action()
  }
}
