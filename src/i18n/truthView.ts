/** The view of truth: what was read, what is held, what is outside, and whether it is right. */
export const truthView = {
  nothing: {
    en: 'Nothing has been read up to this moment.',
    zh: '到此刻为止还没有读取任何数据。',
  },

  // Verdicts
  calmMaking: { en: 'The same job without failures is being run to compare with …', zh: '正在运行没有故障的同一作业，以便对照……' },
  right: {
    en: 'What is outside so far is exactly what a run without failures writes.',
    zh: '到目前为止，外部的内容与没有故障的运行写出的完全一致。',
  },
  rightAtEnd: {
    en: 'What is outside is exactly what a run without failures leaves: nothing twice, nothing missing.',
    zh: '外部的内容与没有故障的运行留下的完全一致：没有重复，没有缺失。',
  },
  wrong: {
    en: '{duplicates} twice, {strange} that no run without failures writes, {missing} missing.',
    zh: '重复 {duplicates} 条，{strange} 条是没有故障的运行不会写出的，缺失 {missing} 条。',
  },
  wrongSoFar: {
    en: '{duplicates} twice, {strange} that no run without failures writes.',
    zh: '重复 {duplicates} 条，{strange} 条是没有故障的运行不会写出的。',
  },
  failures: { en: '{count} failures so far', zh: '至此 {count} 次故障' },
  failure: { en: '1 failure so far', zh: '至此 1 次故障' },
  noFailure: { en: 'no failure so far', zh: '至此没有故障' },
  lastFailure: { en: 'the last at {time}', zh: '最近一次在 {time}' },

  // Sources
  sources: { en: 'Read', zh: '已读取' },
  sourcesWhat: {
    en: 'Offsets of the replayable sources. A restart puts them back to the last completed checkpoint.',
    zh: '可重放数据源的位点 (offset)。重启时退回到最近完成的检查点 (checkpoint)。',
  },
  partition: { en: '{source} · partition {partition}', zh: '{source} · 分区 {partition}' },
  position: { en: 'next offset {offset}', zh: '下一个 offset {offset}' },
  highest: { en: 'read up to {offset}', zh: '最远读到 {offset}' },
  inCheckpoint: { en: 'checkpoint {id}: {offset}', zh: '检查点 {id}：{offset}' },
  inFinished: { en: 'finished before checkpoint {id}', zh: '在检查点 {id} 之前已读完' },
  inNone: { en: 'in no checkpoint yet', zh: '尚未进入任何检查点' },
  replayed: { en: '{count} read again', zh: '重读 {count} 条' },
  atRisk: { en: '{count} beyond the checkpoint: read again after a failure', zh: '检查点之后 {count} 条：发生故障将重读' },

  // State
  state: { en: 'Held', zh: '状态' },
  stateWhat: {
    en: 'Managed state, the only memory that outlives an attempt.',
    zh: '托管状态，唯一能活过一次尝试 (attempt) 的记忆。',
  },
  noState: { en: 'No operator has changed state so far.', zh: '到此刻为止没有算子改变过状态。' },
  updates: { en: '{count} updates', zh: '{count} 次更新' },
  restored: { en: 'from checkpoint {id}: {entries} entries', zh: '来自检查点 {id}：{entries} 个条目' },
  latest: { en: 'Latest checkpoint {id}, at {time}', zh: '最近的检查点 {id}，{time}' },
  noCheckpoint: { en: 'No checkpoint is complete.', zh: '还没有完成的检查点。' },
  restoredFrom: { en: 'Last restored from checkpoint {id}, at {time}', zh: '最近一次从检查点 {id} 恢复，{time}' },
  restoredFromNothing: { en: 'Last started from nothing, at {time}', zh: '最近一次从零开始，{time}' },
  lastChanges: { en: 'Last changes', zh: '最近的变化' },
  cleared: { en: 'cleared', zh: '已清除' },

  // Outside
  outside: { en: 'Written', zh: '已写出' },
  outsideWhat: {
    en: 'What the sinks have given the systems outside. A failure takes nothing of it back.',
    zh: '各个 sink 交给外部系统的内容。故障不会收回其中任何一条。',
  },
  noSystems: {
    en: 'No sink has written to a table, topic or directory. PrintSink and CollectSink write to the client alone: see Results.',
    zh: '没有 sink 写入表、主题或目录。PrintSink 和 CollectSink 只写给客户端：见“结果”。',
  },
  table: { en: 'table', zh: '表' },
  topic: { en: 'topic', zh: '主题 (topic)' },
  directory: { en: 'directory', zh: '目录' },
  seen: { en: '{count} visible', zh: '{count} 条可见' },
  open: { en: '{count} uncommitted', zh: '{count} 条未提交' },
  aborted: { en: '{count} aborted', zh: '{count} 条已中止' },
  visibleMark: { en: 'visible', zh: '可见' },
  committedMark: { en: 'committed', zh: '已提交' },
  openMark: { en: 'uncommitted', zh: '未提交' },
  abortedMark: { en: 'aborted', zh: '已中止' },
  duplicateMark: { en: 'twice', zh: '重复' },
  strangeMark: { en: 'wrong', zh: '有误' },
  missingMark: { en: 'missing', zh: '缺失' },
  transaction: { en: 'transaction {number}', zh: '事务 {number}' },
  entries: { en: 'What {name} was given, in order', zh: '{name} 依次收到的内容' },
  missingOf: { en: 'Missing in {name}', zh: '{name} 中缺失的内容' },
  onlyWrong: { en: 'only what is wrong', zh: '只看有误的' },
} as const
