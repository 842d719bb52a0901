import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'watermarks',
  title: { en: 'A watermark for each partition', zh: '每个分区各有水位线' },
  says: {
    en: 'One source subtask reads two partitions, each in order by itself. Each has its own generator, the subtask emits the least: nothing is late, though together they are out of order.',
    zh: '一个源子任务读两个分区，各自内部有序。每个分区有自己的生成器，子任务发出其中最小者：合起来虽然乱序，却没有迟到。',
  },
  views: ['watermarks', 'windows'],
  at: 'least',
  shows: {
    ahead: {
      says: { en: 'one partition is ahead', zh: '一个分区走在前面' },
      find: eventOf(TraceKind.SplitWatermark, ({ x }) => x === 23999),
    },
    least: {
      says: { en: 'what is emitted is the least of the two', zh: '发出的是两者中较小的' },
      find: eventOf(TraceKind.WatermarkEmitted, ({ x }) => x === 11999),
    },
    nothing: { says: { en: 'nothing was late', zh: '没有迟到' }, find: written('south [0 s, 10 s): 4') },
  },
}
