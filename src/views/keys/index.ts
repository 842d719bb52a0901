import type { ViewDefinition } from '../types'
import { keysFold, type KeysState } from './fold'
import View from './View.svelte'

export const keys: ViewDefinition<KeysState> = { id: 'keys', title: 'keyGroups', fold: keysFold, component: View, withoutRun: true }
