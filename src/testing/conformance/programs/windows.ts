import {
  ContinuousEventTimeTrigger, CountEvictor, CountTrigger, Duration, EventTimeSessionWindows, GlobalWindows, KeyedStream, OutputTag,
  ProcessingTimeSessionWindows, ProcessAllWindowFunction, ProcessWindowFunction, PurgingTrigger, SlidingEventTimeWindows, SlidingProcessingTimeWindows, TimeEvictor,
  TumblingEventTimeWindows, TumblingProcessingTimeWindows, Types, type AggregateFunction, type AllWindowedStream, type DataStream, type Evictor, type ReduceFunction,
  type SingleOutputStreamOperator, type Trigger, type Window, type WindowAssigner, type WindowedStream,
} from '../../../streaming'
import type { Step } from './notation'

// Their simple names stand in the descriptions.
class SumReduce implements ReduceFunction<number> {
  reduce(a: number, b: number): number {
    return a + b
  }
}
class CountAggregate implements AggregateFunction<number, number, number> {
  createAccumulator(): number {
    return 0
  }
  add(_value: number, count: number): number {
    return count + 1
  }
  getResult(count: number): number {
    return count
  }
  merge(a: number, b: number): number {
    return a + b
  }
}
class ListProcess extends ProcessWindowFunction<number, number, number, Window> {
  process(): void {}
}
class ListProcessAll extends ProcessAllWindowFunction<number, number, Window> {
  process(): void {}
}
class ListApply {
  apply(): void {}
}

function assignerOf(step: Step): WindowAssigner<number, Window> {
  const { type, time, size = 0, slide = 0, gap = 0 } = step.assigner!
  const event = time === 'event'
  const [size_, slide_, gap_] = [size, slide, gap].map((millis) => Duration.ofMillis(millis)) as [Duration, Duration, Duration]
  const assigner = ((): unknown => {
    switch (type) {
      case 'tumbling':
        return event ? TumblingEventTimeWindows.of(size_) : TumblingProcessingTimeWindows.of(size_)
      case 'sliding':
        return event ? SlidingEventTimeWindows.of(size_, slide_) : SlidingProcessingTimeWindows.of(size_, slide_)
      case 'session':
        return event ? EventTimeSessionWindows.withGap(gap_) : ProcessingTimeSessionWindows.withGap(gap_)
      case 'global':
        return GlobalWindows.create()
      default:
        return GlobalWindows.createWithEndOfStreamTrigger()
    }
  })()
  return assigner as WindowAssigner<number, Window>
}

const triggerOf = (name: string): Trigger<number, Window> =>
  (name === 'count'
    ? CountTrigger.of(3)
    : name === 'purgingCount'
      ? PurgingTrigger.of(CountTrigger.of(3))
      : ContinuousEventTimeTrigger.of(Duration.ofMillis(5))) as Trigger<number, Window>

const evictorOf = (name: string): Evictor<number, Window> =>
  (name === 'count' ? CountEvictor.of(2) : TimeEvictor.of(Duration.ofMillis(5))) as Evictor<number, Window>

type Windowed = WindowedStream<number, number, Window>

function applied(windowed: Windowed, step: Step): SingleOutputStreamOperator<number> {
  if (step.lateTag !== undefined) windowed.sideOutputLateData(new OutputTag<number>(step.lateTag))
  switch (step.function ?? 'reduce') {
    case 'reduce':
      return windowed.reduce(new SumReduce())
    case 'reduceApply':
      return windowed.reduce<number>(new SumReduce(), new ListApply())
    case 'reduceProcess':
      return windowed.reduce<number>(new SumReduce(), new ListProcess())
    case 'aggregate':
      return windowed.aggregate(new CountAggregate())
    case 'aggregateProcess':
      return windowed.aggregate<number, number, number>(new CountAggregate(), new ListProcess())
    case 'process':
      return windowed.process(new ListProcess())
    case 'apply':
      return windowed.apply<number>(new ListApply())
    default:
      return windowed.sum(0)
  }
}

export function window(stream: KeyedStream<number, number>, step: Step): SingleOutputStreamOperator<number> {
  const windowed = stream.window(assignerOf(step))
  if (step.trigger !== undefined) windowed.trigger(triggerOf(step.trigger))
  if (step.evictor !== undefined) windowed.evictor(evictorOf(step.evictor))
  return applied(windowed, step)
}

export const countWindow = (stream: KeyedStream<number, number>, step: Step): SingleOutputStreamOperator<number> =>
  applied(stream.countWindow(step.size!, step.slide) as unknown as Windowed, step)

export function windowAll(stream: DataStream<number>, step: Step): SingleOutputStreamOperator<number> {
  const windowed = (
    step.op === 'countWindowAll' ? stream.countWindowAll(step.size!, step.slide) : stream.windowAll(assignerOf(step))
  ) as AllWindowedStream<number, Window>
  if (step.trigger !== undefined) windowed.trigger(triggerOf('count'))
  if (step.evictor !== undefined) windowed.evictor(evictorOf('count'))
  if (step.lateTag !== undefined) windowed.sideOutputLateData(new OutputTag<number>(step.lateTag))
  switch (step.function ?? 'reduce') {
    case 'reduce':
      return windowed.reduce(new SumReduce())
    case 'reduceApply':
      return windowed.reduce<number>(new SumReduce(), new ListApply())
    case 'reduceProcess':
      return windowed.reduce<number>(new SumReduce(), new ListProcessAll())
    case 'aggregate':
      return windowed.aggregate(new CountAggregate())
    case 'aggregateProcess':
      return windowed.aggregate<number, number, number>(new CountAggregate(), new ListProcessAll())
    case 'process':
      return windowed.process(new ListProcessAll())
    case 'apply':
      return windowed.apply<number>(new ListApply())
    default:
      return windowed.sum(0)
  }
}

/** Both sides tagged, united, keyed, windowed. */
export function windowJoin(first: DataStream<number>, second: DataStream<number>, step: Step): SingleOutputStreamOperator<number> {
  const key = (value: number): number => value
  if (step.op === 'windowCoGroup') {
    const windowed = first.coGroup(second).where(key, Types.LONG).equalTo(key, Types.LONG).window(assignerOf(step))
    return windowed.apply<number>(() => {})
  }
  const windowed = first.join(second).where(key, Types.LONG).equalTo(key, Types.LONG).window(assignerOf(step))
  return windowed.apply((a: number, b: number) => a + b)
}
