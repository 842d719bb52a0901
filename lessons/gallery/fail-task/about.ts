import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { restartOf, taskBecomes } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A task fails', zh: '一个任务失败' },
  says: {
    en: 'One subtask of “total” fails. It shares its region with all that exchange records with it: they are cancelled, and all begin anew from the checkpoint.',
    zh: '“total” 的一个子任务失败。与它交换记录的都属于同一区域 (region)：它们被取消，一起从检查点重新开始。',
  },
  views: ['graph', 'jobs'],
  at: 'failed',
  goesWrong: true,
  shows: {
    failed: { says: { en: 'a subtask fails', zh: '一个子任务失败' }, find: taskBecomes('FAILED') },
    region: { says: { en: 'all four restart', zh: '四个都重启' }, find: restartOf(1, (_delay, subtasks) => subtasks === 4) },
    replay: { says: { en: 'sources go back', zh: '源退回' }, find: eventOf(TraceKind.OffsetRestored) },
  },
}
