import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import type { KeysState } from './fold'

export const keys: ViewDefinition<KeysState> = {
  id: 'keys',
  title: 'keyGroups',
  picture: later(
    async () => (await import('./fold')).keysFold,
    () => import('./View.svelte'),
  ),
  withoutRun: true,
}
