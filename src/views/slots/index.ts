import type { ViewDefinition } from '../types'
import { slotsFold, type SlotsState } from './fold'
import View from './View.svelte'

export const slots: ViewDefinition<SlotsState> = { id: 'slots', title: 'slots', fold: slotsFold, component: View }
