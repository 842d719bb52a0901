import type { GalleryEntry } from '../../../src/trace/gallery'
import { restartOf, taskBecomes } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'restarts',
  title: { en: 'Exponential delay', zh: '指数延迟' },
  says: {
    en: 'The default with checkpoints: as often as it takes, waiting half as much longer each time, give or take a tenth, so that not all jobs come back at once.',
    zh: '做检查点时的默认策略：不限次数，每次多等一半，上下浮动一成，免得所有作业同时回来。',
  },
  views: ['jobs', 'log'],
  at: 'fourth',
  goesWrong: true,
  shows: {
    first: { says: { en: 'about 1 s at first', zh: '起初约 1 秒' }, find: restartOf(1, (delay) => delay < 1200) },
    fourth: { says: { en: 'more than 2.5 s at the fourth', zh: '第四次超过 2.5 秒' }, find: restartOf(4, (delay) => delay > 2500) },
    over: { says: { en: 'and the fifth attempt gets over it', zh: '第五次尝试挺了过去' }, find: taskBecomes('RUNNING', 5) },
  },
}
