import type { GalleryEntry } from '../../../src/trace/gallery'
import { taskBecomes, restored } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A link is cut', zh: '网络断开' },
  says: {
    en: 'For 2 s nothing gets through between two TaskManagers. Whoever reads over that link fails; both go on saying to the JobManager that they are well.',
    zh: '两个 TaskManager 之间断开 2 秒。经这条连接读数据的任务失败；而两边都仍向 JobManager 报告一切正常。',
  },
  views: ['graph', 'jobs'],
  at: 'failed',
  goesWrong: true,
  shows: {
    failed: { says: { en: 'whoever reads from the other side fails', zh: '从对面读取的任务失败' }, find: taskBecomes('FAILED') },
    restored: { says: { en: 'and all go back to the checkpoint', zh: '全部回到检查点' }, find: restored('checkpoint') },
  },
}
