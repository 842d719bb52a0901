import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import type { CompareState } from './fold'

/** Two forks on one clock: their results by sink, key and window, and where they first differ. */
export const compare: ViewDefinition<CompareState> = {
  id: 'compare',
  title: 'compare',
  picture: later(
    async () => (await import('./fold')).compareFold,
    () => import('./View.svelte'),
  ),
  compares: true,
}
