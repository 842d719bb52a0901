import type { GalleryEntry } from '../../../src/trace/gallery'
import { written } from '../../../src/trace/gallery'

export const about: GalleryEntry = {
  group: 'triggers',
  title: { en: 'Early results by event time', zh: '按事件时间提前输出' },
  says: {
    en: 'ContinuousEventTimeTrigger fires every 4 s of event time until the window ends: preliminary results, each with all that is there.',
    zh: 'ContinuousEventTimeTrigger 每过 4 秒事件时间触发一次，直到窗口结束：给出阶段性结果，每次都含已有的全部内容。',
  },
  views: ['windows', 'results'],
  at: 'early',
  shows: {
    early: { says: { en: 'an early result', zh: '提前的结果' }, find: written('tea [0 s, 10 s): 1 + 2 + 4') },
    last: { says: { en: 'the whole at the end', zh: '结束时的完整结果' }, find: written('tea [0 s, 10 s): 1 + 2 + 4 + 8') },
  },
}
