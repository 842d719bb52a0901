import { simpleNameOf } from '../operators/names'
import { SETTINGS } from '../timeSettings'
import type { WatermarkSettings } from '../timeSettings'
import { AscendingTimestampExtractor, BoundedOutOfOrdernessTimestampExtractor } from './legacy'
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

/** What a strategy, or an assigner of old, says about itself. */
export function strategySettings<T>(given: WatermarkStrategy<T> | LegacyAssigner<T>): WatermarkSettings {
  if (given instanceof WatermarkStrategy) return given[SETTINGS]()
  const none = { idleness: null, alignment: null }
  if ('createWatermarkGenerator' in given) {
    // An object with the right methods.
    const { createTimestampAssigner } = given as Partial<WatermarkStrategy<T>>
    return { generator: { type: 'user', name: 'WatermarkStrategy' }, assigner: createTimestampAssigner !== undefined, ...none }
  }
  return { generator: legacySettings(given), assigner: true, ...none }
}

function legacySettings<T>(assigner: LegacyAssigner<T>): WatermarkSettings['generator'] {
  const watermarks = 'getCurrentWatermark' in assigner ? assigner.getCurrentWatermark : undefined
  if (assigner instanceof BoundedOutOfOrdernessTimestampExtractor) {
    if (watermarks === BoundedOutOfOrdernessTimestampExtractor.prototype.getCurrentWatermark) {
      return { type: 'legacy', name: 'BoundedOutOfOrdernessTimestampExtractor', bound: assigner.getMaxOutOfOrdernessInMillis() }
    }
  } else if (watermarks === AscendingTimestampExtractor.prototype.getCurrentWatermark) {
    return { type: 'legacy', name: 'AscendingTimestampExtractor', bound: 1 }
  }
  return { type: 'user', name: simpleNameOf(assigner, 'AssignerWithPeriodicWatermarks') }
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
