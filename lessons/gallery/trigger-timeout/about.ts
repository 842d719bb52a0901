import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'Full, or waited long enough', zh: '攒满，或等够了' },
  says: {
    en: 'ProcessingTimeoutTrigger fires a batch when it has three orders, or one second after its first: whichever is sooner.',
    zh: 'ProcessingTimeoutTrigger 在攒满三笔时触发，或在第一笔之后一秒触发：取先到者。',
  },
  views: ['windows', 'results'],
  at: 'timeout',
  shows: {
    full: { says: { en: 'three orders make a batch', zh: '三笔成一批' }, find: written('tea: 1 + 2 + 4') },
    timeout: {
      says: { en: 'the timeout fires a batch that is not full', zh: '超时使未满的一批触发' },
      find: eventOf(TraceKind.WindowTrigger, ({ d }) => d === 2),
    },
  },
}
