import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'Firing and purging', zh: '触发并清空' },
  says: {
    en: 'PurgingTrigger empties the window after each firing: results are parts that add up, not wholes that repeat.',
    zh: 'PurgingTrigger 每次触发后清空窗口：输出的是可以相加的部分，而不是重复的整体。',
  },
  views: ['windows', 'results'],
  at: 'second',
  shows: {
    first: { says: { en: 'the first two', zh: '前两笔' }, find: written('tea [0 s, 10 s): 1 + 2') },
    second: { says: { en: 'the next two alone', zh: '只含后两笔' }, find: written('tea [0 s, 10 s): 4 + 8') },
  },
}
