import type { GalleryEntry } from '../../../src/trace/gallery'
import { written, writtenAfter } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'State that expires', zh: '会过期的状态' },
  says: {
    en: 'A total lives for 3 s after its last order (TTL). Whoever comes later is counted anew; the old value is not given out, though it may still be there.',
    zh: '总额在最后一个订单之后只保留 3 秒（TTL）。之后再来的重新累计；旧值不再给出，尽管可能还没有真正删除。',
  },
  views: ['state', 'results'],
  at: 'anew',
  shows: {
    kept: { says: { en: 'the second order of tea is added to the first', zh: 'tea 的第二个订单加到第一个上' }, find: written('tea 3') },
    anew: {
      says: { en: 'after four seconds without one its total begins anew', zh: '四秒没有订单之后重新累计' },
      find: writtenAfter('tea 5', written('tea 3')),
    },
    lives: { says: { en: 'whoever comes often is not forgotten', zh: '常来的不会被忘记' }, find: written('ink 7') },
  },
}
