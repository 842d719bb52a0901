import { graphAt } from '../../../src/trace/graphs'
import { TraceKind } from '../../../src/trace/kinds'
import { seenOutside } from '../../../src/trace/ledgers/ofRun'
import { findEvent, inSeconds } from '../../../src/trace/predicates'
import type { Check, FactOf, Intervention, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

const SECOND = 1_000_000

/** What a learner's program makes may be anything. */
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** A subtask that has the barrier of one of its channels and waits for that of another. */
interface Wait {
  readonly checkpoint: number
  readonly process: number
  /** Events at which it begins and ends, and how long it is, µs. */
  readonly begun: number
  readonly ended: number
  readonly lasts: number
  /** Channels whose barrier is there when it begins. */
  readonly ahead: ReadonlySet<number>
  /** Records taken in meanwhile from these, and from the others. */
  readonly takenAhead: number
  readonly takenBehind: number
}

/** The longest of all alignments; null: no subtask ever waited for a barrier. */
function longestWait(run: TraceOfRun): Wait | null {
  const open = new Map<number, { readonly checkpoint: number; readonly begun: number; readonly time: number }>()
  let best: { process: number; checkpoint: number; begun: number; ended: number; lasts: number } | null = null
  const reader = run.log.reader()
  while (reader.next()) {
    const { process } = reader
    // What does not block tells of its barriers alone: it waits from the first to the last.
    if (reader.kind === TraceKind.BarrierIn && !open.has(process))
      open.set(process, { checkpoint: reader.b, begun: reader.index, time: reader.time })
    else if (reader.kind === TraceKind.CheckpointBegun) {
      const since = open.get(process)
      open.delete(process)
      if (since === undefined || since.checkpoint !== reader.a) continue
      const lasts = reader.time - since.time
      if (lasts > 0 && lasts > (best?.lasts ?? 0)) best = { process, checkpoint: reader.a, begun: since.begun, ended: reader.index, lasts }
    }
  }
  return best === null ? null : { ...best, ...takenDuring(run, best) }
}

function takenDuring(
  { log }: TraceOfRun,
  { process, begun, ended }: Pick<Wait, 'process' | 'begun' | 'ended'>,
): Pick<Wait, 'ahead' | 'takenAhead' | 'takenBehind'> {
  const ahead = new Set<number>([log.at(begun).a])
  let [takenAhead, takenBehind] = [0, 0]
  const reader = log.reader().before(begun)
  while (reader.next() && reader.index < ended) {
    if (reader.process !== process || reader.kind !== TraceKind.RecordIn) continue
    if (ahead.has(reader.a)) takenAhead++
    else takenBehind++
  }
  return { ahead, takenAhead, takenBehind }
}

const ofWait =
  (show: (wait: Wait, run: TraceOfRun) => string, when: 'begun' | 'ended' = 'begun'): FactOf =>
  (run) => {
    const wait = longestWait(run)
    return wait === null ? null : { show: show(wait, run), event: wait[when] }
  }

/** From the trigger to the last acknowledgement, µs; by job and number. */
interface Course {
  readonly event: number
  readonly from: number
  /** −1: it is under way when the run ends. */
  to: number
  completed: boolean
}
function courses(run: TraceOfRun): readonly Course[] {
  const known = new Map<string, Course>()
  const reader = run.log.reader()
  while (reader.next()) {
    const name = `${reader.a} ${reader.b}`
    if (reader.kind === TraceKind.CheckpointTriggered) known.set(name, { event: reader.index, from: reader.time, to: -1, completed: false })
    else if (reader.kind === TraceKind.CheckpointCompleted || reader.kind === TraceKind.CheckpointAborted) {
      const course = known.get(name)
      if (course === undefined) continue
      course.to = reader.time
      course.completed = reader.kind === TraceKind.CheckpointCompleted
    }
  }
  return [...known.values()]
}

/** The subtask that waits longest, and where it stands in the picture. */
const waiter = (run: TraceOfRun): { readonly vertex: number; readonly subtask: number } | null => {
  const wait = longestWait(run)
  if (wait === null) return null
  const vertex = graphAt(run.header, run.log).vertices[graphAt(run.header, run.log).channels[[...wait.ahead][0]!]!.to]
  return vertex === undefined ? null : { vertex: vertex.vertex, subtask: vertex.subtask }
}

export const facts: LessonChecks['facts'] = {
  waits(run) {
    const [wait, who] = [longestWait(run), waiter(run)]
    if (wait === null || who === null) return null
    return { show: inSeconds(run.log.timeAt(wait.begun)), event: wait.begun, selection: { kind: 'subtask', ...who } }
  },
  /** In its midst: the channel is blocked, and the other is not. */
  midway(run) {
    const wait = longestWait(run)
    if (wait === null) return null
    const { log } = run
    const event = log.lastAt((log.timeAt(wait.begun) + log.timeAt(wait.ended)) / 2)
    return { show: inSeconds(log.timeAt(event)), event, selection: { kind: 'channel', channel: [...wait.ahead][0]! } }
  },
  checkpoint: ofWait(({ checkpoint }) => String(checkpoint), 'ended'),
  subtask(run) {
    const who = waiter(run)
    return who === null ? null : { show: `#${who.subtask + 1}` }
  },
  lasts: ofWait(({ lasts }) => inSeconds(lasts), 'ended'),
  ends: ofWait(({ ended }, run) => inSeconds(run.log.timeAt(ended)), 'ended'),
  goOn: ofWait(({ takenBehind }) => String(takenBehind)),
  stopped: ofWait(({ takenAhead }) => String(takenAhead)),
}

const CHOICES = ['nothing', 'ahead', 'behind', 'both'] as const

export const predictions: Readonly<Record<string, Prediction>> = {
  whatIsRead: {
    ask: 'choice',
    choices: [
      { en: 'Nothing, until the checkpoint is complete.', zh: '什么都不读，直到检查点完成。' },
      { en: 'Only clicks from the web: their barrier is here.', zh: '只读网页的点击：它的屏障已经到了。' },
      { en: 'Only clicks from the app: their barrier is still to come.', zh: '只读 App 的点击：它的屏障还没有到。' },
      { en: 'Both, as always.', zh: '都读，一切照旧。' },
    ],
    answer(run) {
      const wait = longestWait(run)
      if (wait === null) return null
      const { takenAhead, takenBehind, ended } = wait
      const read = takenAhead > 0 ? (takenBehind > 0 ? 'both' : 'ahead') : takenBehind > 0 ? 'behind' : 'nothing'
      return { value: CHOICES.indexOf(read), event: ended }
    },
  },
}

const MOST = 1

/** One that the failure ends is none too slow; one that was too slow already is. */
const quick: Check = {
  id: 'quick',
  says: { en: `Every checkpoint is complete within ${MOST} s.`, zh: `每个检查点都在 ${MOST} 秒之内完成。` },
  pass: {
    en: '{completed} checkpoints are complete, the slowest after {longest} s.',
    zh: '完成了 {completed} 个检查点，最慢的用了 {longest} 秒。',
  },
  fail: {
    en: '{slow} of {count} checkpoints take longer, up to {longest} s; {completed} are complete.',
    zh: '{count} 个检查点中有 {slow} 个更慢，最长 {longest} 秒；完成了 {completed} 个。',
  },
  test(run) {
    const { log } = run
    const all = courses(run)
    const end = log.length === 0 ? 0 : log.timeAt(log.length - 1)
    const took = ({ from, to }: Course): number => (to < 0 ? end : to) - from
    const slow = all.filter((course) => took(course) > MOST * SECOND)
    const completed = all.filter((course) => course.completed).length
    const longest = (Math.max(0, ...all.map(took)) / SECOND).toFixed(1)
    // No checkpoint is no quick one.
    const passed = completed >= 3 && slow.length === 0
    return {
      passed,
      values: { completed, slow: slow.length, count: all.length, longest },
      ...(slow[0] === undefined ? {} : { event: slow[0].event }),
    }
  },
}

/** How many clicks of each user there are, however often they were read. */
function clicksByUser(run: TraceOfRun): ReadonlyMap<string, number> {
  const read = new Set<string>()
  const clicks = new Map<string, number>()
  findEvent(run, TraceKind.SourceRecord, (event) => {
    const { user } = fieldsOf(event.value())
    const name = `${event.a} ${event.c} ${event.d}`
    if (typeof user === 'string' && !read.has(name)) clicks.set(user, (clicks.get(user) ?? 0) + 1)
    read.add(name)
    return false
  })
  return clicks
}

const right: Check = {
  id: 'right',
  says: {
    en: 'Each user’s clicks are counted once, whatever TaskManager is killed, and whenever.',
    zh: '无论何时杀掉哪个 TaskManager，每位用户的每次点击都只计一次。',
  },
  pass: { en: 'The counts of all {users} users are right.', zh: '全部 {users} 位用户的计数都正确。' },
  fail: { en: 'The counts of {wrong} of {users} users are wrong: {example}.', zh: '{users} 位用户中有 {wrong} 位的计数不对：{example}。' },
  test(run) {
    const counted = new Map<string, { readonly clicks: unknown; readonly since: number }>()
    for (const { value, since } of seenOutside(run)) {
      const { user, clicks } = fieldsOf(value)
      if (typeof user === 'string') counted.set(user, { clicks, since })
    }
    const users = clicksByUser(run)
    const wrong = [...users].filter(([user, clicks]) => counted.get(user)?.clicks !== clicks)
    const [bad] = wrong
    const [user, clicks] = bad ?? ['', 0]
    const found = counted.get(user)
    const said = typeof found?.clicks === 'number' ? found.clicks : '–'
    const values = { users: users.size, wrong: wrong.length, example: bad === undefined ? '–' : `${user} ${said} ≠ ${clicks}` }
    return { passed: users.size > 0 && wrong.length === 0, values, ...(found === undefined ? {} : { event: found.since }) }
  },
}

export const checks: readonly Check[] = [quick, right]
export const startFails: readonly string[] = ['quick']

/** Tenths of a second between the first and the last moment of a kill; no two seeds up to 100 have the same. */
const MOMENTS = 101

/** One or the other TaskManager is killed, at another moment for each seed, and another takes its place. */
export const befalls = (seed: number, own: readonly Intervention[]): readonly Intervention[] => {
  const at = 3.05 * SECOND + ((seed * 37) % MOMENTS) * (SECOND / 10)
  return [
    ...own.filter((one) => one.do !== 'kill-task-manager' && one.do !== 'start-task-manager'),
    { at, do: 'kill-task-manager', host: 1 + (seed % 2) },
    { at: at + SECOND / 5, do: 'start-task-manager' },
  ]
}
