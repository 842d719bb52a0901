import type { Text } from './index'

/** What stands in a scenario, in words: Flink's configuration keys, generators, templates. */

/** Headings of the groups of keys, by `OPTION_GROUPS` id. */
export const optionGroups: Readonly<Record<string, Text>> = {
  core: { en: 'Job', zh: '作业' },
  pipeline: { en: 'Pipeline', zh: '流水线' },
  execution: { en: 'Execution', zh: '执行' },
  taskmanager: { en: 'TaskManager', zh: 'TaskManager' },
  network: { en: 'Network buffers', zh: '网络缓冲区' },
  jobmanager: { en: 'JobManager and slots', zh: 'JobManager 与任务槽' },
  restart: { en: 'Restart strategy', zh: '重启策略' },
  checkpointing: { en: 'Checkpoints', zh: '检查点' },
  state: { en: 'State', zh: '状态' },
  other: { en: 'Other', zh: '其他' },
}

/** One sentence a key; `options.test.ts` asks for one for every key of the catalogue. */
export const optionTexts: Readonly<Record<string, Text>> = {
  'tidemark.taskmanagers': { en: 'How many TaskManagers the simulated cluster has.', zh: '模拟集群有多少个 TaskManager。' },
  'tidemark.link-latency': {
    en: 'How long a message travels between any two processes, one way.',
    zh: '任意两个进程之间消息单程所需的时间。',
  },
  'tidemark.clock-start': { en: 'What the cluster’s clock shows when the run begins.', zh: '运行开始时集群时钟显示的时刻。' },
  'state.backend.rocksdb.writebuffer.size': {
    en: 'Size at which a memtable is flushed (Flink’s 64 mb, here 64 kb).',
    zh: '内存表写满多少后刷盘（Flink 为 64 mb，这里为 64 kb）。',
  },
  'state.backend.rocksdb.compaction.level.target-file-size-base': {
    en: 'Size at which a compaction begins another SST file (Flink’s 64 mb, here 64 kb).',
    zh: '压缩时单个 SST 文件的目标大小（Flink 为 64 mb，这里为 64 kb）。',
  },
  'state.backend.rocksdb.compaction.level.max-size-level-base': {
    en: 'Size of level 1; each further level may hold ten times as much (Flink’s 256 mb, here 256 kb).',
    zh: '第 1 层的容量；往下每层是上一层的十倍（Flink 为 256 mb，这里为 256 kb）。',
  },
  'tidemark.rocksdb.read-cost': {
    en: 'How many virtual µs RocksDB spends on reading a value.',
    zh: 'RocksDB 读取一个值所用的虚拟微秒数。',
  },
  'tidemark.rocksdb.file-cost': {
    en: 'How many virtual µs more for each SST file that a read looks in.',
    zh: '一次读取每多查一个 SST 文件增加的虚拟微秒数。',
  },
  'tidemark.rocksdb.write-cost': {
    en: 'How many virtual µs RocksDB spends on writing a value.',
    zh: 'RocksDB 写入一个值所用的虚拟微秒数。',
  },
  'tidemark.record-cost': { en: 'How many virtual µs an operator spends on a record.', zh: '一个算子处理一条记录所用的虚拟微秒数。' },

  'parallelism.default': {
    en: 'How many subtasks an operator has when the program does not say.',
    zh: '程序没有指定时，一个算子有多少个子任务。',
  },

  'pipeline.name': { en: 'The job’s name.', zh: '作业的名称。' },
  'pipeline.auto-watermark-interval': {
    en: 'How often sources and watermark operators emit a watermark; 0: never by the clock.',
    zh: '数据源和水位线算子多久发出一次水位线；0 表示不按时钟发出。',
  },
  'pipeline.auto-generate-uids': {
    en: 'Whether operators without a uid get one; if not, the job is refused.',
    zh: '没有 uid 的算子是否自动获得一个；否则拒绝该作业。',
  },
  'pipeline.generic-types': {
    en: 'Whether types may be serialized by Kryo when Flink knows nothing better.',
    zh: '当 Flink 没有更合适的办法时，是否允许用 Kryo 序列化。',
  },
  'pipeline.max-parallelism': {
    en: 'Number of key groups: how far keyed state can ever be scaled out; −1: worked out from the parallelism.',
    zh: '键组的数量，即键控状态最多能扩展到的并行度；−1 表示由并行度推算。',
  },
  'pipeline.time-characteristic': {
    en: 'Which time timeWindow() and sources of the old kind count, for jobs that still set it.',
    zh: 'timeWindow() 与旧式数据源按哪种时间计算；仅供仍在设置它的作业使用。',
  },
  'pipeline.object-reuse': {
    en: 'Whether chained operators hand on the same object instead of a copy.',
    zh: '链在一起的算子之间是否传递同一个对象而不复制。',
  },
  'pipeline.operator-chaining.enabled': { en: 'Whether operators may be chained into one task.', zh: '是否允许把算子链成一个任务。' },
  'pipeline.operator-chaining.chain-operators-with-different-max-parallelism': {
    en: 'Whether operators of different max parallelism may be chained.',
    zh: '最大并行度不同的算子是否可以链在一起。',
  },
  'pipeline.vertex-description-mode': {
    en: 'How a task’s description lists the operators of its chain.',
    zh: '任务描述如何列出链中的算子。',
  },
  'pipeline.vertex-name-include-index-prefix': {
    en: 'Whether a task’s name begins with its number in the graph.',
    zh: '任务名称是否以它在图中的编号开头。',
  },
  'pipeline.watermark-alignment.allow-unaligned-source-splits': {
    en: 'Whether alignment may go on without splits that cannot pause.',
    zh: '水位线对齐是否允许存在不能暂停的分片。',
  },

  'execution.runtime-mode': {
    en: 'STREAMING: all at once, record by record. BATCH: stage by stage, on bounded input.',
    zh: 'STREAMING：同时运行，逐条处理；BATCH：在有界输入上逐阶段运行。',
  },
  'execution.batch-shuffle-mode': { en: 'How data passes between the stages of a batch job.', zh: '批作业各阶段之间如何交换数据。' },
  'execution.batch.adaptive.auto-parallelism.enabled': {
    en: 'Whether a batch job’s scheduler decides parallelism that the program leaves open.',
    zh: '程序未指定并行度时，是否由批作业的调度器决定。',
  },
  'execution.batch.adaptive.auto-parallelism.max-parallelism': {
    en: 'How many subtasks that scheduler makes of a task at most; without it, the environment’s parallelism.',
    zh: '该调度器最多为一个任务创建多少子任务；未设置时以环境的并行度为上限。',
  },
  'execution.buffer-timeout.enabled': {
    en: 'Whether buffers are sent before they are full; if not, only full ones are.',
    zh: '缓冲区未满时是否也会发送；否则只发送已满的。',
  },
  'execution.buffer-timeout.interval': {
    en: 'How long a record waits at most for its buffer to fill; 0: each is sent at once.',
    zh: '一条记录最多等待缓冲区填满多久；0 表示每条立即发送。',
  },
  'execution.sorted-inputs.enabled': { en: 'Whether keyed inputs are sorted by key in batch mode.', zh: '批模式下键控输入是否按键排序。' },
  'execution.batch-state-backend.enabled': {
    en: 'Whether batch mode holds the state of one key at a time.',
    zh: '批模式下是否一次只保留一个键的状态。',
  },
  'execution.checkpointing.snapshot-compression': { en: 'Whether snapshots are compressed.', zh: '快照是否压缩。' },

  'taskmanager.numberOfTaskSlots': {
    en: 'How many slots each TaskManager has; a slot holds one subtask of each task that shares it.',
    zh: '每个 TaskManager 有多少个任务槽；一个槽可容纳共享它的每个任务的一个子任务。',
  },
  'taskmanager.memory.task.heap.size': {
    en: 'Heap of a TaskManager: a slot’s share is what keyed state on the heap may take; more is an OutOfMemoryError.',
    zh: 'TaskManager 的堆内存：堆上的键控状态最多占用一个 slot 的份额，超出即 OutOfMemoryError。',
  },
  'taskmanager.memory.segment-size': { en: 'Size of one network buffer.', zh: '一个网络缓冲区的大小。' },
  'taskmanager.memory.network.fraction': { en: 'Share of Flink’s memory that network buffers get.', zh: '网络缓冲区占 Flink 内存的比例。' },
  'taskmanager.memory.network.min': { en: 'Network memory is at least this.', zh: '网络内存的下限。' },
  'taskmanager.memory.network.max': { en: 'Network memory is at most this.', zh: '网络内存的上限。' },
  'taskmanager.memory.managed.fraction': {
    en: 'Share of Flink’s memory for RocksDB, sorting and caching.',
    zh: '留给 RocksDB、排序和缓存的内存比例。',
  },
  'taskmanager.memory.managed.size': { en: 'Memory for RocksDB, sorting and caching.', zh: '留给 RocksDB、排序和缓存的内存。' },
  'taskmanager.memory.process.size': { en: 'Memory of the whole TaskManager process.', zh: '整个 TaskManager 进程的内存。' },
  'taskmanager.memory.flink.size': {
    en: 'Memory of the TaskManager without the JVM’s own.',
    zh: 'TaskManager 的内存，不含 JVM 自身的部分。',
  },
  'taskmanager.memory.min-segment-size': {
    en: 'Buffer debloating makes no buffer smaller than this.',
    zh: '缓冲去膨胀（buffer debloating）不会使缓冲区小于此值。',
  },
  'taskmanager.network.memory.buffer-debloat.enabled': {
    en: 'Whether buffers shrink so that what is in flight takes about the target time.',
    zh: '是否缩小缓冲区，使在途数据所需时间接近目标值。',
  },
  'taskmanager.network.memory.buffer-debloat.target': { en: 'How long what is in flight should take.', zh: '在途数据应当需要的处理时间。' },
  'taskmanager.network.memory.buffer-debloat.period': {
    en: 'How often the buffers’ size is worked out anew.',
    zh: '多久重新计算一次缓冲区大小。',
  },
  'taskmanager.network.memory.buffer-debloat.samples': {
    en: 'Over how many looks the size is averaged: more make it follow more slowly.',
    zh: '按最近多少次计算结果取平均：次数越多，大小变化越慢。',
  },
  'taskmanager.network.memory.buffer-debloat.threshold-percentages': {
    en: 'Smallest change of size that is made, in percent.',
    zh: '大小变化达到百分之多少才会调整。',
  },
  'taskmanager.load-balance.mode': {
    en: 'Whether slots are spread over TaskManagers (SLOTS) or filled one after the other.',
    zh: '任务槽是分散到各个 TaskManager（SLOTS），还是逐个填满。',
  },
  'task.cancellation.interval': { en: 'How often a task that is being cancelled is interrupted.', zh: '取消任务时多久中断它一次。' },
  'task.cancellation.timeout': {
    en: 'After this a task that does not end takes its TaskManager down.',
    zh: '任务超过这个时间仍不结束，TaskManager 就会退出。',
  },

  'taskmanager.network.memory.buffers-per-channel': {
    en: 'Exclusive buffers of each input channel: its credit at the start.',
    zh: '每个输入通道独占的缓冲区，即其初始信用（credit）。',
  },
  'taskmanager.network.memory.floating-buffers-per-gate': {
    en: 'Buffers that the channels of an input gate share as they need them.',
    zh: '一个输入门的各通道按需共享的缓冲区。',
  },
  'taskmanager.network.memory.max-buffers-per-channel': {
    en: 'How many buffers may queue at one subpartition before the task is back-pressured.',
    zh: '一个子分区最多排队多少个缓冲区，超过后任务被反压。',
  },
  'taskmanager.network.memory.max-overdraft-buffers-per-gate': {
    en: 'Buffers beyond the pool that a record in the middle of being written may take.',
    zh: '正在写出的记录可以超出缓冲池额外使用的缓冲区。',
  },

  'slot.request.timeout': { en: 'How long a job waits for slots before it fails.', zh: '作业等待任务槽（slot）多久后失败。' },
  'slot.idle.timeout': { en: 'After how long an unused slot is given back.', zh: '未使用的任务槽多久后归还。' },
  'jobmanager.scheduler': {
    en: 'Which scheduler places the tasks: Default waits for all slots that a job needs; Adaptive runs a streaming job with the slots that there are.',
    zh: '由哪个调度器放置任务：Default 等待作业所需的全部任务槽（slot）；Adaptive 用现有的任务槽运行流作业。',
  },
  'jobmanager.execution.failover-strategy': {
    en: 'What restarts with a failed task: its region, or everything.',
    zh: '任务失败时重启什么：所在区域，还是全部。',
  },
  'jobmanager.adaptive-scheduler.resource-wait-timeout': {
    en: 'How long the adaptive scheduler waits for the slots it would like.',
    zh: '自适应调度器等待理想数量任务槽的时间。',
  },
  'jobmanager.adaptive-scheduler.resource-stabilization-timeout': {
    en: 'How long it waits for more once it has enough to start.',
    zh: '资源够用之后再等待更多资源的时间。',
  },
  'jobmanager.adaptive-scheduler.min-parallelism-increase': {
    en: 'How many more subtasks of a task must be possible before a running job is restarted for them.',
    zh: '某个任务至少能多出多少个子任务，才为此重启正在运行的作业。',
  },
  'jobmanager.adaptive-scheduler.scaling-interval.min': {
    en: 'How long a job runs at least before it is restarted with another parallelism.',
    zh: '作业至少运行多久，才会以另一并行度重启。',
  },
  'jobmanager.adaptive-scheduler.scaling-interval.max': {
    en: 'After how long it is restarted for any gain, however small; without it, never.',
    zh: '多久之后哪怕增益再小也会重启；未设置则从不。',
  },
  'slotmanager.requirement-check.delay': {
    en: 'How long the ResourceManager gathers requests before it answers.',
    zh: 'ResourceManager 汇集请求多久后处理。',
  },
  'resourcemanager.standalone.start-up-time': {
    en: 'How long after its start a standalone cluster may still be missing TaskManagers.',
    zh: '独立集群启动后多久之内仍可缺少 TaskManager。',
  },
  'cluster.evenly-spread-out-slots': {
    en: 'Whether slots are spread evenly over all TaskManagers; if not, one TaskManager is filled after the other.',
    zh: '是否把任务槽（slot）均匀分散到所有 TaskManager；否则逐个占满 TaskManager。',
  },
  'fine-grained.shuffle-mode.all-blocking': {
    en: 'Whether a batch job with resources for slot sharing groups makes every exchange blocking; without it such a job is refused.',
    zh: '批作业为槽位共享组声明资源时，是否将所有交换改为阻塞；否则拒绝该作业。',
  },
  'heartbeat.interval': { en: 'How often processes tell each other that they live.', zh: '进程之间多久发送一次心跳。' },
  'heartbeat.timeout': { en: 'After how long without a sign of life a process counts as dead.', zh: '多久没有心跳就视为已死。' },
  'heartbeat.rpc-failure-threshold': {
    en: 'How many heartbeats in a row must be refused before a process counts as unreachable. −1: only the timeout counts.',
    zh: '连续多少次心跳被拒绝就视为不可达。−1：只看超时。',
  },
  'high-availability.type': {
    en: 'zookeeper or kubernetes: a new JobManager knows the jobs of the one that died, and their checkpoints. NONE: it begins from nothing.',
    zh: 'zookeeper 或 kubernetes：新的 JobManager 知道前任的作业及其检查点。NONE：从零开始。',
  },
  'high-availability.storageDir': {
    en: 'Where what jobs are made of is kept for the next JobManager; needed with high availability.',
    zh: '作业元数据为下一任 JobManager 保存的位置；启用高可用时必填。',
  },

  'restart-strategy.type': {
    en: 'What happens after a failure. Unset: none without checkpoints, exponential-delay with them.',
    zh: '失败之后怎么办。未设置时：没有检查点则不重启，有则为 exponential-delay。',
  },
  'restart-strategy.fixed-delay.attempts': { en: 'How many restarts before the job fails.', zh: '重启多少次之后作业失败。' },
  'restart-strategy.fixed-delay.delay': { en: 'Pause before each restart.', zh: '每次重启之前的停顿。' },
  'restart-strategy.failure-rate.max-failures-per-interval': {
    en: 'How many failures in the interval are borne.',
    zh: '在时间段内容许多少次失败。',
  },
  'restart-strategy.failure-rate.failure-rate-interval': {
    en: 'The interval over which failures are counted.',
    zh: '统计失败次数的时间段。',
  },
  'restart-strategy.failure-rate.delay': { en: 'Pause before each restart.', zh: '每次重启之前的停顿。' },
  'restart-strategy.exponential-delay.initial-backoff': { en: 'First pause before a restart.', zh: '第一次重启之前的停顿。' },
  'restart-strategy.exponential-delay.max-backoff': { en: 'Longest pause before a restart.', zh: '重启之前停顿的上限。' },
  'restart-strategy.exponential-delay.backoff-multiplier': { en: 'By how much the pause grows each time.', zh: '每次停顿增长的倍数。' },
  'restart-strategy.exponential-delay.reset-backoff-threshold': {
    en: 'After how long without failure the pause starts small again.',
    zh: '多久没有失败，停顿就恢复到初始值。',
  },
  'restart-strategy.exponential-delay.jitter-factor': {
    en: 'Share of the pause by which it varies at random.',
    zh: '停顿随机浮动的比例。',
  },
  'restart-strategy.exponential-delay.attempts-before-reset-backoff': {
    en: 'How many restarts before the job fails, unless the pause was reset in between.',
    zh: '重启多少次之后作业失败，除非其间停顿已被重置。',
  },

  'execution.checkpointing.interval': { en: 'How often a checkpoint is taken; unset: never.', zh: '多久做一次检查点；未设置则不做。' },
  'execution.checkpointing.interval-during-backlog': {
    en: 'The interval while sources work off a backlog; 0: none meanwhile.',
    zh: '数据源追赶积压时的间隔；0 表示其间不做。',
  },
  'execution.checkpointing.mode': {
    en: 'Whether barriers are aligned so that state counts each record once, or not.',
    zh: '是否对齐屏障，使每条记录在状态中恰好计一次。',
  },
  'execution.checkpointing.timeout': { en: 'After how long an unfinished checkpoint is given up.', zh: '未完成的检查点多久后放弃。' },
  'execution.checkpointing.min-pause': {
    en: 'Least time between the end of one checkpoint and the start of the next.',
    zh: '上一个检查点结束到下一个开始之间的最短时间。',
  },
  'execution.checkpointing.max-concurrent-checkpoints': {
    en: 'How many checkpoints may be under way at once.',
    zh: '同时进行的检查点的最大数量。',
  },
  'execution.checkpointing.tolerable-failed-checkpoints': {
    en: 'How many failed checkpoints in a row the job bears.',
    zh: '作业容许检查点连续失败多少次。',
  },
  'execution.checkpointing.externalized-checkpoint-retention': {
    en: 'Whether checkpoints stay when the job is cancelled or fails.',
    zh: '作业取消或失败时是否保留检查点。',
  },
  'execution.checkpointing.unaligned.enabled': {
    en: 'Whether barriers overtake records, which are stored in the checkpoint.',
    zh: '屏障是否越过记录；被越过的记录存入检查点。',
  },
  'execution.checkpointing.aligned-checkpoint-timeout': {
    en: 'After how long a checkpoint that began aligned goes on unaligned.',
    zh: '以对齐方式开始的检查点多久后转为不对齐。',
  },
  'execution.checkpointing.force': {
    en: 'Checkpoints of a job with iterations all the same, though they lose records that are on their way round.',
    zh: '即使作业含迭代也做检查点，但仍在回路中的记录会丢失。',
  },
  'execution.checkpointing.unaligned.forced': {
    en: 'Unaligned even where Flink thinks it unsafe.',
    zh: '即使 Flink 认为不安全也采用不对齐方式。',
  },
  'execution.checkpointing.unaligned.interruptible-timers.enabled': {
    en: 'Whether a long row of firing timers may be interrupted for a checkpoint.',
    zh: '一长串定时器触发时是否可以为检查点而中断。',
  },
  'execution.checkpointing.checkpoints-after-tasks-finish': {
    en: 'Whether checkpoints go on when some tasks have finished.',
    zh: '部分任务结束之后是否继续做检查点。',
  },
  'execution.checkpointing.num-retained': { en: 'How many completed checkpoints are kept.', zh: '保留多少个已完成的检查点。' },
  'execution.checkpointing.storage': {
    en: 'Where checkpoints are kept: jobmanager (its memory) or filesystem.',
    zh: '检查点存放在哪里：jobmanager（其内存）或 filesystem。',
  },
  'execution.checkpointing.dir': { en: 'Directory of the checkpoints.', zh: '检查点的目录。' },
  'execution.checkpointing.savepoint-dir': { en: 'Directory of the savepoints when none is named.', zh: '未指定目录时保存点的默认目录。' },
  'execution.checkpointing.incremental': {
    en: 'Whether a checkpoint holds only what is new since the last one.',
    zh: '检查点是否只包含自上次以来的新内容。',
  },
  'execution.checkpointing.data-inline-threshold': {
    en: 'State smaller than this goes into the checkpoint’s metadata instead of a file.',
    zh: '小于此大小的状态写入检查点的元数据，而不另存文件。',
  },
  'execution.checkpointing.write-buffer-size': {
    en: 'Buffer for writing checkpoints to files, in bytes.',
    zh: '写检查点文件的缓冲区大小，单位字节。',
  },
  'execution.checkpointing.local-backup.enabled': {
    en: 'Whether TaskManagers also keep a copy of their own state.',
    zh: 'TaskManager 是否在本地也保留一份状态副本。',
  },

  'state.backend.type': {
    en: 'Where working state lives: hashmap (objects on the heap) or rocksdb (bytes on disk).',
    zh: '运行中的状态放在哪里：hashmap（堆上的对象）或 rocksdb（磁盘上的字节）。',
  },
  'state.changelog.enabled': { en: 'Whether every change of state is also written to a log.', zh: '是否把状态的每次变更同时写入日志。' },
  'state.changelog.storage': { en: 'Where that log is kept.', zh: '变更日志存放在哪里。' },
  'state.changelog.periodic-materialize.interval': {
    en: 'How often the whole state is written, so that the log stays short.',
    zh: '多久完整写出一次状态，以免日志过长。',
  },
  'state.changelog.max-failures-allowed': { en: 'How many times in a row that may fail.', zh: '容许连续失败多少次。' },
  'execution.state-recovery.path': { en: 'The savepoint or checkpoint that the job starts from.', zh: '作业从哪个保存点或检查点启动。' },
  'execution.state-recovery.ignore-unclaimed-state': {
    en: 'Whether state of operators that are gone may be left behind.',
    zh: '是否允许舍弃已不存在的算子的状态。',
  },
  'execution.state-recovery.claim-mode': {
    en: 'Whether the job owns the snapshot it starts from, and may delete it.',
    zh: '作业是否拥有其启动所用的快照并可删除它。',
  },
  'execution.state-recovery.from-local': {
    en: 'Whether tasks restore from their local copy where they can.',
    zh: '任务是否尽可能从本地副本恢复。',
  },

  'sink.committer.retries': { en: 'How often a sink’s committer tries again.', zh: 'sink 的提交器重试多少次。' },
  'web.refresh-interval': { en: 'How often the dashboard refreshes.', zh: '控制台多久刷新一次。' },
  'web.checkpoints.history': { en: 'How many checkpoints the dashboard remembers.', zh: '控制台记住多少个检查点。' },
  'web.exception-history-size': { en: 'How many failures the dashboard remembers.', zh: '控制台记住多少次失败。' },
}

