/** The view of key groups: from a key to its subtask, step by step, and what moves when a job is rescaled. */
export const keyGroups = {
  // Where the keys come from
  keysFrom: { en: 'Keys', zh: '键' },
  typed: { en: 'typed or pasted', zh: '输入或粘贴' },
  ofTask: { en: 'of {task}', zh: '来自 {task}' },
  seen: { en: '{keys} seen so far, in {records}', zh: '目前已出现{keys}，共{records}' },
  noneSeen: {
    en: 'No record has been sent to {task} yet: play on, and its keys appear here.',
    zh: '尚无记录发送到 {task}：继续播放，它的键就会出现在这里。',
  },
  textLabel: { en: 'Keys, one a line', zh: '键，每行一个' },
  textHint: {
    en: 'One key a line, or a range: 1..1000, user-1..user-500. CSV works, too.',
    zh: '每行一个键，或一个区间：1..1000、user-1..user-500。也可以粘贴 CSV。',
  },
  noneTyped: {
    en: 'Type keys above, and this shows which key group and which subtask each of them belongs to.',
    zh: '在上方输入键，这里会显示每个键属于哪个键组和哪个子任务。',
  },
  type: { en: 'Java type', zh: 'Java 类型' },
  typeAuto: { en: 'as keyBy reads it', zh: '按 keyBy 的判断' },
  typeTuple: { en: 'Tuple of …', zh: 'Tuple，由…组成' },
  fieldType: { en: 'Type of field {field}', zh: '第 {field} 个字段的类型' },
  addField: { en: 'Add a field', zh: '添加字段' },
  dropField: { en: 'Take the last field away', zh: '去掉最后一个字段' },
  column: { en: 'column', zh: '列' },
  wholeLine: { en: 'the whole line', zh: '整行' },
  line: { en: 'line {line}', zh: '第 {line} 行' },
  moreProblems: { en: 'and {count} more lines with something wrong', zh: '另有 {count} 行存在问题' },
  find: { en: 'Find a key for each subtask', zh: '为每个子任务各找一个键' },
  findHint: {
    en: 'The smallest Integer from 0 on that lands on each subtask of A',
    zh: '从 0 开始，分别找出落到 A 的各个子任务上的最小 Integer',
  },
  putBack: { en: 'Put the former keys back', zh: '恢复原来的键' },
  tooLongToKeep: { en: 'Too much to be kept over a reload.', zh: '内容过多，刷新页面后不会保留。' },

  // Amounts
  keys1: { en: '1 key', zh: '1 个键' },
  keysN: { en: '{count} keys', zh: '{count} 个键' },
  records1: { en: '1 record', zh: '1 条记录' },
  recordsN: { en: '{count} records', zh: '{count} 条记录' },

  // Settings
  settingA: { en: 'A', zh: 'A' },
  settingB: { en: 'B, to compare', zh: 'B（用于对比）' },
  parallelism: { en: 'parallelism', zh: '并行度' },
  maxParallelism: { en: 'max parallelism', zh: '最大并行度' },
  fewer: { en: '{what} of {side}, one less', zh: '{side} 的{what}减一' },
  more: { en: '{what} of {side}, one more', zh: '{side} 的{what}加一' },
  fieldOf: { en: '{what} of {side}', zh: '{side} 的{what}' },
  asInRun: { en: 'as {task} has it', zh: '与 {task} 相同' },
  byDefault: { en: 'default', zh: '默认' },

  // How even it is
  skewKeys: {
    en: '{subtasks} subtasks: {subtask} gets most, {largest} of {keys}, {factor} times the even share of {mean}.',
    zh: '{subtasks} 个子任务 (subtask)：{subtask} 最多，{keys}中占 {largest} 个，是平均值 {mean} 的 {factor} 倍。',
  },
  skewRecords: {
    en: '{subtasks} subtasks: {subtask} gets most, {largest} of {records}, {factor} times the even share of {mean}.',
    zh: '{subtasks} 个子任务 (subtask)：{subtask} 最多，{records}中占 {largest} 条，是平均值 {mean} 的 {factor} 倍。',
  },
  evenKeys: {
    en: '{subtasks} subtasks, and the {total} keys lie nearly evenly: {mean} each on average.',
    zh: '{subtasks} 个子任务，{total} 个键分布基本均匀：平均每个 {mean} 个。',
  },
  evenRecords: {
    en: '{subtasks} subtasks, and the {total} records lie nearly evenly: {mean} each on average.',
    zh: '{subtasks} 个子任务，{total} 条记录分布基本均匀：平均每个 {mean} 条。',
  },
  one: { en: 'One subtask gets everything.', zh: '唯一的子任务得到全部。' },
  idle: { en: '{idle} of them get nothing.', zh: '其中 {idle} 个什么也得不到。' },
  idle1: { en: 'One of them gets nothing.', zh: '其中 1 个什么也得不到。' },
  groupsEach: { en: '{groups} key groups each.', zh: '每个 {groups} 个键组。' },
  groupsEach1: { en: 'One key group each.', zh: '每个 1 个键组。' },
  groupsUneven: {
    en: '{maxParallelism} key groups are not divisible by {subtasks}: some have {least}, some {most}.',
    zh: '{maxParallelism} 个键组不能被 {subtasks} 整除：有的得到 {least} 个，有的得到 {most} 个。',
  },

  // What moves
  movesTitle: { en: 'Rescaled from A to B', zh: '从 A 扩缩到 B' },
  moves: {
    en: '{groups} of {maxParallelism} key groups change their subtask, and with them the state of {keys} of {all} ({percent} %).',
    zh: '{maxParallelism} 个键组中有 {groups} 个换了子任务，{all}中有 {keys} 个（{percent}%）的状态随之移动。',
  },
  movesNothing: { en: 'No key group changes its subtask.', zh: '没有键组更换子任务。' },
  movesRecords: { en: 'Those keys carry {percent} % of the records.', zh: '这些键承载了 {percent}% 的记录。' },
  movesImpossible: {
    en: 'The number of key groups differs ({a} and {b}): every key is counted anew, and keyed state of A cannot be restored into B.',
    zh: '键组数量不同（{a} 与 {b}）：每个键都要重新计算，A 的键控状态 (keyed state) 无法恢复到 B。',
  },

  // Strip
  stripLabel: { en: 'Key groups', zh: '键组 (key group)' },
  stripHint: {
    en: 'Each cell is a key group, the stronger its colour the more keys; hatched: it moves from A to B. Click one, or use the arrow keys.',
    zh: '每格是一个键组，键越多颜色越深；带斜线的从 A 移动到 B。可点击，也可用方向键。',
  },
  stripOf: { en: 'Key groups of {side}', zh: '{side} 的键组' },
  group: { en: 'key group {group}', zh: '键组 {group}' },
  groupText: {
    en: 'key group {group}: {keys}, {records}; {where}',
    zh: '键组 {group}：{keys}，{records}；{where}',
  },
  groupWhere: { en: '{side}: subtask {subtask}', zh: '{side}：子任务 {subtask}' },
  groupNone: { en: 'no key group chosen', zh: '未选择键组' },

  // Bars
  barsOf: { en: 'Subtasks of {side}', zh: '{side} 的子任务' },
  subtask: { en: 'subtask', zh: '子任务' },
  groups: { en: 'key groups', zh: '键组' },
  keys: { en: 'keys', zh: '键' },
  records: { en: 'records', zh: '记录' },
  barText: {
    en: '{side}, subtask {subtask}: key groups {start} to {end}, {keys}, {records}',
    zh: '{side}，子任务 {subtask}：键组 {start} 至 {end}，{keys}，{records}',
  },
  legendKeys: { en: 'keys', zh: '键' },
  legendRecords: { en: 'records', zh: '记录' },
  legendMean: { en: 'even share', zh: '平均值' },

  // List
  listLabel: { en: 'Keys', zh: '键' },
  key: { en: 'key', zh: '键' },
  hash: { en: 'hashCode', zh: 'hashCode' },
  murmur: { en: 'murmurHash', zh: 'murmurHash' },
  keyGroup: { en: 'group', zh: '键组' },
  subtaskOf: { en: 'in {side}', zh: '{side} 中' },
  showing: { en: '{count} of {all}: {what}', zh: '{all}中的 {count} 个：{what}' },
  showingSubtask: { en: '{side}, subtask {subtask}', zh: '{side}，子任务 {subtask}' },
  showAll: { en: 'show all', zh: '显示全部' },
  noneHere: { en: 'No key of these is here.', zh: '这里没有其中的键。' },
  moves1: { en: 'moves', zh: '移动' },

  // The way of one key
  road: { en: 'The way of {key}', zh: '{key} 的去向' },
  roadHash: { en: 'Java’s hashCode', zh: 'Java 的 hashCode' },
  roadMurmur: { en: 'stirred, so that neighbours part', zh: '打散，使相近的值分开' },
  roadGroup: { en: 'remainder by max parallelism: the key group', zh: '对最大并行度取余，得到键组 (key group)' },
  roadSubtask: { en: 'its share of the subtasks of {side}, rounded down', zh: '按比例对应到 {side} 的子任务，向下取整' },
  hashString: { en: 'String: h = 31·h + each UTF-16 unit, in 32 bits', zh: 'String：h = 31·h + 每个 UTF-16 单元，保留 32 位' },
  hashInteger: { en: 'Integer: the number itself', zh: 'Integer：数值本身' },
  hashLong: { en: 'Long: upper 32 bits xor lower 32 bits', zh: 'Long：高 32 位异或低 32 位' },
  hashDouble: { en: 'Double: upper 32 bits xor lower 32 bits of its IEEE form', zh: 'Double：其 IEEE 表示的高 32 位异或低 32 位' },
  hashBoolean: { en: 'Boolean: 1231 for true, 1237 for false', zh: 'Boolean：true 为 1231，false 为 1237' },
  hashTuple: {
    en: 'Tuple: h = 31·h + hash of each field, from the first field’s hash',
    zh: 'Tuple：h = 31·h + 每个字段的哈希，从第一个字段的哈希开始',
  },
  hashPojo: {
    en: 'POJO: as its generated hashCode, h = 31·h + hash of each field, from 1',
    zh: 'POJO：按生成的 hashCode，h = 31·h + 每个字段的哈希，从 1 开始',
  },
  hashOther: { en: 'as its Java class says', zh: '由其 Java 类决定' },
  showSubtask: { en: 'show it in the run', zh: '在运行中查看' },
} as const
