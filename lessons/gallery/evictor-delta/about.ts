import type { GalleryEntry } from '../../../src/trace/gallery'
import { evicted, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'evictors',
  title: { en: 'Only what is like the newest', zh: '只留与最新元素相近的' },
  says: {
    en: 'DeltaEvictor compares every element with the newest and takes out those that differ by the threshold or more.',
    zh: 'DeltaEvictor 把每个元素与最新的比较，相差达到阈值的被移出。',
  },
  views: ['windows', 'results'],
  at: 'evicted',
  shows: {
    evicted: { says: { en: 'what differs too much is taken out', zh: '相差过大的被移出' }, find: evicted() },
    alike: { says: { en: 'what is like the newest is left', zh: '与最新的相近的留下' }, find: written('tea [0 s, 10 s): 4 + 8') },
  },
}
