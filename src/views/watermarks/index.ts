import { timeFold } from '../../trace/time/fold'
import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const watermarks: ViewDefinition<TimeState> = {
  id: 'watermarks',
  title: 'watermarks',
  fold: timeFold,
  component: later(() => import('./View.svelte')),
}
