import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import { keysFold, type KeysState } from './fold'

export const keys: ViewDefinition<KeysState> = {
  id: 'keys',
  title: 'keyGroups',
  fold: keysFold,
  component: later(() => import('./View.svelte')),
  withoutRun: true,
}
