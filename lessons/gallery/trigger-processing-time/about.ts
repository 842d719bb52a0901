import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'clocks',
  title: { en: 'Windows of the clock', zh: '时钟的窗口' },
  says: {
    en: 'A processing-time window takes what arrives while the clock is in it, whatever the event’s own time; what is open at the end of the input never fires.',
    zh: '处理时间窗口收取时钟处于其中时到达的数据，不看事件自身的时间；输入结束时仍打开的窗口不会触发。',
  },
  views: ['windows', 'results'],
  at: 'fires',
  shows: {
    fires: { says: { en: 'the clock fires the window', zh: '时钟使窗口触发' }, find: eventOf(TraceKind.WindowTrigger, ({ d }) => d === 2) },
    open: {
      says: { en: 'the input ends while a window is open', zh: '输入结束时仍有窗口打开' },
      find: eventOf(TraceKind.EndOfInput, ({ a }) => a >= 0),
    },
  },
}
