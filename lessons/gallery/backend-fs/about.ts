import type { GalleryEntry } from '../../../src/trace/gallery'
import { checkpointCompleted, fileWritten } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'Three backends: file system', zh: '三种状态后端之二：文件系统' },
  says: {
    en: 'FsStateBackend: state is objects on the heap as before, but each checkpoint is written to files, whole, and outlives the JobManager.',
    zh: 'FsStateBackend：状态仍是堆上的对象，但每个检查点都完整写入文件，JobManager 没了它还在。',
  },
  views: ['checkpoints', 'log'],
  at: 'metadata',
  shows: {
    state: { says: { en: 'state is written to a file of the checkpoint', zh: '状态写入检查点的文件' }, find: fileWritten('/chk-1/') },
    metadata: { says: { en: 'and a list of all of them', zh: '还有一份列出所有文件的清单' }, find: fileWritten('/chk-1/_metadata') },
    whole: {
      says: { en: 'each checkpoint uploads all state', zh: '每个检查点都上传全部状态' },
      find: checkpointCompleted(({ path, fullSize, metadataSize }, uploaded) => path !== null && uploaded + metadataSize === fullSize),
    },
  },
}
