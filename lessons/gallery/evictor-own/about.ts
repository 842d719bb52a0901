import type { GalleryEntry } from '../../../src/trace/gallery'
import { evicted, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'evictors',
  title: { en: 'An evictor of your own', zh: '自己写的移除器' },
  says: {
    en: 'This evictor takes the smallest order out after the function has seen it: the next firing is without it.',
    zh: '这个移除器在函数看过之后移出最小的一笔：下一次触发就没有它了。',
  },
  views: ['windows', 'results'],
  at: 'after',
  shows: {
    after: { says: { en: 'taken out after the function', zh: '函数看过之后移出' }, find: evicted() },
    next: { says: { en: 'the next firing is without it', zh: '下一次触发不再有它' }, find: written('tea [0 s, 10 s): 2 + 4 + 8') },
  },
}
