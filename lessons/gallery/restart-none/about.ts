import type { GalleryEntry } from '../../../src/trace/gallery'
import { jobBecomes, noRestart } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'restarts',
  title: { en: 'No restart', zh: '不重启' },
  says: {
    en: 'With the strategy “none” the first failure ends the job. Without checkpoints that is the default.',
    zh: '策略为 none 时，第一次失败作业就结束。不做检查点时这就是默认。',
  },
  views: ['jobs', 'log'],
  at: 'refused',
  goesWrong: true,
  shows: {
    refused: { says: { en: 'the strategy says no', zh: '策略说不' }, find: noRestart() },
    failed: { says: { en: 'the job ends FAILED', zh: '作业以 FAILED 告终' }, find: jobBecomes('FAILED', 'NoRestartBackoffTimeStrategy') },
  },
}
