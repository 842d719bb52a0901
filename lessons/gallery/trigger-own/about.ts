import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'A trigger of your own', zh: '自己写的触发器' },
  says: {
    en: 'This trigger fires at once for an order of 5 or more, and for the rest at the end of the window. What it returns is what happens.',
    zh: '这个触发器遇到金额 5 及以上的订单立即触发，其余的等到窗口结束。它返回什么，就发生什么。',
  },
  views: ['windows', 'results'],
  at: 'large',
  shows: {
    large: { says: { en: 'a large order fires at once', zh: '大额订单立即触发' }, find: written('tea [0 s, 10 s): 1 + 2 + 8') },
    end: { says: { en: 'the end of the window fires what is there', zh: '窗口结束时触发' }, find: written('ink [0 s, 10 s): 1 + 2') },
  },
}
