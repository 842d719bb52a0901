import type { NetworkState } from '../../trace/network/state'
import { later } from '../lazy'
import type { ViewDefinition } from '../types'

export const network: ViewDefinition<NetworkState> = {
  id: 'network',
  title: 'networkTitle',
  picture: later(
    async () => (await import('../../trace/network/fold')).networkFold,
    () => import('./View.svelte'),
  ),
}
