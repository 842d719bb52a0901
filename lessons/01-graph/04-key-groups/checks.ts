import { operatorIndexOf } from '../../../src/core/keygroups'
import { graphAt } from '../../../src/trace/graphs'
import { TraceKind } from '../../../src/trace/kinds'
import { allRunning, findEvent } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

interface Order {
  readonly store: number
  readonly cents: number
}

/** What a learner's program makes may be anything. */
function orderIn(value: unknown): Order | null {
  if (typeof value !== 'object' || value === null) return null
  const { store, cents } = value as Partial<Order>
  return typeof store === 'number' && typeof cents === 'number' ? { store, cents } : null
}

const KEY = 42
const jobOf = ({ header }: TraceOfRun) => header.executionGraph.job

/** The first task that takes in records by key. */
const keyedTask = (run: TraceOfRun): number => jobOf(run).edges.find(({ partitioner }) => partitioner.name === 'HASH')?.toVertex ?? -1

interface SeenKey {
  readonly key: number
  readonly keyGroup: number
  readonly event: number
}
/** Keys that are plain numbers, in the order in which tasks saw them. */
function keysSeen(run: TraceOfRun): SeenKey[] {
  const seen = new Map<number, SeenKey>()
  findEvent(run, TraceKind.KeySeen, (event) => {
    const key = event.value()
    if (typeof key === 'number' && !seen.has(key)) seen.set(key, { key, keyGroup: event.c, event: event.index })
    return false
  })
  return [...seen.values()]
}

/** The first record of the key that comes to a keyed task, and to which subtask. */
function arrivalOf(run: TraceOfRun, key: number): { readonly subtask: number; readonly event: number } | null {
  const task = keyedTask(run)
  const { channels, vertices } = graphAt(run.header, run.log)
  const event = findEvent(run, TraceKind.RecordIn, ({ a, b, c }) => {
    if (vertices[channels[a]!.to]?.vertex !== task) return false
    const made = run.log.names.recordAt(c, b)
    return made >= 0 && run.log.kindAt(made) === TraceKind.SourceRecord && orderIn(run.log.at(made).value())?.store === key
  })
  return event < 0 ? null : { subtask: vertices[channels[run.log.at(event).a]!.to]!.subtask, event }
}

/** By job vertex that takes in records by key: how many each of its subtasks took in. */
function loads(run: TraceOfRun): Map<number, number[]> {
  const { channels, vertices } = graphAt(run.header, run.log)
  const keyed = new Set(jobOf(run).edges.flatMap(({ partitioner, index }) => (partitioner.name === 'HASH' ? [index] : [])))
  const found = new Map<number, number[]>()
  findEvent(run, TraceKind.RecordIn, ({ a }) => {
    const channel = channels[a]
    if (channel !== undefined && keyed.has(channel.edge)) {
      const { vertex, subtask, parallelism } = vertices[channel.to]!
      if (!found.has(vertex)) found.set(vertex, new Array<number>(parallelism).fill(0))
      found.get(vertex)![subtask]!++
    }
    return false
  })
  return found
}

const ofKey =
  (show: (seen: SeenKey, run: TraceOfRun) => string): FactOf =>
  (run) => {
    const seen = keysSeen(run).find(({ key }) => key === KEY)
    return seen === undefined ? null : { show: show(seen, run), event: seen.event, selection: { kind: 'key', key: String(KEY) } }
  }

const parallelismOf = (run: TraceOfRun): number => jobOf(run).vertices[keyedTask(run)]?.parallelism ?? 1
const maxParallelismOf = (run: TraceOfRun): number => jobOf(run).vertices[keyedTask(run)]?.maxParallelism ?? 128

/** How many keys each subtask has, with another parallelism. */
function keysBySubtask(run: TraceOfRun, parallelism = parallelismOf(run)): number[] {
  const counts = new Array<number>(parallelism).fill(0)
  for (const { keyGroup } of keysSeen(run)) counts[operatorIndexOf(keyGroup, maxParallelismOf(run), parallelism)]!++
  return counts
}

