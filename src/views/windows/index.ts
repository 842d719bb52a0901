import { timeFold } from '../../trace/time/fold'
import type { TimeState } from '../../trace/time/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const windows: ViewDefinition<TimeState> = {
  id: 'windows',
  title: 'windowsTitle',
  fold: timeFold,
  component: later(() => import('./View.svelte')),
}
