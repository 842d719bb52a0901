import type { Text } from './index'
import { failureCauses, failureFixes, failureRoots, failureText } from './whyFailures'

/** A link of a chain of causes: a fact. `{…}` are the arguments of the code, times and spans already in words. */
export const whyCauses = {
  ...failureCauses,
  // Windows
  'window-needs': {
    en: 'The window [{start}, {end}) of {key} fires when the watermark reaches {need}. It is at {watermark}.',
    zh: '{key} 的窗口 [{start}, {end}) 要等水位线（watermark）到达 {need} 才触发；现在是 {watermark}。',
  },
  'window-needs-end': {
    en: 'The trigger of {operator} fires at the end of the stream alone. The watermark is at {watermark}.',
    zh: '{operator} 的触发器（trigger）只在流结束时触发；现在水位线是 {watermark}。',
  },
  'trigger-needs': {
    en: 'The trigger fires next when the watermark reaches {need}. It is at {watermark}.',
    zh: '触发器（trigger）下一次要等水位线到达 {need} 才触发；现在是 {watermark}。',
  },
  'window-fired': { en: 'It has fired, last at {at}, {times} times in all.', zh: '它已经触发过 {times} 次，最近一次在 {at}。' },
  'window-merged': {
    en: 'It was merged into another session, which lives on in its place.',
    zh: '它已被合并到另一个会话窗口，由后者继续存在。',
  },
  due: { en: 'That is so now: it happens in the next step.', zh: '条件已经满足：下一步就会发生。' },
  'offset-moves-edges': {
    en: 'The offset of {offset} puts its end at {end}. Without it the window that holds its first element would have ended at {plain}, which the watermark {watermark} has passed.',
    zh: '偏移量 {offset} 把窗口的结束时间移到了 {end}。若没有偏移，容纳其首个元素的窗口在 {plain} 就结束了，水位线 {watermark} 早已越过。',
  },
  'only-at-the-end': {
    en: '{operator} gives nothing before the end of its input, for which it is kept and sorted.',
    zh: '{operator} 在输入结束之前没有任何输出：输入先被攒起来排序。',
  },
  'stream-has-no-end': {
    en: 'The source never ends, so that the end never comes.',
    zh: '数据源是无界的，流永远不会结束。',
  },
  'needs-clock': {
    en: '{operator} waits for the processing-time clock to reach {need} for {key}. It shows {now}.',
    zh: '{operator} 对键 {key} 要等处理时间时钟走到 {need}；现在是 {now}。',
  },
  'input-ended': { en: '{task} has come to the end of its input and is finished.', zh: '{task} 的输入已经结束，任务已完成。' },
  'processing-dropped': {
    en: 'At the end of the input Flink drops processing-time timers that are pending: the window never fires.',
    zh: '输入结束时 Flink 会丢弃尚未到期的处理时间定时器：这个窗口再也不会触发。',
  },
  'timers-dropped': {
    en: 'At the end of the input Flink drops processing-time timers that are pending.',
    zh: '输入结束时 Flink 会丢弃尚未到期的处理时间定时器。',
  },
  'clock-stands-still': { en: 'The processing-time clock stands at {now}.', zh: '处理时间时钟停在 {now}。' },
  'count-is': {
    en: '{key} has {have} elements that no firing gave; the trigger fires at {count}.',
    zh: '键 {key} 目前有 {have} 个尚未输出的元素，触发器要到 {count} 个才触发。',
  },
  'default-trigger-gone': {
    en: 'The program’s trigger took the place of the one that fires at the window’s end, {end}: nothing fires there any more.',
    zh: '程序设置的触发器取代了在窗口结束时刻 {end} 触发的默认触发器：到那时不会再有任何触发。',
  },
  'trigger-of-processing-time': {
    en: 'The windows of {operator} go by event time, their trigger by the processing-time clock.',
    zh: '{operator} 的窗口按事件时间划分，触发器（trigger）却看处理时间时钟。',
  },
  'trigger-of-event-time': {
    en: 'The windows of {operator} go by processing time, their trigger waits for a watermark.',
    zh: '{operator} 的窗口按处理时间划分，触发器（trigger）却在等水位线。',
  },
  'fired-gave-nothing': {
    en: '{operator} has fired {count} times, and its function gave nothing.',
    zh: '{operator} 触发过 {count} 次，但它的函数没有输出任何记录。',
  },
  'trigger-is-never': { en: 'Its trigger is one that never fires.', zh: '它的触发器从不触发。' },
  'global-never': {
    en: 'A global window of {operator} has no end, and without a trigger of the program’s nothing ever fires it.',
    zh: '{operator} 的全局窗口没有结束时间，程序不设置触发器就永远不会触发。',
  },
  'delta-not-exceeded': {
    en: 'No element is further than {threshold} from the one that fired last, as the delta trigger measures it.',
    zh: '按 delta 触发器的度量，还没有元素与上次触发的元素相差超过 {threshold}。',
  },
  'user-trigger-continues': {
    en: '{name}, the program’s own trigger, has answered CONTINUE to all {elements} elements.',
    zh: '程序自己的触发器 {name} 对全部 {elements} 个元素都返回了 CONTINUE。',
  },
  'join-one-sided': {
    en: 'It gave nothing: {left} elements came by the first input of {operator}, {right} by the second, and a join needs one of each.',
    zh: '但没有输出：{operator} 的第一个输入来了 {left} 个元素，第二个来了 {right} 个，而 join 两边都要有元素。',
  },

  // Watermarks along the way
  'no-watermark-yet': { en: 'No watermark has come to {task} yet.', zh: '{task} 还没有收到过水位线（watermark）。' },
  'watermark-is': { en: 'The watermark of {task} stands at {watermark}.', zh: '{task} 的水位线停在 {watermark}。' },
  'watermark-at-end': { en: '{task} has the last watermark: its input has ended.', zh: '{task} 已收到最后的水位线：输入已结束。' },
  'least-channel': {
    en: '{task} goes by the least of its {channels} channels: {channel}, at {watermark}.',
    zh: '{task} 取它 {channels} 条通道中的最小值：{channel}，停在 {watermark}。',
  },
  'least-input': {
    en: '{task} goes by the least of its inputs: input {input}, by {channel}, at {watermark}.',
    zh: '{task} 取各输入中的最小值：第 {input} 个输入（{channel}）停在 {watermark}。',
  },
  'least-partition': {
    en: '{task} goes by the least of its {partitions} partitions: partition {partition}, at {watermark}.',
    zh: '{task} 取它 {partitions} 个分区中的最小值：分区 {partition}，停在 {watermark}。',
  },
  'about-to-advance': {
    en: 'What {task} waits for has come: it advances in the next step.',
    zh: '{task} 等待的内容已到达，下一步就会推进。',
  },
  'watermark-on-the-way': {
    en: 'Watermark {watermark} has been sent on {channel} and is on its way.',
    zh: '水位线 {watermark} 已从 {channel} 发出，还在路上。',
  },
  'task-not-running': { en: '{task} is {state}.', zh: '{task} 处于 {state} 状态。' },
  'idle-swallows': {
    en: '{task} has said that it is IDLE, and an idle output lets no watermark through, not even the last one.',
    zh: '{task} 已声明自己空闲（IDLE）；空闲的输出不会放行任何水位线，连最后一个也不例外。',
  },
  'all-inputs-idle': {
    en: 'All {channels} channels of {task} are IDLE: nobody is left to move the watermark.',
    zh: '{task} 的全部 {channels} 条通道都空闲（IDLE）：没有谁能推进水位线。',
  },
  'partition-idle': {
    en: 'The last to be marked idle was partition {partition} of {operator}, in {task}.',
    zh: '最后被标记为空闲的是 {operator} 的分区 {partition}（在 {task} 中）。',
  },
  'generator-idle': { en: '{task} is idle, with all that it reads.', zh: '{task} 连同它读取的一切都处于空闲。' },
  'async-holds-watermark': {
    en: '{operator} has unanswered requests, which a watermark must not overtake.',
    zh: '{operator} 还有未得到应答的请求，水位线不能越过它们。',
  },

  // Where watermarks are made
  'no-strategy': {
    en: '{operator} makes no watermarks, and nobody behind it does.',
    zh: '{operator} 不生成水位线（watermark），它之后也没有谁生成。',
  },
  'records-untimed': { en: 'The records of {operator} have no timestamps.', zh: '{operator} 的记录没有时间戳。' },
  'interval-zero': {
    en: 'pipeline.auto-watermark-interval is 0, so that {operator} is never asked for a watermark.',
    zh: 'pipeline.auto-watermark-interval 为 0，{operator} 从不周期性地发出水位线。',
  },
  'clock-stands': {
    en: 'Watermarks are emitted by the processing-time clock, and it stands at {now}.',
    zh: '水位线由处理时间时钟周期性触发发出，而时钟停在 {now}。',
  },
  'later-dropped': {
    en: 'One of {timestamp} was read, but {operator} let it fall before it came there.',
    zh: '读到过一条 {timestamp} 的记录，但 {operator} 在它到达之前就把它丢掉了。',
  },
  'made-slow': { en: 'You made {task} slow.', zh: '你让 {task} 变慢了。' },
  'other-unit': {
    en: 'The times of {operator} read as dates of our day in {unit}, not in ms: the greatest is {greatest}, while others are at {others}.',
    zh: '{operator} 的时间像是以 {unit} 而非 ms 计的当代日期：它的最大值是 {greatest}，而其他来源已到 {others}。',
  },
  'next-emission': {
    en: '{task} emits {watermark} at the next of its periodic emissions, which come every {interval}.',
    zh: '{task} 每隔 {interval} 周期性发出水位线，下一次就会发出 {watermark}。',
  },
  'partition-never': {
    en: 'Partition {partition} of {operator} has never given a record, while others have.',
    zh: '{operator} 的分区 {partition} 从未产生过记录，而其他分区有。',
  },
  'generator-never': { en: '{task} has never given a record, while others have.', zh: '{task} 从未产生过记录，而其他来源有。' },
  'partition-silent': {
    en: 'Partition {partition} of {operator} has given nothing since {since}; its greatest timestamp is {greatest}. Others have gone on.',
    zh: '{operator} 的分区 {partition} 自 {since} 起没有新记录，它的最大时间戳是 {greatest}；其他分区仍在前进。',
  },
  'generator-silent': {
    en: '{task} has given nothing since {since}; its greatest timestamp is {greatest}. Others have gone on.',
    zh: '{task} 自 {since} 起没有新记录，它的最大时间戳是 {greatest}；其他来源仍在前进。',
  },
  'generator-lazy': {
    en: '{name}, the program’s own generator, has seen {greatest} and emits no watermark that would be enough.',
    zh: '程序自己的水位线生成器 {name} 已经看到 {greatest}，却没有发出足够大的水位线。',
  },
  silenced: { en: 'You silenced partition {partition} of topic {topic}.', zh: '是你让主题 {topic} 的分区 {partition} 静默的。' },
  delayed: { en: 'You delayed partition {partition} of topic {topic}.', zh: '是你让主题 {topic} 的分区 {partition} 延迟的。' },
  'partition-behind': {
    en: 'Partition {partition} of {operator} has given nothing since {since}; its greatest timestamp is {greatest}, and the others are further on.',
    zh: '{operator} 的分区 {partition} 自 {since} 起没有新记录，它的最大时间戳是 {greatest}；其他分区的时间更靠前。',
  },
  'generator-behind': {
    en: '{task} has given nothing since {since}; its greatest timestamp is {greatest}, and the others are further on.',
    zh: '{task} 自 {since} 起没有新记录，它的最大时间戳是 {greatest}；其他来源的时间更靠前。',
  },
  'no-idleness': {
    en: 'No idleness is set on {operator}, so that Flink waits for it for ever.',
    zh: '{operator} 没有设置 withIdleness，Flink 会一直等下去。',
  },
  'idleness-not-over': {
    en: 'It counts as idle only after {idleness} without a record, noticed at the second check (every {interval}) at the earliest.',
    zh: '要连续 {idleness} 没有记录才算空闲，而且最早在第二次检查（每 {interval} 一次）时才会发现。',
  },
  'idleness-clock-stands': {
    en: 'Idleness is noticed by the processing-time clock, which stands.',
    zh: '空闲要靠处理时间时钟来发现，而时钟停着。',
  },
  'watermark-back': {
    en: 'The generator emitted {lower} behind {watermark}: a watermark that goes back is ignored.',
    zh: '生成器在 {watermark} 之后又发出了 {lower}：倒退的水位线会被忽略。',
  },
  'bound-holds': {
    en: 'An event of {greatest} is there, but the bound of {bound} keeps the watermark at {watermark}, {missing} short.',
    zh: '已经有 {greatest} 的事件，但乱序容忍 {bound} 使水位线只到 {watermark}，还差 {missing}。',
  },
  'no-later': {
    en: 'The greatest timestamp of {operator} is {greatest}: nothing later has come.',
    zh: '{operator} 的最大时间戳是 {greatest}：还没有更晚的事件。',
  },
  'no-later-needs': {
    en: 'The greatest timestamp of {operator} is {greatest}. Nothing later has come, and it takes an event of {need} or later.',
    zh: '{operator} 的最大时间戳是 {greatest}；还没有更晚的事件，需要一个不早于 {need} 的事件。',
  },
  'no-later-needs-bound': {
    en: 'The greatest timestamp of {operator} is {greatest}. Nothing later has come; with the bound of {bound} it takes an event of {need} or later.',
    zh: '{operator} 的最大时间戳是 {greatest}；还没有更晚的事件。算上乱序容忍 {bound}，需要一个不早于 {need} 的事件。',
  },
  'nothing-read': { en: '{operator} has not read a record yet.', zh: '{operator} 还没有读到任何记录。' },
  'source-read-nothing': { en: '{task} has not read a record yet.', zh: '{task} 还没有读到任何记录。' },
  'source-has-nothing': { en: 'There is nothing that {operator} could read.', zh: '{operator} 没有可读的内容。' },
  'source-ended': { en: '{operator} has read all {count} records and ended.', zh: '{operator} 已读完全部 {count} 条记录并结束。' },
  'source-all-read': {
    en: '{operator} has read {count} records; nothing more has come.',
    zh: '{operator} 已读取 {count} 条记录，之后再无新记录。',
  },
  'subtask-without-partition': {
    en: '{task} has no partition: topic {topic} has {partitions}, and {operator} has {parallelism} subtasks. Its watermark never comes.',
    zh: '{task} 没有分到分区：主题 {topic} 只有 {partitions} 个分区，而 {operator} 有 {parallelism} 个子任务（subtask）。它永远不会有水位线。',
  },
  'nothing-reaches': {
    en: 'No record has come to {operator} in {task}, so that it has no watermark to make.',
    zh: '还没有记录到达 {task} 中的 {operator}，它无从生成水位线。',
  },
  'records-go-elsewhere': {
    en: 'What {from} gives goes to other subtasks, where its keys belong; none of it to {task}.',
    zh: '{from} 的记录都按键去了别的子任务（subtask），没有一条到 {task}。',
  },
  'alignment-least': {
    en: 'The slowest of alignment group {group} is {task}, at {watermark}.',
    zh: '水位线对齐（alignment）组 {group} 中最慢的是 {task}，停在 {watermark}。',
  },
  'alignment-pauses': {
    en: 'Watermark alignment holds {operator} in {task}: with a drift of {drift} nothing may go past {allowed}.',
    zh: '水位线对齐让 {task} 中的 {operator} 暂停读取：允许的偏差为 {drift}，不得超过 {allowed}。',
  },

  // Timers
  'timer-fired': { en: 'It has fired.', zh: '它已经触发。' },
  'timer-deleted': { en: '{operator} deleted it.', zh: '{operator} 已把它删除。' },
  'timer-needs': {
    en: 'The timer of {key} fires when the watermark reaches {need}. It is at {watermark}.',
    zh: '{key} 的定时器要等水位线（watermark）到达 {need} 才触发；现在是 {watermark}。',
  },
  'timer-in-the-past': {
    en: 'The timer of {key} for {need} was registered when the watermark was past it, {watermark}; such a one fires with the next watermark.',
    zh: '{key} 的定时器（{need}）注册时水位线 {watermark} 已经越过它；这样的定时器随下一个水位线触发。',
  },
  'timer-needs-clock': {
    en: 'The timer of {key} fires when the processing-time clock reaches {need}. It shows {now}.',
    zh: '{key} 的定时器要等处理时间时钟走到 {need} 才触发；现在是 {now}。',
  },

  // Records
  'record-written': { en: '{operator} has written it.', zh: '{operator} 已将它写出。' },
  'record-to-side': { en: '{operator} put it into a side output.', zh: '{operator} 已把它送入旁路输出（side output）。' },
  'record-last-seen': { en: 'It was last seen in {task}.', zh: '它最后出现在 {task}。' },
  'record-on-channel': {
    en: 'It is on its way to {task}, with {count} records written and not read.',
    zh: '它正在前往 {task} 的路上，该通道上有 {count} 条已写出但尚未读取的记录。',
  },
  'records-on-the-way': { en: '{count} records are on their way to {task}.', zh: '有 {count} 条记录正在前往 {task} 的路上。' },
  'being-worked-on': { en: '{task} is at work on it.', zh: '{task} 正在处理它。' },
  'in-window': {
    en: 'It is in window [{start}, {end}) of {key}, in {operator}.',
    zh: '它在 {operator} 中 {key} 的窗口 [{start}, {end}) 里。',
  },
  'in-global-window': { en: 'It is in the global window of {key}, in {operator}.', zh: '它在 {operator} 中 {key} 的全局窗口里。' },
  'filter-says-no': { en: 'The filter {operator} (line {line}) said no to it.', zh: '过滤器 {operator}（第 {line} 行）没有放行它。' },
  'function-gives-nothing': { en: '{operator} (line {line}) gave nothing for it.', zh: '{operator}（第 {line} 行）对它没有任何输出。' },
  'kept-in-state': { en: '{operator} keeps what it needs of it in state.', zh: '{operator} 已把需要的内容存入状态。' },
  'deleted-timer': { en: '{operator} deleted a timer when it came.', zh: '它到来时 {operator} 删除了一个定时器。' },
  'kept-with-timer': { en: '{operator} registered a timer when it came.', zh: '它到来时 {operator} 注册了一个定时器。' },
  'edges-are': {
    en: 'Windows of {operator} begin every {every}, counted from 1970-01-01 00:00 UTC plus an offset of {offset}, in whatever zone one lives.',
    zh: '{operator} 的窗口每隔 {every} 开始一个，从 UTC 1970-01-01 00:00 加偏移量（offset）{offset} 起算，与所在时区无关。',
  },
  'no-window': { en: '{operator} has no window for {timestamp}.', zh: '{operator} 中没有包含 {timestamp} 的窗口。' },
  'no-window-sliding': {
    en: '{timestamp} lies between two windows of {operator}: they are {size} long and begin every {slide}.',
    zh: '{timestamp} 落在 {operator} 的两个窗口之间：窗口长 {size}，却每隔 {slide} 才开始一个。',
  },
  'late-dropped': {
    en: '{operator} dropped the record of {timestamp}: the watermark was at {watermark}, {behind} past it.',
    zh: '{operator} 丢弃了时间戳为 {timestamp} 的记录：当时水位线已到 {watermark}，超出 {behind}。',
  },
  'late-to-side': {
    en: '{operator} put the record of {timestamp} into the side output for late data: the watermark was at {watermark}, {behind} past it.',
    zh: '{operator} 把时间戳为 {timestamp} 的记录送入迟到数据的旁路输出：当时水位线已到 {watermark}，超出 {behind}。',
  },
  'window-over': {
    en: 'Its window [{start}, {end}) was over: with no allowed lateness it is cleared as soon as the watermark reaches {limit}.',
    zh: '它的窗口 [{start}, {end}) 已经结束：没有设置 allowedLateness，水位线一到 {limit} 窗口就被清除。',
  },
  'window-over-lateness': {
    en: 'Its window [{start}, {end}) was over, and so was the allowed lateness of {lateness}: it ended with watermark {limit}.',
    zh: '它的窗口 [{start}, {end}) 已经结束，允许的迟到时间 {lateness} 也已用完：到水位线 {limit} 为止。',
  },
  'was-idle': {
    en: 'Its partition {partition} of {operator} had been marked idle, so that nobody waited for it.',
    zh: '它所在的 {operator} 分区 {partition} 此前已被标记为空闲，没有谁在等它。',
  },
  'pushed-by': {
    en: 'The event of {timestamp} had pushed the watermark that far (it stays {bound} and 1 ms behind).',
    zh: '是时间戳为 {timestamp} 的事件把水位线推到了那里（水位线比它落后 {bound} 加 1 毫秒）。',
  },
  'pushed-by-partition': {
    en: 'The event of {timestamp} in partition {partition} had pushed the watermark that far (it stays {bound} and 1 ms behind).',
    zh: '是分区 {partition} 中时间戳为 {timestamp} 的事件把水位线推到了那里（水位线比它落后 {bound} 加 1 毫秒）。',
  },
  'pushed-by-future': {
    en: 'One event pushed the watermark: {timestamp}, which is {ahead} ahead of all its neighbours.',
    zh: '是一个事件把水位线推走的：时间戳 {timestamp}，比前后所有记录都超前 {ahead}。',
  },
  'bound-is': {
    en: 'The strategy of {operator} allows for {bound} out of order; this one came {behind} behind.',
    zh: '{operator} 的策略只容忍 {bound} 的乱序，而这条记录落后了 {behind}。',
  },
  'answer-missing': { en: '{operator} has asked, and the answer has not come.', zh: '{operator} 已发出请求，但还没有收到应答。' },
  'answer-in-line': {
    en: 'The answer is there, but {operator} keeps the order of its input: one before it is not answered.',
    zh: '应答已到，但 {operator} 要保持输入顺序：排在它前面的请求还没有应答。',
  },
  'answer-behind-watermark': {
    en: 'The answer is there; {operator} lets nothing overtake a watermark.',
    zh: '应答已到，但 {operator} 不允许记录越过水位线。',
  },
  'join-keeps': {
    en: '{operator} keeps it for {key}: a partner on side {side} has to lie from {from} to {to}.',
    zh: '{operator} 为键 {key} 保留着它：第 {side} 侧的匹配记录必须在 {from} 到 {to} 之间。',
  },
  'join-no-other': { en: 'Side {side} has nothing for {key}.', zh: '第 {side} 侧没有键 {key} 的记录。' },
  'join-too-far': {
    en: 'The nearest on side {side} is of {nearest}, {by} outside the bounds.',
    zh: '第 {side} 侧最近的一条是 {nearest}，超出边界 {by}。',
  },
  'join-found': { en: '{operator} has joined it with another of {key}.', zh: '{operator} 已把它与键 {key} 的另一条记录连接。' },

  // Operators, jobs, code
  'has-written': { en: '{operator} has written what there was.', zh: '{operator} 已写出到目前为止的结果。' },
  'side-output-empty': {
    en: '{operator} has sent nothing to its side output {tag}.',
    zh: '{operator} 没有向侧输出（side output）{tag} 发送过任何记录。',
  },
  'gives-nothing': { en: '{operator} gives nothing.', zh: '{operator} 没有任何输出。' },
  'drops-all': { en: '{operator} gave nothing for {count} records.', zh: '{operator} 对 {count} 条记录都没有输出。' },
  'job-status': { en: '{job} is {status}.', zh: '{job} 的状态是 {status}。' },
  'job-reason': { en: 'Because of: {reason}', zh: '原因：{reason}' },
  'canceled-emits-nothing': {
    en: 'A canceled job emits no last watermark: what is open stays so.',
    zh: '被取消的作业不会发出最后的水位线：未触发的窗口就此作罢。',
  },
  'attempt-over': {
    en: 'It belonged to an attempt of {task} that is over; what it held went with it.',
    zh: '它属于 {task} 的一次已经结束的执行尝试，其中的内容随之消失。',
  },
  thrown: { en: '{operator} threw {message}', zh: '{operator} 抛出异常：{message}' },
  'thrown-on-line': { en: '{operator} threw on line {line}: {message}', zh: '{operator} 在第 {line} 行抛出异常：{message}' },
  'thrown-no-timestamp': { en: '{operator} got a record without a timestamp: {message}', zh: '{operator} 收到没有时间戳的记录：{message}' },
} as const satisfies Record<string, Text>

