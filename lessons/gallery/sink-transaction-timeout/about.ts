import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { wroteOutside } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'sinks',
  title: { en: 'A transaction that waited too long', zh: '等得太久的事务' },
  says: {
    en: 'The topic aborts a transaction after 3 s. The job is down for longer than that between pre-commit and commit: the totals are lost although their checkpoint is complete.',
    zh: '主题会在 3 秒后放弃事务。作业恰好在预提交和提交之间停了更久：检查点虽已完成，总额却丢了。',
  },
  views: ['truth', 'log'],
  at: 'timedOut',
  shows: {
    written: { says: { en: 'totals are written', zh: '写入总额' }, find: wroteOutside('in a transaction') },
    timedOut: {
      says: { en: 'the topic aborts the transaction', zh: '主题放弃事务' },
      find: eventOf(TraceKind.ExternalAborted, ({ c }) => c === 1),
    },
  },
}
