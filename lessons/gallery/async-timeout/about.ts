import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'A request that takes too long', zh: '超时的请求' },
  says: {
    en: 'Answers take up to a second, the function waits 600 ms: then timeout is called, and says what to give instead.',
    zh: '回答最多要一秒，函数只等 600 毫秒：随后调用 timeout，由它给出替代结果。',
  },
  views: ['log', 'results'],
  at: 'timeout',
  shows: {
    timeout: { says: { en: 'a request times out', zh: '某个请求超时' }, find: eventOf(TraceKind.AsyncAnswered, ({ d }) => d === 1) },
    answered: {
      says: { en: 'others are answered in time', zh: '其他请求按时得到回答' },
      find: eventOf(TraceKind.AsyncAnswered, ({ d }) => d === 0),
    },
  },
}
