import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import type { LogState } from './fold'

export const log: ViewDefinition<LogState> = {
  id: 'log',
  title: 'log',
  picture: later(
    async () => (await import('./fold')).logFold,
    () => import('./View.svelte'),
  ),
}
