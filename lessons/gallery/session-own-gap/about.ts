import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'windows',
  title: { en: 'A gap for each element', zh: '每条记录自带间隔' },
  says: {
    en: 'A session’s gap may depend on the element: here a film keeps its session open for longer than a song does.',
    zh: '会话的间隔可以由元素决定：这里一部电影让会话保持的时间比一首歌更长。',
  },
  views: ['windows', 'results'],
  at: 'film',
  shows: {
    song: { says: { en: 'after a song the session ends soon', zh: '听歌之后会话很快结束' }, find: written('ann [1 s, 8 s): 2') },
    film: { says: { en: 'after a film it lasts', zh: '看电影之后会话持续更久' }, find: written('ann [12 s, 33 s): 3') },
  },
}
