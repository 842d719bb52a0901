import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { wroteOutside } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'sinks',
  title: { en: 'A transaction that waited too long', zh: '等得太久的事务' },
  says: {
    en: 'The topic drops a transaction that is open for 3 s, and checkpoints come each 5 s: what is written is dropped before it can be committed. The job runs on and prints a line, no more.',
    zh: '事务打开超过 3 秒，主题就丢弃它，而检查点每 5 秒才有一次：写出的内容还没来得及提交就没了。作业照常运行，只打印一行字。',
  },
  views: ['truth', 'log'],
  at: 'timedOut',
  shows: {
    written: { says: { en: 'totals are written', zh: '写入总额' }, find: wroteOutside('in a transaction') },
    timedOut: {
      says: { en: 'the topic drops the transaction', zh: '主题丢弃事务' },
      find: eventOf(TraceKind.ExternalAborted, ({ c }) => c === 1),
    },
    told: {
      says: { en: 'at the commit a line says so', zh: '提交时打印一行说明' },
      find: eventOf(TraceKind.UserOutput, (event) => event.text().includes('its records are lost')),
    },
  },
}
