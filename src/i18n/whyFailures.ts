import type { Text } from './index'

// What chains of causes say of checkpoints, failures, and what lies outside. `why.ts` has them all.

export const failureCauses = {
  // Checkpoints
  'checkpoint-took': {
    en: 'Checkpoint {id} took {took} from its trigger to its end.',
    zh: '检查点（checkpoint）{id} 从触发到结束用了 {took}。',
  },
  'checkpoint-pending': {
    en: 'Checkpoint {id} was triggered {took} ago and is not complete.',
    zh: '检查点（checkpoint）{id} 在 {took} 前触发，至今没有完成。',
  },
  'checkpoint-failed': { en: 'Checkpoint {id} failed: {reason}', zh: '检查点（checkpoint）{id} 失败：{reason}' },
  'checkpoint-lost': {
    en: 'Nobody waits for checkpoint {id} any more: who had triggered it is gone.',
    zh: '检查点（checkpoint）{id} 已没有人等待：触发它的一方已经不在。',
  },
  'failures-counted': {
    en: 'It is failure {failures} in a row that counts; {tolerable} are tolerated.',
    zh: '这是连续第 {failures} 次计入的失败；最多容忍 {tolerable} 次。',
  },
  'checkpoint-expired': {
    en: 'It was not complete within execution.checkpointing.timeout, {timeout}.',
    zh: '它没能在 execution.checkpointing.timeout（{timeout}）内完成。',
  },
  'declined-by': { en: '{task} declined it.', zh: '是 {task} 拒绝了它。' },
  'made-to-decline': { en: 'A hand makes it decline: its asynchronous part fails.', zh: '这是人为设置的拒绝：它的异步部分必然失败。' },
  'state-too-large': {
    en: 'Its state has {size} bytes; what is kept in the JobManager’s memory may have 5 MiB for a subtask and operator.',
    zh: '它的状态有 {size} 字节；存放在 JobManager 内存时，每个子任务的每个算子至多 5 MiB。',
  },
  'disk-is-full': { en: 'There was no room for {path}: the disk is full.', zh: '{path} 写不下：磁盘已满。' },
  'disk-fails': { en: 'Writing {path} failed.', zh: '写入 {path} 失败。' },
  'disk-was-set': { en: 'A hand set the file system to be so.', zh: '文件系统是人为设成这样的。' },
  'newer-checkpoint': { en: 'Checkpoint {id}, a newer one, takes its place.', zh: '更新的检查点 {id} 取代了它。' },
  'task-finished': { en: '{task} has finished and takes no snapshot any more.', zh: '{task} 已经结束，不再做快照。' },
  'barrier-queued': {
    en: '{task} got the barrier of {from} only after {took}: it stood in the channel behind records that came before it.',
    zh: '{task} 过了 {took} 才等到来自 {from} 的 barrier：它在通道里排在先到的记录之后。',
  },
  'barrier-queued-still': {
    en: '{task} waits for the barrier of {from}: for {took} it has stood in the channel behind records that came before it.',
    zh: '{task} 在等来自 {from} 的 barrier：它已在通道里排了 {took}，前面还有先到的记录。',
  },
  'barrier-way': {
    en: 'Nothing holds it up: the longest is a barrier’s way from {from} to {task}, {took}.',
    zh: '没有拖延：最长的一段是 barrier 从 {from} 到 {task} 的路程，{took}。',
  },
  'barrier-unsent': {
    en: '{task} waits for the barrier of {from}, which has not sent it yet.',
    zh: '{task} 在等 {from} 的 barrier，对方还没有发出。',
  },
  'aligned-meanwhile': {
    en: 'Meanwhile {task} was aligning: {count} of its channels had their barriers and were blocked.',
    zh: '其间 {task} 在对齐：有 {count} 个通道的 barrier 已到，通道被阻塞。',
  },
  'came-late': { en: '{task} had not come to it for {took}.', zh: '{task} 有 {took} 没顾上处理它。' },
  'busy-meanwhile': {
    en: '{task} was busy {percent} % of that time: nothing goes faster than it takes its records.',
    zh: '这段时间 {task} 有 {percent}% 在忙：一切都快不过它处理记录的速度。',
  },
  costs: { en: '{operator} spends {cost} on each record.', zh: '{operator} 每条记录要花 {cost}。' },
  'sync-took': { en: '{task} stood still for {took} to take its snapshot.', zh: '{task} 为做快照停顿了 {took}。' },
  'async-took': {
    en: '{task} wrote its state for {took}, beside its work: the file system set the pace.',
    zh: '{task} 异步写出状态用了 {took}：快慢取决于文件系统。',
  },
  'async-takes': { en: '{task} has been writing its state for {took}, beside its work.', zh: '{task} 正在异步写出状态，已用 {took}。' },
  'was-killed': { en: '{host} was killed.', zh: '{host} 被强行终止。' },
  'was-stopped': { en: '{host} was stopped.', zh: '{host} 被停止。' },
  'channel-blocked': {
    en: '{channel} is blocked: its barrier of checkpoint {id} is there, and what comes behind it waits for the other barriers.',
    zh: '通道 {channel} 被阻塞：它的检查点 {id} 的 barrier 已到，其后的数据要等其他 barrier。',
  },
  'back-pressured': {
    en: '{task} is back-pressured: nobody takes what it gives, so it reads nothing.',
    zh: '{task} 被反压：输出没有人接收，于是也不再读取。',
  },

  // Failures
  restarted: { en: '{job} is restarted for the {number}. time, after {delay}.', zh: '{job} 第 {number} 次重启，等待 {delay} 后开始。' },
  'not-restarted': { en: '{job} is not restarted.', zh: '{job} 不再重启。' },
  'task-failed': { en: '{task} failed: {message}', zh: '{task} 失败：{message}' },
  'job-failed': { en: '{job} failed as a whole: {message}', zh: '{job} 整个失败：{message}' },
  'caused-by': { en: 'Caused by: {message}', zh: '起因：{message}' },
  'struck-by-hand': { en: 'A hand made it fail.', zh: '这是人为造成的失败。' },
  'task-manager-lost': { en: '{host} is lost: {why}', zh: '失去了 {host}：{why}' },
  'link-was-cut': { en: 'The link between {hosts} was cut.', zh: '{hosts} 之间的连接被切断。' },
  'no-slots': { en: 'There are not enough slots for its subtasks.', zh: '没有足够的 slot 容纳它的子任务。' },
  'system-is-out': { en: '{system} takes and commits nothing: it is out.', zh: '{system} 停机：既不接收也不提交。' },
  'job-manager-died': { en: 'The JobManager died.', zh: 'JobManager 消失了。' },
  'taken-over': { en: 'Another took its place and found the job where it was kept.', zh: '新的 JobManager 接替了它，并找回了保存的作业。' },
  'nothing-kept': {
    en: 'Without high availability nothing was kept of jobs and checkpoints: what starts again starts from nothing.',
    zh: '没有高可用（high availability），作业和检查点都没有保存下来：重新开始就是从零开始。',
  },
  'no-checkpointing-no-restart': {
    en: 'No restart strategy is set and checkpointing is off: then Flink restarts nothing ({strategy}).',
    zh: '没有设置重启策略，也没有开启检查点：这时 Flink 不会重启（{strategy}）。',
  },
  'strategy-none': { en: 'The restart strategy is none.', zh: '重启策略设为 none。' },
  'attempts-are': {
    en: '{strategy} allows {attempts} restarts, and they are used up.',
    zh: '{strategy} 只允许重启 {attempts} 次，已经用完。',
  },
  'failure-rate-is': {
    en: '{strategy} tolerates {most} failures within {interval}; this is one more.',
    zh: '{strategy} 在 {interval} 内最多容忍 {most} 次失败；这次超出了。',
  },
  unrecoverable: { en: 'Flink holds a failure of this kind to be beyond recovery.', zh: 'Flink 认定这类失败不可恢复。' },

  // Outside
  'stands-there': { en: '“{value}” stands in {system}.', zh: '“{value}”已在 {system} 中。' },
  'stands-twice': { en: '“{value}” stood in {system} already, of the same record.', zh: '同一条记录的“{value}”早已在 {system} 中。' },
  'not-seen': {
    en: '“{value}” was written to {system}, and nobody sees it: {standing}.',
    zh: '“{value}”已写入 {system}，但外部看不到：{standing}。',
  },
  'read-again': {
    en: '{operator} read offset {offset} of partition {partition} once more.',
    zh: '{operator} 又读了一次分区 {partition} 的偏移 {offset}。',
  },
  'put-back-to': {
    en: '{operator} had been put back to offset {offset} of partition {partition}, where the checkpoint stood.',
    zh: '{operator} 被放回分区 {partition} 的偏移 {offset}，也就是检查点记下的位置。',
  },
  'began-anew': {
    en: '{operator} began from the beginning: no checkpoint said where to go on.',
    zh: '{operator} 从头读起：没有检查点说明该从哪里继续。',
  },
  'visible-at-once': {
    en: '{operator} makes each record visible at once: nothing takes back what a failed attempt has written.',
    zh: '{operator} 写出的记录立即可见：失败的那次执行写下的内容收不回来。',
  },
  'mode-at-least-once': {
    en: 'Checkpoints are taken at least once: without alignment, records behind a barrier are in the checkpoint and are read again.',
    zh: '检查点模式是 at-least-once：不对齐，barrier 之后的记录也进了检查点，恢复后又会重读。',
  },
  'restored-nothing': { en: 'The job began again from nothing.', zh: '作业从零重新开始。' },
  'restored-older': {
    en: 'The job went back to checkpoint {id}, which is older than what was committed.',
    zh: '作业回到了检查点 {id}，它比已提交的内容更旧。',
  },
  'written-uncommitted': {
    en: '{operator} has written {count} records to {system}, in transactions of which none is committed.',
    zh: '{operator} 向 {system} 写了 {count} 条记录，但所在的事务都没有提交。',
  },
  'commits-with-checkpoint': {
    en: 'What goes to {system} is committed when the checkpoint that follows is complete.',
    zh: '写往 {system} 的内容要等其后的检查点完成才提交。',
  },
  'checkpointing-off': {
    en: 'Checkpointing is off: execution.checkpointing.interval is not set.',
    zh: '检查点没有开启：execution.checkpointing.interval 未设置。',
  },
  'checkpoint-under-way': { en: 'Checkpoint {id} is under way.', zh: '检查点 {id} 正在进行。' },
  'next-checkpoint-commits': {
    en: 'The next one commits it; one is triggered each {interval}.',
    zh: '下一个检查点会提交它；每 {interval} 触发一次。',
  },
  'transaction-timed-out': {
    en: '{system} aborted the transaction: it had been open for longer than its timeout.',
    zh: '{system} 中止了事务：打开的时间超过了它的超时。',
  },
  'transaction-aborted': {
    en: 'The transaction in {system} was aborted; its records come again with the next attempt.',
    zh: '{system} 中的事务已被中止；其中的记录会在下一次执行中重新写出。',
  },

  // State
  'value-is': { en: '{state} of {key} in {operator} is {value}.', zh: '{operator} 中 {key} 的 {state} 是 {value}。' },
  'value-cleared': { en: '{state} of {key} in {operator} was cleared.', zh: '{operator} 中 {key} 的 {state} 被清除。' },
  'value-restored': { en: 'Checkpoint {id} gave back {value}.', zh: '检查点 {id} 恢复出 {value}。' },
  'value-became': { en: 'It became {value}.', zh: '变为 {value}。' },
  'value-became-by-record': { en: 'Record {record} made it {value}.', zh: '记录 {record} 使它变为 {value}。' },
  'value-became-by-timer': { en: 'The timer of {time} made it {value}.', zh: '定时器 {time} 使它变为 {value}。' },
  'value-went': { en: 'It was cleared.', zh: '被清除。' },
  'value-went-by-record': { en: 'Record {record} cleared it.', zh: '记录 {record} 清除了它。' },
  'value-went-by-timer': { en: 'The timer of {time} cleared it.', zh: '定时器 {time} 清除了它。' },
  'more-updates': { en: '… {count} more …', zh: '……另有 {count} 次……' },
  'state-came-back': {
    en: '{operator} got {entries} entries of state back from checkpoint {id}.',
    zh: '{operator} 从检查点 {id} 取回了 {entries} 项状态。',
  },
  'state-did-not': { en: '{operator} began with no state.', zh: '{operator} 开始时没有任何状态。' },
  'restored-from': { en: 'The job went back to checkpoint {id}.', zh: '作业回到了检查点 {id}。' },
  'restored-from-path': { en: 'The job was started from {path}.', zh: '作业从 {path} 启动。' },
  'unclaimed-left': {
    en: 'Nothing there is under the id of {operator}: ids are uids, or hashes of the program’s shape. What nobody claims was left out (allowNonRestoredState).',
    zh: '其中没有属于 {operator} 的 ID 的状态：ID 来自 uid，或者程序结构的哈希。无人认领的状态已被丢弃（allowNonRestoredState）。',
  },
  'ttl-was-over': {
    en: 'What {operator} held last was to live until {time}, which was over by then.',
    zh: '{operator} 最后的状态只保留到 {time}，恢复时已经过期。',
  },
  'keeps-no-state': {
    en: '{operator} (line {line}) has told no state of its own: what its function keeps in fields of its object goes with the attempt.',
    zh: '{operator}（第 {line} 行）没有使用任何状态：函数放在对象字段里的内容随这次执行一起消失。',
  },
  'none-then': { en: '{operator} had no state yet when checkpoint {id} was taken.', zh: '做检查点 {id} 时 {operator} 还没有状态。' },
  'none-complete': {
    en: 'No checkpoint was complete before the failure ({count} had been triggered).',
    zh: '失败之前没有一个检查点完成（已触发 {count} 个）。',
  },
} as const satisfies Record<string, Text>

