import type { GalleryEntry } from '../../../src/trace/gallery'
import { timerDeleted, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'timers',
  title: { en: 'A timer that is deleted', zh: '被删除的定时器' },
  says: {
    en: 'An order sets a timer, its payment deletes it: only orders that nobody paid for are reported.',
    zh: '下单设定时器，付款把它删除：只报告没人付款的订单。',
  },
  views: ['timers', 'log'],
  at: 'unpaid',
  shows: {
    deleted: { says: { en: 'the payment deletes the timer', zh: '付款删除定时器' }, find: timerDeleted() },
    unpaid: { says: { en: 'an order that nobody paid for', zh: '没人付款的订单' }, find: written('bob has not paid') },
  },
}
