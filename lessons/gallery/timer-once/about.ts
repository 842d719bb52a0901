import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'timers',
  title: { en: 'One timer for each time and key', zh: '同一时间、同一键只有一个定时器' },
  says: {
    en: 'Rounded up to whole 5 seconds, many clicks set the same timer: there is one, and it fires once.',
    zh: '向上取整到 5 秒，许多次点击设的是同一个定时器：只有一个，也只触发一次。',
  },
  views: ['timers', 'log'],
  at: 'once',
  shows: {
    once: { says: { en: 'it fires once for three clicks', zh: '三次点击，只触发一次' }, find: written('ann: 3 clicks up to 5 s') },
    next: { says: { en: 'the next five seconds have their own', zh: '下一个五秒有自己的' }, find: written('ann: 2 clicks up to 10 s') },
  },
}
