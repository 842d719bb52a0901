import type { GalleryEntry } from '../../../src/trace/gallery'
import { checkpointCompleted, checkpointAborted, after } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A slow disk', zh: '慢磁盘' },
  says: {
    en: 'The file system takes 2 s for each answer. The job runs on, its checkpoints take too long and expire; when the disk is well again they complete.',
    zh: '文件系统每次都要 2 秒才有回应。作业照常运行，检查点却超时失效；磁盘恢复之后又能完成。',
  },
  views: ['checkpoints', 'log'],
  at: 'expired',
  shows: {
    good: { says: { en: 'a checkpoint completes', zh: '一个检查点完成' }, find: checkpointCompleted() },
    expired: { says: { en: 'one expires', zh: '一个超时失效' }, find: checkpointAborted('CHECKPOINT_EXPIRED') },
    again: {
      says: { en: 'and one completes again', zh: '又有一个完成' },
      find: after(checkpointAborted('CHECKPOINT_EXPIRED'), TraceKind.CheckpointCompleted),
    },
  },
}
