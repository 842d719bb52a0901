import type { ViewDefinition } from '../types'
import { logFold, type LogState } from './fold'
import View from './View.svelte'

export const log: ViewDefinition<LogState> = { id: 'log', title: 'log', fold: logFold, component: View }
