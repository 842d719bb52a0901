import { duration, sharedParts } from '../../components/times'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { TriggerSettings, WindowSettings } from '../../graph/timeSettings'
import type { Arguments, Text } from '../../i18n'
import { windowsView as words } from '../../i18n/windowsView'
import type { Beside, Pane } from './model'

export type Say = (text: Text, args?: Arguments) => string
/** Writes a time, ms. */
export type Write = (ms: number) => string

/** `tumbling 10 s · event time · lateness 5 s`. */
export function settingsWords(settings: WindowSettings, t: Say): string {
  const { assigner, allowedLateness, lateTag } = settings
  const parts: string[] = []
  switch (assigner.type) {
    case 'tumbling':
      parts.push(t(words.tumbling, { size: duration(assigner.size) }))
      break
    case 'sliding':
      parts.push(t(words.sliding, { size: duration(assigner.size), slide: duration(assigner.slide) }))
      break
    case 'session':
      parts.push(t(words.session, { gap: duration(assigner.gap) }))
      break
    case 'dynamic-session':
      parts.push(t(words.dynamicSession))
      break
    case 'global':
      parts.push(t(words.global))
      break
    case 'user':
      parts.push(t(words.user, { name: assigner.name }))
  }
  if ('offset' in assigner && assigner.offset !== 0) parts.push(t(words.ofOffset, { offset: duration(assigner.offset) }))
  if ('time' in assigner) parts.push(t(assigner.time === 'event' ? words.eventTime : words.processingTime))
  if (allowedLateness > 0) parts.push(t(words.lateness, { lateness: duration(allowedLateness) }))
  if (lateTag !== null) parts.push(t(words.toSide, { tag: lateTag }))
  return parts.join(' · ')
}

/** Its windows belong to the clock. */
export const isOfClock = (settings: WindowSettings | null): boolean =>
  settings !== null && 'time' in settings.assigner && settings.assigner.time === 'processing'
export const isMerging = (settings: WindowSettings | null): boolean =>
  settings !== null &&
  (settings.assigner.type === 'session' ||
    settings.assigner.type === 'dynamic-session' ||
    (settings.assigner.type === 'user' && settings.assigner.merging))

/** W-8: when a window's contents are let go; null: never, or it is not known. Of the clock: its last ms. */
export function cleanupTime(settings: WindowSettings | null, pane: Pick<Pane, 'end'>): number | null {
  if (settings === null || settings.assigner.type === 'global' || pane.end <= LONG_MIN || pane.end >= LONG_MAX) return null
  return pane.end - 1 + (isOfClock(settings) ? 0 : settings.allowedLateness)
}

/** What an open window waits for; empty: nothing, it is about to go, or it is not known. `watermark`: of its subtask. */
export function waitsFor(settings: WindowSettings | null, pane: Pane, watermark: number, t: Say, write: Write): string {
  if (settings === null || pane.state !== 'open') return ''
  const over = settings.trigger.type === 'event-time' && pane.end - 1 + settings.allowedLateness <= watermark
  return over ? '' : triggerWords(settings.trigger, pane, watermark, t, write)
}

/** What a trigger waits for, in a few words. */
function triggerWords(settings: TriggerSettings, pane: Pane, watermark: number, t: Say, write: Write): string {
  const last = pane.end - 1
  switch (settings.type) {
    case 'event-time':
      return last <= watermark ? t(words.triggerPassed) : t(words.triggerEventTime, { at: write(last) })
    case 'processing-time':
      return t(words.triggerProcessingTime, { at: write(last) })
    case 'never':
      return t(words.triggerNever)
    case 'end-of-stream':
      return t(words.triggerEnd)
    case 'count':
      return t(words.triggerCount, { count: pane.remembers.get('count') ?? 0, of: settings.count })
    case 'continuous-event-time':
    case 'continuous-processing-time': {
      const domain = settings.type === 'continuous-event-time' ? 'event' : 'processing'
      const next = pane.timers.find((timer) => timer.domain === domain)
      return next === undefined
        ? t(words.triggerContinuousNone, { interval: duration(settings.interval) })
        : t(words.triggerContinuous, { at: write(next.time) })
    }
    case 'delta':
      return t(words.triggerDelta, { threshold: settings.threshold })
    case 'purging':
      return t(words.triggerPurges, { nested: triggerWords(settings.nested, pane, watermark, t, write) })
    case 'processing-timeout': {
      const nested = triggerWords(settings.nested, pane, watermark, t, write)
      const timer = pane.timers.find(({ domain }) => domain === 'processing')
      return timer === undefined
        ? t(words.triggerTimeoutNone, { nested, timeout: duration(settings.timeout) })
        : t(words.triggerTimeout, { nested, at: write(timer.time) })
    }
    case 'user':
      return t(words.triggerUser, { name: settings.name })
  }
}

/** Whether a trigger's own state is the time of its next firing. */
export function firesAgain(trigger: TriggerSettings): boolean {
  if (trigger.type === 'purging' || trigger.type === 'processing-timeout') return firesAgain(trigger.nested)
  return trigger.type === 'continuous-event-time' || trigger.type === 'continuous-processing-time'
}

/** `open`, `fired 2×`, `cleared`. */
export function stateWords(pane: Pane, t: Say): string {
  const fired = pane.firings.length
  if (pane.state === 'merged') return t(words.stateMerged)
  if (pane.state === 'cleared') return fired === 0 ? `${t(words.stateCleared)}, ${t(words.stateLost)}` : `${t(words.stateFired, { count: fired })}, ${t(words.stateCleared)}` // prettier-ignore
  return fired === 0 ? t(words.stateOpen) : `${t(words.stateOpen)}, ${t(words.stateFired, { count: fired })}`
}

export const elementsWords = (count: number, t: Say): string => (count === 1 ? t(words.elements1) : t(words.elements, { count }))

export const boundsWords = (start: number, end: number, write: Write): string => `[${write(start)}, ${write(end)})`

/** The same where there is little room: what both times begin with is left out. */
export function shortBounds(start: number, end: number, write: Write): string {
  const [from, to] = [write(start), write(end)]
  const cut = sharedParts(from, to)
  return cut === 0 ? boundsWords(start, end, write) : `[${from.slice(cut)}, ${to.slice(cut)})`
}

export const paneName = (pane: Pane, key: string, t: Say, write: Write): string =>
  pane.track.global ? t(words.windowGlobal, { key }) : t(words.window, { bounds: boundsWords(pane.start, pane.end, write), key })

/**
 * How far past what was allowed a late element came, ms: behind the last of the windows that would have taken it (W-9), where the program says which
 * those are; else behind its own time.
 */
export function pastLateness(settings: WindowSettings | null, { timestamp, watermark }: Beside): number {
  const allowed = settings?.allowedLateness ?? 0
  const assigner = settings?.assigner
  if (assigner?.type === 'tumbling' || assigner?.type === 'sliding') {
    const step = assigner.type === 'tumbling' ? assigner.size : assigner.slide
    const rest = (((timestamp - assigner.offset) % step) + step) % step
    return watermark - (timestamp - rest + assigner.size - 1 + allowed)
  }
  if (assigner?.type === 'session') return watermark - (timestamp + assigner.gap - 1 + allowed)
  return watermark - (timestamp + allowed)
}
