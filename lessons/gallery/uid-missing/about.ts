import type { GalleryEntry } from '../../../src/trace/gallery'
import { jobBecomes } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'The missing uid', zh: '缺失的 uid' },
  says: {
    en: 'The savepoint knows the operator as “total”. The program gives it no uid any more, so its state belongs to nobody, and Flink starts nothing.',
    zh: '保存点按 “total” 认这个算子。程序不再给它 uid，状态就没有了主人，Flink 什么也不启动。',
  },
  views: ['jobs', 'log'],
  at: 'refused',
  goesWrong: true,
  shows: {
    refused: {
      says: { en: 'the job does not start', zh: '作业启动失败' },
      find: jobBecomes('FAILED', 'Cannot map checkpoint/savepoint state for operator'),
    },
  },
}
