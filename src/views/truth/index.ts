import type { LedgersState } from '../../trace/ledgers/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

/** Three ledgers: what was read, what is held, what is outside, held against a run without failures. */
export const truth: ViewDefinition<LedgersState> = {
  id: 'truth',
  title: 'truth',
  againstCalm: true,
  picture: later(
    async () => (await import('../../trace/ledgers/fold')).ledgersFold,
    () => import('./View.svelte'),
  ),
}
