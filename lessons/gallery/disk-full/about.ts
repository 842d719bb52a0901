import type { GalleryEntry } from '../../../src/trace/gallery'
import { jobBecomes, after, fileFailed } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A full disk', zh: '磁盘已满' },
  says: {
    en: 'No byte fits any more: checkpoints fail, and as none may fail here, the job restarts from the last good one, again and again until there is room.',
    zh: '再也放不下一个字节：检查点失败。这里不容许任何一次失败，于是作业一再从最后一个好的检查点重启，直到腾出空间。',
  },
  views: ['checkpoints', 'jobs', 'log'],
  at: 'full',
  goesWrong: true,
  shows: {
    full: { says: { en: 'a file does not fit', zh: '文件放不下' }, find: fileFailed('full') },
    restart: { says: { en: 'the job restarts', zh: '作业重启' }, find: jobBecomes('RESTARTING') },
    again: {
      says: { en: 'there is room: a checkpoint completes', zh: '有空间了：检查点完成' },
      find: after(fileFailed('full'), TraceKind.CheckpointCompleted),
    },
  },
}
