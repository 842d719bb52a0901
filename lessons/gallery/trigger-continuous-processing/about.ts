import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'Early results by the clock', zh: '按时钟提前输出' },
  says: {
    en: 'ContinuousProcessingTimeTrigger fires every second of the clock, whatever the watermark says. It replaces the default: nothing fires for the watermark.',
    zh: 'ContinuousProcessingTimeTrigger 每过一秒时钟时间触发，与水位线无关。它取代了默认触发器：水位线不再引起触发。',
  },
  views: ['windows', 'results'],
  at: 'early',
  shows: {
    early: {
      says: { en: 'a timer of the clock fires the window', zh: '时钟的定时器使窗口触发' },
      find: eventOf(TraceKind.WindowTrigger, ({ d }) => d === 2),
    },
    growing: { says: { en: 'later it has more', zh: '之后内容更多' }, find: written('tea [0 s, 10 s): 1 + 2 + 4 + 8') },
  },
}
