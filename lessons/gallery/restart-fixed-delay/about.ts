import type { GalleryEntry } from '../../../src/trace/gallery'
import { restartOf, noRestart } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'restarts',
  title: { en: 'Fixed delay', zh: '固定延迟' },
  says: {
    en: 'Three restarts, each after 1 s, whenever they are; the fourth failure ends the job. Successes in between do not count.',
    zh: '最多重启三次，每次等 1 秒，不论隔了多久；第四次失败作业结束。其间的成功不算数。',
  },
  views: ['jobs', 'log'],
  at: 'refused',
  goesWrong: true,
  shows: {
    third: {
      says: { en: 'the third restart, after 1 s as ever', zh: '第三次重启，仍等 1 秒' },
      find: restartOf(3, (delay) => delay === 1000),
    },
    refused: { says: { en: 'the fourth failure is one too many', zh: '第四次失败，超出一次' }, find: noRestart() },
  },
}
