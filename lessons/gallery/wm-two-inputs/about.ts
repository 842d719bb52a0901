import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'watermarks',
  title: { en: 'The slower of two inputs', zh: '两个输入中较慢的' },
  says: {
    en: 'An operator with two inputs stands at the lower of their watermarks: however far one is ahead, windows behind it wait for the other.',
    zh: '双输入算子的水位线取两个输入中较低者：一个走得再远，其后的窗口也要等另一个。',
  },
  views: ['watermarks', 'windows'],
  at: 'held',
  shows: {
    held: {
      says: { en: 'the fast input is ahead of the operator', zh: '快的输入领先于算子' },
      find: eventOf(TraceKind.WatermarkIn, ({ x }) => x === 31999),
    },
    fires: { says: { en: 'a window waits for the slow one', zh: '窗口等待慢的输入' }, find: written('fast [0 s, 10 s): 3') },
  },
}
