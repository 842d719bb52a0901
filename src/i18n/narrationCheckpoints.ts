import type { Text } from './index'

/** What a trace says of checkpoints, failures, state, sinks and what lies outside; a part of `narrationText`. */
export const checkpointNarration = {
  CheckpointTriggered: {
    en: '{checkpoint} of {job} is triggered: {tasks} subtasks must acknowledge it.',
    zh: '{job} 的 {checkpoint} 被触发：需要 {tasks} 个子任务确认。',
  },
  CheckpointRefused: { en: 'No {type} of {job} is triggered: {reason}', zh: '{job} 的{type}没有触发：{reason}' },
  CheckpointAcknowledged: {
    en: '{task} acknowledges {checkpoint}: {bytes} written, {full} in all.',
    zh: '{task} 确认 {checkpoint}：写出 {bytes}，状态总计 {full}。',
  },
  CheckpointDeclined: { en: '{task} declines {checkpoint}: {reason}', zh: '{task} 拒绝 {checkpoint}：{reason}' },
  CheckpointCompleted: {
    en: '{checkpoint} is complete: all have acknowledged, {bytes} were written, {full} can be restored from {path}.',
    zh: '{checkpoint} 完成：全部已确认，写出 {bytes}，可从 {path} 恢复 {full}。',
  },
  'CheckpointCompleted.memory': {
    en: '{checkpoint} is complete: all have acknowledged, {full} are in the memory of the JobManager.',
    zh: '{checkpoint} 完成：全部已确认，{full} 存放在 JobManager 的内存里。',
  },
  CheckpointAborted: { en: '{checkpoint} of {job} fails: {reason}', zh: '{job} 的 {checkpoint} 失败：{reason}' },
  'CheckpointAborted.counted': {
    en: '{checkpoint} of {job} fails, failure {failures} in a row: {reason}',
    zh: '{job} 的 {checkpoint} 失败（连续第 {failures} 次）：{reason}',
  },
  CheckpointDiscarded: {
    en: '{checkpoint} is no longer kept: its files are deleted, but for those that others share.',
    zh: '{checkpoint} 不再保留：删除它的文件，与其他 checkpoint 共享的除外。',
  },
  JobRestored: {
    en: '{job} goes back to {checkpoint}: what came after it is read and computed again.',
    zh: '{job} 回到 {checkpoint}：其后的数据重新读取、重新计算。',
  },
  'JobRestored.path': { en: '{job} starts from {checkpoint}, which lies in {path}.', zh: '{job} 从位于 {path} 的 {checkpoint} 启动。' },
  'JobRestored.nothing': {
    en: '{job} starts over from nothing: there is no completed checkpoint.',
    zh: '{job} 从头开始：没有已完成的 checkpoint。',
  },
  RestartScheduled: {
    en: '{strategy}: {tasks} restart after {delay}, restart {restart}. {failure}',
    zh: '{strategy}：{tasks} 在 {delay} 后重启（第 {restart} 次）。{failure}',
  },
  'RestartScheduled.never': { en: '{strategy} does not restart {job}: {failure}', zh: '{strategy} 不再重启 {job}：{failure}' },
  SavepointAsked: { en: 'You ask for {type} of {job}.', zh: '你要求为 {job} 生成{type}。' },
  'SavepointAsked.done': { en: 'The {type} that you asked for is in {path}.', zh: '你要求的{type}位于 {path}。' },
  'SavepointAsked.memory': {
    en: 'The {type} that you asked for is complete, in the memory of the JobManager.',
    zh: '你要求的{type}已完成，存放在 JobManager 的内存中。',
  },
  'SavepointAsked.failed': { en: 'The {type} that you asked for failed: {reason}', zh: '你要求的{type}失败：{reason}' },
  JobManagerDied: {
    en: 'The JobManager is gone: nobody triggers checkpoints, nobody sees failures.',
    zh: 'JobManager 消失：没有人触发 checkpoint，也没有人发现故障。',
  },
  JobManagerStarted: {
    en: 'A JobManager starts, with nothing of what the last one knew.',
    zh: '新的 JobManager 启动，对之前的一切一无所知。',
  },
  'JobManagerStarted.first': { en: 'The JobManager starts.', zh: 'JobManager 启动。' },
  'JobManagerStarted.again': {
    en: 'Another JobManager takes over: high availability kept the jobs and the place of their checkpoints.',
    zh: '另一个 JobManager 接管：高可用（high availability）保存了作业及其 checkpoint 的位置。',
  },
  HeartbeatMissed: {
    en: 'The JobManager has heard nothing from {host} for {span}.',
    zh: 'JobManager 已有 {span} 没有收到 {host} 的心跳。',
  },

  BarrierOut: {
    en: '{from} sends barrier {checkpoint} to {to}, behind all it sent before.',
    zh: '{from} 向 {to} 发出 barrier {checkpoint}，排在此前发出的全部数据之后。',
  },
  'BarrierOut.overtook': {
    en: '{from} sends barrier {checkpoint} to {to}: it overtakes {records} records that wait there.',
    zh: '{from} 向 {to} 发出 barrier {checkpoint}：它越过在那里等待的 {records} 条记录。',
  },
  'BarrierOut.overtook.one': {
    en: '{from} sends barrier {checkpoint} to {to}: it overtakes a record that waits there.',
    zh: '{from} 向 {to} 发出 barrier {checkpoint}：它越过在那里等待的 1 条记录。',
  },
  BarrierIn: { en: '{task} gets barrier {checkpoint} from {from}.', zh: '{task} 收到来自 {from} 的 barrier {checkpoint}。' },
  'BarrierIn.unaligned': {
    en: '{task} gets barrier {checkpoint} from {from}, ahead of what it overtakes.',
    zh: '{task} 收到来自 {from} 的 barrier {checkpoint}，先于被它越过的数据。',
  },
  BarrierAnnounced: {
    en: 'Barrier {checkpoint} from {from} stands in the queue of {task}; it may yet overtake.',
    zh: '来自 {from} 的 barrier {checkpoint} 在 {task} 的队列中；之后仍可能越过数据。',
  },
  ChannelBlocked: {
    en: '{task} reads no more from {from}: what comes behind barrier {checkpoint} waits until all barriers are there.',
    zh: '{task} 暂停读取 {from}：barrier {checkpoint} 之后的数据要等其余 barrier 到齐。',
  },
  ChannelResumed: { en: '{task} reads from {from} again.', zh: '{task} 恢复读取 {from}。' },
  AlignmentBegun: {
    en: '{task} begins to align {checkpoint}: it waits for {channels} barriers.',
    zh: '{task} 开始对齐（align）{checkpoint}：等待 {channels} 个 barrier。',
  },
  'AlignmentBegun.one': {
    en: '{task} begins to align {checkpoint}: it waits for one more barrier.',
    zh: '{task} 开始对齐（align）{checkpoint}：还等待 1 个 barrier。',
  },
  'AlignmentEnded.all': {
    en: '{task} has all barriers of {checkpoint}, {span} after the first.',
    zh: '{task} 收齐 {checkpoint} 的 barrier，距第一个 {span}。',
  },
  'AlignmentEnded.givenUp': {
    en: '{task} gives up the alignment of {checkpoint} after {span}: {reason}',
    zh: '{task} 在 {span} 后放弃对齐 {checkpoint}：{reason}',
  },
  'AlignmentEnded.timeout': {
    en: '{task} has aligned {checkpoint} for {span}, long enough: the rest goes unaligned.',
    zh: '{task} 对齐 {checkpoint} 已用 {span}，到达时限：其余改为非对齐（unaligned）。',
  },
  CheckpointBegun: {
    en: '{task} takes its snapshot for {checkpoint}, {span} after the trigger.',
    zh: '{task} 为 {checkpoint} 做快照，距触发 {span}。',
  },
  SnapshotSync: {
    en: '{task} has its state of {bytes} for {checkpoint} in hand after {span}, and works on.',
    zh: '{task} 用 {span} 取得 {checkpoint} 的状态（{bytes}），随即继续处理。',
  },
  SnapshotDone: {
    en: '{task} has written {bytes} for {checkpoint}, in {span} beside its work.',
    zh: '{task} 为 {checkpoint} 写出 {bytes}，异步用时 {span}。',
  },
  'ChannelStatePersisted.input': {
    en: '{checkpoint} keeps {records} records ({bytes}) from {from} that {task} has not read yet.',
    zh: '{checkpoint} 保存 {task} 尚未读取的、来自 {from} 的 {records} 条记录（{bytes}）。',
  },
  'ChannelStatePersisted.output': {
    en: '{checkpoint} keeps {records} records ({bytes}) that {from} has not sent to {task} yet.',
    zh: '{checkpoint} 保存 {from} 尚未发给 {task} 的 {records} 条记录（{bytes}）。',
  },
  'CheckpointNotified.complete': { en: '{task} is told that {checkpoint} is complete.', zh: '{task} 得知 {checkpoint} 已完成。' },
  'CheckpointNotified.aborted': { en: '{task} is told that {checkpoint} was aborted.', zh: '{task} 得知 {checkpoint} 已中止。' },

  StateRestored: {
    en: '{operator} has its state of {checkpoint} back: {entries} keyed entries, {bytes} read.',
    zh: '{operator} 恢复 {checkpoint} 的状态：{entries} 个 keyed 条目，读取 {bytes}。',
  },
  OffsetRestored: {
    en: '{operator} reads on from offset {offset} of {partition}.',
    zh: '{operator} 从 {partition} 的 offset {offset} 继续读取。',
  },
  StateHeld: { en: '{operator} holds {entries} keyed entries.', zh: '{operator} 持有 {entries} 个 keyed 条目。' },
  'StateHeld.bytes': {
    en: '{operator} holds {entries} keyed entries in {bytes}, {memory} of them in memory.',
    zh: '{operator} 持有 {entries} 个 keyed 条目，共 {bytes}，其中 {memory} 个在内存。',
  },
  'SstFileWritten.flush': {
    en: 'RocksDB of {operator} writes file {file}: {entries} entries, {bytes}, on level 0.',
    zh: '{operator} 的 RocksDB 写出文件 {file}：{entries} 个条目，{bytes}，位于第 0 层。',
  },
  'SstFileWritten.compaction': {
    en: 'RocksDB of {operator} compacts into file {file}: {entries} entries, {bytes}, on level {level}.',
    zh: '{operator} 的 RocksDB 合并（compaction）出文件 {file}：{entries} 个条目，{bytes}，位于第 {level} 层。',
  },
  SstFileDropped: {
    en: 'RocksDB of {operator} needs file {file} no more; checkpoints that share it keep its bytes.',
    zh: '{operator} 的 RocksDB 不再需要文件 {file}；共享它的 checkpoint 仍保留其内容。',
  },
  MemtableFlushed: {
    en: 'RocksDB of {operator} flushes its memtable: {entries} entries, {bytes}.',
    zh: '{operator} 的 RocksDB 落盘 memtable：{entries} 个条目，{bytes}。',
  },

  'TransactionMoved.begun': { en: '{operator} begins transaction {transaction}.', zh: '{operator} 开始事务 {transaction}。' },
  'TransactionMoved.preCommitted': {
    en: '{operator} pre-commits transaction {transaction} for {checkpoint}: it is not to be seen yet.',
    zh: '{operator} 为 {checkpoint} 预提交（pre-commit）事务 {transaction}：此时仍不可见。',
  },
  'TransactionMoved.committed': {
    en: '{operator} commits transaction {transaction}: {checkpoint} is complete, what was written is to be seen.',
    zh: '{operator} 提交事务 {transaction}：{checkpoint} 已完成，写出的内容可见。',
  },
  'TransactionMoved.aborted': {
    en: '{operator} aborts transaction {transaction}: what was written in it never was.',
    zh: '{operator} 中止事务 {transaction}：其中写出的内容作废。',
  },
  'TransactionMoved.recovered': {
    en: '{operator} commits transaction {transaction} of {checkpoint} once more after the restart.',
    zh: '{operator} 重启后再次提交 {checkpoint} 的事务 {transaction}。',
  },
  'TransactionMoved.recoveredAborted': {
    en: '{operator} aborts transaction {transaction}, which the failure left open.',
    zh: '{operator} 中止故障遗留的事务 {transaction}。',
  },
  'TransactionMoved.failed': {
    en: '{operator} cannot commit transaction {transaction}.',
    zh: '{operator} 无法提交事务 {transaction}。',
  },
  ExternalWrote: { en: '{system} has {value}, to be seen at once.', zh: '{system} 写入 {value}，立即可见。' },
  'ExternalWrote.key': { en: '{system} has {value} under {key}, to be seen at once.', zh: '{system} 在 {key} 下写入 {value}，立即可见。' },
  'ExternalWrote.transaction': {
    en: '{system} has {value} in transaction {transaction}, uncommitted.',
    zh: '{system} 在事务 {transaction} 中写入 {value}，尚未提交。',
  },
  'ExternalWrote.key.transaction': {
    en: '{system} has {value} under {key} in transaction {transaction}, uncommitted.',
    zh: '{system} 在事务 {transaction} 中于 {key} 下写入 {value}，尚未提交。',
  },
  ExternalTransaction: { en: '{system} opens transaction {transaction} ({name}).', zh: '{system} 打开事务 {transaction}（{name}）。' },
  'ExternalTransaction.timeout': {
    en: '{system} opens transaction {transaction} ({name}), and drops it if it is not committed within {span}.',
    zh: '{system} 打开事务 {transaction}（{name}），若 {span} 内没有提交则丢弃。',
  },
  'ExternalTransaction.preCommitted': {
    en: '{system} has all of transaction {transaction}, and waits to be told to commit it.',
    zh: '{system} 已收齐事务 {transaction} 的内容，等待提交命令。',
  },
  ExternalCommitted: {
    en: '{system} commits transaction {transaction}: readers see it from now on.',
    zh: '{system} 提交事务 {transaction}：从此对读者可见。',
  },
  'ExternalCommitted.again': {
    en: '{system} is told once more to commit transaction {transaction}: nothing changes.',
    zh: '{system} 再次被要求提交事务 {transaction}：没有变化。',
  },
  'ExternalAborted.owner': {
    en: '{system} drops transaction {transaction}: its owner aborts it.',
    zh: '{system} 丢弃事务 {transaction}：由其所有者中止。',
  },
  'ExternalAborted.timeout': {
    en: '{system} drops transaction {transaction}: it was open longer than its timeout allows.',
    zh: '{system} 丢弃事务 {transaction}：打开时间超过了事务超时。',
  },
  'ExternalAborted.fenced': {
    en: '{system} drops transaction {transaction}: the successor of its owner fences it off.',
    zh: '{system} 丢弃事务 {transaction}：被其所有者的后继隔离（fence）。',
  },
  'ExternalNamed.table': { en: 'Outside, there is the table {name}.', zh: '外部有表 {name}。' },
  'ExternalNamed.topic': { en: 'Outside, there is the topic {name}.', zh: '外部有 topic {name}。' },
  'ExternalNamed.directory': { en: 'Outside, there is the directory {name}.', zh: '外部有目录 {name}。' },
  FileWritten: { en: '{path} is written: {bytes}.', zh: '写出 {path}：{bytes}。' },
  'FileWritten.shared': {
    en: '{path} is written: {bytes}, which later checkpoints can share.',
    zh: '写出 {path}：{bytes}，之后的 checkpoint 可以共享。',
  },
  'FileWritten.metadata': {
    en: '{path} is written: {bytes}. With it, the checkpoint can be restored from.',
    zh: '写出 {path}：{bytes}。有了它，就可以从该 checkpoint 恢复。',
  },
  FileDeleted: { en: '{path} is deleted: {bytes} are free.', zh: '删除 {path}：释放 {bytes}。' },
  'FileFailed.write.full': { en: '{path} cannot be written: the disk is full.', zh: '无法写出 {path}：磁盘已满。' },
  'FileFailed.write.failing': { en: '{path} cannot be written: the disk fails.', zh: '无法写出 {path}：磁盘故障。' },
  'FileFailed.read': { en: '{path} cannot be read: the disk fails.', zh: '无法读取 {path}：磁盘故障。' },
  'FileFailed.missing': { en: '{path} is not there.', zh: '{path} 不存在。' },

  'PoolUsage.out': {
    en: '{task} has {used} of {size} buffers of its output pool in use.',
    zh: '{task} 的输出缓冲池已用 {used} / {size} 个 buffer。',
  },
  'PoolUsage.in': { en: '{task} has {used} of {size} buffers of its input in use.', zh: '{task} 的输入已用 {used} / {size} 个 buffer。' },
  'QueueLength.sender': {
    en: '{buffers} buffers ({bytes}) wait at {from} to be sent to {task}.',
    zh: '{from} 处有 {buffers} 个 buffer（{bytes}）等待发往 {task}。',
  },
  'QueueLength.receiver': {
    en: '{buffers} buffers ({bytes}) from {from} wait for {task}.',
    zh: '来自 {from} 的 {buffers} 个 buffer（{bytes}）等待 {task} 处理。',
  },
  BufferSize: {
    en: 'Buffer debloating: {task} asks for buffers of {bytes} from now on; what is on its way takes {span} to consume.',
    zh: '缓冲去膨胀（buffer debloating）：{task} 此后要求 {bytes} 的 buffer；在途数据需要 {span} 才能处理完。',
  },
  FaultStruck: { en: 'Your failure strikes: {what}', zh: '你安排的故障发生：{what}' },
  'FaultStruck.task': { en: 'Your failure strikes {task}: {what}', zh: '你安排的故障命中 {task}：{what}' },
} as const satisfies Readonly<Record<string, Text>>

/** Words that stand in those sentences' places. */
export const checkpointWords = {
  // What a snapshot is called, by its type (SNAPSHOT_TYPES): with its number, and as a request
  numbered: { en: 'checkpoint {id}', zh: 'checkpoint {id}' },
  numberedSavepoint: { en: 'savepoint {id}', zh: 'savepoint {id}' },
  types: [
    { en: 'checkpoint', zh: '检查点（checkpoint）' },
    { en: 'full checkpoint', zh: '全量检查点（checkpoint）' },
    { en: 'savepoint', zh: '保存点（savepoint）' },
    { en: 'savepoint to stop with', zh: '停止用的保存点（savepoint）' },
    { en: 'savepoint to drain and stop with', zh: '排空并停止用的保存点（savepoint）' },
  ],
  a: { en: 'a {name}', zh: '{name}' },
  noCheckpoint: { en: 'no checkpoint', zh: '（无 checkpoint）' },
  nobody: { en: 'Nobody', zh: '没有子任务' },
  allTasks: { en: 'all tasks', zh: '全部任务' },
  system: { en: 'outside system {number}', zh: '外部系统 {number}' },
} as const
