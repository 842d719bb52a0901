import { Heap } from '../../base/heap'
import type { ProcessingClock } from '../../core/processingClock'
import type { Context, Message } from '../../kernel/types'

export const ALARM: Message & { readonly type: 'alarm' } = { type: 'alarm' }

interface Timer {
  readonly at: number
  /** What the clock shows then, or what it has to show: of timers that a jump of the clock makes due at once it is the order. */
  readonly due: number
  readonly sequence: number
  readonly run: () => void
  cancelled: boolean
}

const MICROS_PER_MILLI = 1000
/** Beyond this there is no kernel time: Flink's scheduler, too, would never come to it. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * What a task has to do at a time of its own: by the clock of its machine, which may stand or be put forward (processing-time timers, the periodic
 * watermark), or in virtual time (the flusher). Mirrors SystemProcessingTimeService. Only the earliest is with the kernel; equal times run in the order of registration.
 */
export class TaskTimers {
  private readonly heap = new Heap<Timer>(
    (a, b) => a.at < b.at || (a.at === b.at && (a.due < b.due || (a.due === b.due && a.sequence < b.sequence))),
  )
  private sequence = 0
  /** Times of the alarms that are on their way, the next one last: one is only set when it comes before all others. */
  private readonly alarms: number[] = []

  constructor(
    private readonly context: () => Context,
    private readonly clock: ProcessingClock,
  ) {}

  /** Runs `run` as a mail at virtual time `at` (µs); at once, as the next mail, if it has passed. Returns a cancel function. */
  schedule(at: number, run: () => void): () => void {
    const time = Math.max(at, this.context().now)
    return this.add(time, this.clock.elapsed(time), run)
  }

  /**
   * Likewise once the machine's clock has come as far as `elapsed` (µs since its start); never, if it stands before that.
   * As in Java's scheduler one that has passed is due now, behind those that were due before.
   */
  scheduleOnClock(elapsed: number, run: () => void): () => void {
    const { clock } = this
    const { now } = this.context()
    const due = Math.max(elapsed, clock.elapsed(now))
    return this.add(Math.max(clock.whenElapsed(due), now), due, run)
  }

  /** Likewise `delay` ms from now on the machine's clock. */
  afterOnClock(delay: number, run: () => void): () => void {
    return this.scheduleOnClock(this.clock.elapsed(this.context().now) + delay * MICROS_PER_MILLI, run)
  }

  private add(at: number, due: number, run: () => void): () => void {
    const timer: Timer = { at, due, sequence: this.sequence++, run, cancelled: false }
    if (at <= NEVER) {
      this.heap.push(timer)
      this.arm()
    }
    return () => {
      timer.cancelled = true
    }
  }

  /** Runs what is due. Called on each alarm. */
  fire(): void {
    this.alarms.pop()
    for (;;) {
      const head = this.heap.peek()
      if (head === undefined || head.at > this.context().now) break
      this.heap.pop()
      if (!head.cancelled) head.run()
    }
    this.arm()
  }

  private arm(): void {
    let head = this.heap.peek()
    while (head !== undefined && head.cancelled) {
      this.heap.pop()
      head = this.heap.peek()
    }
    if (head === undefined || head.at >= (this.alarms.at(-1) ?? Infinity)) return
    this.alarms.push(head.at)
    const context = this.context()
    context.after(Math.max(0, head.at - context.now), ALARM)
  }
}
