import type { GalleryEntry } from '../../../src/trace/gallery'
import { taskIo } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'pressure',
  title: { en: 'Find the bottleneck', zh: '找出瓶颈' },
  says: {
    en: '`parse` stands in red, and is not to blame: it may not send. The bottleneck is the first busy task below those that are back-pressured.',
    zh: '`parse` 显示为红色，却不是它的错：它发不出去。瓶颈是受反压的任务之下第一个繁忙的任务。',
  },
  views: ['graph', 'log'],
  at: 'pressed',
  shows: {
    busy: { says: { en: '`look up` is busy', zh: '`look up` 繁忙' }, find: taskIo('busy') },
    pressed: { says: { en: 'a task in front of it may not send', zh: '它前面的任务发不出去' }, find: taskIo('back-pressured') },
  },
}