/** By id of the generator: its name, what it makes, and its parameters. */
export const generators: Readonly<
  Record<string, { readonly name: Text; readonly about: Text; readonly parameters: Readonly<Record<string, Text>> }>
> = {
  clickstream: {
    name: { en: 'Clicks in a shop', zh: '商店点击流' },
    about: {
      en: 'Users come, click some pages, go, and come back: sessions with gaps between them.',
      zh: '用户到来、点击若干页面、离开、再回来：中间有间隔的会话。',
    },
    parameters: {
      count: { en: 'clicks in all', zh: '点击总数' },
      users: { en: 'users', zh: '用户数' },
      clicks: { en: 'clicks a visit, about', zh: '每次访问的点击数（约）' },
      think: { en: 'pause between clicks, about', zh: '两次点击的间隔（约）' },
      away: { en: 'time between visits, about', zh: '两次访问的间隔（约）' },
      late: { en: 'of 1,000 come late', zh: '每 1000 条中的迟到数' },
      maxDelay: { en: 'longest delay', zh: '最长延迟' },
      start: { en: 'first event time', zh: '最早的事件时间' },
    },
  },
  sensors: {
    name: { en: 'Sensor readings', zh: '传感器读数' },
    about: {
      en: 'Temperatures of sensors that report at a steady pace; one may fall silent for a while.',
      zh: '以固定频率上报的温度传感器；其中一个可以沉默一段时间。',
    },
    parameters: {
      count: { en: 'readings in all', zh: '读数总数' },
      sensors: { en: 'sensors', zh: '传感器数' },
      period: { en: 'time between two readings of one', zh: '同一传感器两次读数的间隔' },
      silent: { en: 'of 1,000 of the time the last one is silent', zh: '最后一个传感器沉默的时间（千分之）' },
      late: { en: 'of 1,000 come late', zh: '每 1000 条中的迟到数' },
      maxDelay: { en: 'longest delay', zh: '最长延迟' },
      start: { en: 'first event time', zh: '最早的事件时间' },
    },
  },
}

