/** The view of the network: figures have Flink's names, and are said in a sentence each. */
export const networkView = {
  job: { en: 'job', zh: '作业' },
  measure: { en: 'Shares', zh: '占比' },
  second: { en: 'last second', zh: '最近一秒' },
  dashboard: { en: 'as the dashboard', zh: '同 Flink 面板' },
  dashboardHint: {
    en: 'Means of up to 60 s, made anew each 5 s from the start of the TaskManager on. Before the first update Flink, too, says: busy.',
    zh: '最长 60 秒的均值，自 TaskManager 启动起每 5 秒更新一次。首次更新之前，Flink 同样显示为忙碌。',
  },
  updated: { en: 'updated at {time}', zh: '更新于 {time}' },
  notUpdated: {
    en: 'no update yet: before the first, at most 5 s after its start, Flink calls every task busy',
    zh: '尚未更新：首次更新（启动后至多 5 秒）之前，Flink 把所有任务都显示为忙碌',
  },
  // Who holds it up
  verdict: { en: 'Who is the bottleneck?', zh: '谁是瓶颈？' },
  bottleneck: {
    en: '{task} holds the job up: subtask {subtask} is busy {busy}, and {waiting} must wait for it.',
    zh: '{task} 拖住了作业：子任务 {subtask} 忙碌 {busy}，{waiting} 只能等它。',
  },
  bottleneckIdle: {
    en: '{task} holds the job up, although it is busy only {busy}: {waiting} must wait for it.',
    zh: '{task} 虽然只忙碌 {busy}，却拖住了作业：{waiting} 只能等它。',
  },
  cost: {
    en: 'A record costs it {cost}; in the last second it took {records} of them, and more do not fit into a second.',
    zh: '每条记录耗时 {cost}；最近一秒处理了 {records} 条，一秒内再多也处理不完。',
  },
  noRecords: {
    en: 'In the last second it has not taken a single record: it is still at work on what it had.',
    zh: '最近一秒没有取走任何记录：仍在处理先前的数据。',
  },
  more: {
    en: 'The costs set for its operators come to {cost} a record; the rest is state, disk, or what its windows and timers give.',
    zh: '其算子设定的开销合计为每条 {cost}；其余花在状态、磁盘，或窗口与定时器的输出上。',
  },
  slowed: {
    en: 'You made it slow: see the interventions.',
    zh: '是你让它变慢的：见干预列表。',
  },
  skew: {
    en: 'Of the task’s records of the last second {share} went to this one of {subtasks} subtasks, and the others have time: a few keys have most of the records. More parallelism does not help them.',
    zh: '最近一秒，该任务的记录有 {share} 落在 {subtasks} 个子任务中的这一个，其余都有空闲：少数键占了大部分记录（数据倾斜）。提高并行度无济于事。',
  },
  async: {
    en: 'It is not at work but waits for answers: {count} requests are on their way, and it may have no more. A greater capacity, or a faster service, is what helps.',
    zh: '它并非在计算，而是在等应答：{count} 个请求在途，已达上限。提高 capacity，或让外部服务更快，才有用。',
  },
  alignment: {
    en: 'A channel is blocked: its barrier of checkpoint {id} is there and others are not, so what comes behind it waits. Unaligned checkpoints would not wait.',
    zh: '有通道被阻塞：它的 barrier（检查点 {id}）已到而其他的未到，其后的数据只能等待。非对齐检查点 (unaligned checkpoint) 则无需等待。',
  },
  atLimit: {
    en: 'Nobody waits, but {task} is at its limit: subtask {subtask} is busy {busy}.',
    zh: '目前没有谁在等待，但 {task} 已到极限：子任务 {subtask} 忙碌 {busy}。',
  },
  free: {
    en: 'Nothing holds the job up. Busiest is {task}: {busy} of its time.',
    zh: '没有瓶颈。最忙的是 {task}：占其时间的 {busy}。',
  },
  nothing: { en: 'No subtask runs at this moment.', zh: '此刻没有子任务在运行。' },
  toBusy: { en: 'since when it is busy', zh: '从何时起忙碌' },
  toWaiting: { en: 'when {task} had to wait', zh: '{task} 何时开始等待' },
  toBlocked: { en: 'when it was blocked', zh: '何时被阻塞' },
  toChannel: { en: 'the channel', zh: '查看该通道' },
  comma: { en: ', ', zh: '、' },
  // The graph
  graph: { en: 'Tasks, with the maxima over their subtasks', zh: '各任务，取子任务中的最大值' },
  busyMax: { en: 'Busy (max)', zh: '忙碌 (max)' },
  backPressuredMax: { en: 'Backpressured (max)', zh: '反压 (max)' },
  holdsUp: { en: 'bottleneck', zh: '瓶颈' },
  level: { ok: { en: 'OK', zh: 'OK' }, low: { en: 'LOW', zh: 'LOW' }, high: { en: 'HIGH', zh: 'HIGH' } },
  notRunning: { en: 'not running', zh: '未运行' },
  card: {
    en: '{task}: busy {busy}, back-pressured {blocked} ({level})',
    zh: '{task}：忙碌 {busy}，反压 {blocked}（{level}）',
  },
  strip: {
    en: 'Subtask {subtask}: busy {busy}, back-pressured {blocked}, idle {idle}',
    zh: '子任务 {subtask}：忙碌 {busy}，反压 {blocked}，空闲 {idle}',
  },
  legendBusy: { en: 'busy', zh: '忙碌' },
  legendBlocked: { en: 'back-pressured', zh: '反压' },
  legendIdle: { en: 'idle', zh: '空闲' },
  // Buffers
  buffers: { en: 'Buffers and credits', zh: '缓冲与信用 (buffer, credit)' },
  subtask: { en: 'subtask', zh: '子任务' },
  input: { en: 'in from {task}', zh: '来自 {task}' },
  output: { en: 'out to {task}', zh: '发往 {task}' },
  gate: { en: '{used} of {size} buffers in use', zh: '已用 {used} / {size} 个 buffer' },
  bufferSize: { en: 'a buffer: {bytes}', zh: '每个 buffer {bytes}' },
  debloated: { en: 'debloated: {bytes} a buffer', zh: '去膨胀后每个 buffer {bytes} (debloating)' },
  channel: { en: 'channel', zh: '通道' },
  waits: { en: 'waits at the sender', zh: '在发送端等待' },
  credits: { en: 'credits', zh: '信用 (credit)' },
  link: { en: 'on the link', zh: '在途' },
  held: { en: 'at the receiver', zh: '在接收端' },
  blocked: { en: 'blocked by checkpoint {id}', zh: '被检查点 {id} 阻塞' },
  stopped: { en: 'behind the barrier of checkpoint {id}', zh: '在检查点 {id} 的 barrier 之后' },
  queue: { en: '{count} buffers, {bytes}', zh: '{count} 个 buffer，{bytes}' },
  receiver: {
    en: '{used} in use, {count} of them in line; {exclusive} are this channel’s own, more come out of the {floating} floating ones of the gate',
    zh: '已用 {used} 个，其中 {count} 个在排队；{exclusive} 个为该通道独占 (exclusive)，其余取自该 gate 的 {floating} 个浮动 (floating) buffer',
  },
  creditsTip: { en: 'The sender may send {count} more buffers', zh: '发送端还可发送 {count} 个 buffer' },
  noCredit: { en: 'none in hand: it may not send', zh: '无信用：不能发送' },
  noChannels: { en: 'It has no channels: all that it does lies in one chain.', zh: '没有通道：一切都在同一条算子链内完成。' },
  moreChannels: { en: 'and {count} more channels', zh: '另有 {count} 个通道' },
  boxes: {
    en: '▦ waits · ● a credit · ▣ holds data · □ free · a line ends the channel’s own buffers',
    zh: '▦ 等待 · ● 一个信用 · ▣ 有数据 · □ 空闲 · 竖线左侧为通道独占的 buffer',
  },
  // Metrics
  metrics: { en: 'Metrics', zh: '指标 (Metrics)' },
  jobMetrics: { en: 'of the job', zh: '作业级' },
  metric: { en: 'metric', zh: '指标' },
  since: { en: 'to the event that made it so', zh: '跳到使其如此的事件' },
  unset: { en: '−', zh: '−' },
} as const

