import type { GalleryEntry } from '../../../src/trace/gallery'
import { merged, written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'windows',
  title: { en: 'Two sessions become one', zh: '两个会话合并成一个' },
  says: {
    en: 'Each click is a session of its own until it touches another. A click that comes out of order closes the gap between two.',
    zh: '每次点击先自成一个会话，碰到别的会话才合并。一次乱序到来的点击补上了两个会话之间的间隔。',
  },
  views: ['windows', 'results'],
  at: 'merged',
  shows: {
    merged: { says: { en: 'a late comer merges two sessions', zh: '迟来的点击合并两个会话' }, find: merged() },
    one: { says: { en: 'what was two comes out as one', zh: '原本的两个会话作为一个输出' }, find: written('ann [1 s, 17 s): 5') },
  },
}
