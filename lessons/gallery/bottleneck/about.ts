import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { taskIo } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'pressure',
  title: { en: 'Find the bottleneck', zh: '找出瓶颈' },
  says: {
    en: '“parse” is back-pressured, and not to blame: it may not send. The bottleneck is the first busy task behind those that are back-pressured.',
    zh: '“parse” 受到反压，却不是它的错：它发不出去。瓶颈是受反压的任务之后第一个繁忙的任务。',
  },
  views: ['network', 'graph'],
  at: 'still',
  shows: {
    busy: { says: { en: 'look up is busy', zh: 'look up 繁忙' }, find: taskIo('busy') },
    pressed: { says: { en: 'a task in front of it may not send', zh: '它前面的任务发不出去' }, find: taskIo('back-pressured') },
    still: {
      says: { en: 'seconds later it still may not', zh: '几秒之后仍然发不出去' },
      find: eventOf(TraceKind.TaskIo, ({ a, time }) => a === 2 && time > 3e6),
    },
  },
}
