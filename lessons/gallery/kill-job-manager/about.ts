import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { after } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'The JobManager dies', zh: 'JobManager 死亡' },
  says: {
    en: 'Without high availability nobody remembers the job or its checkpoints: its program is submitted again, and begins from nothing.',
    zh: '没有高可用时，谁也不记得作业和它的检查点：程序重新提交，从零开始。',
  },
  views: ['jobs', 'log'],
  at: 'anew',
  shows: {
    died: { says: { en: 'it dies', zh: '它死了' }, find: eventOf(TraceKind.JobManagerDied) },
    started: {
      says: { en: 'another one starts', zh: '另一个启动' },
      find: after(eventOf(TraceKind.JobManagerDied), TraceKind.JobManagerStarted),
    },
    anew: {
      says: { en: 'and the first order is read again', zh: '又从第一个订单读起' },
      find: after(eventOf(TraceKind.JobManagerDied), TraceKind.SourceRecord, ({ d }) => d === 0),
    },
  },
}
