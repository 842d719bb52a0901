import { eager } from '../lazy'
import type { ViewDefinition } from '../types'
import { graphFold, type GraphState } from './fold'
import View from './View.svelte'

export const graph: ViewDefinition<GraphState> = { id: 'graph', title: 'graph', picture: eager(graphFold, View) }
