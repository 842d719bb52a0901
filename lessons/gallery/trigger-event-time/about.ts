import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'Event time: when the watermark passes', zh: '事件时间触发：水位线 (watermark) 越过时' },
  says: {
    en: 'The default trigger of an event-time window fires once, when the watermark reaches its last millisecond.',
    zh: '事件时间窗口的默认触发器：水位线到达窗口的最后一毫秒时触发一次。',
  },
  views: ['windows', 'results'],
  at: 'fires',
  shows: {
    fires: {
      says: { en: 'the window fires at the watermark of a later order', zh: '窗口随更晚订单带来的水位线触发' },
      find: written('tea [0 s, 10 s): 1 + 2 + 4 + 8'),
    },
    rest: {
      says: { en: 'the last window waits for the end of the input', zh: '最后的窗口等到输入结束' },
      find: written('tea [20 s, 30 s): 4'),
    },
  },
}
