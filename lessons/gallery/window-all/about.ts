import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'windows',
  title: { en: 'One window for all keys', zh: '所有键共用的窗口' },
  says: {
    en: 'windowAll has no keys: parallelism 1, whatever the job’s is, and everything goes to one subtask.',
    zh: 'windowAll 没有键：无论作业的并行度是多少，它总是 1，全部数据汇到一个子任务。',
  },
  views: ['windows', 'graph'],
  at: 'all',
  shows: {
    all: {
      says: { en: 'clicks of all users are in one window', zh: '所有用户的点击进入同一个窗口' },
      find: written('[0 s, 10 s): ann bob cid dan'),
    },
  },
}
