import { FlinkException, IllegalArgumentException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import { JavaHashMap } from '../../core/values'
import type { Collector } from '../../streaming/functions/Collector'
import type { OutputTag } from '../../streaming/functions/OutputTag'
import { VOID_NAMESPACE } from '../state/Namespace'
import type { Namespace } from '../state/Namespace'
import type { StateEntry, StateTable } from '../state/StateTable'
import type { InternalTimerService } from '../time/InternalTimerService'
import type { InternalTimer } from '../time/TimerQueue'
import { TwoInputOperator } from './co'
import { methodOf } from './functions'
import type { OperatorContext } from './types'

/** The elements of one side and key by timestamp. */
type Buffer = JavaHashMap<number, unknown[]>

interface Side {
  readonly isLeft: boolean
  readonly own: StateTable<Buffer>
  readonly other: StateTable<Buffer>
  /** Relative to the element: which partners it has. */
  readonly lower: number
  readonly upper: number
  readonly cleanup: Namespace
  readonly lateTag: string | null
}

type Join = (left: unknown, right: unknown, context: JoinContext, out: Collector<unknown>) => void

/** Mirrors ProcessJoinFunction.Context. */
class JoinContext {
  left = LONG_MIN
  right = LONG_MIN
  constructor(private readonly operator: IntervalJoinOperator) {}
  getLeftTimestamp(): number {
    return this.left
  }
  getRightTimestamp(): number {
    return this.right
  }
  getTimestamp(): number {
    return Math.max(this.left, this.right)
  }
  output(tag: OutputTag<unknown>, value: unknown): void {
    this.operator.outputTo(tag, value, this.getTimestamp())
  }
}

/**
 * Joins the elements of two keyed inputs whose timestamps are near each other (W-28). Mirrors IntervalJoinOperator, with the order of Java's HashMap
 * in which it walks the other side. Params: `lower`, `upper` in ms, `lowerInclusive`, `upperInclusive`, `leftLateTag`, `rightLateTag`.
 */
export class IntervalJoinOperator extends TwoInputOperator {
  /** What is kept waits for its partners; what is late says so. */
  protected override readonly answersAll = false
  private readonly lower: number
  private readonly upper: number
  private readonly join: Join
  private readonly joinContext = new JoinContext(this)
  private sides!: readonly [Side, Side]
  private timers!: InternalTimerService

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    const { lower, upper, lowerInclusive, upperInclusive } = context.params
    if (Number(lower) > Number(upper)) throw new IllegalArgumentException('lowerBound <= upperBound must be fulfilled')
    this.lower = Number(lower) + (lowerInclusive === false ? 1 : 0)
    this.upper = Number(upper) - (upperInclusive === false ? 1 : 0)
    this.join = methodOf(context.functions.function, 'processElement')
  }

  override open(): void {
    super.open()
    this.timers = this.createTimerService(this)
    const left = this.backend.table<Buffer>('LEFT_BUFFER', 'join-buffer')
    const right = this.backend.table<Buffer>('RIGHT_BUFFER', 'join-buffer')
    const { namespaces } = this.backend
    const tag = (name: string): string | null => (typeof this.context.params[name] === 'string' ? String(this.context.params[name]) : null)
    this.sides = [
      {
        isLeft: true,
        own: left,
        other: right,
        lower: this.lower,
        upper: this.upper,
        cleanup: namespaces.labelled('CLEANUP_LEFT'),
        lateTag: tag('leftLateTag'),
      },
      {
        isLeft: false,
        own: right,
        other: left,
        lower: -this.upper,
        upper: -this.lower,
        cleanup: namespaces.labelled('CLEANUP_RIGHT'),
        lateTag: tag('rightLateTag'),
      },
    ]
  }

  protected process(value: unknown, timestamp: number, input: number): void {
    const { trace } = this.context
    const side = this.sides[input]!
    if (!hasTimestamp(timestamp) || timestamp === LONG_MIN) {
      throw new FlinkException(
        'Long.MIN_VALUE timestamp: Elements used in interval stream joins need to have timestamps meaningful timestamps.',
      )
    }
    if (timestamp < this.timers.currentWatermark) return this.late(side, value, timestamp)
    const own = this.entryOf(side.own)
    const bucket = own.value.get(timestamp)
    if (bucket === undefined) own.value.set(timestamp, [value])
    else bucket.push(value)
    side.own.replace(own, VOID_NAMESPACE, own.value)
    if (trace.on) trace.joinBuffered(trace.keyId(this.keyContext.key), side.isLeft ? 0 : 1, timestamp)
    for (const [time, partners] of side.other.entry(VOID_NAMESPACE)?.value.entries() ?? []) {
      if (time < timestamp + side.lower || time > timestamp + side.upper) continue
      for (const partner of partners) {
        if (side.isLeft) this.emit(value, partner, timestamp, time)
        else this.emit(partner, value, time, timestamp)
      }
    }
    this.timers.registerEventTimeTimer(side.cleanup, side.upper > 0 ? timestamp + side.upper : timestamp)
  }

  private entryOf(table: StateTable<Buffer>): StateEntry<Buffer> {
    const known = table.entry(VOID_NAMESPACE)
    if (known !== undefined) return known
    table.put(VOID_NAMESPACE, new JavaHashMap(16, 'Long'))
    return table.entry(VOID_NAMESPACE)!
  }

  private late(side: Side, value: unknown, timestamp: number): void {
    const { trace, output } = this.context
    if (side.lateTag !== null) {
      this.sideOutputs++
      if (trace.on) trace.sideRecord(side.lateTag, timestamp, trace.keyId(this.keyContext.key))
      output.collectTo(side.lateTag, value, timestamp)
    } else if (trace.on) trace.lateDropped(trace.keyId(this.keyContext.key), timestamp, this.timers.currentWatermark)
  }

  private emit(left: unknown, right: unknown, leftTimestamp: number, rightTimestamp: number): void {
    this.joinContext.left = leftTimestamp
    this.joinContext.right = rightTimestamp
    this.collector.timestamp = Math.max(leftTimestamp, rightTimestamp)
    this.join(left, right, this.joinContext, this.collector)
  }

  /** The bucket whose last partner has gone by now. */
  onEventTime(timer: InternalTimer): void {
    const side = this.sides[timer.namespace === this.sides[0].cleanup ? 0 : 1]
    const entry = side.own.entry(VOID_NAMESPACE)
    if (entry === undefined) return
    const buffer = entry.value
    const { trace } = this.context
    const time = side.upper > 0 ? timer.time - side.upper : timer.time
    if (buffer.delete(time) && trace.on) trace.joinCleared(trace.keyId(timer.key), side.isLeft ? 0 : 1, time)
    if (buffer.size === 0) side.own.remove(VOID_NAMESPACE)
    else side.own.replace(entry, VOID_NAMESPACE, buffer)
  }

  onProcessingTime(): void {}

  /** How many elements are in a side's buffer, over all keys. */
  buffered(side: 'left' | 'right'): number {
    let size = 0
    this.sides[side === 'left' ? 0 : 1].own.forEach((_namespace, { value }) => {
      for (const bucket of value.values()) size += bucket.length
    })
    return size
  }
}