export const failureRoots = {
  'slow-operator': { en: 'An operator is slower than its input.', zh: '有算子比它的输入慢。' },
  'aligning-checkpoint': { en: 'An aligning checkpoint blocks the channel.', zh: '对齐中的检查点阻塞了通道。' },
  'snapshot-sync': { en: 'Taking the snapshot stops the task.', zh: '做快照时任务停顿。' },
  'disk-slow': { en: 'The file system is slow.', zh: '文件系统太慢。' },
  'disk-full': { en: 'The disk is full.', zh: '磁盘已满。' },
  'disk-failing': { en: 'The disk fails.', zh: '磁盘故障。' },
  'timeout-too-short': { en: 'The timeout is too short.', zh: '超时设得太短。' },
  'state-too-large': { en: 'The state is too large for the JobManager’s memory.', zh: '状态太大，JobManager 的内存放不下。' },
  subsumed: { en: 'A newer checkpoint made it superfluous.', zh: '更新的检查点取代了它。' },
  'task-finished': { en: 'A task has finished.', zh: '有任务已经结束。' },
  'task-not-running': { en: 'A task is not running.', zh: '有任务没有在运行。' },
  'failed-on-purpose': { en: 'A hand made it fail.', zh: '人为造成的失败。' },
  'task-failed': { en: 'A task failed.', zh: '有任务失败。' },
  'task-manager-killed': { en: 'A TaskManager was killed.', zh: '有 TaskManager 被强行终止。' },
  'task-manager-stopped': { en: 'A TaskManager was stopped.', zh: '有 TaskManager 被停止。' },
  'task-manager-lost': { en: 'A TaskManager was lost.', zh: '失去了一个 TaskManager。' },
  'link-cut': { en: 'A link was cut.', zh: '连接被切断。' },
  'no-slots': { en: 'There are not enough slots.', zh: 'slot 不够。' },
  'outside-unavailable': { en: 'A system outside is out.', zh: '外部系统停机。' },
  'job-manager-died': { en: 'The JobManager died.', zh: 'JobManager 消失。' },
  'no-high-availability': { en: 'There is no high availability.', zh: '没有高可用（high availability）。' },
  'no-checkpointing': { en: 'Checkpointing is off.', zh: '没有开启检查点（checkpoint）。' },
  'strategy-none': { en: 'The restart strategy is none.', zh: '重启策略是 none。' },
  'attempts-used-up': { en: 'The restart attempts are used up.', zh: '重启次数已用完。' },
  'failure-rate': { en: 'It failed too often for the strategy.', zh: '失败过于频繁，超出重启策略。' },
  unrecoverable: { en: 'The failure is beyond recovery.', zh: '失败不可恢复。' },
  'plain-sink': { en: 'The sink writes at least once.', zh: '这个 sink 是 at-least-once。' },
  'at-least-once': { en: 'Checkpoints are taken at least once.', zh: '检查点模式是 at-least-once。' },
  'next-checkpoint': { en: 'The next checkpoint will commit it.', zh: '等下一个检查点提交。' },
  'no-checkpoint-yet': { en: 'No checkpoint was complete.', zh: '没有完成的检查点可用。' },
  'transaction-timed-out': { en: 'The transaction timed out.', zh: '事务超时。' },
  'transaction-aborted': { en: 'The transaction was aborted.', zh: '事务被中止。' },
  'uid-changed': { en: 'Its state has another uid.', zh: '状态的 uid 不同。' },
  'field-not-state': {
    en: 'It has no state: what its function kept in fields, if it did, went with the attempt.',
    zh: '它没有状态：函数若把什么放在字段里，也随那次尝试一起消失了。',
  },
  'ttl-expired': { en: 'Its time to live was over.', zh: '状态的 TTL 已到期。' },
  'no-state-then': { en: 'There was no state yet at the checkpoint.', zh: '做检查点时还没有状态。' },
} as const satisfies Record<string, Text>

