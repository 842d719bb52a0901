import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'When the value has moved enough', zh: '数值变化足够大时触发' },
  says: {
    en: 'DeltaTrigger compares each element with the one that fired last, and fires when they differ by more than a threshold.',
    zh: 'DeltaTrigger 把每条记录与上次触发的记录比较，相差超过阈值就触发。',
  },
  views: ['windows', 'results'],
  at: 'jump',
  shows: {
    first: {
      says: { en: 'the first order is only remembered', zh: '第一笔只被记住' },
      find: eventOf(TraceKind.StateUpdated, ({ d }) => d === 0),
    },
    jump: { says: { en: 'a jump of more than 5 fires', zh: '超过 5 的跳变触发' }, find: written('tea: 1 + 2 + 4 + 8') },
  },
}
