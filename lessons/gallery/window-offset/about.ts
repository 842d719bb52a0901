import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'windows',
  title: { en: 'Days in another time zone', zh: '另一个时区的一天' },
  says: {
    en: 'Windows are aligned to the epoch in UTC. An offset of −8 hours makes days of Shanghai: one order at 15:00 and one at 17:00 UTC fall on the same day or on two.',
    zh: '窗口按 UTC 的纪元对齐。偏移 −8 小时得到上海的自然日：UTC 15:00 与 17:00 的两笔订单，可能同日，也可能分属两日。',
  },
  views: ['windows', 'results'],
  at: 'shanghai',
  shows: {
    utc: { says: { en: 'the two orders are on one day in UTC', zh: '按 UTC 两笔订单同日' }, find: written('UTC 01-01: 12') },
    shanghai: { says: { en: 'the day of Shanghai ends between them', zh: '上海的一天在两者之间结束' }, find: written('Shanghai 01-01: 4') },
  },
}
