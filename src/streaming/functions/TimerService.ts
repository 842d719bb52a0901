/** Tells the time and sets timers. Mirrors org.apache.flink.streaming.api.TimerService; times are ms since the epoch. */
export interface TimerService {
  /** Returns the subtask's clock. */
  currentProcessingTime(): number
  /** Returns the current watermark, Long.MIN_VALUE before the first. */
  currentWatermark(): number
  /** Calls `onTimer` for the current key when the clock reaches `time`. */
  registerProcessingTimeTimer(time: number): void
  /** Calls `onTimer` for the current key when the watermark reaches `time`. */
  registerEventTimeTimer(time: number): void
  /** Takes the current key's processing-time timer of that time back. */
  deleteProcessingTimeTimer(time: number): void
  /** Takes the current key's event-time timer of that time back. */
  deleteEventTimeTimer(time: number): void
}

/** Whether a timer counts event time or processing time. */
export enum TimeDomain {
  EVENT_TIME = 'EVENT_TIME',
  PROCESSING_TIME = 'PROCESSING_TIME',
}
