import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { transaction, wroteOutside } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'sinks',
  title: { en: 'A sink that waits', zh: '会等待的输出' },
  says: {
    en: 'Two-phase commit: what is written becomes visible when the checkpoint behind it is complete. What was open at the failure is aborted, and written again.',
    zh: '两阶段提交：写出的内容要等其后的检查点完成才可见。故障时尚未提交的被放弃，再写一遍。',
  },
  views: ['truth', 'checkpoints'],
  at: 'aborted',
  shows: {
    begun: { says: { en: 'a transaction begins', zh: '事务开始' }, find: transaction('begun') },
    written: { says: { en: 'it takes totals that nobody sees', zh: '写入还没人看得见的总额' }, find: wroteOutside('in a transaction') },
    preCommitted: { says: { en: 'at the barrier it is pre-committed', zh: '屏障到来时预提交' }, find: transaction('pre-committed') },
    committed: {
      says: { en: 'and committed when the checkpoint is complete', zh: '检查点完成时提交' },
      find: eventOf(TraceKind.ExternalCommitted),
    },
    aborted: {
      says: { en: 'the one that was open at the failure is aborted', zh: '故障时未提交的被放弃' },
      find: eventOf(TraceKind.ExternalAborted),
    },
  },
}
