import { fromLong, LONG_MAX, toLong } from '../../core/time'

/** W-1 in longs. */
function longStart(timestamp: number, offset: number, size: number): bigint {
  const [at, length] = [toLong(timestamp), toLong(size)]
  const remainder = BigInt.asIntN(64, at - toLong(offset)) % length
  return remainder < 0n ? at - (remainder + length) : at - remainder
}

/** Mirrors org.apache.flink.streaming.api.windowing.windows.Window: told apart by `equals`. */
export abstract class Window {
  /** The greatest timestamp that belongs to the window, ms. */
  abstract maxTimestamp(): number
  /** Returns whether the other is the same window. */
  abstract equals(other: unknown): boolean
  /** Returns Java's hash code. */
  abstract hashCode(): number
}

/** W-6: [start, end), ms. Mirrors TimeWindow. */
export class TimeWindow extends Window {
  constructor(
    private readonly start: number,
    private readonly end: number,
  ) {
    super()
  }

  /** Returns the first millisecond of the window. */
  getStart(): number {
    return this.start
  }
  /** The first millisecond that is no longer in the window. */
  getEnd(): number {
    return this.end
  }
  maxTimestamp(): number {
    return this.end - 1
  }
  /** Touching windows intersect. */
  intersects(other: TimeWindow): boolean {
    return this.start <= other.end && this.end >= other.start
  }
  /** The smallest window that holds both. */
  cover(other: TimeWindow): TimeWindow {
    return new TimeWindow(Math.min(this.start, other.start), Math.max(this.end, other.end))
  }
  equals(other: unknown): boolean {
    return other instanceof TimeWindow && other.start === this.start && other.end === this.end
  }
  /** MathUtils.longToIntWithBitMixing(start + end): decides the order in which merged sessions are walked. */
  hashCode(): number {
    let n = BigInt.asUintN(64, BigInt(this.start) + BigInt(this.end))
    n = BigInt.asUintN(64, (n ^ (n >> 30n)) * 0xbf58476d1ce4e5b9n)
    n = BigInt.asUintN(64, (n ^ (n >> 27n)) * 0x94d049bb133111ebn)
    n ^= n >> 31n
    return Number(BigInt.asIntN(32, n))
  }
  override toString(): string {
    return `TimeWindow{start=${this.start}, end=${this.end}}`
  }

  /** W-1. Mirrors TimeWindow.getWindowStartWithOffset. */
  static getWindowStartWithOffset(timestamp: number, offset: number, windowSize: number): number {
    if (!Number.isSafeInteger(timestamp - offset)) return fromLong(longStart(timestamp, offset, windowSize))
    const remainder = (timestamp - offset) % windowSize
    return remainder < 0 ? timestamp - (remainder + windowSize) : timestamp - remainder
  }

  /** @internal The windows of a timestamp beyond 2^53: Java's longs wrap around, and doubles stand still. Latest first. */
  static nearTheEnds(timestamp: number, size: number, slide: number, offset: number): readonly TimeWindow[] {
    const [at, length, step] = [toLong(timestamp), toLong(size), toLong(slide)]
    const windows: TimeWindow[] = []
    for (let start = longStart(timestamp, offset, slide); start > at - length; start -= step) {
      windows.push(new TimeWindow(fromLong(start), fromLong(start + length)))
    }
    return windows
  }

  /**
   * W-13: reports each group of at least two different windows that overlap or touch, in order of start: the windows of the group, in order of
   * start, and the window that covers them.
   */
  static mergeWindows(windows: Iterable<TimeWindow>, callback: MergeCallback<TimeWindow>): void {
    const sorted = [...windows].sort((a, b) => a.start - b.start)
    let group: TimeWindow[] = []
    let cover: TimeWindow | null = null
    const report = (): void => {
      if (cover !== null && group.length > 1) callback.merge(group, cover)
    }
    for (const candidate of sorted) {
      if (cover !== null && cover.intersects(candidate)) {
        cover = cover.cover(candidate)
        if (!group.some((window) => window.equals(candidate))) group.push(candidate)
      } else {
        report()
        cover = candidate
        group = [candidate]
      }
    }
    report()
  }
}

/** Takes the groups of windows that merge. */
export interface MergeCallback<W extends Window> {
  /** `merged`: different windows, all to be replaced by `result`. */
  merge(merged: readonly W[], result: W): void
}

/** Mirrors GlobalWindow: there is one. */
export class GlobalWindow extends Window {
  private static readonly instance = new GlobalWindow()
  /** Returns the one global window. */
  static get(): GlobalWindow {
    return GlobalWindow.instance
  }
  private constructor() {
    super()
  }
  maxTimestamp(): number {
    return LONG_MAX
  }
  equals(other: unknown): boolean {
    return other instanceof GlobalWindow
  }
  hashCode(): number {
    return 0
  }
  override toString(): string {
    return 'GlobalWindow'
  }
}
