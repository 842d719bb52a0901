import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf, written } from '../../../src/trace/gallery'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'windows',
  title: { en: 'A slide longer than the window', zh: '滑动步长大于窗口' },
  says: {
    en: 'Windows of 4 s that begin every 10 s: what falls between two of them is in none, and nobody says so.',
    zh: '长 4 秒、每 10 秒开始一个的窗口：落在两个窗口之间的记录不属于任何窗口，也没有任何提示。',
  },
  views: ['windows', 'log'],
  at: 'gap',
  shows: {
    inside: { says: { en: 'a record in a window counts', zh: '落在窗口内的记录被计入' }, find: written('[10 s, 14 s) ann: 2') },
    gap: {
      says: { en: 'a record between two windows is in none', zh: '两个窗口之间的记录不属于任何窗口' },
      find: eventOf(TraceKind.NoWindow, ({ x }) => x === 6000),
    },
  },
}
