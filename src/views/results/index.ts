import type { ViewDefinition } from '../types'
import { resultsFold, type ResultsState } from './fold'
import View from './View.svelte'

export const results: ViewDefinition<ResultsState> = { id: 'results', title: 'results', fold: resultsFold, component: View }
