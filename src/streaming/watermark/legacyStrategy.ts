import { BoundedOutOfOrdernessTimestampExtractor } from './legacy'
import type { LegacyAssigner } from './legacy'
import { WatermarkStrategy } from './strategy'
import type { WatermarkGenerator } from './watermark'

/** A strategy as it is; an assigner of old as a strategy, as AssignerWithPeriodicWatermarksAdapter and its like do. */
export function toWatermarkStrategy<T>(given: WatermarkStrategy<T> | LegacyAssigner<T>): WatermarkStrategy<T> {
  if ('createWatermarkGenerator' in given) return given
  const extract: (element: T, previous: number) => number =
    given instanceof BoundedOutOfOrdernessTimestampExtractor
      ? (element) => given.extractAndRemember(element)
      : (element, previous) => given.extractTimestamp(element, previous)
  return WatermarkStrategy.forGenerator(() => generatorOf(given)).withTimestampAssigner(extract)
}

function generatorOf<T>(assigner: LegacyAssigner<T>): WatermarkGenerator<T> {
  if ('checkAndGetNextWatermark' in assigner) {
    return {
      onEvent(event, timestamp, output) {
        const next = assigner.checkAndGetNextWatermark(event, timestamp)
        if (next !== null) output.emitWatermark(next)
      },
      onPeriodicEmit: () => undefined,
    }
  }
  return {
    onEvent: () => undefined,
    onPeriodicEmit(output) {
      const next = assigner.getCurrentWatermark()
      if (next !== null) output.emitWatermark(next)
    },
  }
}
