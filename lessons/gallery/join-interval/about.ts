import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, sideOutput, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'An interval join', zh: '区间连接 (interval join)' },
  says: {
    en: 'A payment is joined to orders at most 5 s before it, whatever windows say. What is behind the watermark goes to a side output of its side.',
    zh: '付款与它之前至多 5 秒的订单相连，与窗口无关。落后于水位线的数据进入各自一侧的侧输出。',
  },
  views: ['log', 'results'],
  at: 'late',
  shows: {
    joined: { says: { en: 'a payment 3 s after the order', zh: '下单 3 秒后的付款' }, find: written('bob ordered 3, paid 3') },
    kept: { says: { en: 'an order waits for its payments', zh: '订单等待付款' }, find: eventOf(TraceKind.JoinBuffered) },
    cleared: { says: { en: 'after 5 s it is let go', zh: '5 秒后被放掉' }, find: eventOf(TraceKind.JoinCleared) },
    late: { says: { en: 'an order that comes behind the watermark', zh: '落后于水位线的订单' }, find: sideOutput('late orders') },
  },
}
