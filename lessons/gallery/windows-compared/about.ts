import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'windows',
  title: { en: 'Four windows on one input', zh: '同一份输入上的四种窗口' },
  says: {
    en: 'Tumbling, sliding, session and count windows cut the same clicks: the same nine records give different results.',
    zh: '滚动、滑动、会话与计数窗口切分同一批点击：同样九条记录，结果各不相同。',
  },
  views: ['windows', 'results'],
  at: 'count',
  shows: {
    tumbling: { says: { en: 'a tumbling window fires', zh: '滚动窗口触发' }, find: written('tumbling [0 s, 10 s) ann: 3') },
    sliding: { says: { en: 'a sliding window fires', zh: '滑动窗口触发' }, find: written('sliding [-5 s, 5 s) ann: 3') },
    session: { says: { en: 'a session fires', zh: '会话窗口触发' }, find: written('session [1 s, 9 s) ann: 3') },
    count: { says: { en: 'the third click fires the count window', zh: '第三次点击使计数窗口触发' }, find: written('every 3 ann: 3') },
  },
}
