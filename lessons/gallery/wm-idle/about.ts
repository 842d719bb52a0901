import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, lateDropped, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'watermarks',
  title: { en: 'A silent partition, marked idle', zh: '静默的分区，标为空闲' },
  says: {
    en: 'One partition falls silent. After 2 s without an event it is idle and no longer holds the others; what it brings when it wakes is late.',
    zh: '一个分区不再有数据。2 秒没有事件后被标为空闲 (idle)，不再拖住其他分区；它醒来时带来的数据却已迟到。',
  },
  views: ['watermarks', 'windows'],
  at: 'idle',
  shows: {
    idle: {
      says: { en: 'the silent partition becomes idle', zh: '静默的分区变为空闲' },
      find: eventOf(TraceKind.SplitStatus, ({ c }) => c === 1),
    },
    goes: { says: { en: 'the watermark goes on', zh: '水位线继续前进' }, find: written('north [0 s, 10 s): 3') },
    late: { says: { en: 'what the sleeper brings is late', zh: '醒来者带来的数据迟到' }, find: lateDropped() },
  },
}
