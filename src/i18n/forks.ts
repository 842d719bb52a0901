/** Forks: ways in which things went, side by side. */
export const forks = {
  // What a fork is called by what was done
  original: { en: 'as it began', zh: '最初的样子' },
  program: { en: 'program changed', zh: '改了程序' },
  events: { en: 'events changed', zh: '改了事件' },
  cluster: { en: 'cluster changed', zh: '改了集群' },
  here: { en: 'fork at {time}', zh: '{time} 处的分支' },

  // Top bar
  count: { en: '{count} forks', zh: '{count} 个分支 (fork)' },
  title: { en: 'Forks', zh: '分支 (fork)' },
  hint: {
    en: 'Every change behind the playhead makes a fork; what was before it stays here.',
    zh: '在播放头之前所做的每次改动都会产生一个分支 (fork)，改动前的样子保留在这里。',
  },
  onScreen: { en: 'on screen', zh: '正在显示' },
  show: { en: 'Show {name}', zh: '显示“{name}”' },
  compareWith: { en: 'Compare with {name}', zh: '与“{name}”比较' },
  compare: { en: 'compare', zh: '比较' },
  rename: { en: 'Rename {name}', zh: '重命名“{name}”' },
  remove: { en: 'Delete the fork {name}', zh: '删除分支“{name}”' },
  removed: { en: 'The fork “{name}” is deleted.', zh: '已删除分支“{name}”。' },
  forkHere: { en: 'Fork here', zh: '在此处分支' },
  forkHereHint: {
    en: 'What you change from now on belongs to a new fork; the old one stays.',
    zh: '此后的改动都归入新分支，旧分支保持不变。',
  },
  forked: {
    en: '“{name}”: what you change from now on belongs to this fork.',
    zh: '“{name}”：此后的改动都归入这个分支。',
  },
  made: { en: 'Forked: {name}.', zh: '已分支：{name}。' },
  compareBefore: { en: 'Compare with before', zh: '与之前比较' },
  keyFork: { en: 'fork here: what is changed from now on belongs to a new fork', zh: '在此处分支：此后的改动归入新分支' },

  // Two at once
  pair: { en: 'side by side', zh: '并排显示' },
  pairHint: { en: 'The same view of both forks, on one clock', zh: '同一时钟下，用同一视图显示两个分支' },
  stopComparing: { en: 'Stop comparing', zh: '结束比较' },
  making: { en: 'Running “{name}” again …', zh: '正在重新运行“{name}”…' },
  cannot: { en: '“{name}” cannot run.', zh: '“{name}”无法运行。' },
  a: { en: 'A: {name}', zh: 'A：{name}' },
  b: { en: 'B: {name}', zh: 'B：{name}' },
  catchingUp: { en: 'catching up …', zh: '正在追赶…' },
} as const
