import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import type { SlotsState } from './fold'

export const slots: ViewDefinition<SlotsState> = {
  id: 'slots',
  title: 'slots',
  picture: later(
    async () => (await import('./fold')).slotsFold,
    () => import('./View.svelte'),
  ),
}
