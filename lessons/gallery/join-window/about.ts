import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'A window join', zh: '窗口连接 (window join)' },
  says: {
    en: 'Orders and payments of a user in the same 10 s window are paired, each with each; who has no partner there is not in the result.',
    zh: '同一用户、同一个 10 秒窗口内的订单与付款两两配对；窗口里没有配对者的不出现在结果中。',
  },
  views: ['windows', 'results'],
  at: 'pairs',
  shows: {
    pairs: {
      says: { en: 'two orders and two payments are four pairs', zh: '两笔订单与两笔付款成四对' },
      find: written('ann ordered 2, paid 2'),
    },
    all: { says: { en: 'all four of them', zh: '四对都有' }, find: written('ann ordered 2, paid 5') },
  },
}
