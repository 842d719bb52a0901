import type { GalleryEntry } from '../../../src/trace/gallery'
import { firedAgain, sideOutput, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'late',
  title: { en: 'Late, later, too late', zh: '迟到、更晚、太晚' },
  says: {
    en: 'A lateness of 5 s: a late order makes its window fire again; one that comes after the clean-up goes to the side output.',
    zh: '容许 5 秒迟到：迟到的订单使窗口再次触发；清理之后才来的进入侧输出。',
  },
  views: ['windows', 'results'],
  at: 'again',
  shows: {
    first: { says: { en: 'the window fires', zh: '窗口触发' }, find: written('tea [0 s, 10 s): 1 + 2') },
    again: { says: { en: 'a late order fires it again', zh: '迟到订单使其再次触发' }, find: firedAgain() },
    late: { says: { en: 'too late: to the side output', zh: '太晚：进入侧输出' }, find: sideOutput('late') },
    told: { says: { en: 'the side output is printed', zh: '侧输出被打印' }, find: written('too late: tea@9') },
  },
}
