import type { GalleryEntry } from '../../../src/trace/gallery'
import { clearedUnfired, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'Count replaces the default', zh: '计数触发器取代默认触发器' },
  says: {
    en: 'With CountTrigger.of(2) a window fires on every second element, with all that it has so far, and never at its end: the last odd element is lost.',
    zh: '使用 CountTrigger.of(2) 时，每来两条就带着全部内容触发，到窗口结束反而不触发：落单的最后一条就此丢失。',
  },
  views: ['windows', 'results'],
  at: 'again',
  shows: {
    again: {
      says: { en: 'the fourth order fires it again, with all four', zh: '第四笔订单让它带着全部四笔再次触发' },
      find: written('tea [0 s, 10 s): 1 + 2 + 4 + 8'),
    },
    lost: { says: { en: 'a window is cleared without having fired', zh: '一个窗口未触发就被清除' }, find: clearedUnfired() },
  },
}
