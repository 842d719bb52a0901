import { later } from '../lazy'
import type { ViewDefinition } from '../types'
import type { JobsState } from '../../trace/jobs/fold'

/** Jobs, attempts of their subtasks, exceptions with what followed: as a dashboard would show them. */
export const jobs: ViewDefinition<JobsState> = {
  id: 'jobs',
  title: 'jobsTitle',
  picture: later(
    async () => (await import('../../trace/jobs/fold')).jobsFold,
    () => import('./View.svelte'),
  ),
}
