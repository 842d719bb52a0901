import type { GalleryEntry } from '../../../src/trace/gallery'
import { evicted, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'evictors',
  title: { en: 'Only the last three', zh: '只留最后三条' },
  says: {
    en: 'CountEvictor.of(3) takes all but the last three elements out before the function sees them; the window then has three.',
    zh: 'CountEvictor.of(3) 在函数看到之前移除除最后三条以外的元素；窗口里从此只剩三条。',
  },
  views: ['windows', 'results'],
  at: 'evicted',
  shows: {
    evicted: { says: { en: 'the evictor takes the oldest out', zh: '移除器 (evictor) 移出最早的一条' }, find: evicted() },
    three: { says: { en: 'three are left', zh: '剩下三条' }, find: written('tea [0 s, 10 s): 2 + 4 + 8') },
  },
}
