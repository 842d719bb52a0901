import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { taskBecomes, restored } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A TaskManager dies', zh: 'TaskManager 突然死亡' },
  says: {
    en: '“kill -9”: nothing is said to anyone. Who read from it notices first; the JobManager misses its heartbeats, gives it up, and starts the tasks elsewhere from the checkpoint.',
    zh: '“kill -9”：没有任何告别。从它读数据的任务最先察觉；JobManager 收不到心跳，放弃它，并在别处从检查点启动任务。',
  },
  views: ['graph', 'jobs', 'slots'],
  at: 'lost',
  shows: {
    lost: {
      says: { en: 'the JobManager gives it up', zh: 'JobManager 放弃它' },
      find: eventOf(TraceKind.TaskManagerLost, ({ b }) => b === 1),
    },
    restored: { says: { en: 'and restores the job', zh: '并恢复作业' }, find: restored('checkpoint') },
    running: { says: { en: 'a new attempt runs', zh: '新的尝试开始运行' }, find: taskBecomes('RUNNING', 2) },
  },
}
