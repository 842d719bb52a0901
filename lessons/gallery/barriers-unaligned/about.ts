import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { checkpointCompleted } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'checkpoints',
  title: { en: 'Unaligned barriers', zh: '非对齐的屏障' },
  says: {
    en: 'The barrier overtakes what waits in the queues, and what it overtook becomes part of the checkpoint: nobody waits, and the checkpoint is larger.',
    zh: '屏障超过在队列里等待的记录，被超过的记录成为检查点的一部分：谁也不必等，只是检查点更大。',
  },
  views: ['graph', 'checkpoints'],
  at: 'persisted',
  shows: {
    persisted: {
      says: { en: 'records of a channel go into the checkpoint', zh: '通道里的记录进入检查点' },
      find: eventOf(TraceKind.ChannelStatePersisted, ({ c }) => c > 0),
    },
    complete: { says: { en: 'which is complete soon', zh: '检查点很快完成' }, find: checkpointCompleted() },
  },
}
