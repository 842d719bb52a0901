import type { Text } from '.'

/** The gallery of ready scenarios; what each says of itself lies in its folder. */
export const gallery = {
  title: { en: 'Gallery', zh: '示例库' },
  open: { en: 'Ready scenarios…', zh: '现成的场景…' },
  about: {
    en: 'Small programs with a few events each, one for every mechanism. They run at once and stop where the thing happens.',
    zh: '小程序，每个只有几条事件，每种机制一个。它们立即运行，并停在该现象发生之处。',
  },
  search: { en: 'Search', zh: '搜索' },
  none: { en: 'Nothing has “{text}”.', zh: '没有包含“{text}”的场景。' },
  orStart: { en: 'Or begin with one of these:', zh: '或者从以下场景之一开始：' },
} as const

/** Topics, as they are listed. */
export const galleryGroups: Readonly<Record<string, Text>> = {
  windows: { en: 'Windows', zh: '窗口 (window)' },
  triggers: { en: 'Triggers', zh: '触发器 (trigger)' },
  evictors: { en: 'Evictors', zh: '移除器 (evictor)' },
  late: { en: 'Late data', zh: '迟到数据 (late data)' },
  timers: { en: 'Timers', zh: '定时器 (timer)' },
  joins: { en: 'Joins and other streams', zh: '连接与多条流 (join)' },
  watermarks: { en: 'Watermarks', zh: '水位线 (watermark)' },
  state: { en: 'State and savepoints', zh: '状态与保存点 (savepoint)' },
  checkpoints: { en: 'Checkpoints', zh: '检查点 (checkpoint)' },
  sinks: { en: 'Sinks and what they commit', zh: '输出与提交 (sink)' },
  failures: { en: 'Failures', zh: '故障' },
  restarts: { en: 'Restart strategies', zh: '重启策略 (restart strategy)' },
  pressure: { en: 'Back-pressure', zh: '反压 (back-pressure)' },
  clocks: { en: 'Processing and ingestion time', zh: '处理时间与摄入时间' },
}
