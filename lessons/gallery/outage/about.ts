import type { GalleryEntry } from '../../../src/trace/gallery'
import { taskBecomes, after, restored } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'The outside is not there', zh: '外部系统停机' },
  says: {
    en: 'The topic that the job writes to answers nothing for 3 s. A write fails, the job with it, until the topic is back; then it goes on from the checkpoint.',
    zh: '作业要写的主题停机 3 秒。写入失败，作业也随之失败，直到主题恢复，再从检查点继续。',
  },
  views: ['jobs', 'truth'],
  at: 'failed',
  goesWrong: true,
  shows: {
    failed: { says: { en: 'a task fails', zh: '一个任务失败' }, find: taskBecomes('FAILED') },
    restored: { says: { en: 'the job goes back', zh: '作业退回' }, find: restored('checkpoint') },
    on: {
      says: { en: 'and writes again', zh: '又能写入' },
      find: after(taskBecomes('FAILED'), TraceKind.ExternalWrote, ({ time }) => time >= 7e6),
    },
  },
}
