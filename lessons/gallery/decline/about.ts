import type { GalleryEntry } from '../../../src/trace/gallery'
import { eventOf } from '../../../src/trace/gallery'
import { after } from '../../../src/trace/galleryState'
import { TraceKind } from '../../../src/trace/kinds'

export const about: GalleryEntry = {
  group: 'failures',
  title: { en: 'A subtask that declines', zh: '拒绝快照的子任务' },
  says: {
    en: 'One subtask declines each checkpoint for a while, so none completes: what is acknowledged by all others does not count.',
    zh: '一个子任务有一阵子拒绝每个检查点，于是没有一个完成：其他子任务全都确认了也不算数。',
  },
  views: ['checkpoints', 'log'],
  at: 'declined',
  shows: {
    declined: { says: { en: 'a checkpoint is declined', zh: '检查点被拒绝' }, find: eventOf(TraceKind.CheckpointDeclined) },
    aborted: { says: { en: 'and given up', zh: '并被放弃' }, find: eventOf(TraceKind.CheckpointAborted) },
    again: {
      says: { en: 'later ones complete', zh: '之后的又能完成' },
      find: after(eventOf(TraceKind.CheckpointAborted), TraceKind.CheckpointCompleted),
    },
  },
}
