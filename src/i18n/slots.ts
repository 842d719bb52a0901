/** The Slots view: TaskManagers, their slots, who shares them, and how many a job needs. */
export const slotsView = {
  label: { en: 'TaskManagers and their slots', zh: 'TaskManager 及其任务槽 (slot)' },
  stage: { en: 'TaskManagers', zh: 'TaskManager' },
  slot: { en: 'slot {slot}', zh: '槽 {slot}' },
  slotName: { en: '{host}, slot {slot}', zh: '{host}，槽 {slot}' },
  free: { en: 'free', zh: '空闲' },
  moreFree: { en: '{count} more free slots', zh: '另有 {count} 个空闲槽' },
  kept: { en: 'kept by “{job}”', zh: '由“{job}”保留' },
  group: { en: 'group {group}', zh: '共享组 {group}' },
  subtask: { en: '{task} #{subtask}', zh: '{task} #{subtask}' },
  attempt: { en: 'attempt {attempt}', zh: '第 {attempt} 次尝试' },
  threads: { en: '{count} threads', zh: '{count} 个线程' },
  thread1: { en: '1 thread', zh: '1 个线程' },
  usedOf: { en: '{used} of {total} slots', zh: '{used} / {total} 个槽' },
  lost: { en: 'lost at {time}', zh: '{time} 丢失' },
  left: { en: 'left at {time}', zh: '{time} 离开' },
  notYet: { en: 'has not registered yet', zh: '尚未注册' },
  comes: { en: 'starts at {time}', zh: '{time} 启动' },
  since: { en: 'since {time}', zh: '自 {time} 起' },
  stop: { en: 'Stop {name}', zh: '停止 {name}' },
  stopHint: {
    en: 'Stop {name} at this moment: drag it away, or press this. What runs on it fails.',
    zh: '在此刻停止 {name}：拖走它，或按此按钮。其上运行的任务会失败。',
  },
  start: { en: '＋ TaskManager', zh: '＋ TaskManager' },
  startHint: { en: 'Start one more TaskManager at this moment', zh: '在此刻再启动一个 TaskManager' },
  dropHere: { en: 'Let go here: {name} stops at {time}', zh: '在此松开：{name} 将在 {time} 停止' },
  none: { en: 'There is no TaskManager at this moment.', zh: '此刻没有 TaskManager。' },

  // Waiting
  waiting: { en: 'Waiting for slots', zh: '等待任务槽' },
  waits1: { en: '1 slot for group {group}', zh: '共享组 {group} 还缺 1 个槽' },
  waits: { en: '{count} slots for group {group}', zh: '共享组 {group} 还缺 {count} 个槽' },
  waitsSince: { en: 'since {time}', zh: '自 {time} 起' },
  givesUp: { en: 'gives up at {time} ({key})', zh: '{time} 放弃（{key}）' },
  takesLess: { en: 'takes what there is at {time} at the latest ({key})', zh: '最迟在 {time} 使用现有资源（{key}）' },
  wanted: { en: 'wanted', zh: '所需' },

  // The arithmetic (S-1)
  arithmetic: { en: 'How many slots, and why', zh: '需要多少任务槽，为什么' },
  needs: { en: '“{job}” needs {slots}', zh: '“{job}”需要 {slots}' },
  needed: { en: '“{job}” needed {slots}; it is {status}', zh: '“{job}”曾需要 {slots}，现在是 {status}' },
  willNeed: { en: '“{job}” will need {slots}; it is not submitted yet', zh: '“{job}”将需要 {slots}，尚未提交' },
  slots: { en: '{count} slots', zh: '{count} 个任务槽 (slot)' },
  slot1: { en: '1 slot', zh: '1 个任务槽 (slot)' },
  groupOfMany: {
    en: 'Group {group}: one subtask of each task fits into a slot, so the highest parallelism among its tasks decides: max({list}) = {highest} ({task}).',
    zh: '共享组 {group}：一个槽可容纳每个任务的一个子任务 (subtask)，因此取其中最高的并行度：max({list}) = {highest}（{task}）。',
  },
  groupOfOne: {
    en: 'Group {group}: only {task}, a slot for each of its subtasks: {highest}.',
    zh: '共享组 {group}：只有 {task}，每个子任务占一个槽：{highest}。',
  },
  sum: { en: 'Groups never share a slot: {terms} = {needed}.', zh: '不同的组不共用任务槽：{terms} = {needed}。' },
  unshared: {
    en: 'Without slot sharing each subtask would take a slot of its own: {terms} = {total}.',
    zh: '如果不共享任务槽，每个子任务各占一个：{terms} = {total}。',
  },
  wantedUsed: {
    en: 'The program asks for {wanted}; the adaptive scheduler runs it with {used}, for which there are slots ({changes}).',
    zh: '程序要求 {wanted}；自适应调度器按现有任务槽以 {used} 运行（{changes}）。',
  },
  change: { en: '{task} {wanted} → {used}', zh: '{task} {wanted} → {used}' },
  dynamic: {
    en: 'The parallelism of some tasks is decided only when their data is there.',
    zh: '部分任务的并行度要等数据就绪后才能确定。',
  },
  offersEven: { en: 'The cluster offers {managers} × {each} = {offered}', zh: '集群提供 {managers} × {each} = {offered} 个' },
  offers: { en: 'The cluster offers {offered}', zh: '集群提供 {offered} 个' },
  enough: { en: '{offers}: enough.', zh: '{offers}：足够。' },
  enoughTogether: {
    en: '{offers}, all jobs together need {terms} = {needed}: enough.',
    zh: '{offers}，所有作业共需 {terms} = {needed}：足够。',
  },
  missing: { en: '{offers}: {missing} too few.', zh: '{offers}：缺少 {missing} 个。' },
  missingTogether: {
    en: '{offers}, all jobs together need {terms} = {needed}: {missing} too few.',
    zh: '{offers}，所有作业共需 {terms} = {needed}：缺少 {missing} 个。',
  },
  over: { en: '{offers}; no job needs any now.', zh: '{offers}；目前没有作业需要任务槽。' },
  filled: {
    en: 'Slots were taken from one TaskManager after the other, in the order in which they registered ({key}: {value}).',
    zh: '任务槽按 TaskManager 的注册顺序逐个占用（{key}: {value}）。',
  },
  spread: {
    en: 'Slots were taken where the smallest share was in use, so they are spread over the TaskManagers ({key}: {value}).',
    zh: '任务槽优先从占用比例最小的 TaskManager 取用，因此均匀分布（{key}: {value}）。',
  },

  // Legend and table
  groups: { en: 'Slot sharing groups', zh: '槽位共享组 (slot sharing group)' },
  tableHost: { en: 'TaskManager', zh: 'TaskManager' },
  tableSlot: { en: 'slot', zh: '槽' },
  tableJob: { en: 'job', zh: '作业' },
  tableGroup: { en: 'group', zh: '共享组' },
  tableSubtasks: { en: 'subtasks', zh: '子任务' },
  busy: { en: 'busy {busy} %', zh: '忙碌 {busy}%' },
} as const
