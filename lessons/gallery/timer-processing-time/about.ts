import type { GalleryEntry } from '../../../src/trace/gallery'
import { timerFired, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'timers',
  title: { en: 'A timer of the clock', zh: '时钟的定时器' },
  says: {
    en: 'The same with processing time: the timer fires two seconds of the clock after the last click arrived, also when nothing else comes. What is set when the input ends never fires.',
    zh: '换成处理时间：最后一次点击到达两秒（时钟）之后触发，即使再无数据。输入结束时仍挂着的定时器不会触发。',
  },
  views: ['timers', 'log'],
  at: 'fired',
  shows: {
    fired: { says: { en: 'the clock reaches it', zh: '时钟到达' }, find: timerFired('processing') },
    silence: { says: { en: 'nobody else came meanwhile', zh: '其间没有别人到来' }, find: written('ann has gone') },
  },
}
