import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { jobBecomes, checkpointCompleted } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'Too large for the JobManager', zh: 'JobManager 装不下' },
  says: {
    en: 'A checkpoint in the JobManager’s memory may have 5 MB of state from each subtask. The notes of the orders grow beyond that, the checkpoint fails, and here that ends the job.',
    zh: '存放在 JobManager 内存中的检查点，每个子任务的状态最多 5 MB。订单备注超过了这个限度，检查点失败，这里作业也就结束了。',
  },
  views: ['checkpoints', 'log'],
  at: 'failed',
  goesWrong: true,
  shows: {
    good: { says: { en: 'while it is small, all is well', zh: '还小的时候一切正常' }, find: checkpointCompleted() },
    failed: { says: { en: 'a checkpoint is given up', zh: '检查点被放弃' }, find: eventOf(TraceKind.CheckpointAborted) },
    failedJob: {
      says: { en: 'and the job ends', zh: '作业随之结束' },
      find: jobBecomes('FAILED', 'Exceeded checkpoint tolerable failure threshold'),
    },
  },
}
