import type { Text } from './index'
import { checkpointNarration } from './narrationCheckpoints'

/** One sentence an event. The name before the dot is a trace kind; what follows it is a case of that kind. Places in braces are filled with linked names. */
export const narrationText = {
  ...checkpointNarration,
  JobStatus: { en: '{job} is {status}.', zh: '{job} 的状态变为 {status}。' },
  'JobStatus.reason': { en: '{job} is {status}: {reason}', zh: '{job} 的状态变为 {status}：{reason}' },
  'JobStatus.restart': { en: '{job} is {status}, restart {restart}.', zh: '{job} 的状态变为 {status}（第 {restart} 次重启）。' },
  'JobStatus.restart.reason': {
    en: '{job} is {status}, restart {restart}: {reason}',
    zh: '{job} 的状态变为 {status}（第 {restart} 次重启）：{reason}',
  },
  ExecutionState: { en: '{task} is {state}.', zh: '{task} 变为 {state}。' },
  'ExecutionState.again': { en: '{task} is {state}, attempt {attempt}.', zh: '{task} 变为 {state}（第 {attempt} 次尝试）。' },
  'ExecutionState.placed': { en: '{task} is {state} on {host}.', zh: '{task} 在 {host} 上变为 {state}。' },
  'ExecutionState.placed.again': {
    en: '{task} is {state} on {host}, attempt {attempt}.',
    zh: '{task} 在 {host} 上变为 {state}（第 {attempt} 次尝试）。',
  },
  'ExecutionState.failed': { en: '{task} is {state}: {reason}', zh: '{task} 变为 {state}：{reason}' },
  ExecutionGraphCreated: {
    en: 'The scheduler makes a new execution graph for {job}: {tasks}.',
    zh: '调度器为 {job} 建立新的执行图（ExecutionGraph）：{tasks}。',
  },
  SchedulerState: { en: 'The adaptive scheduler of {job} is in {state}: {gloss}.', zh: '{job} 的自适应调度器进入 {state}：{gloss}。' },
  'SchedulerState.reason': {
    en: 'The adaptive scheduler of {job} is in {state}: {gloss}. {reason}',
    zh: '{job} 的自适应调度器进入 {state}：{gloss}。{reason}',
  },
  TaskManagerRegistered: {
    en: '{host} registers with the JobManager and offers {slots} slots.',
    zh: '{host} 向 JobManager 注册，提供 {slots} 个 slot。',
  },
  'TaskManagerRegistered.one': {
    en: '{host} registers with the JobManager and offers one slot.',
    zh: '{host} 向 JobManager 注册，提供 1 个 slot。',
  },
  TaskManagerLost: { en: '{host} is stopped and leaves the cluster, with its slots.', zh: '{host} 被停止，带着它的 slot 离开集群。' },
  'TaskManagerLost.reason': {
    en: '{host} is stopped and leaves the cluster, with its slots: {reason}',
    zh: '{host} 被停止，带着它的 slot 离开集群：{reason}',
  },
  'TaskManagerLost.died': { en: '{host} is lost, with all that it had in memory.', zh: '{host} 丢失，内存中的一切随之消失。' },
  'TaskManagerLost.died.reason': {
    en: '{host} is lost, with all that it had in memory: {reason}',
    zh: '{host} 丢失，内存中的一切随之消失：{reason}',
  },
  SlotRequested: { en: 'A slot is wanted for {tasks}; there is none yet.', zh: '{tasks} 需要一个 slot，目前还没有。' },
  'SlotRequested.withdrawn': { en: 'The slot for {tasks} is no longer wanted.', zh: '{tasks} 不再需要 slot 了。' },
  SlotAllocated: { en: '{host} gives {slot} to {tasks}, which share it.', zh: '{host} 把 {slot} 分给共享它的 {tasks}。' },
  'SlotAllocated.alone': { en: '{host} gives {slot} to {tasks}.', zh: '{host} 把 {slot} 分给 {tasks}。' },
  'SlotAllocated.empty': {
    en: '{slot} of {host} is there for {job}, with nothing in it.',
    zh: '{host} 的 {slot} 归 {job} 所有，其中没有任务。',
  },
  SlotFreed: { en: '{host} has {slot} back.', zh: '{host} 收回 {slot}。' },
  Intervention: { en: 'Your intervention {number} takes effect.', zh: '你的第 {number} 项干预生效。' },
  'Intervention.cancel': { en: 'You cancel {job}.', zh: '你取消 {job}。' },
  'Intervention.start-task-manager': { en: 'You start one more TaskManager.', zh: '你再启动一个 TaskManager。' },
  'Intervention.stop-task-manager': { en: 'You stop {host}.', zh: '你停止 {host}。' },
  'Intervention.kill-task-manager': {
    en: 'You kill {host}: its memory is gone, and it says nothing to anyone.',
    zh: '你杀死 {host}：它的内存随之消失，也不会通知任何人。',
  },
  'Intervention.kill-job-manager': {
    en: 'You kill the JobManager; another takes its place {span} later.',
    zh: '你杀死 JobManager，{span} 后由另一个接替。',
  },
  'Intervention.cut-link': {
    en: 'You cut the link between {a} and {b} for {span}.',
    zh: '你切断 {a} 与 {b} 之间的连接，持续 {span}。',
  },
  'Intervention.fail-task': { en: 'You make {task} fail.', zh: '你让 {task} 失败。' },
  'Intervention.throw-at-record': {
    en: '{operator} is to throw at record {record} from here, {times} times.',
    zh: '{operator} 将在此后第 {record} 条记录处抛出异常，共 {times} 次。',
  },
  'Intervention.decline-checkpoints': {
    en: '{task} declines every checkpoint for {span}.',
    zh: '{task} 在 {span} 内拒绝每一次 checkpoint。',
  },
  'Intervention.set-disk': {
    en: 'The file system from now on: {latency} until the first byte, {bandwidth} bytes a ms, {capacity} bytes fit.',
    zh: '文件系统从现在起：首字节延迟 {latency}，每毫秒 {bandwidth} 字节，容量 {capacity} 字节。',
  },
  'Intervention.set-disk.failing': {
    en: 'The file system from now on: every write fails.',
    zh: '文件系统从现在起：每次写入都失败。',
  },
  'Intervention.system-outage': {
    en: '{system} takes and commits nothing for {span}.',
    zh: '{system} 在 {span} 内不接收也不提交任何内容。',
  },
  'Intervention.trigger-checkpoint': { en: 'You ask for a checkpoint of {job}.', zh: '你为 {job} 触发一次 checkpoint。' },
  'Intervention.trigger-savepoint': { en: 'You ask for a savepoint of {job}.', zh: '你为 {job} 触发一次 savepoint。' },
  'Intervention.stop-with-savepoint': { en: 'You stop {job} with a savepoint.', zh: '你带 savepoint 停止 {job}。' },
  'Intervention.stop-with-savepoint.drain': {
    en: 'You stop {job} with a savepoint, and drain it: its windows and timers fire first.',
    zh: '你带 savepoint 停止 {job}，并先 drain：窗口和定时器先触发。',
  },
  'Intervention.slow': {
    en: 'You slow down {operator}: from now on a record costs it {cost}.',
    zh: '你让 {operator} 变慢：从现在起它处理一条记录需要 {cost}。',
  },
  'Intervention.silence-partition': {
    en: 'Partition {partition} of {topic} falls silent: nothing is written to it any more.',
    zh: '{topic} 的 partition {partition} 沉默：不再有数据写入。',
  },
  'Intervention.silence-partition.until': {
    en: 'Partition {partition} of {topic} falls silent for {span}; what is due is written then.',
    zh: '{topic} 的 partition {partition} 沉默 {span}，积下的数据届时一并写入。',
  },
  'Intervention.delay-partition': {
    en: 'What is written to partition {partition} of {topic} comes {span} later from now on.',
    zh: '从现在起，写入 {topic} 的 partition {partition} 的数据晚到 {span}。',
  },
  'Intervention.delay-partition.end': {
    en: 'Partition {partition} of {topic} is no longer delayed.',
    zh: '{topic} 的 partition {partition} 不再延迟。',
  },
  'Intervention.set-clock.stop': { en: 'You stop the processing-time clock.', zh: '你停住处理时间时钟。' },
  'Intervention.set-clock.stop.forward': {
    en: 'You put the processing-time clock {forward} forward; it stands there.',
    zh: '你把处理时间时钟拨快 {forward}，它停在那里。',
  },
  'Intervention.set-clock.run': { en: 'The processing-time clock runs by itself again.', zh: '处理时间时钟恢复自行走动。' },
  'Intervention.set-clock.run.forward': {
    en: 'You put the processing-time clock {forward} forward; it runs on by itself.',
    zh: '你把处理时间时钟拨快 {forward}，它继续自行走动。',
  },
  Problem: { en: '{problem}', zh: '{problem}' },
  'Problem.line': { en: 'Line {line}: {problem}', zh: '第 {line} 行：{problem}' },

  SourceRecord: {
    en: '{task} reads {value} from partition {partition}, offset {offset}; event time {time}.',
    zh: '{task} 从 partition {partition} 的 offset {offset} 读到 {value}，事件时间 {time}。',
  },
  'SourceRecord.timeless': {
    en: '{task} reads {value} from partition {partition}, offset {offset}.',
    zh: '{task} 从 partition {partition} 的 offset {offset} 读到 {value}。',
  },
  RecordIn: { en: '{task} takes {record} from {from}.', zh: '{task} 从 {from} 取到 {record}。' },
  'RecordIn.ahead': {
    en: '{task} takes {record} from {from}. Not late: {time} > {watermark}.',
    zh: '{task} 从 {from} 取到 {record}。未迟到：{time} > {watermark}。',
  },
  'RecordIn.behind': {
    en: '{task} takes {record} from {from}. It is behind the watermark: {time} ≤ {watermark}.',
    zh: '{task} 从 {from} 取到 {record}。它落后于 watermark：{time} ≤ {watermark}。',
  },
  RecordOut: { en: '{task} emits {record} to {to}.', zh: '{task} 发出 {record} 到 {to}。' },
  'RecordOut.hash': {
    en: '{task} emits {record}; hash → key group {group} → {to}.',
    zh: '{task} 发出 {record}；hash → key group {group} → {to}。',
  },
  'RecordOut.hash.ahead': {
    en: '{task} emits {record}; hash → key group {group} → {to}. Not late: {time} > {watermark}.',
    zh: '{task} 发出 {record}；hash → key group {group} → {to}。未迟到：{time} > {watermark}。',
  },
  'RecordOut.hash.behind': {
    en: '{task} emits {record}; hash → key group {group} → {to}. Behind the watermark there: {time} ≤ {watermark}.',
    zh: '{task} 发出 {record}；hash → key group {group} → {to}。落后于那里的 watermark：{time} ≤ {watermark}。',
  },
  'RecordOut.partitioner': { en: '{task} emits {record} to {to} ({partitioner}).', zh: '{task} 发出 {record} 到 {to}（{partitioner}）。' },
  RecordDropped: { en: '{operator} lets {record} go no further.', zh: '{operator} 没有让 {record} 继续往下走。' },
  SinkRecord: { en: '{operator} writes {value}.', zh: '{operator} 写出 {value}。' },
  'SinkRecord.timed': { en: '{operator} writes {value}, event time {time}.', zh: '{operator} 写出 {value}，事件时间 {time}。' },
  SideRecord: {
    en: '{operator} sends {record} to the side output {tag}.',
    zh: '{operator} 把 {record} 送到旁路输出（side output）{tag}。',
  },
  KeySeen: {
    en: '{task} meets key {key} for the first time: hash {hash} → key group {group}.',
    zh: '{task} 第一次遇到 key {key}：hash {hash} → key group {group}。',
  },
  RecordMade: { en: '{operator} makes a new record, {record}.', zh: '{operator} 产生新记录 {record}。' },
  'RecordMade.window': { en: '{window} makes a new record, {record}.', zh: '{window} 产生新记录 {record}。' },
  UserOutput: { en: '{operator} prints: {line}', zh: '{operator} 打印：{line}' },

  BufferSent: {
    en: '{from} sends buffer {sequence} to {to}: {records} records, {bytes} bytes.',
    zh: '{from} 向 {to} 发送第 {sequence} 号 buffer：{records} 条记录，{bytes} 字节。',
  },
  'BufferSent.one': {
    en: '{from} sends buffer {sequence} to {to}: one record, {bytes} bytes.',
    zh: '{from} 向 {to} 发送第 {sequence} 号 buffer：1 条记录，{bytes} 字节。',
  },
  'BufferSent.none': {
    en: '{from} sends buffer {sequence} to {to}: no record, {bytes} bytes.',
    zh: '{from} 向 {to} 发送第 {sequence} 号 buffer：没有记录，{bytes} 字节。',
  },
  'BufferSent.end': { en: '{from} tells {to} that its data is at the end.', zh: '{from} 告知 {to} 数据已到末尾。' },
  BufferArrived: { en: 'Buffer {sequence} from {from} arrives at {to}.', zh: '来自 {from} 的第 {sequence} 号 buffer 到达 {to}。' },
  CreditsGranted: {
    en: 'Credit of {from} towards {to}: {credits}.',
    zh: '{from} 对 {to} 的 credit：{credits}。',
  },
  'TaskIo.idle': { en: '{task} has nothing to do.', zh: '{task} 空闲（idle），没有可处理的数据。' },
  'TaskIo.busy': { en: '{task} is busy.', zh: '{task} 正在处理（busy）。' },
  'TaskIo.backPressured': {
    en: '{task} is back-pressured: it has no free buffer to write to.',
    zh: '{task} 被反压（back-pressured）：没有可写的空闲 buffer。',
  },

  WatermarkOut: { en: '{from} passes watermark {watermark} on to {to}.', zh: '{from} 把 watermark {watermark} 传给 {to}。' },
  'WatermarkOut.end': { en: '{from} passes the last watermark on to {to}.', zh: '{from} 把最后的 watermark 传给 {to}。' },
  'StatusOut.idle': { en: '{from} lets {to} know that it is idle.', zh: '{from} 告知 {to} 自己空闲（idle）。' },
  'StatusOut.active': { en: '{from} lets {to} know that it is active again.', zh: '{from} 告知 {to} 自己重新活跃（active）。' },

  WatermarkEmitted: { en: '{operator} emits watermark {watermark}.', zh: '{operator} 发出 watermark {watermark}。' },
  'WatermarkEmitted.end': {
    en: '{operator} emits the last watermark: no event time is left to come.',
    zh: '{operator} 发出最后的 watermark：不会再有更晚的事件时间。',
  },
  WatermarkIn: { en: '{task} gets watermark {watermark} from {from}.', zh: '{task} 从 {from} 收到 watermark {watermark}。' },
  'WatermarkIn.end': { en: '{task} gets the last watermark from {from}.', zh: '{task} 从 {from} 收到最后的 watermark。' },
  WatermarkAdvanced: {
    en: 'The watermark of {task} advances to {watermark}, the least of its {channels} channels.',
    zh: '{task} 的 watermark 前进到 {watermark}：它 {channels} 条 channel 中最小的一个。',
  },
  'WatermarkAdvanced.one': { en: 'The watermark of {task} advances to {watermark}.', zh: '{task} 的 watermark 前进到 {watermark}。' },
  'WatermarkAdvanced.end': {
    en: 'The watermark of {task} is at its end: every window that is left fires.',
    zh: '{task} 的 watermark 到达终点：剩下的窗口全部触发。',
  },
  'StatusEmitted.idle': {
    en: '{operator} is idle: its watermark no longer holds others back.',
    zh: '{operator} 进入空闲（idle）：它的 watermark 不再拖住别人。',
  },
  'StatusEmitted.active': { en: '{operator} is active again.', zh: '{operator} 重新活跃（active）。' },
  'StatusIn.idle': {
    en: '{task} hears that {from} is idle, and no longer waits for its watermark.',
    zh: '{task} 得知 {from} 空闲（idle），不再等它的 watermark。',
  },
  'StatusIn.active': { en: '{task} hears that {from} is active again.', zh: '{task} 得知 {from} 重新活跃（active）。' },
  'TimerRegistered.event': {
    en: '{operator} sets an event-time timer for {key} at {time}.',
    zh: '{operator} 为 {key} 注册事件时间定时器 {time}。',
  },
  'TimerRegistered.processing': {
    en: '{operator} sets a processing-time timer for {key} at {time}.',
    zh: '{operator} 为 {key} 注册处理时间定时器 {time}。',
  },
  'TimerRegistered.window': { en: '{operator} sets a timer at {time} for {window}.', zh: '{operator} 为 {window} 注册定时器 {time}。' },
  TimerDeleted: { en: '{operator} deletes the timer of {key} at {time}.', zh: '{operator} 删除 {key} 的定时器 {time}。' },
  'TimerDeleted.window': { en: '{operator} deletes the timer of {window} at {time}.', zh: '{operator} 删除 {window} 的定时器 {time}。' },
  TimerFired: { en: 'The timer of {key} at {time} fires in {operator}.', zh: '{operator} 中 {key} 的定时器 {time} 触发。' },
  'TimerFired.window': { en: 'The timer of {window} at {time} fires.', zh: '{window} 的定时器 {time} 触发。' },
  EndOfInput: { en: '{task} has read all that {from} had to send.', zh: '{task} 已读完 {from} 发来的全部数据。' },
  'EndOfInput.source': { en: '{task} is at the end of its input.', zh: '{task} 的输入已读完。' },

  WindowOpened: { en: '{task} opens {window}.', zh: '{task} 打开 {window}。' },
  WindowElement: { en: '{record} goes into {window}.', zh: '{record} 进入 {window}。' },
  WindowEvicted: { en: 'The evictor takes {record} out of {window}.', zh: '移除器（evictor）把 {record} 移出 {window}。' },
  'WindowTrigger.element': {
    en: 'The trigger of {window} says {result} on an element.',
    zh: '{window} 的触发器（trigger）因一条记录给出 {result}。',
  },
  'WindowTrigger.event': {
    en: 'The trigger of {window} says {result}: the watermark has reached its timer.',
    zh: '{window} 的触发器（trigger）给出 {result}：watermark 到达了它的定时器。',
  },
  'WindowTrigger.processing': {
    en: 'The trigger of {window} says {result}: its processing-time timer is due.',
    zh: '{window} 的触发器（trigger）给出 {result}：处理时间定时器到期。',
  },
  WindowFired: { en: '{window} fires with {elements} elements.', zh: '{window} 触发，含 {elements} 条记录。' },
  'WindowFired.one': { en: '{window} fires with one element.', zh: '{window} 触发，含 1 条记录。' },
  'WindowFired.aggregated': { en: '{window} fires with its aggregate.', zh: '{window} 触发，输出聚合结果。' },
  'WindowFired.due': {
    en: '{window} fires with {elements} elements: watermark {watermark} ≥ {last}.',
    zh: '{window} 触发，含 {elements} 条记录：watermark {watermark} ≥ {last}。',
  },
  'WindowFired.due.one': {
    en: '{window} fires with one element: watermark {watermark} ≥ {last}.',
    zh: '{window} 触发，含 1 条记录：watermark {watermark} ≥ {last}。',
  },
  'WindowFired.due.aggregated': {
    en: '{window} fires with its aggregate: watermark {watermark} ≥ {last}.',
    zh: '{window} 触发，输出聚合结果：watermark {watermark} ≥ {last}。',
  },
  WindowCleared: { en: '{window} is cleared, with its state.', zh: '{window} 及其状态被清除。' },
  WindowMerged: { en: '{merged} is merged into {window}, now {bounds}.', zh: '{merged} 并入 {window}，现为 {bounds}。' },
  'WindowMerged.grown': { en: '{window} grows to {bounds}.', zh: '{window} 扩大为 {bounds}。' },
  LateDropped: {
    en: '{operator} drops {record}: late. Its windows are over, the watermark is at {watermark}, {behind} ahead of it.',
    zh: '{operator} 丢弃 {record}：迟到。它的窗口已结束，watermark 为 {watermark}，领先它 {behind}。',
  },

  SplitAssigned: { en: '{operator} reads {partition}.', zh: '{operator} 负责读取 {partition}。' },
  SplitWatermark: { en: 'The watermark of {partition} rises to {watermark}.', zh: '{partition} 的 watermark 升到 {watermark}。' },
  'SplitStatus.idle': {
    en: '{partition} is idle: it no longer holds its source back.',
    zh: '{partition} 进入空闲（idle）：不再拖住它的 source。',
  },
  'SplitStatus.ended': {
    en: '{partition} is read to its end: it no longer counts for its source.',
    zh: '{partition} 已读到末尾：不再参与它的 source 的 watermark。',
  },
  'SplitStatus.active': { en: '{partition} is active again.', zh: '{partition} 重新活跃（active）。' },
  SplitPaused: {
    en: 'Watermark alignment holds {partition}: it is past {allowed}, the most that its group allows.',
    zh: '水位线对齐（watermark alignment）暂停 {partition}：它已超过本组允许的上限 {allowed}。',
  },
  'SplitPaused.resumed': {
    en: 'Watermark alignment lets {partition} read on: its group allows {allowed}.',
    zh: '水位线对齐（watermark alignment）让 {partition} 继续读取：本组允许到 {allowed}。',
  },
  AlignmentAnnounced: {
    en: 'Sources of group {group} may read up to {allowed}: the slowest of them is at {least}.',
    zh: '{group} 组的 source 可读到 {allowed}：其中最慢的在 {least}。',
  },
  WatermarkIgnored: {
    en: 'A generator of {operator} emits {watermark}, below the last one, {last}: it is ignored.',
    zh: '{operator} 的生成器发出 {watermark}，低于上一个 {last}：被忽略。',
  },
  AsyncRequested: { en: '{operator} asks about {record}, and does not wait.', zh: '{operator} 就 {record} 发出请求，不原地等待。' },
  'AsyncAnswered.completed': { en: '{operator} has the answer for {record}.', zh: '{operator} 得到 {record} 的答复。' },
  'AsyncAnswered.timeout': {
    en: '{operator} has had no answer for {record} in time.',
    zh: '{operator} 没有及时得到 {record} 的答复：超时。',
  },
  'AsyncAnswered.failed': { en: 'The request of {operator} for {record} failed.', zh: '{operator} 对 {record} 的请求失败。' },
  'AsyncAnswered.retry': { en: '{operator} will ask about {record} again.', zh: '{operator} 将就 {record} 再次请求。' },
  NoWindow: {
    en: '{record} falls into no window of {operator}: nothing comes of it.',
    zh: '{record} 不落入 {operator} 的任何窗口：没有任何结果。',
  },
  WindowSkipped: {
    en: '{record} is too late for window {bounds}, and left out there.',
    zh: '{record} 对窗口 {bounds} 来说太迟，不再计入该窗口。',
  },
  'JoinBuffered.left': { en: '{operator} keeps {record} on its left side.', zh: '{operator} 把 {record} 存入左侧。' },
  'JoinBuffered.right': { en: '{operator} keeps {record} on its right side.', zh: '{operator} 把 {record} 存入右侧。' },
  'JoinCleared.left': { en: '{operator} lets what {key} has at {time} on the left go.', zh: '{operator} 清除 {key} 左侧 {time} 的数据。' },
  'JoinCleared.right': {
    en: '{operator} lets what {key} has at {time} on the right go.',
    zh: '{operator} 清除 {key} 右侧 {time} 的数据。',
  },

  StateUpdated: { en: '{operator} sets {state} of {key} to {value}.', zh: '{operator} 把 {key} 的状态 {state} 设为 {value}。' },
  'StateUpdated.clear': { en: '{operator} clears {state} of {key}.', zh: '{operator} 清除 {key} 的状态 {state}。' },
  'StateUpdated.window': {
    en: '{operator} sets {state} of {window} to {value}.',
    zh: '{operator} 把 {window} 的状态 {state} 设为 {value}。',
  },
  'StateUpdated.restored': {
    en: '{operator} has {state} of {key} back from its checkpoint: {value}.',
    zh: '{operator} 从检查点取回 {key} 的状态 {state}：{value}。',
  },
  'StateUpdated.window.restored': {
    en: '{operator} has {state} of {window} back from its checkpoint: {value}.',
    zh: '{operator} 从检查点取回 {window} 的状态 {state}：{value}。',
  },
  'StateUpdated.window.clear': { en: '{operator} clears {state} of {window}.', zh: '{operator} 清除 {window} 的状态 {state}。' },
} as const satisfies Readonly<Record<string, Text>>

