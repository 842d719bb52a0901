import type { GalleryEntry } from '../../../src/trace/gallery'
import { timerFired, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'timers',
  title: { en: 'A timer of event time', zh: '事件时间定时器' },
  says: {
    en: 'Each click sets a timer 5 s ahead; it fires when the watermark gets there, however long that takes, and only the last one counts.',
    zh: '每次点击都设一个 5 秒之后的定时器；水位线到达时才触发，不论要等多久，而且只有最后一个算数。',
  },
  views: ['timers', 'log'],
  at: 'silence',
  shows: {
    fired: {
      says: { en: 'a timer fires that counts for nothing: there was a click since', zh: '一个不算数的定时器触发：其后又有点击' },
      find: timerFired('event', 6000),
    },
    silence: { says: { en: '5 s after her last click', zh: '最后一次点击 5 秒之后' }, find: written('ann was here 3 times') },
  },
}
