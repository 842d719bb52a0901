import type { GalleryEntry } from '../../../src/trace/gallery'
import { lateDropped } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'late',
  title: { en: 'Dropped in silence', zh: '静默丢弃' },
  says: {
    en: 'Without lateness or side output, a record that comes after its window has fired is dropped: no error, no log, only a counter.',
    zh: '没有容许迟到也没有侧输出时，窗口触发之后才来的记录被丢弃：没有错误，没有日志，只有一个计数器。',
  },
  views: ['windows', 'log'],
  at: 'dropped',
  shows: {
    dropped: { says: { en: 'a late order is dropped', zh: '迟到订单被丢弃' }, find: lateDropped() },
  },
}
