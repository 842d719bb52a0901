import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { checkpointCompleted, fileWritten } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'Only what is new', zh: '只上传新增部分' },
  says: {
    en: 'Incremental checkpoints of RocksDB: files that do not change are uploaded once and shared by all checkpoints that need them, until the last of those goes.',
    zh: 'RocksDB 的增量检查点：不再变化的文件只上传一次，由需要它的所有检查点共享，直到其中最后一个被删除。',
  },
  views: ['checkpoints', 'state'],
  at: 'less',
  shows: {
    shared: { says: { en: 'a file that checkpoints share', zh: '检查点共享的文件' }, find: fileWritten('/shared/') },
    less: {
      says: { en: 'a checkpoint uploads less than half of what it holds', zh: '检查点上传的不到它包含的一半' },
      find: checkpointCompleted(({ fullSize, metadataSize }, uploaded) => 2 * uploaded < fullSize - metadataSize),
    },
    compacted: {
      says: { en: 'files become one; the old ones live on in checkpoints', zh: '多个文件合并成一个，旧文件仍留在检查点里' },
      find: eventOf(TraceKind.SstFileDropped),
    },
  },
}