/** What each metric says, under Flink's name. */
export const metricWords = {
  idleTimeMsPerSecond: {
    en: 'ms in each second without input to work on, over up to 60 s, updated each 5 s',
    zh: '每秒中因没有输入而空闲的毫秒数，取最长 60 秒的均值，每 5 秒更新',
  },
  busyTimeMsPerSecond: {
    en: 'ms in each second at work: 1000 − idle − back-pressured; NaN for sources of the old kind',
    zh: '每秒中工作的毫秒数：1000 − 空闲 − 反压；旧式数据源为 NaN',
  },
  softBackPressuredTimeMsPerSecond: {
    en: 'ms in each second that it waited for room in its output before it took the next record',
    zh: '每秒中在取下一条记录之前等待输出空间的毫秒数',
  },
  hardBackPressuredTimeMsPerSecond: {
    en: 'ms in each second that it waited for a buffer inside a record; never here: a record takes overdraft buffers',
    zh: '每秒中在处理一条记录的途中等待 buffer 的毫秒数；这里恒为 0：记录会使用透支 (overdraft) buffer',
  },
  backPressuredTimeMsPerSecond: { en: 'soft and hard together', zh: 'soft 与 hard 之和' },
  accumulateIdleTimeMs: { en: 'ms idle since the attempt began', zh: '本次尝试以来空闲的毫秒数' },
  accumulateBusyTimeMs: { en: 'ms busy since the attempt began', zh: '本次尝试以来忙碌的毫秒数' },
  accumulateBackPressuredTimeMs: { en: 'ms back-pressured since the attempt began', zh: '本次尝试以来反压的毫秒数' },
  inPoolUsage: {
    en: 'share of its input buffers that hold data; here channels within one TaskManager count, too',
    zh: '输入 buffer 中有数据的比例；这里同一 TaskManager 内的通道也计入',
  },
  outPoolUsage: {
    en: 'share of the buffers of its output pools that are in use; at 1 it takes no further record',
    zh: '输出缓冲池中已用的比例；为 1 时不再取下一条记录',
  },
  inputQueueLength: { en: 'buffers that have come and wait to be read', zh: '已到达、等待读取的 buffer 数' },
  inputQueueSize: { en: 'bytes of those', zh: '上述 buffer 的字节数' },
  outputQueueLength: { en: 'buffers that wait to be sent, the one being written counted', zh: '等待发送的 buffer 数，含正在写入的' },
  outputQueueSize: { en: 'bytes of those', zh: '上述 buffer 的字节数' },
  debloatedBufferSize: { en: 'bytes that buffer debloating lets a buffer have', zh: '缓冲去膨胀 (buffer debloating) 允许的 buffer 字节数' },
  estimatedTimeToConsumeBuffersMs: { en: 'ms that it takes to consume what is in flight', zh: '处理完在途数据所需的毫秒数' },
  numRecordsIn: { en: 'records that came to the head of its chain', zh: '到达算子链头部的记录数' },
  numRecordsInPerSecond: {
    en: 'their mean over a minute; in the first minute, too, it is divided by 60',
    zh: '其一分钟均值；第一分钟内同样除以 60',
  },
  numRecordsOut: {
    en: 'records that left the end of its chain, however many channels each went to',
    zh: '离开算子链尾部的记录数，无论发往多少通道',
  },
  numRecordsOutPerSecond: { en: 'their mean over a minute', zh: '其一分钟均值' },
  numBytesIn: { en: 'bytes that came', zh: '收到的字节数' },
  numBytesOut: { en: 'bytes sent', zh: '发出的字节数' },
  numLateRecordsDropped: { en: 'records that its windows dropped because they were late', zh: '窗口因迟到而丢弃的记录数' },
  currentInputWatermark: { en: 'the least of its inputs’ watermarks', zh: '各输入水位线 (watermark) 中的最小值' },
  currentOutputWatermark: { en: 'the last watermark it sent', zh: '最近发出的水位线' },
  currentEmitEventTimeLag: {
    en: 'ms between the last record’s timestamp and the moment the source emitted it',
    zh: '最近一条记录的时间戳与其发出时刻相差的毫秒数',
  },
  watermarkLag: { en: 'ms that the source’s watermark is behind the clock', zh: '数据源的水位线落后于时钟的毫秒数' },
  lastCheckpointDuration: {
    en: 'ms that the last completed checkpoint took; −1: none',
    zh: '最近完成的检查点 (checkpoint) 用时，毫秒；−1：没有',
  },
  lastCheckpointSize: { en: 'bytes that it uploaded; −1: none', zh: '其上传的字节数；−1：没有' },
  totalNumberOfCheckpoints: { en: 'checkpoints triggered', zh: '已触发的检查点' },
  numberOfInProgressCheckpoints: { en: 'of those in progress', zh: '其中进行中' },
  numberOfCompletedCheckpoints: { en: 'of those completed', zh: '其中已完成' },
  numberOfFailedCheckpoints: { en: 'of those failed', zh: '其中失败' },
  numRestarts: { en: 'restarts of the job', zh: '作业重启次数' },
  uptime: { en: 'ms that it has been RUNNING without a break', zh: '持续处于 RUNNING 的毫秒数' },
  downtime: { en: 'ms that it has been RESTARTING', zh: '处于 RESTARTING 的毫秒数' },
} as const
