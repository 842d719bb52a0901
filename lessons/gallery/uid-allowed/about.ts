import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { restored } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'state',
  title: { en: 'State that is left behind', zh: '被抛下的状态' },
  says: {
    en: 'The same with --allowNonRestoredState: the job starts, its sources go on where they stopped, and the totals begin anew. Nothing says so again.',
    zh: '同样的情形加上 --allowNonRestoredState：作业启动，源从停下的地方接着读，总额却从头累计，而且再无提示。',
  },
  views: ['results', 'log'],
  at: 'anew',
  shows: {
    start: { says: { en: 'the job starts from the savepoint', zh: '作业从保存点启动' }, find: restored('path') },
    offset: { says: { en: 'sources go on', zh: '源继续读取' }, find: eventOf(TraceKind.OffsetRestored, ({ c }) => c > 0) },
    anew: { says: { en: 'a total begins anew', zh: '总额从头累计' }, find: eventOf(TraceKind.StateUpdated) },
  },
}
