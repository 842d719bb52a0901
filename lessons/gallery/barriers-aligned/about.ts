import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { checkpointCompleted } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'checkpoints',
  title: { en: 'Aligned barriers', zh: '对齐的屏障' },
  says: {
    en: 'One barrier stands in a queue of slow records. Until it is there too, “total” takes nothing from the quick channel: what comes behind a barrier must not get into the snapshot.',
    zh: '一个屏障 (barrier) 排在慢记录的队列里。它到来之前，“total” 不从快的通道取任何东西：屏障之后的记录不能混进快照。',
  },
  views: ['graph', 'checkpoints'],
  at: 'blocked',
  shows: {
    blocked: { says: { en: 'the quick channel is blocked', zh: '快的通道被阻塞' }, find: eventOf(TraceKind.ChannelBlocked) },
    aligned: {
      says: { en: 'more than a second later all barriers are there', zh: '一秒多之后所有屏障到齐' },
      find: eventOf(TraceKind.AlignmentEnded, ({ b, x }) => b === 0 && x > 1e6),
    },
    complete: { says: { en: 'and the checkpoint completes', zh: '检查点完成' }, find: checkpointCompleted() },
  },
}