/** By id of the template: the question it answers, and a sentence. */
export const templates: Readonly<Record<string, { readonly question: Text; readonly about: Text }>> = {
  late: {
    question: { en: 'What happens to data that comes late?', zh: '迟到的数据会怎样？' },
    about: {
      en: 'Flights, in the order in which they landed, summed by airport and hour.',
      zh: '按到达先后排列的航班，按机场和小时求和。',
    },
  },
  silence: {
    question: { en: 'When has a user gone?', zh: '用户什么时候算离开了？' },
    about: { en: 'Clicks, keyed by user; a timer fires after a silence.', zh: '按用户分组的点击；沉默一段时间后定时器触发。' },
  },
  means: {
    question: { en: 'Why does one silent sensor stop every window?', zh: '为什么一个传感器沉默，所有窗口都停了？' },
    about: { en: 'Mean temperatures in windows, from partitions of which one falls silent.', zh: '按窗口求平均温度；其中一个分区会沉默。' },
  },
  waiting: {
    question: { en: 'More parallelism than slots: why does my job wait?', zh: '并行度超过任务槽：作业为什么在等待？' },
    about: {
      en: 'A job that needs 5 slots on a cluster of 4, until a third TaskManager comes.',
      zh: '需要 5 个任务槽的作业运行在只有 4 个槽的集群上，直到第三个 TaskManager 加入。',
    },
  },
  jobs: {
    question: { en: 'Two jobs on one cluster: who gets the slots?', zh: '两个作业共用一个集群：任务槽归谁？' },
    about: {
      en: 'Two jobs, submitted one right after the other; the second waits for slots of the first.',
      zh: '先后提交两个作业；第二个要等第一个释放任务槽。',
    },
  },
  leaving: {
    question: { en: 'A TaskManager leaves: can the job go on with less?', zh: '一个 TaskManager 离开：作业能用更少的资源继续吗？' },
    about: {
      en: 'The adaptive scheduler runs a job of parallelism 4 with the slots that there are.',
      zh: '自适应调度器用现有的任务槽运行并行度为 4 的作业。',
    },
  },
  plan: {
    question: { en: 'A plan from my cluster: how is it divided?', zh: '来自我的集群的执行计划：它是怎样划分的？' },
    about: {
      en: 'The plan of a real job as JSON, drawn without its program: paste your own in its place.',
      zh: '以 JSON 表示的作业执行计划，无需程序即可绘制；可换成您自己的。',
    },
  },
  empty: {
    question: { en: 'An empty program', zh: '空白程序' },
    about: { en: 'A few elements, a sink, and room for yours.', zh: '几个元素、一个 sink，其余由您来写。' },
  },
}
