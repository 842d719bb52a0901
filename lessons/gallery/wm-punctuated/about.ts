import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'watermarks',
  title: { en: 'A watermark on a mark in the data', zh: '由数据里的标记产生水位线' },
  says: {
    en: 'A generator of your own emits a watermark when an event says so, at once, and not every 200 ms.',
    zh: '自己写的生成器在事件带有标记时立即发出水位线，而不是每 200 毫秒。',
  },
  views: ['time', 'watermarks'],
  at: 'mark',
  shows: {
    mark: {
      says: { en: 'a mark makes a watermark', zh: '标记产生水位线' },
      find: eventOf(TraceKind.WatermarkEmitted, ({ x }) => x === 10000),
    },
    fires: { says: { en: 'which fires the windows before it', zh: '它使之前的窗口触发' }, find: written('north [0 s, 10 s): 3') },
  },
}
