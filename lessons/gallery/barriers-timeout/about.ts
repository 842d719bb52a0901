import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'checkpoints',
  title: { en: 'Aligned, but not for long', zh: '对齐，但不久等' },
  says: {
    en: 'With an aligned timeout of 300 ms a checkpoint begins aligned. When that takes too long, its barriers become unaligned ones and overtake.',
    zh: '对齐超时设为 300 毫秒：检查点先按对齐方式开始，等得太久，屏障就变为非对齐的，超到前面。',
  },
  views: ['graph', 'checkpoints'],
  at: 'switched',
  shows: {
    blocked: { says: { en: 'at first a channel is blocked', zh: '起初一个通道被阻塞' }, find: eventOf(TraceKind.ChannelBlocked) },
    switched: {
      says: { en: 'the time is over, the rest goes unaligned', zh: '时间已到，其余改为非对齐' },
      find: eventOf(TraceKind.AlignmentEnded, ({ b }) => b === 2),
    },
    persisted: {
      says: { en: 'records of a channel go into the checkpoint', zh: '通道里的记录进入检查点' },
      find: eventOf(TraceKind.ChannelStatePersisted, ({ c }) => c > 0),
    },
  },
}
