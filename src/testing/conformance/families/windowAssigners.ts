import {
  EventTimeSessionWindows,
  GlobalWindows,
  ProcessingTimeSessionWindows,
  SlidingEventTimeWindows,
  SlidingProcessingTimeWindows,
  TimeWindow,
  TumblingEventTimeWindows,
  TumblingProcessingTimeWindows,
  WindowStagger,
} from '../../../streaming/windowing'
import type { Window, WindowAssigner } from '../../../streaming/windowing'
import { family, orError } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

interface AssignerJson {
  readonly type: 'tumbling' | 'sliding' | 'session' | 'global'
  readonly time: 'event' | 'processing'
  readonly size: LongJson
  readonly slide: LongJson
  readonly offset: LongJson
  readonly gap: LongJson
  readonly stagger: 'aligned' | 'natural'
}
type Given =
  | { readonly kind: 'assign'; readonly assigner: AssignerJson; readonly clock?: LongJson; readonly times: readonly LongJson[]; readonly big?: boolean }
  | { readonly kind: 'merge'; readonly windows: readonly (readonly [LongJson, LongJson])[]; readonly big?: boolean }

function assignerOf(json: AssignerJson): WindowAssigner<unknown, Window> {
  const event = json.time === 'event'
  switch (json.type) {
    case 'tumbling': {
      const stagger = json.stagger === 'natural' ? WindowStagger.NATURAL : WindowStagger.ALIGNED
      return (event ? TumblingEventTimeWindows : TumblingProcessingTimeWindows).of(toNumber(json.size), toNumber(json.offset), stagger)
    }
    case 'sliding':
      return (event ? SlidingEventTimeWindows : SlidingProcessingTimeWindows).of(toNumber(json.size), toNumber(json.slide), toNumber(json.offset))
    case 'session':
      return (event ? EventTimeSessionWindows : ProcessingTimeSessionWindows).withGap(toNumber(json.gap))
    case 'global':
      return GlobalWindows.create()
  }
}

const windowJson = (window: Window): unknown => (window instanceof TimeWindow ? [fromNumber(window.getStart()), fromNumber(window.getEnd())] : 'global')

export const windowAssigners = family<Given>(
  'window-assigners',
  (given) => {
    if (given.kind === 'merge') {
      const merges: unknown[] = []
      const windows = given.windows.map(([start, end]) => new TimeWindow(toNumber(start), toNumber(end)))
      TimeWindow.mergeWindows(windows, {
        merge(merged, result) {
          const of = [...merged].sort((a, b) => a.getStart() - b.getStart() || a.getEnd() - b.getEnd())
          merges.push({ result: windowJson(result), of: of.map(windowJson) })
        },
      })
      return { merges }
    }
    return orError<unknown>(
      () => {
        const assigner = assignerOf(given.assigner)
        const windows = given.times.map((json) => {
          const time = toNumber(json)
          const context = { getCurrentProcessingTime: () => (given.clock === undefined ? time : toNumber(given.clock)), random: () => 0 }
          return orError<unknown>(
            () => [...assigner.assignWindows(null, time, context)].map(windowJson),
            () => ({ error: true }),
          )
        })
        return { windows }
      },
      () => ({ error: true }),
    )
  },
  beyondDoubles,
)
