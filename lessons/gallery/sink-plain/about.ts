import type { GalleryEntry } from '../../../src/trace/gallery'
import { restored, wroteOutside, wroteOutsideAgain } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'sinks',
  title: { en: 'A sink that forgets nothing', zh: '写出去就收不回的输出' },
  says: {
    en: 'What is written is visible at once. After a failure the job goes back to its checkpoint and writes the totals behind it again: at least once.',
    zh: '写出去立即可见。故障后作业回到检查点，把其后的总额又写一遍：至少一次。',
  },
  views: ['truth', 'results'],
  at: 'again',
  shows: {
    first: { says: { en: 'visible at once', zh: '立即可见' }, find: wroteOutside('at once') },
    restored: { says: { en: 'back to the checkpoint', zh: '回到检查点' }, find: restored('checkpoint') },
    again: { says: { en: 'the same total once more', zh: '同一个总额又写一次' }, find: wroteOutsideAgain() },
  },
}
