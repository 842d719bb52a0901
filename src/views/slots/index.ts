import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import { slotsFold, type SlotsState } from './fold'

export const slots: ViewDefinition<SlotsState> = {
  id: 'slots',
  title: 'slots',
  fold: slotsFold,
  component: later(() => import('./View.svelte')),
}