/** Where chains end, in words. */
export const whyRoots = {
  ...failureRoots,
  'no-timestamps': { en: 'Records have no timestamps.', zh: '记录没有时间戳。' },
  'no-watermark-strategy': { en: 'Nobody makes watermarks.', zh: '没有设置水位线策略（watermark strategy）。' },
  'no-periodic-emission': { en: 'Watermarks are never emitted periodically.', zh: '水位线从不周期性发出。' },
  'silent-partition': { en: 'A silent partition, and nobody has marked it idle.', zh: '有分区静默，却没有被标记为空闲。' },
  'all-idle': { en: 'All inputs are idle: nothing moves the watermark.', zh: '所有输入都空闲：没有谁推进水位线。' },
  'more-subtasks-than-partitions': { en: 'More subtasks than partitions.', zh: '子任务（subtask）比分区多。' },
  'bound-too-large': { en: 'The bound is too large for the data.', zh: '对这些数据来说乱序容忍设得太大。' },
  'no-later-event': { en: 'No later event yet.', zh: '还没有更晚的事件。' },
  'future-event': { en: 'An event of the future pushed the watermark.', zh: '一个来自“未来”的事件推走了水位线。' },
  'out-of-order': { en: 'Further out of order than the bound allows for.', zh: '乱序程度超出了容忍范围。' },
  'window-offset': { en: 'The window’s offset puts its edges elsewhere.', zh: '窗口偏移量（offset）让边界落在了别处。' },
  'no-window': { en: 'It falls between windows.', zh: '它落在窗口之间的空隙里。' },
  'trigger-replaced': { en: 'The trigger that would have fired was replaced.', zh: '本该触发的触发器（trigger）被取代了。' },
  'trigger-never': { en: 'The trigger never fires.', zh: '触发器（trigger）从不触发。' },
  'trigger-user': { en: 'The program’s own trigger says CONTINUE.', zh: '程序自己的触发器（trigger）总是返回 CONTINUE。' },
  'count-not-reached': { en: 'The count is not reached for this key.', zh: '这个键的元素个数还没有达到。' },
  'lateness-expired': { en: 'The allowed lateness is over.', zh: '允许的迟到时间（allowedLateness）已用完。' },
  'processing-time-at-end': { en: 'Processing time ends with the input.', zh: '输入结束时处理时间的等待也随之作废。' },
  'processing-time-not-reached': { en: 'The clock is not there yet.', zh: '处理时间时钟还没走到。' },
  alignment: { en: 'Watermark alignment holds a source.', zh: '水位线对齐（alignment）让数据源暂停。' },
  'user-code-throws': { en: 'The program’s code throws.', zh: '用户代码抛出异常。' },
  'user-code-filters': { en: 'The program’s code lets nothing through.', zh: '用户代码没有放行任何记录。' },
  'watermark-went-back': { en: 'The generator’s watermarks go back.', zh: '生成器的水位线倒退了。' },
  'generator-user': { en: 'The program’s own generator emits no watermark that would do.', zh: '程序自己的生成器没有发出足够的水位线。' },
  'no-partner': { en: 'Nothing to join it with.', zh: '没有可以连接（join）的记录。' },
  'waiting-for-answer': { en: 'An answer from outside has not come.', zh: '外部系统的应答还没有到。' },
  'still-on-the-way': { en: 'It is still on its way.', zh: '还在路上。' },
  'no-data': { en: 'Nothing was read.', zh: '没有读到任何数据。' },
  'job-over': { en: 'The job is over.', zh: '作业已经结束。' },
  'delta-not-reached': { en: 'The difference is not large enough.', zh: '差值还不够大。' },
  'time-unit': { en: 'Times in another unit than ms.', zh: '时间的单位不是毫秒。' },
  'idle-came-back': { en: 'Its partition was idle, and the others went ahead.', zh: '它的分区曾处于空闲，其他分区已经走远。' },
} as const satisfies Record<string, Text>

