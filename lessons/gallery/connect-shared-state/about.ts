import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'Two streams, one state', zh: '两条流，一份状态' },
  says: {
    en: 'A connected function has both streams of a key, and state that they share: a rate from one is used for orders of the other.',
    zh: 'connect 之后的函数拿到同一个键的两条流，以及它们共享的状态：一条流的价格用于另一条流的订单。',
  },
  views: ['graph', 'results'],
  at: 'price',
  shows: {
    before: { says: { en: 'an order before any rate', zh: '还没有价格时的订单' }, find: written('no rate for eur yet') },
    price: { says: { en: 'a rate from the other stream', zh: '来自另一条流的价格' }, find: written('4 eur are 8') },
    newer: { says: { en: 'a newer rate', zh: '更新的价格' }, find: written('2 eur are 6') },
  },
}