export const facts: LessonChecks['facts'] = {
  running(run) {
    const event = allRunning(run)
    return event < 0 ? null : { show: `${(run.log.timeAt(event) / 1_000_000).toFixed(1)} s`, event }
  },
  arrives(run) {
    const arrival = arrivalOf(run, KEY)
    if (arrival === null) return null
    const { subtask, event } = arrival
    return { show: `#${subtask + 1}`, event, selection: { kind: 'subtask', vertex: keyedTask(run), subtask } }
  },
  keyGroup: ofKey(({ keyGroup }) => String(keyGroup)),
  keyGroups: (run) => ({ show: String(maxParallelismOf(run)) }),
  formula: ofKey(({ keyGroup }, run) => `${keyGroup} × ${parallelismOf(run)} ÷ ${maxParallelismOf(run)}`),
  keys: (run) => ({ show: String(keysSeen(run).length) }),
  split: (run) => ({ show: keysBySubtask(run).join(', ') }),
  busiest(run) {
    const counts = loads(run).get(keyedTask(run)) ?? []
    if (counts.length === 0) return null
    const subtask = counts.indexOf(Math.max(...counts))
    return { show: `#${subtask + 1}`, selection: { kind: 'subtask', vertex: keyedTask(run), subtask } }
  },
  busiestTakes(run) {
    const counts = loads(run).get(keyedTask(run)) ?? []
    return { show: String(Math.max(0, ...counts)) }
  },
  idlestTakes(run) {
    const counts = loads(run).get(keyedTask(run)) ?? []
    return { show: String(Math.min(...counts)) }
  },
  orders: (run) => ({ show: String(ordersOf(run).count) }),
  moved(run) {
    const [now, max] = [parallelismOf(run), maxParallelismOf(run)]
    const moves = ({ keyGroup }: SeenKey) => operatorIndexOf(keyGroup, max, now) !== operatorIndexOf(keyGroup, max, now + 1)
    return { show: String(keysSeen(run).filter(moves).length) }
  },
}

export const predictions: Readonly<Record<string, Prediction>> = {
  whereTo: {
    ask: 'subtask',
    task: (run) => (keyedTask(run) < 0 ? null : keyedTask(run)),
    answer(run) {
      const arrival = arrivalOf(run, KEY)
      return arrival === null ? null : { value: arrival.subtask, event: arrival.event }
    },
  },
}

/** What the source gave: orders, and cents by store. */
function ordersOf(run: TraceOfRun): { readonly count: number; readonly cents: ReadonlyMap<number, number> } {
  const cents = new Map<number, number>()
  let count = 0
  findEvent(run, TraceKind.SourceRecord, (event) => {
    const order = orderIn(event.value())
    count++
    if (order !== null) cents.set(order.store, (cents.get(order.store) ?? 0) + order.cents)
    return false
  })
  return { count, cents }
}

const STORES = 16

const sumsRight: Check = {
  id: 'sums-right',
  says: { en: 'What is printed for a store adds up to its takings.', zh: '每家门店打印的金额加起来等于它的营业额。' },
  pass: { en: 'The takings of all {stores} stores are right.', zh: '全部 {stores} 家门店的营业额都正确。' },
  fail: { en: 'The takings of {wrong} of {stores} stores are wrong.', zh: '{stores} 家门店中有 {wrong} 家的营业额不对。' },
  test(run) {
    const { cents } = ordersOf(run)
    const printed = new Map<number, number>()
    findEvent(run, TraceKind.SinkRecord, (event) => {
      const sum = orderIn(event.value())
      if (sum !== null) printed.set(sum.store, (printed.get(sum.store) ?? 0) + sum.cents)
      return false
    })
    const wrong = [...cents].filter(([store, sum]) => printed.get(store) !== sum).length
    return { passed: wrong === 0 && cents.size >= STORES, values: { wrong, stores: Math.max(STORES, cents.size) } }
  },
}

/** A subtask's fair share of the orders, in hundredths. */
const MOST = 130

/** Of every keyed task: nobody does much more than an equal part of the work. */
const fairShare: Check = {
  id: 'fair-share',
  says: {
    en: `No subtask takes in ${MOST - 100} % more than an equal share of the orders.`,
    zh: `没有哪个子任务收到的订单比平均份额多 ${MOST - 100}%。`,
  },
  pass: { en: 'The busiest subtask takes in {share} % of an equal share.', zh: '最忙的子任务收到平均份额的 {share}%。' },
  fail: { en: 'The busiest subtask takes in {share} % of an equal share.', zh: '最忙的子任务收到平均份额的 {share}%。' },
  test(run) {
    const { count } = ordersOf(run)
    const shares = [...loads(run).values()]
      .filter(({ length }) => length > 1)
      .map((counts) => (Math.max(...counts) * counts.length * 100) / count)
    const share = Math.max(...shares)
    return { passed: shares.length > 0 && share <= MOST, values: { share: Number.isFinite(share) ? Math.round(share) : '–' } }
  },
}

export const checks: readonly Check[] = [sumsRight, fairShare]
export const startFails: readonly string[] = ['fair-share']
