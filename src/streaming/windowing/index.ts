/** What a program says about windows (W-1 … W-25): assigners, triggers, evictors. Mirrors org.apache.flink.streaming.api.windowing; a new one is a file and a line here. */
export { EndOfStreamTrigger, GlobalWindows, NeverTrigger } from './assigners/global'
export {
  DynamicEventTimeSessionWindows,
  DynamicProcessingTimeSessionWindows,
  EventTimeSessionWindows,
  ProcessingTimeSessionWindows,
} from './assigners/session'
export type { SessionWindowTimeGapExtractor, SessionWindowTimeGapExtractorLike } from './assigners/session'
export { SlidingEventTimeWindows, SlidingProcessingTimeWindows } from './assigners/sliding'
export { TumblingEventTimeWindows, TumblingProcessingTimeWindows } from './assigners/tumbling'
export { MergingWindowAssigner, WindowAssigner } from './assigners/windowAssigner'
export { WindowStagger } from './assigners/windowStagger'
export type { DeltaFunction, DeltaFunctionLike } from './deltaFunction'
export { TimestampedValue } from './evictors/evictor'
export type { EvictableElements, Evictor } from './evictors/evictor'
export { CountEvictor, DeltaEvictor, TimeEvictor } from './evictors/evictors'
export { ContinuousEventTimeTrigger, ContinuousProcessingTimeTrigger } from './triggers/continuousTriggers'
export { CountTrigger } from './triggers/countTrigger'
export { DeltaTrigger } from './triggers/deltaTrigger'
export { EventTimeTrigger } from './triggers/eventTimeTrigger'
export { ProcessingTimeoutTrigger } from './triggers/processingTimeoutTrigger'
export { ProcessingTimeTrigger } from './triggers/processingTimeTrigger'
export { PurgingTrigger } from './triggers/purgingTrigger'
export { Trigger, TriggerResult } from './triggers/trigger'
export { GlobalWindow, TimeWindow, Window } from './windows'
export type { MergeCallback } from './windows'
