import type { GalleryEntry } from '../../../src/trace/gallery'
import { evicted, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'evictors',
  title: { en: 'Only what is recent', zh: '只留最近的' },
  says: {
    en: 'TimeEvictor keeps what is less than 5 s older than the newest element.',
    zh: 'TimeEvictor 只保留比最新元素早不到 5 秒的元素。',
  },
  views: ['windows', 'results'],
  at: 'evicted',
  shows: {
    evicted: { says: { en: 'what is too old is taken out', zh: '过旧的被移出' }, find: evicted() },
    recent: { says: { en: 'the last 5 s are left', zh: '剩下最后 5 秒的' }, find: written('tea [0 s, 10 s): 4 + 8') },
  },
}
