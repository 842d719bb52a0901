import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, twoTimersAtOnce } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'timers',
  title: { en: 'A clock that stood still', zh: '停过的时钟' },
  says: {
    en: 'A hand holds the clock for three seconds and then puts it forward: the timers that are due by then fire at once, in order of time.',
    zh: '有人把时钟停住三秒再拨快：此时已到期的定时器立刻按时间顺序全部触发。',
  },
  views: ['timers', 'log'],
  at: 'stall',
  shows: {
    held: { says: { en: 'the clock is stopped', zh: '时钟被停住' }, find: eventOf(TraceKind.Intervention, ({ a }) => a === 0) },
    stall: {
      says: { en: 'after the stall two timers fire in one moment', zh: '恢复之后两个定时器在同一刻触发' },
      find: twoTimersAtOnce('processing'),
    },
  },
}
