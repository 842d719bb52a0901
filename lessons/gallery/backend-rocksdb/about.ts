import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { checkpointCompleted } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'Three backends: RocksDB', zh: '三种状态后端之三：RocksDB' },
  says: {
    en: 'RocksDBStateBackend: state is bytes, serialised at each access, first in a memtable and then in files of the TaskManager’s disk. It can be larger than memory, and each access costs more.',
    zh: 'RocksDBStateBackend：状态是字节，每次访问都要序列化，先进内存表，再进 TaskManager 磁盘上的文件。它可以大于内存，但每次访问更贵。',
  },
  views: ['state', 'checkpoints'],
  at: 'complete',
  shows: {
    flush: { says: { en: 'the memtable is written to a file', zh: '内存表写成文件' }, find: eventOf(TraceKind.MemtableFlushed) },
    file: { says: { en: 'a file of RocksDB', zh: 'RocksDB 的一个文件' }, find: eventOf(TraceKind.SstFileWritten) },
    complete: { says: { en: 'a checkpoint in files', zh: '存放在文件中的检查点' }, find: checkpointCompleted(({ path }) => path !== null) },
  },
}
