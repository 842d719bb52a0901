import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'Rules for everybody', zh: '广播给所有子任务的规则' },
  says: {
    en: 'A broadcast stream goes to every subtask and is kept in broadcast state; the keyed side may read it, and only read.',
    zh: '广播流送到每个子任务，存入广播状态；带键的一侧可以读它，但只能读。',
  },
  views: ['graph', 'results'],
  at: 'alert',
  shows: {
    alert: { says: { en: 'an order above the limit that holds now', zh: '超过当前上限的订单' }, find: written('ann: 7 is above 5') },
    changed: { says: { en: 'after the limit was raised, 7 is fine', zh: '上限提高之后 7 没有问题' }, find: written('ann: 7 is fine') },
  },
}
