import type { GalleryEntry } from '../../../src/trace/gallery'
import { outOfOrder, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'Asynchronous requests, as they come', zh: '异步请求，先到先出' },
  says: {
    en: 'unorderedWait hands each result on when its answer is there; only watermarks are not overtaken.',
    zh: 'unorderedWait 哪个答案先到就先输出哪个；只有水位线不会被越过。',
  },
  views: ['log', 'results'],
  at: 'overtakes',
  shows: {
    overtakes: { says: { en: 'a later record’s result comes first', zh: '后来记录的结果先输出' }, find: outOfOrder() },
    all: { says: { en: 'all are there in the end', zh: '最终全部到齐' }, find: written('7 dan nowhere') },
  },
}
