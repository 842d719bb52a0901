import type { GalleryEntry } from '../../../src/trace/gallery'
import { checkpointCompleted } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'Three backends: memory', zh: '三种状态后端之一：内存' },
  says: {
    en: 'MemoryStateBackend: state is objects on the heap, and a checkpoint goes to the JobManager’s memory. No file is written. The same job as with the other two, but for one line.',
    zh: 'MemoryStateBackend：状态是堆上的对象，检查点放进 JobManager 的内存，不写任何文件。与另外两个场景是同一个作业，只差一行。',
  },
  views: ['checkpoints', 'log'],
  at: 'complete',
  shows: {
    complete: {
      says: { en: 'a checkpoint that lies in the JobManager', zh: '检查点存放在 JobManager 中' },
      find: checkpointCompleted(({ path }) => path === null),
    },
  },
}
