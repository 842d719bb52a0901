import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import { TimeCharacteristic } from '../environment/TimeCharacteristic'
import type { TimeLike } from '../time'
import {
  SlidingEventTimeWindows,
  SlidingProcessingTimeWindows,
  TumblingEventTimeWindows,
  TumblingProcessingTimeWindows,
  type TimeWindow,
  type WindowAssigner,
} from '../windowing'

/** T-23: what `timeWindow` meant, by the environment's time characteristic. */
export function timeWindows<T>(environment: StreamExecutionEnvironment, size: TimeLike, slide?: TimeLike): WindowAssigner<T, TimeWindow> {
  const processing = environment.getStreamTimeCharacteristic() === TimeCharacteristic.ProcessingTime
  const assigner =
    slide === undefined
      ? (processing ? TumblingProcessingTimeWindows : TumblingEventTimeWindows).of(size)
      : (processing ? SlidingProcessingTimeWindows : SlidingEventTimeWindows).of(size, slide)
  return assigner as WindowAssigner<T, TimeWindow>
}
