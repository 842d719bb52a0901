import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { after } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'The JobManager dies, with high availability', zh: 'JobManager 死亡，有高可用' },
  says: {
    en: 'The next leader finds the job and its latest checkpoint where they were kept, and goes on from there.',
    zh: '下一个主节点在保存处找到作业和最近的检查点，从那里继续。',
  },
  views: ['jobs', 'checkpoints'],
  at: 'restored',
  shows: {
    died: { says: { en: 'it dies', zh: '它死了' }, find: eventOf(TraceKind.JobManagerDied) },
    started: {
      says: { en: 'the next leader', zh: '下一个主节点' },
      find: after(eventOf(TraceKind.JobManagerDied), TraceKind.JobManagerStarted, ({ b }) => b === 1),
    },
    restored: {
      says: { en: 'goes on from the checkpoint', zh: '从检查点继续' },
      find: after(eventOf(TraceKind.JobManagerDied), TraceKind.JobRestored, ({ b }) => b > 0),
    },
  },
}
