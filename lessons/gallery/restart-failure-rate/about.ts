import type { GalleryEntry } from '../../../src/trace/gallery'
import { restartOf, noRestart } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'restarts',
  title: { en: 'Failure rate', zh: '失败率' },
  says: {
    en: 'At most two failures within 5 s are borne. Three come too quickly, one after the other: the job ends.',
    zh: '5 秒之内最多容忍两次失败。接连来了三次，太快了：作业结束。',
  },
  views: ['jobs', 'log'],
  at: 'refused',
  goesWrong: true,
  shows: {
    second: { says: { en: 'the second is borne', zh: '第二次尚可容忍' }, find: restartOf(2) },
    refused: { says: { en: 'the third within 5 s is not', zh: '5 秒内的第三次不行' }, find: noRestart() },
  },
}
