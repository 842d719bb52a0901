import type { GalleryEntry } from '../../../src/trace/gallery'
import { answeredEarly, inFlightAtOnce, nthWritten } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'joins',
  title: { en: 'Asynchronous requests, in order', zh: '异步请求，保持顺序' },
  says: {
    en: 'A service takes 100 to 900 ms to answer. orderedWait hands results on in the order of the records: an early answer waits for those before it.',
    zh: '服务需要 100 到 900 毫秒才回答。orderedWait 按记录的顺序输出结果：先到的答案要等前面的。',
  },
  views: ['log', 'results'],
  at: 'waits',
  shows: {
    asked: { says: { en: 'several requests are under way at once', zh: '同时有多个请求在途' }, find: inFlightAtOnce(3) },
    waits: {
      says: { en: 'an answer comes before that of an earlier record', zh: '某个答案先于更早记录的答案到来' },
      find: answeredEarly(),
    },
    order: {
      says: { en: 'the eighth result is that of the eighth record', zh: '第八个结果属于第八条记录' },
      find: nthWritten(8, '8 ann Lima'),
    },
  },
}
