import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { restored } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'checkpoints',
  title: { en: 'At least once', zh: '至少一次' },
  says: {
    en: 'Nobody waits for the slow barrier, and the snapshot holds orders from behind the quick one. After a failure these come again: they are counted twice.',
    zh: '谁也不等慢的屏障，快照里就混进了快通道屏障之后的订单。故障之后这些订单再来一遍，被算了两次。',
  },
  views: ['results', 'graph', 'checkpoints'],
  at: 'twice',
  shows: {
    barrier: {
      says: { en: 'a barrier that blocks nothing', zh: '不阻塞任何通道的屏障' },
      find: eventOf(TraceKind.BarrierIn, ({ c }) => c === 1),
    },
    restored: { says: { en: 'after the failure the job goes back', zh: '故障后作业回到检查点' }, find: restored('checkpoint') },
    twice: { says: { en: 'a total that is too high', zh: '偏高的总额' }, find: written('ink 32') },
  },
}
