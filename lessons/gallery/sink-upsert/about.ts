import type { GalleryEntry } from '../../../src/trace/gallery'
import { restored, wroteOutsideAgain } from '../../../src/trace/galleryState'

export const about: GalleryEntry = {
  group: 'sinks',
  title: { en: 'A sink with a key', zh: '按键写入的输出' },
  says: {
    en: 'A table with a row for each shop: what is written again takes its own place, so nothing is there twice. For a while it shows totals from before the failure, then older ones, then the right ones.',
    zh: '每家店一行的表：重写的落在自己原来的位置，什么也不会重复。有一会儿它显示故障前的总额，接着是更旧的，最后才正确。',
  },
  views: ['truth', 'results'],
  at: 'again',
  shows: {
    restored: { says: { en: 'back to the checkpoint', zh: '回到检查点' }, find: restored('checkpoint') },
    again: { says: { en: 'a row is written that was there before', zh: '重写曾经写过的一行' }, find: wroteOutsideAgain() },
  },
}
