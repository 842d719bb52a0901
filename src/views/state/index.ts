import type { StateState } from '../../trace/state/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

/** What operators hold, key by key and without keys, and what their backend makes of it. */
export const state: ViewDefinition<StateState> = {
  id: 'state',
  title: 'stateTitle',
  picture: later(
    async () => (await import('../../trace/state/fold')).stateFold,
    () => import('./View.svelte'),
  ),
}
