import type { Plain } from './operators/descriptors'

/**
 * What an operator says about time and windows, as plain data: what the program's functions are asked for when the operator is described,
 * so that views and explanations need no function. All times in ms. An object of the program's own, which
 * nothing is known of but its class, is `user`.
 */
export type AssignerSettings =
  | { readonly type: 'tumbling'; readonly time: TimeDomain; readonly size: number; readonly offset: number; readonly stagger?: string }
  | { readonly type: 'sliding'; readonly time: TimeDomain; readonly size: number; readonly slide: number; readonly offset: number }
  | { readonly type: 'session'; readonly time: TimeDomain; readonly gap: number }
  /** A gap for each element. */
  | { readonly type: 'dynamic-session'; readonly time: TimeDomain }
  | { readonly type: 'global' }
  | { readonly type: 'user'; readonly name: string; readonly time: TimeDomain; readonly merging: boolean }
export type TimeDomain = 'event' | 'processing'

export type TriggerSettings =
  | { readonly type: 'event-time' | 'processing-time' | 'never' | 'end-of-stream' }
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'continuous-event-time' | 'continuous-processing-time'; readonly interval: number }
  | { readonly type: 'delta'; readonly threshold: number }
  | { readonly type: 'purging'; readonly nested: TriggerSettings }
  | {
      readonly type: 'processing-timeout'
      readonly nested: TriggerSettings
      readonly timeout: number
      readonly resetOnNewRecord: boolean
      readonly clearOnTimeout: boolean
    }
  | { readonly type: 'user'; readonly name: string }

export type EvictorSettings =
  | { readonly type: 'count'; readonly count: number; readonly after: boolean }
  | { readonly type: 'time'; readonly size: number; readonly after: boolean }
  | { readonly type: 'delta'; readonly threshold: number; readonly after: boolean }
  | { readonly type: 'user'; readonly name: string }

/** Of an operator of kind `window`. */
export interface WindowSettings {
  readonly assigner: AssignerSettings
  readonly trigger: TriggerSettings
  /** The program set the trigger; false: it is the assigner's default. */
  readonly triggerSet: boolean
  readonly evictor: EvictorSettings | null
  readonly allowedLateness: number
  /** Tag of the side output for late data; null: it is dropped. */
  readonly lateTag: string | null
}

/** Of a source, or of an operator that assigns timestamps and watermarks. */
export interface WatermarkSettings {
  readonly generator:
    | { readonly type: 'none' }
    | { readonly type: 'monotonous' }
    | { readonly type: 'bounded'; readonly bound: number }
    /** An old BoundedOutOfOrdernessTimestampExtractor or AscendingTimestampExtractor, whose watermark is the timestamp less `bound` (T-23). */
    | { readonly type: 'legacy'; readonly name: string; readonly bound: number }
    | { readonly type: 'user'; readonly name: string }
  /** The program gives an assigner; false: records keep the timestamp that they have, if any. */
  readonly assigner: boolean
  /** ms; null: never idle. */
  readonly idleness: number | null
  readonly alignment: { readonly group: string; readonly maxDrift: number; readonly updateInterval: number } | null
}

/** Of an interval join; bounds are inclusive, after exclusive ones were narrowed (W-28). */
export interface IntervalJoinSettings {
  readonly lower: number
  readonly upper: number
  readonly leftLateTag: string | null
  readonly rightLateTag: string | null
}

/** Names of the parameters under which descriptors hold these. */
export const WINDOW_PARAM = 'windowing'
export const WATERMARKS_PARAM = 'watermarks'

/**
 * What objects of the library say about themselves; a class of the program's own has no such method, and one that it derives from a class
 * of the library does not speak for it.
 */
export const SETTINGS = Symbol('settings')

/** What an object says about itself; undefined for one of the program's own. */
export function ownSettings<S>(object: object): S | undefined {
  const prototype = Object.getPrototypeOf(object) as Partial<Record<typeof SETTINGS, () => S>> | null
  if (prototype === null || !Object.hasOwn(prototype, SETTINGS)) return undefined
  return prototype[SETTINGS]!.call(object)
}

/** Settings as a parameter: they are plain, which interfaces cannot say. */
export const asParam = (settings: WindowSettings | WatermarkSettings): Plain => settings as unknown as Plain