/** Words that stand in a sentence's places. */
export const narrationWords = {
  window: { en: 'window {bounds} of {key}', zh: '{key} 的窗口 {bounds}' },
  globalWindow: { en: 'the global window of {key}', zh: '{key} 的全局窗口' },
  unknownWindow: { en: 'window {number}', zh: '窗口 {number}' },
  unkeyedRecord: { en: 'record {number}', zh: '记录 {number}' },
  partition: { en: 'partition {number} of {source}', zh: '{source} 的 partition {number}' },
  noKey: { en: 'no key', zh: '（无 key）' },
  program: { en: 'The program', zh: '程序' },
  none: { en: 'none yet', zh: '尚无' },
  end: { en: 'the end of time', zh: '时间终点' },
  slot: { en: '{host}, slot {slot}', zh: '{host} slot {slot}' },
  and: { en: ' and ', zh: ' 和 ' },
  comma: { en: ', ', zh: '、' },
  theJobFirst: { en: 'The job', zh: '作业' },
  theJob: { en: 'the job', zh: '作业' },
  jobNamedFirst: { en: 'Job {name}', zh: '作业 {name}' },
  jobNamed: { en: 'job {name}', zh: '作业 {name}' },
} as const satisfies Readonly<Record<string, Text>>

/** What the adaptive scheduler does in each of its states (S-7). */
export const schedulerGloss = {
  Created: { en: 'nothing is scheduled yet', zh: '尚未开始调度' },
  WaitingForResources: { en: 'it waits for slots, and takes what there is in the end', zh: '等待 slot，最终有多少用多少' },
  CreatingExecutionGraph: { en: 'it fits the parallelism to the slots that there are', zh: '按现有的 slot 确定并行度' },
  Executing: { en: 'the tasks are deployed, and run', zh: '任务被部署并运行' },
  Restarting: { en: 'the tasks are taken down, to be scheduled anew', zh: '任务被撤下，等待重新调度' },
  Canceling: { en: 'the tasks are canceled', zh: '任务被取消' },
  Failing: { en: 'the tasks are taken down: the job fails for good', zh: '任务被撤下，作业最终失败' },
  StopWithSavepoint: { en: 'it takes a savepoint, and stops', zh: '生成保存点后停止' },
  Finished: { en: 'it has nothing more to do', zh: '已无事可做' },
} as const satisfies Readonly<Record<string, Text>>
