import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import type { ResultsState } from './fold'

export const results: ViewDefinition<ResultsState> = {
  id: 'results',
  title: 'results',
  picture: later(
    async () => (await import('./fold')).resultsFold,
    () => import('./View.svelte'),
  ),
}
