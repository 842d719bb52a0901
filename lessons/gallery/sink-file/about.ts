import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { restored } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'sinks',
  title: { en: 'Files that are not finished', zh: '未完成的文件' },
  says: {
    en: 'FileSink writes to files whose names begin with a dot. At a checkpoint they are closed, and given their name when it is complete; what was behind it when the task failed nobody reads.',
    zh: 'FileSink 写入名字以点开头的文件。做检查点时关闭它们，检查点完成后才给出正式名字；任务失败时检查点之后写的，没有人会读到。',
  },
  views: ['truth', 'log'],
  at: 'committed',
  shows: {
    pending: { says: { en: 'a part file is closed', zh: '分片文件关闭' }, find: eventOf(TraceKind.TransactionMoved, ({ c }) => c === 1) },
    committed: { says: { en: 'it gets its name', zh: '获得正式名字' }, find: eventOf(TraceKind.ExternalCommitted) },
    restored: { says: { en: 'after the failure', zh: '故障之后' }, find: restored('checkpoint') },
  },
}
