import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const windows: ViewDefinition<TimeState> = {
  id: 'windows',
  title: 'windowsTitle',
  picture: later(
    async () => (await import('../../trace/time/fold')).timeFold,
    () => import('./View.svelte'),
  ),
}
