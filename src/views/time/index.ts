import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const time: ViewDefinition<TimeState> = {
  id: 'time',
  title: 'timePlane',
  picture: later(
    async () => (await import('../../trace/time/fold')).timeFold,
    () => import('./View.svelte'),
  ),
}
