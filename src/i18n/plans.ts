/** Plans in and out: one from a real cluster in place of a program, and the program's own as JSON. */
export const plans = {
  menu: { en: 'Program and plan', zh: '程序与执行计划' },
  paste: { en: 'Show a plan from a cluster …', zh: '显示来自集群的执行计划 (plan)…' },
  copyExecution: { en: 'Copy the plan: getExecutionPlan()', zh: '复制执行计划：getExecutionPlan()' },
  copyRest: { en: 'Copy the plan: /jobs/:id/plan', zh: '复制执行计划：/jobs/:id/plan' },
  copyExecutionOf: { en: 'Copy the plan of {job}: getExecutionPlan()', zh: '复制 {job} 的执行计划：getExecutionPlan()' },
  copyRestOf: { en: 'Copy the plan of {job}: /jobs/:id/plan', zh: '复制 {job} 的执行计划：/jobs/:id/plan' },
  copied: { en: 'The plan is copied.', zh: '执行计划已复制。' },
  copiedOfRun: {
    en: 'The plan of the run on screen is copied; the program was edited since.',
    zh: '已复制屏幕上这次运行的执行计划；程序此后有改动。',
  },
  notCopied: {
    en: 'This browser does not let the page copy. The plan is saved as a file.',
    zh: '此浏览器不允许复制，执行计划已保存为文件。',
  },

  // The dialog
  title: { en: 'A plan from a cluster', zh: '来自集群的执行计划' },
  how: {
    en: 'Paste what env.getExecutionPlan() returned, or the answer of GET /jobs/:id/plan. It is shown as Graph and Slots; nothing of it runs.',
    zh: '粘贴 env.getExecutionPlan() 的返回值，或 GET /jobs/:id/plan 的响应。它会显示为图和任务槽 (slot)，不会运行任何内容。',
  },
  text: { en: 'Plan as JSON', zh: 'JSON 格式的执行计划' },
  show: { en: 'Show it', zh: '显示' },
  cancel: { en: 'Cancel', zh: '取消' },
  chooseFile: { en: 'Choose a file', zh: '选择文件' },
  reading: { en: 'Reading …', zh: '正在读取…' },

  // In place of the program
  pane: { en: 'A plan in place of the program', zh: '以执行计划代替程序' },
  paneAbout: {
    en: 'Graph and Slots show this plan. There is no program in it, so there is nothing to run.',
    zh: '图和任务槽显示的是此执行计划。其中没有程序，因此没有可运行的内容。',
  },
  cannotRun: { en: 'A plan cannot run: it names operators, but holds no functions.', zh: '执行计划无法运行：它只有算子的名称，没有函数。' },
  back: { en: 'Back to the program', zh: '回到程序' },
  assumed: { en: 'What the plan does not say, and is assumed', zh: '执行计划未说明、按以下假设处理的内容' },
  nothingAssumed: { en: 'Nothing had to be assumed.', zh: '无需任何假设。' },
  shown: { en: 'Showing the plan: {tasks} tasks, {subtasks} subtasks.', zh: '正在显示执行计划：{tasks} 个任务，{subtasks} 个子任务。' },
  phase: { en: 'A plan: nothing runs', zh: '执行计划：没有运行' },
} as const
