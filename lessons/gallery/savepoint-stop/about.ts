import type { GalleryEntry } from '../../../src/trace/gallery'
import { jobBecomes, fileWritten, savepoint } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'Stop with a savepoint', zh: '带保存点停止' },
  says: {
    en: '“flink stop”: a last checkpoint of all tasks, kept in a directory of one’s own, then each task ends in good order. Nothing is read behind it.',
    zh: '“flink stop”：为所有任务做最后一次快照，存入自己指定的目录，然后每个任务有序结束，此后不再读取。',
  },
  views: ['checkpoints', 'jobs'],
  at: 'taken',
  shows: {
    files: { says: { en: 'its files', zh: '它的文件' }, find: fileWritten('/savepoint-') },
    taken: { says: { en: 'the savepoint is there', zh: '保存点已完成' }, find: savepoint('stop-with-savepoint') },
    finished: { says: { en: 'the job ends', zh: '作业结束' }, find: jobBecomes('FINISHED') },
  },
}
