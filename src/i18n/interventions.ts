/** A person's hand on the cluster: what can be done to it, when, and taken back. */
export const interventions = {
  title: { en: 'Interventions', zh: '干预' },
  none: {
    en: 'None. Drag a TaskManager away in Slots, right-click a thing in the picture, or add one here.',
    zh: '暂无。可在“任务槽”视图中拖走一个 TaskManager、在图中右键单击某个对象，或在此添加。',
  },
  seconds: { en: 'Time of intervention {number}, seconds', zh: '干预 {number} 的时刻（秒）' },
  go: { en: 'Go to this moment', zh: '跳到这一时刻' },
  remove: { en: 'Delete intervention {number}', zh: '删除干预 {number}' },
  add: { en: 'Add', zh: '添加' },
  addWhat: { en: 'What to add', zh: '要添加的干预' },
  hostOf: { en: 'TaskManager of intervention {number}', zh: '干预 {number} 的 TaskManager' },
  costOf: { en: 'Cost of a record after intervention {number}, µs', zh: '干预 {number} 之后每条记录的开销（微秒）' },
  jobOf: { en: 'Job of intervention {number}', zh: '干预 {number} 的作业' },

  // What it does
  start: { en: 'start one more TaskManager', zh: '再启动一个 TaskManager' },
  stop: { en: 'stop', zh: '停止' },
  stopOne: { en: 'Stop {name}', zh: '停止 {name}' },
  startOne: { en: 'Start one more TaskManager', zh: '再启动一个 TaskManager' },
  cancel: { en: 'cancel', zh: '取消' },
  cancelOne: { en: 'Cancel “{job}”', zh: '取消“{job}”' },
  slow: { en: '{thing}: a record costs', zh: '{thing}：每条记录的开销' },
  slowOne: { en: 'Slow {thing} down: {cost} a record', zh: '让 {thing} 变慢：每条记录 {cost}' },
  restoreOne: { en: '{thing} as it was: {cost} a record', zh: '{thing} 恢复原速：每条记录 {cost}' },
  silence: { en: '{partition} falls silent', zh: '{partition} 沉默' },
  delay: { en: '{partition}: {by} late', zh: '{partition}：晚到 {by}' },
  clockRun: { en: 'clock {forward} forward, running', zh: '时钟拨快 {forward}，继续走动' },
  clockStand: { en: 'clock {forward} forward, standing', zh: '时钟拨快 {forward}，停住' },
  jobNumber: { en: 'job {number}', zh: '作业 {number}' },

  // Done
  stopped: { en: '{name} stops at {time}.', zh: '{name} 将在 {time} 停止。' },
  started: { en: 'One more TaskManager starts at {time}.', zh: '{time} 将再启动一个 TaskManager。' },
  cancelled: { en: '“{job}” is cancelled at {time}.', zh: '“{job}”将在 {time} 被取消。' },
  slowed: { en: '{thing}: {cost} a record from {time} on.', zh: '{thing}：从 {time} 起每条记录 {cost}。' },
  silenced: { en: '{partition} falls silent at {time}.', zh: '{partition} 将在 {time} 沉默。' },
  delayed: {
    en: 'What is written to {partition} comes {by} later from {time} on.',
    zh: '从 {time} 起，写入 {partition} 的数据晚到 {by}。',
  },
  clockRuns: {
    en: 'The processing-time clock: {forward} forward at {time}, and running.',
    zh: '处理时间时钟在 {time} 拨快 {forward}，并继续走动。',
  },
  clockStands: {
    en: 'The processing-time clock: {forward} forward at {time}, and standing.',
    zh: '处理时间时钟在 {time} 拨快 {forward}，并停住。',
  },

  // Menu and key
  menu: { en: 'Interventions at {time}', zh: '在 {time} 进行干预' },
  keyStop: {
    en: 'then a click on a TaskManager, slot or subtask: stop that TaskManager',
    zh: '再单击 TaskManager、任务槽或子任务：停止该 TaskManager',
  },
  armed: { en: 'Click a TaskManager to stop it at {time}.', zh: '单击一个 TaskManager，它将在 {time} 停止。' },
  never: { en: 'Never mind', zh: '算了' },
  paletteStop: { en: 'Stop a TaskManager …', zh: '停止一个 TaskManager…' },
} as const
