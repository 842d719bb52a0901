import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { restored, nth } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'From two subtasks to three', zh: '从两个子任务扩到三个' },
  says: {
    en: 'The job starts from a savepoint that two subtasks wrote, with three: key groups are dealt anew, each subtask reads the totals of its own, and they go on.',
    zh: '作业用三个子任务从两个子任务写下的保存点启动：键组重新分配，每个子任务读取归自己的总额，继续累计。',
  },
  views: ['state', 'checkpoints'],
  at: 'third',
  shows: {
    start: { says: { en: 'the job starts from the savepoint', zh: '作业从保存点启动' }, find: restored('path') },
    restored: {
      says: { en: 'a subtask has its totals', zh: '一个子任务拿到自己的总额' },
      find: eventOf(TraceKind.StateRestored, ({ c }) => c > 0),
    },
    third: { says: { en: 'all five totals are back', zh: '五个总额全部恢复' }, find: nth(5, TraceKind.StateUpdated) },
  },
}
