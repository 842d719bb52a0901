import { TraceKind } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import type { Observed, SystemContent } from './observe'
import { isSingle, needsOrder } from './plan'
import type { ChaosPlan } from './plan'

/** What is wrong with a run, in a sentence; none: nothing. `calm` is the same job without a failure. */
export type Invariant = (run: Observed, calm: Observed, plan: ChaosPlan) => readonly string[]

const EMPTY: SystemContent = { kind: 'topic', visible: [], invisible: [], wrong: [] }
const system = (run: Observed, name: string): SystemContent => run.systems.get(name) ?? EMPTY
const isFinished = ({ outcome }: Observed): boolean => outcome.status === 'FINISHED'

const tally = (items: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** What `b` has and `a` has not, each as often as it is missing. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const has = tally(a)
  return [...tally(b)].flatMap(([item, count]) => new Array<string>(Math.max(0, count - (has.get(item) ?? 0))).fill(item))
}

const some = (what: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${what}: ${items.length}, the first ${items.slice(0, 3).join(' ')}`]

/** Whether the job's own mode promises that what is committed is there once (C-33). */
const isExactlyOnce = ({ configuration }: ChaosPlan): boolean => configuration['execution.checkpointing.mode'] !== 'AT_LEAST_ONCE'

const everyJobEnds: Invariant = ({ outcome }) =>
  outcome.end.state === 'ended' && outcome.status === 'FINISHED'
    ? []
    : [
        `the job is ${outcome.status} (${outcome.reason}), the run ${outcome.end.state}${'problem' in outcome.end ? ` ${JSON.stringify(outcome.end.problem)}` : ''}`,
      ]

/** A file's line is text: of a value that has an id and a value, its JSON. */
const ofLine = (what: string): string => {
  const [key, line] = JSON.parse(what) as [null, string]
  return JSON.stringify([key, JSON.parse(line)])
}

/** What files and the program's own transactions hold of what the topic with transactions has. */
const exactlyOnce: Invariant = (run, calm, plan) => {
  if (!isExactlyOnce(plan)) return []
  const wanted = system(calm, 'exactly').visible
  const systems = ['exactly', ...(plan.sink === 'files' ? ['/out'] : plan.sink === 'own' ? ['own'] : [])]
  return systems.flatMap((name) => {
    const got = system(run, name).visible.map(name === '/out' ? ofLine : (what) => what)
    return [
      ...some(`${name} has too often`, without(wanted, got)),
      ...(isFinished(run) ? some(`${name} never got`, without(got, wanted)) : []),
    ]
  })
}

/** Results whose place in a key's order is part of them may differ where records were counted twice. */
const atLeastOnce: Invariant = (run, calm, plan) => {
  if (!isFinished(run) || (!isExactlyOnce(plan) && !isSingle(plan.shape))) return []
  return some('never written by the plain sink', without(system(run, 'plain').visible, system(calm, 'plain').visible))
}

const lastByKey = (content: SystemContent): string[] => {
  const table = new Map<string, string>()
  for (const what of content.visible) table.set(JSON.stringify((JSON.parse(what) as [unknown, unknown])[0]), what)
  return [...table.values()].sort()
}

const upsert: Invariant = (run, calm, plan) => {
  if (!isFinished(run) || !isExactlyOnce(plan) || plan.shape === 'regions') return []
  const got = lastByKey(system(run, 'table'))
  const wanted = lastByKey(system(calm, 'table'))
  return [...some('in the table and not as without a failure', without(wanted, got)), ...some('missing in the table', without(got, wanted))]
}

const transactions: Invariant = (run) => [...run.systems.values()].flatMap(({ wrong }) => some('transactions', wrong))

/** Within an attempt each split is read record by record from where it was put; where it was put was never beyond what had been read before. */
const noRecordSkipped: Invariant = ({ log }) => {
  const wrong: string[] = []
  const next = new Map<string, number>()
  const read = new Map<string, number>()
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    const { kind, a, b, c, d, process } = event
    if (kind === TraceKind.OffsetRestored) {
      next.set(`${process} ${a} ${b}`, c)
      if (c > (read.get(`${a} ${b}`) ?? 0)) wrong.push(`partition ${b} goes on at ${c}, and only ${read.get(`${a} ${b}`) ?? 0} were read`)
    } else if (kind === TraceKind.SourceRecord) {
      const expected = next.get(`${process} ${a} ${c}`) ?? 0
      if (d !== expected) wrong.push(`partition ${c} gave offset ${d} where ${expected} was next`)
      next.set(`${process} ${a} ${c}`, d + 1)
      read.set(`${a} ${c}`, Math.max(read.get(`${a} ${c}`) ?? 0, d + 1))
    }
  }
  return some('sources', wrong)
}

const watermarksRise: Invariant = ({ log }) => {
  const wrong: string[] = []
  const last = new Map<string, number>()
  const rises = new Set<number>([TraceKind.WatermarkAdvanced, TraceKind.WatermarkEmitted])
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    if (!rises.has(event.kind)) continue
    const key = `${event.kind} ${event.process} ${event.a}`
    if (event.x < (last.get(key) ?? -Infinity))
      wrong.push(`process ${event.process}, operator ${event.a}: ${event.x} after ${last.get(key)}`)
    last.set(key, event.x)
  }
  return some('watermarks that fall', wrong)
}

/** No buffer is sent without a credit, none arrives twice or out of order; a sender never has more than the receiver can hold. */
const buffersAndCredits: Invariant = ({ log }) => {
  const wrong: string[] = []
  const credits = new Map<string, number>()
  const sent = new Map<string, number>()
  const arrived = new Map<string, number>()
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    const { kind, a, b, d, process } = event
    const key = `${process} ${a}`
    if (kind === TraceKind.CreditsGranted) credits.set(key, b)
    else if (kind === TraceKind.BufferSent) {
      if (b !== (sent.get(key) ?? 0)) wrong.push(`buffer ${b} on channel ${a} after ${sent.get(key)}`)
      sent.set(key, b + 1)
      if (d > 0) {
        const left = (credits.get(key) ?? 0) - 1
        if (left < 0) wrong.push(`channel ${a} sends without credit`)
        credits.set(key, left)
      }
    } else if (kind === TraceKind.BufferArrived) {
      if (b !== (arrived.get(key) ?? 0)) wrong.push(`buffer ${b} arrives on channel ${a} after ${arrived.get(key)}`)
      arrived.set(key, b + 1)
    }
  }
  return some('buffers', wrong)
}

/** A timer that was there at a completed checkpoint fires or is deleted in the end: none is left in a job that has read everything. */
const timersFire: Invariant = (run) => {
  if (!isFinished(run)) return []
  const { log } = run
  const open = new Map<string, number>()
  const lastProcess = lastProcesses(log)
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    const { kind, a, b, c, d, x, process } = event
    if (c !== 0 || !lastProcess.has(process)) continue
    const key = `${process} ${a} ${b} ${d} ${x}`
    if (kind === TraceKind.TimerRegistered) open.set(key, index)
    else if (kind === TraceKind.TimerFired || kind === TraceKind.TimerDeleted) open.delete(key)
  }
  return some('event-time timers that never fired', [...open.keys()])
}

/** Processes of the last attempt of each subtask. */
function lastProcesses(log: TraceLog): ReadonlySet<number> {
  const last = new Map<number, number>()
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    if (event.kind === TraceKind.ExecutionState && event.d !== 0) last.set(event.a, event.d)
  }
  return new Set(last.values())
}

/** A key's running results are, attempt by attempt, a stretch of those of the run without failures: the state that came back is that of a replay. */
const stateIsAReplay: Invariant = (run, calm, plan) => {
  if (!needsOrder(plan.shape) || !isExactlyOnce(plan)) return []
  const wanted = sequences(calm)
  const wrong: string[] = []
  for (const [key, values] of sequences(run)) {
    // The process is another one; operator, state and key are the same.
    const own = key.slice(key.indexOf(' '))
    const whole = [...wanted].find(([name]) => name.endsWith(own))?.[1] ?? []
    if (!` ${whole.join(' ')} `.includes(` ${values.join(' ')} `)) wrong.push(`${key}: ${values.slice(0, 5).join(' ')} …`)
  }
  return some('state that no replay comes to', wrong)
}

/** Updates of keyed state by process, operator, state and key, one behind the other. */
function sequences({ log }: Observed): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string>()
  const found = new Map<string, string[]>()
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    const { kind, a, b, c, process } = event
    if (kind === TraceKind.KeySeen) keys.set(`${process} ${b}`, JSON.stringify(event.value()))
    else if (kind === TraceKind.StateUpdated && c < 0) {
      const [name, value] = event.value() as [string, unknown]
      const key = `${process} ${a} ${name} ${keys.get(`${process} ${b}`)}`
      const values = found.get(key)
      const text = JSON.stringify(value) ?? 'null'
      if (values === undefined) found.set(key, [text])
      else values.push(text)
    }
  }
  return found
}

/** By name, in the order in which a reader wants to hear of them. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'the job ends': everyJobEnds,
  'each result is committed once': exactlyOnce,
  'the plain sink has each result': atLeastOnce,
  'the table is as without a failure': upsert,
  'transactions end once': transactions,
  'no record is skipped': noRecordSkipped,
  'state after recovery is that of a replay': stateIsAReplay,
  'timers fire': timersFire,
  'watermarks rise': watermarksRise,
  'buffers and credits are conserved': buffersAndCredits,
}

/** `name: what is wrong`. */
export const violations: Invariant = (run, calm, plan) =>
  Object.entries(INVARIANTS).flatMap(([name, check]) => check(run, calm, plan).map((what) => `${name}: ${what}`))
