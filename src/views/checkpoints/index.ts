import type { CheckpointsState } from '../../trace/checkpoints/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const checkpoints: ViewDefinition<CheckpointsState> = {
  id: 'checkpoints',
  title: 'checkpointsTitle',
  picture: later(
    async () => (await import('../../trace/checkpoints/fold')).checkpointsFold,
    () => import('./View.svelte'),
  ),
}
