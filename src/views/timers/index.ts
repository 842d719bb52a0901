import { timeFold } from '../../trace/time/fold'
import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const timers: ViewDefinition<TimeState> = {
  id: 'timers',
  title: 'timersTitle',
  fold: timeFold,
  component: later(() => import('./View.svelte')),
}
