import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'A coGroup', zh: '协同分组 (coGroup)' },
  says: {
    en: 'coGroup hands over both sides of a window at once, also when one is empty: so one finds what has no partner.',
    zh: 'coGroup 一次交出窗口的两侧，即使一侧为空：这样能找出没有配对的数据。',
  },
  views: ['windows', 'results'],
  at: 'alone',
  shows: {
    both: { says: { en: 'both sides', zh: '两侧都有' }, find: written('ann: 2 orders, 2 payments') },
    alone: { says: { en: 'orders without a payment', zh: '没有付款的订单' }, find: written('cid: 1 orders, 0 payments') },
  },
}
