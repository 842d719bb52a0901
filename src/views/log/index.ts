import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import { logFold, type LogState } from './fold'

export const log: ViewDefinition<LogState> = { id: 'log', title: 'log', fold: logFold, component: later(() => import('./View.svelte')) }
