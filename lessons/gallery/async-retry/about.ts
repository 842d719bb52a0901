import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'Asking again', zh: '重试' },
  says: {
    en: 'Half of the requests fail. A retry strategy asks again, up to three times, 200 ms later each.',
    zh: '一半的请求失败。重试策略每隔 200 毫秒再问一次，至多三次。',
  },
  views: ['log', 'results'],
  at: 'again',
  shows: {
    again: { says: { en: 'a request is made once more', zh: '请求再次发出' }, find: eventOf(TraceKind.AsyncAnswered, ({ d }) => d === 3) },
    all: { says: { en: 'the last is answered as well', zh: '最后一条也得到回答' }, find: written('8 ann Lima') },
  },
}