/** Ways out: what a click does, or what to think of. */
export const whyFixes = {
  ...failureFixes,
  'set-strategy': { en: 'Make watermarks at {operator}, {bound} behind', zh: '让 {operator} 生成水位线，落后 {bound}' },
  'set-timestamps': { en: 'Take timestamps from field {field} at {operator}', zh: '在 {operator} 上用字段 {field} 作时间戳' },
  'topic-time': { en: 'Column {field} of topic {topic} is the event time', zh: '以主题 {topic} 的列 {field} 作为事件时间' },
  'set-interval': { en: 'pipeline.auto-watermark-interval: {interval}', zh: 'pipeline.auto-watermark-interval 设为 {interval}' },
  'run-clock': { en: 'Let the clock run from here on', zh: '让时钟从此刻起继续走' },
  'not-stop-clock': { en: 'Never stop the clock', zh: '不停住时钟' },
  'put-clock-forward': { en: 'Put the clock forward by {by}, to {to}', zh: '把时钟拨快 {by}，到 {to}' },
  'set-parallelism': { en: '{operator} with parallelism {parallelism}', zh: '{operator} 的并行度设为 {parallelism}' },
  'more-partitions': { en: 'Topic {topic} with {partitions} partitions', zh: '主题 {topic} 改为 {partitions} 个分区' },
  'set-idleness': { en: 'Idle after {idleness} at {operator}', zh: '{operator} 静默 {idleness} 后视为空闲' },
  unsilence: { en: 'Partition {partition} of {topic} stays as it was', zh: '让 {topic} 的分区 {partition} 恢复原样' },
  'add-event': { en: 'Add an event of {time} to {topic} ({count} in all)', zh: '向 {topic} 添加时间为 {time} 的事件（共 {count} 个）' },
  'remove-event': { en: 'Take row {row} of {topic} ({time}) out', zh: '删去 {topic} 的第 {row} 行（{time}）' },
  'set-bound': { en: 'A bound of {bound} at {operator}', zh: '{operator} 的乱序容忍设为 {bound}' },
  'not-slow': { en: 'Never slow {task} down', zh: '不让 {task} 变慢' },
  'set-drift': { en: 'A drift of {drift} at {operator}', zh: '{operator} 的对齐偏差放宽到 {drift}' },
  'set-lateness': { en: 'Allow a lateness of {lateness} at {operator}', zh: '{operator} 允许迟到 {lateness}' },
  'default-trigger': { en: 'Take the trigger of {operator} away', zh: '去掉 {operator} 的触发器' },
  'set-count': { en: 'Fire {operator} at {count} elements', zh: '{operator} 满 {count} 个元素即触发' },
  'set-offset': { en: 'Windows of {operator} with an offset of {offset}', zh: '{operator} 的窗口偏移量设为 {offset}' },
  // Advice
  'assign-watermarks': {
    en: 'Give the records of {operator} watermarks: .assignTimestampsAndWatermarks(…) behind it.',
    zh: '给 {operator} 的记录生成水位线：在其后加上 .assignTimestampsAndWatermarks(…)。',
  },
  'assign-timestamps': {
    en: 'Give the records of {operator} timestamps: .withTimestampAssigner(…) on its strategy.',
    zh: '给 {operator} 的记录加上时间戳：在其策略上加 .withTimestampAssigner(…)。',
  },
  'assign-timestamps-behind': {
    en: 'What {operator} makes has no timestamp (output of a processing-time timer has none): .assignTimestampsAndWatermarks(…) behind it.',
    zh: '{operator} 产生的记录没有时间戳（处理时间定时器的输出就没有）：在其后加上 .assignTimestampsAndWatermarks(…)。',
  },
  'interval-in-program': {
    en: 'The program itself sets the interval to 0: env.getConfig().setAutoWatermarkInterval(…) with {interval}, or event time as its characteristic.',
    zh: '是程序自己把间隔设成了 0：用 env.getConfig().setAutoWatermarkInterval(…) 设为 {interval}，或把时间特征改为事件时间。',
  },
  'time-unit': {
    en: 'Flink counts event time in ms. {time} reads like a date of our day in {unit}: {factor} in the timestamp assigner.',
    zh: 'Flink 的事件时间以毫秒计。{time} 像是以 {unit} 计的当代日期：请在时间戳分配器中 {factor}。',
  },
  'give-trigger': {
    en: 'Give {operator} a trigger that fires, for example CountTrigger.',
    zh: '给 {operator} 设置会触发的触发器，例如 CountTrigger。',
  },
  'keep-source-open': {
    en: 'Use event time in {operator}, or a source that does not end.',
    zh: '{operator} 改用事件时间，或使用不会结束的数据源。',
  },
  'edges-in-utc': {
    en: 'Days begin at 00:00 UTC in {operator}: if you think in another zone, give its windows an offset.',
    zh: '{operator} 的“天”从 UTC 00:00 开始：若按其他时区理解，请给窗口设置偏移量。',
  },
  'close-gap': {
    en: 'Let the windows of {operator} begin more often, or last longer.',
    zh: '让 {operator} 的窗口更频繁地开始，或者持续更久。',
  },
  'think-of-bounds': { en: 'Look at keys and bounds on both sides of {operator}.', zh: '检查 {operator} 两侧的键和时间边界。' },
  'think-of-join': { en: 'A join gives nothing for one side alone; coGroup would.', zh: 'join 只有一侧有元素时没有输出；coGroup 会有。' },
  'look-at-code': { en: 'Look at the code of {operator} (line {line}).', zh: '查看 {operator} 的代码（第 {line} 行）。' },
} as const satisfies Record<string, Text>

