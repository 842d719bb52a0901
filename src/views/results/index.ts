import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import { resultsFold, type ResultsState } from './fold'

export const results: ViewDefinition<ResultsState> = {
  id: 'results',
  title: 'results',
  fold: resultsFold,
  component: later(() => import('./View.svelte')),
}