export const failureFixes = {
  'set-option': { en: '{key}: {value}', zh: '{key} 设为 {value}' },
  'undo-hand': { en: 'Without what a hand did at {at} ({what})', zh: '撤去 {at} 时的人为操作（{what}）' },
  'default-cost': { en: '{operator} as fast as the others', zh: '让 {operator} 和其他算子一样快' },
  'more-task-managers': { en: '{count} TaskManagers', zh: '{count} 个 TaskManager' },
  'more-room': { en: 'A file system without an end', zh: '文件系统不限容量' },
  // Advice
  'option-in-program': {
    en: 'The program itself sets {key}: set it to {value} there.',
    zh: '{key} 是程序自己设置的：请在程序里改为 {value}。',
  },
  'use-transactions': {
    en: 'In place of {operator}: TransactionalSink commits with checkpoints, UpsertSink puts what comes again in its own place.',
    zh: '把 {operator} 换成随检查点提交的 TransactionalSink，或按键覆盖的 UpsertSink。',
  },
  'longer-transactions': {
    en: 'A transaction has to live longer than the time between two checkpoints, and a restart: withTransactionTimeout(…).',
    zh: '事务的超时要长于两次检查点的间隔加上一次重启：withTransactionTimeout(…)。',
  },
  'same-uid': { en: 'Give {operator} the uid that it had: .uid(…).', zh: '给 {operator} 设置原来的 uid：.uid(…)。' },
  'longer-ttl': {
    en: 'A longer time to live for the state of {operator}: StateTtlConfig.',
    zh: '把 {operator} 的状态保留更久：StateTtlConfig。',
  },
  'use-state': {
    en: 'Keep in state what {operator} must not forget: getRuntimeContext().getState(…), or CheckpointedFunction.',
    zh: '{operator} 不能忘的内容请放进状态：getRuntimeContext().getState(…)，或 CheckpointedFunction。',
  },
} as const satisfies Record<string, Text>

export const failureText = {
  checkpoint: { en: 'Why this checkpoint?', zh: '这个检查点怎么了？' },
  checkpointIs: { en: 'Why is checkpoint {id} slow, or failed?', zh: '检查点 {id} 为什么慢，或者失败？' },
  restart: { en: 'Why did it restart?', zh: '为什么重启？' },
  restartNot: { en: 'Why did it not restart?', zh: '为什么没有重启？' },
  output: { en: 'Why is it there once more, or not to be seen?', zh: '为什么重复出现，或者看不到？' },
  outputIs: { en: 'Why does “{value}” stand outside like this?', zh: '外部系统中的“{value}”为什么是这样？' },
  value: { en: 'Why is it so?', zh: '为什么是这个值？' },
  valueIs: { en: 'Why is {state} of {key} in {operator} what it is?', zh: '{operator} 中 {key} 的 {state} 为什么是这个值？' },
  state: { en: 'Why did its state not come back?', zh: '状态为什么没有恢复？' },
  stateIs: { en: 'Why did the state of {operator} not come back?', zh: '{operator} 的状态为什么没有恢复？' },
} as const satisfies Record<string, Text>
