import { LONG_MAX } from '../../core/time'
import { windowSettingsOf, type TriggerSettings } from '../../graph/timeSettings'
import { boundsAt, windowTrack } from './windows'
import type { TimeState } from './state'
import type { TimerNow } from './timers'

/**
 * What a timer is for. `fire`: the trigger asked to be called; `cleanup`: the window is forgotten; `fire-and-cleanup`: one timer is both, with no lateness
 * allowed (W-14); `join`: an interval join forgets what has no partner any more; `user`: a function of the program set it.
 */
export type TimerPurpose = 'fire' | 'cleanup' | 'fire-and-cleanup' | 'join' | 'user'

export function purposeOf(state: TimeState, timer: TimerNow): TimerPurpose {
  const node = state.index.plan.nodes.get(timer.node)
  if (timer.window < 0) return node?.operator.kind === 'intervalJoin' ? 'join' : node?.operator.kind === 'window' ? 'fire' : 'user'
  const window = windowTrack(state, timer.process, timer.window)
  if (window === null || window.global) return 'fire'
  const last = boundsAt(state, window).end - 1
  const settings = node === undefined ? null : windowSettingsOf(node)
  const lateness = settings?.allowedLateness ?? Number(node?.operator.params.allowedLateness ?? 0)
  const cleanup = timer.domain === 'event' ? Math.min(last + lateness, LONG_MAX) : last
  if (timer.time !== cleanup) return 'fire'
  return timer.time === last && (settings === null || watchesEnd(settings.trigger, timer.domain)) ? 'fire-and-cleanup' : 'cleanup'
}

/** Whether a trigger sets a timer for the window's last moment. Of one of the program's own nothing is known: it may. */
function watchesEnd(trigger: TriggerSettings, domain: 'event' | 'processing'): boolean {
  switch (trigger.type) {
    case 'event-time':
    case 'continuous-event-time':
      return domain === 'event'
    case 'processing-time':
    case 'continuous-processing-time':
      return domain === 'processing'
    case 'purging':
    case 'processing-timeout':
      return watchesEnd(trigger.nested, domain)
    case 'user':
      return true
    default:
      return false
  }
}
