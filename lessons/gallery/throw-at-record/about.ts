import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { taskBecomes, nth } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'An exception at the tenth order', zh: '第十个订单抛出异常' },
  says: {
    en: 'The function throws at the tenth order that it gets, and once more after the restart. The third attempt gets over it.',
    zh: '函数在收到第十个订单时抛出异常，重启之后又抛一次，第三次尝试才过去。',
  },
  views: ['jobs', 'log'],
  at: 'thrown',
  goesWrong: true,
  shows: {
    thrown: { says: { en: 'it throws', zh: '抛出异常' }, find: eventOf(TraceKind.FaultStruck) },
    second: { says: { en: 'and again after the restart', zh: '重启之后又一次' }, find: nth(2, TraceKind.FaultStruck) },
    over: { says: { en: 'the third attempt', zh: '第三次尝试' }, find: taskBecomes('RUNNING', 3) },
  },
}
