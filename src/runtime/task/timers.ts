import { Heap } from '../../base/heap'
import type { Context, Message } from '../../kernel/types'

export const ALARM: Message & { readonly type: 'alarm' } = { type: 'alarm' }

interface Timer {
  readonly at: number
  readonly sequence: number
  readonly run: () => void
  cancelled: boolean
}

/** Beyond this there is no kernel time: Flink's scheduler, too, would never come to it. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * What a task has to do at a time of its own, in virtual µs: processing-time timers, the periodic watermark, the flusher.
 * Mirrors SystemProcessingTimeService. Only the earliest is with the kernel; equal times run in the order of registration.
 */
export class TaskTimers {
  private readonly heap = new Heap<Timer>((a, b) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence))
  private sequence = 0
  /** Times of the alarms that are on their way, the next one last: one is only set when it comes before all others. */
  private readonly alarms: number[] = []

  constructor(private readonly context: () => Context) {}

  /** Runs `run` as a mail once the task's clock has reached `at`; at once, as the next mail, if it has passed. Returns a cancel function. */
  schedule(at: number, run: () => void): () => void {
    // As in Java's scheduler one that has passed is due now, behind those that were due before.
    const timer: Timer = { at: Math.max(at, this.context().now), sequence: this.sequence++, run, cancelled: false }
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
