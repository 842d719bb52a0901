import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'watermarks',
  title: { en: 'A source that waits for another', zh: '一个源等待另一个源' },
  says: {
    en: 'Watermark alignment: a source that is more than 5 s ahead of the slowest in its group reads no more until that one has caught up.',
    zh: '水位线对齐 (watermark alignment)：比组内最慢者超前 5 秒以上的源暂停读取，直到对方赶上。',
  },
  views: ['watermarks', 'windows'],
  at: 'paused',
  shows: {
    announced: { says: { en: 'the greatest watermark allowed', zh: '允许的最大水位线' }, find: eventOf(TraceKind.AlignmentAnnounced) },
    paused: { says: { en: 'the fast source is paused', zh: '快的源被暂停' }, find: eventOf(TraceKind.SplitPaused, ({ c }) => c === 1) },
    resumed: { says: { en: 'and reads on', zh: '又继续读取' }, find: eventOf(TraceKind.SplitPaused, ({ c }) => c === 0) },
  },
}
