import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { jobBecomes, fileFailed, restored } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A broken disk', zh: '坏磁盘' },
  says: {
    en: 'Each write fails. Two checkpoints in a row may fail here; with the third the job restarts, and reads its state from what was written before.',
    zh: '每次写入都失败。这里容许检查点连续失败两次；第三次失败，作业重启，从之前写好的文件读回状态。',
  },
  views: ['checkpoints', 'jobs'],
  at: 'restart',
  goesWrong: true,
  shows: {
    failed: { says: { en: 'a write fails', zh: '写入失败' }, find: fileFailed('failing') },
    second: {
      says: { en: 'the second checkpoint that fails is tolerated', zh: '第二次失败的检查点仍被容许' },
      find: eventOf(TraceKind.CheckpointAborted, ({ d }) => d === 2),
    },
    restart: {
      says: { en: 'the third is not', zh: '第三次不行' },
      find: jobBecomes('RESTARTING', 'Exceeded checkpoint tolerable failure threshold'),
    },
    restored: { says: { en: 'the job goes back to the last one', zh: '作业回到最后一个检查点' }, find: restored('checkpoint') },
  },
}