/** What is asked, and words around it. */
export const whyText = {
  ...failureText,
  window: { en: 'Why hasn’t it fired?', zh: '为什么还没有触发？' },
  windowIs: {
    en: 'Why hasn’t window [{start}, {end}) of {key} in {operator} fired?',
    zh: '{operator} 中 {key} 的窗口 [{start}, {end}) 为什么没有触发？',
  },
  windowGlobal: { en: 'Why hasn’t the global window of {key} in {operator} fired?', zh: '{operator} 中 {key} 的全局窗口为什么没有触发？' },
  timer: { en: 'Why hasn’t it fired?', zh: '为什么还没有触发？' },
  timerIs: { en: 'Why hasn’t the timer {time} of {key} in {operator} fired?', zh: '{operator} 中 {key} 的定时器 {time} 为什么没有触发？' },
  record: { en: 'Why has it had no effect?', zh: '为什么没有产生效果？' },
  recordWell: { en: 'What became of it?', zh: '它后来怎样了？' },
  recordIs: { en: 'What became of record {value}?', zh: '记录 {value} 后来怎样了？' },
  watermark: { en: 'Why does the watermark stand here?', zh: '水位线为什么停在这里？' },
  watermarkIs: { en: 'Why does the watermark of {task} stand where it stands?', zh: '{task} 的水位线为什么停住了？' },
  silence: { en: 'Why does it give nothing?', zh: '为什么没有输出？' },
  silenceIs: { en: 'Why does {operator} give nothing?', zh: '{operator} 为什么没有输出？' },
  root: { en: 'Root', zh: '根源' },
  fixesAs: { en: 'What would change it: as in {number}.', zh: '可以怎样改变：同第 {number} 条。' },
  fixes: { en: 'What would change it', zh: '可以怎样改变' },
  apply: { en: 'As a fork', zh: '作为分支运行' },
  well: { en: 'Nothing is wrong here.', zh: '这里没有问题。' },
  nothingOpen: { en: 'Nothing is puzzling at this moment.', zh: '此刻没有令人费解的事情。' },
  moreWindows: { en: 'And {count} more windows, for the same reason.', zh: '另有 {count} 个窗口，原因相同。' },
  moreTimers: { en: 'And {count} more timers, for the same reason.', zh: '另有 {count} 个定时器，原因相同。' },
  moreRecords: { en: 'And {count} more records, for the same reason.', zh: '另有 {count} 条记录，原因相同。' },
  moment: { en: 'At {time} s', zh: '{time} 秒时' },
  toEvent: { en: 'go to {time}', zh: '跳到 {time}' },
  before: { en: 'Before the change', zh: '改动之前' },
  now: { en: 'In this fork', zh: '在这个分支里' },
  firesAt: { en: 'It fires at {time}.', zh: '它在 {time} 触发。' },
  notYet: { en: 'Not yet: see below.', zh: '仍未触发：见下。' },
  asking: { en: 'The new run is on its way …', zh: '新的运行正在进行……' },
} as const satisfies Record<string, Text>
