import { TimeWindow } from '../windows'
import type { WindowAssigner } from './windowAssigner'

/** How the subtasks' windows are shifted against each other. Mirrors org.apache.flink.streaming.api.windowing.assigners.WindowStagger. */
export class WindowStagger {
  /** All windows begin at multiples of the size. */
  static readonly ALIGNED = new WindowStagger('ALIGNED', () => 0)
  /** A random shift in each subtask; here from the seeded generator. */
  static readonly RANDOM = new WindowStagger('RANDOM', (size, context) => context.random(size))
  /** The first window of each subtask begins when its first element comes. */
  static readonly NATURAL = new WindowStagger('NATURAL', (size, context) => {
    const now = context.getCurrentProcessingTime()
    return Math.max(0, now - TimeWindow.getWindowStartWithOffset(now, 0, size))
  })

  private constructor(
    private readonly label: string,
    private readonly offsetOf: (size: number, context: WindowAssigner.WindowAssignerContext) => number,
  ) {}

  getStaggerOffset(size: number, context: WindowAssigner.WindowAssignerContext): number {
    return this.offsetOf(size, context)
  }
  toString(): string {
    return this.label
  }
}
