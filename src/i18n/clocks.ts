/** Two clocks: that of the machines, and that of the data. */
export const clocks = {
  processingHint: {
    en: 'Processing time: the clock of the machines. It goes by itself, or by hand: click. Now {clock}.',
    zh: '处理时间：机器的时钟。它自己走动，也可手动拨动：请单击。现在是 {clock}。',
  },
  standsHint: {
    en: 'Processing time stands at {clock}: records go on arriving, timers of the clock wait for your hand. Click.',
    zh: '处理时间停在 {clock}：记录继续到达，处理时间定时器等你拨动。请单击。',
  },
  eventHint: {
    en: 'Event time at {place}, its watermark: {raw}. It moves only by records, never by the clock. A click goes to what set it.',
    zh: '{place} 的事件时间，即其水位线 (watermark)：{raw}。它只由记录推动，与时钟无关。单击可跳到设定它的事件。',
  },
  eventNone: {
    en: 'Event time at {place}: no watermark yet. It moves only by records.',
    zh: '{place} 的事件时间：尚无水位线 (watermark)。它只由记录推动。',
  },
  everywhere: { en: 'the last of all tasks', zh: '最慢的任务' },
  stands: { en: 'stands', zh: '停住' },
  look: { en: 'Look on: event time moves only by records', zh: '往前看：事件时间只由记录推动' },
  lay: { en: 'A hand on the machines’ clock from {time} on: makes a fork', zh: '从 {time} 起拨动机器的时钟：会产生一个分支' },
  on: { en: 'Look {by} on', zh: '往前看 {by}' },
  onTimer: { en: 'Look on to the next timer of the clock', zh: '往前看到下一个处理时间定时器' },
  onAnyTimer: { en: 'Look on to the next timer of event time', zh: '往前看到下一个事件时间定时器' },
  noTimer: { en: 'No timer fires after this moment, as far as is known.', zh: '就目前所知，此刻之后没有定时器触发。' },
  crank: { en: 'Hand-crank of processing time', zh: '手动拨动处理时间' },
  crankLook: { en: 'Processing time {by} on', zh: '处理时间前进 {by}' },
  crankTimer: { en: 'To the next timer of processing time', zh: '到下一个处理时间定时器' },
  timer: { en: 'timer', zh: '定时器' },
} as const
