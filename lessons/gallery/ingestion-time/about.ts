import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'clocks',
  title: { en: 'Ingestion time', zh: '摄入时间' },
  says: {
    en: 'A source of the old kind stamps each record with the clock when it reads it: nothing is ever late, and what happened out of order is in order.',
    zh: '旧式数据源在读取时用时钟给每条记录打上时间戳：永远没有迟到，原本乱序的也变得有序。',
  },
  views: ['windows', 'results'],
  at: 'stamped',
  shows: {
    stamped: {
      says: { en: 'a record has the time of the clock', zh: '记录带的是时钟的时间' },
      find: eventOf(TraceKind.WindowElement, ({ x }) => x >= 978307200000),
    },
    none: {
      says: { en: 'nobody knows that 3 s came after 9 s', zh: '没人知道 3 秒在 9 秒之后到来' },
      find: written('2 readings: 9 s 3 s'),
    },
  },
}
