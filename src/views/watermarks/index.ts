import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const watermarks: ViewDefinition<TimeState> = {
  id: 'watermarks',
  title: 'watermarks',
  picture: later(
    async () => (await import('../../trace/time/fold')).timeFold,
    () => import('./View.svelte'),
  ),
}
