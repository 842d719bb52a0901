import type { Text } from './index'

/** What the Lesson pane says of its own; the lessons' texts are in `lessons/`. */
export const lessons = {
  number: { en: 'Lesson {number}', zh: '第 {number} 课' },
  kindQuestion: { en: 'The question', zh: '问题' },
  kindPredict: { en: 'Predict', zh: '预测' },
  kindSee: { en: 'See', zh: '观察' },
  kindChange: { en: 'Change one thing', zh: '改动一处' },
  kindDo: { en: 'Do it yourself', zh: '自己动手' },
  kindCarry: { en: 'Carry away', zh: '带走' },
  askMoment: { en: 'Mark the moment on the timeline, or type the second.', zh: '在时间轴上标出时刻，或输入秒数。' },
  askCount: { en: 'Type the number.', zh: '请输入数字。' },
  askSubtask: { en: 'Click a subtask in the picture, or choose one here.', zh: '在图中点击一个子任务，或在这里选择。' },
  askChoice: { en: 'Choose one.', zh: '请选择一项。' },
  secondsUnit: { en: 's', zh: '秒' },
  right: { en: 'Right: {right}.', zh: '正确：{right}。' },
  rightChoice: { en: 'Right.', zh: '正确。' },
  close: { en: 'Close: it is {right}, you said {given}.', zh: '很接近：实际是 {right}，您的答案是 {given}。' },
  early: {
    en: 'It is {right}, {distance} later than you thought. Let us see why.',
    zh: '实际是 {right}，比您想的晚 {distance}。我们来看看为什么。',
  },
  late: {
    en: 'It is {right}, {distance} earlier than you thought. Let us see why.',
    zh: '实际是 {right}，比您想的早 {distance}。我们来看看为什么。',
  },
  less: {
    en: 'It is {right}, {distance} more than you thought. Let us see why.',
    zh: '实际是 {right}，比您想的多 {distance}。我们来看看为什么。',
  },
  more: {
    en: 'It is {right}, {distance} fewer than you thought. Let us see why.',
    zh: '实际是 {right}，比您想的少 {distance}。我们来看看为什么。',
  },
  otherSubtask: { en: 'It is {right}, not {given}. Let us see why.', zh: '实际是 {right}，不是 {given}。我们来看看为什么。' },
  otherChoice: { en: 'It is: {right}. Let us see why.', zh: '实际是：{right}。我们来看看为什么。' },
  noRun: { en: 'Press Run: the answer comes out of the run.', zh: '请先按“运行”：答案来自运行结果。' },
  noAnswer: { en: 'This run does not show it. Go back to the lesson’s own scenario.', zh: '此次运行看不到答案。请回到课程原来的场景。' },
  oneOfThem: { en: 'Seed {seed}: {sentence}', zh: '种子 {seed}：{sentence}' },
  openSeed: { en: 'Open this run', zh: '打开这次运行' },
  cover: {
    en: 'The program. What becomes of it shows when you have made your prediction.',
    zh: '这是程序。作出预测之后，才会显示它的运行情况。',
  },
  covered: { en: 'Shown when you have made your prediction.', zh: '作出预测之后才会显示。' },
  lift: { en: 'Show it now', zh: '现在就显示' },
  all: { en: 'All lessons', zh: '全部课程' },
  back: { en: 'Back to the lesson', zh: '回到课程' },
  progress: { en: '{done} of {count} done', zh: '共 {count} 课，已完成 {done} 课' },
  isDone: { en: 'done', zh: '已完成' },
  isBegun: { en: 'at step {step}', zh: '到第 {step} 步' },
  nextLesson: { en: 'Next lesson: {title}', zh: '下一课：{title}' },
  done: { en: 'Done: the behaviour is there.', zh: '完成：达到了要求的行为。' },
} satisfies Readonly<Record<string, Text>>

/** Names of the parts, by the folder’s name. */
export const lessonParts: Readonly<Record<string, Text>> = {
  '01-graph': { en: 'Graph', zh: '图' },
  '02-time': { en: 'Time', zh: '时间' },
  '03-state': { en: 'State and failure', zh: '状态与故障' },
  '04-batch': { en: 'Batch', zh: '批处理' },
}
