import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const timers: ViewDefinition<TimeState> = {
  id: 'timers',
  title: 'timersTitle',
  picture: later(
    async () => (await import('../../trace/time/fold')).timeFold,
    () => import('./View.svelte'),
  ),
}
