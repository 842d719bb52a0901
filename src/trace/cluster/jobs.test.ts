import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClusterTrace, headerOfJobs } from '../../testing/clusterTrace'
import { flightsHeader } from '../../testing/flightsHeader'
import { FoldRunner } from '../fold'
import { grownHeader } from '../graphs'
import { TraceLog } from '../log'
import { narrate, subtaskName } from '../narration'
import { matcherOf } from '../search'
import { clusterFold } from './fold'
import {
  currentParallelism,
  currentVertices,
  jobStatusOf,
  requiredSlots,
  schedulerStateOf,
  taskManagersOf,
  waitingSharedSlots,
} from './queries'
import type { ClusterState } from './state'

const watch = (cluster: ClusterTrace) => {
  const log = new TraceLog()
  const state = clusterFold.init(cluster.header)
  const reader = log.reader()
  return {
    log,
    now: () => {
      log.append(cluster.take())
      while (reader.next()) clusterFold.apply(state, reader)
      return state
    },
  }
}

/** `tm1[0:job0 S#1 W#1] tm2 lost`: a letter for each task. */
const picture = (state: ClusterState): string =>
  taskManagersOf(state)
    .map(({ host, state: known, slots }) => {
      if (known !== 'registered') return `tm${host} ${known}`
      const told = slots.map(({ slot, job, content }) => {
        const tasks = content?.subtasks.map((index) => {
          const { vertex, subtask } = state.graph.vertices[index]!
          return ` ${'SW'[vertex % 2]}#${subtask + 1}`
        })
        return `${slot}:${job < 0 ? 'free' : `job${job}`}${tasks?.join('') ?? ''}`
      })
      return `tm${host}[${told.join(', ')}]`
    })
    .join(' ')

describe('several jobs, TaskManagers that come and go', () => {
  test('each job has its status; slots say who is in them and since when', () => {
    const cluster = new ClusterTrace(headerOfJobs(['one', 'two'], 1))
    const { now, log } = watch(cluster)
    cluster.status(0, 'RUNNING').status(1, 'RUNNING').request(0, 0).request(1, 1).after(5).register(1, 2).allocate(1, 0, 0)
    expect(picture(now())).toBe('tm1[0:job0 S#1 W#1, 1:free] tm2 notYet')
    expect(waitingSharedSlots(now()).map(({ job, group, subtasks, since }) => [job, group, subtasks, log.timeAt(since)])).toEqual([
      [1, 'default', [2, 3], 0],
    ])
    cluster.after(5).allocate(1, 1, 1, 1).status(0, 'FINISHED').allocate(1, 0, -1, 0)
    expect(picture(now())).toBe('tm1[0:job0, 1:job1 S#1 W#1] tm2 notYet')
    expect([jobStatusOf(now(), 0), jobStatusOf(now(), 1)]).toEqual(['FINISHED', 'RUNNING'])
    cluster.free(1, 0)
    expect(picture(now())).toBe('tm1[0:free, 1:job1 S#1 W#1] tm2 notYet')
    cluster.after(5).lose(1)
    const [lost] = taskManagersOf(now())
    expect([picture(now()), log.timeAt(lost!.since), log.timeAt(lost!.registered)]).toEqual(['tm1 lost tm2 notYet', 15, 5])
    expect(now().slotHost).toEqual(Int32Array.of(-1, -1))
    cluster.register(7, 1)
    expect(picture(now())).toBe('tm1 lost tm2 notYet tm7[0:free]')
  })

  test('a graph made anew: its subtasks are those that count from then on', () => {
    const cluster = new ClusterTrace(headerOfJobs(['one', 'two']))
    const { now, log } = watch(cluster)
    cluster.scheduler(0, 'CreatingExecutionGraph').rescale(0, [1, 3, 0, 0]).scheduler(0, 'Executing', 'why not').deploy(0)
    const state = now()
    expect(currentVertices(state, 0)).toEqual([8])
    expect(currentVertices(state, 1)).toEqual([9, 10, 11])
    expect(currentParallelism(state, 2)).toBe(2)
    expect(requiredSlots(state.graph, 0)).toEqual([{ group: 'default', slots: 3 }])
    expect(schedulerStateOf(state, 0)).toBe('Executing')
    expect(schedulerStateOf(state, 1)).toBeNull()
    expect(state.plan.inputs[10]).toEqual([9])
    const header = grownHeader(cluster.header, log)
    expect(subtaskName(header, 11)).toBe('Window(Tumbling) #3')
    const about = matcherOf({ kind: 'subtask', vertex: 1, subtask: 2 }, cluster.header, log)
    const reader = log.reader()
    let found = 0
    while (reader.next()) if (about(reader)) found++
    expect(found).toBe(4)
  })

  test('it is told in words', () => {
    const cluster = new ClusterTrace({
      ...headerOfJobs(['one', 'two']),
      interventions: [
        { at: 0, do: 'stop-task-manager', host: 2 },
        { at: 0, do: 'cancel', job: 1 },
        { at: 0, do: 'start-task-manager' },
      ],
    })
    const { log, now } = watch(cluster)
    cluster.status(1, 'RESTARTING', 'boom').status(1, 'RUNNING').status(1, 'RESTARTING').rescale(1, [0, 0, 1, 3])
    cluster.scheduler(0, 'WaitingForResources').lose(2, 'stopped', false)
    for (const a of [0, 1, 2, 3]) cluster.say('Intervention', { a })
    now()
    const tell = (language: 'en' | 'zh'): string[] =>
      Array.from({ length: log.length }, (_, i) => narrate(log.at(i), { header: cluster.header, log, language, times: 'raw' }).text)
    expect(tell('en')).toEqual([
      'Job two is RESTARTING, restart 1: boom',
      'Job two is RUNNING.',
      'Job two is RESTARTING, restart 2.',
      'The scheduler makes a new execution graph for job two: Source: flights × 1 and Window(Tumbling) × 3.',
      'The adaptive scheduler of job one is in WaitingForResources: it waits for slots, and takes what there is in the end.',
      'taskmanager-2 is stopped and leaves the cluster, with its slots: stopped',
      'You stop taskmanager-2.',
      'You cancel job two.',
      'You start one more TaskManager.',
      'Your intervention 4 takes effect.',
    ])
    expect(tell('zh').slice(0, 4)).toEqual([
      '作业 two 的状态变为 RESTARTING（第 1 次重启）：boom',
      '作业 two 的状态变为 RUNNING。',
      '作业 two 的状态变为 RESTARTING（第 2 次重启）。',
      '调度器为作业 two 建立新的执行图（ExecutionGraph）：Source: flights × 1 和 Window(Tumbling) × 3。',
    ])
  })
})

/** What may happen to two jobs on some TaskManagers, and records on whatever channels there are. */
type Step = (cluster: ClusterTrace) => void
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ job: fc.nat(1), by: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }) })
    .map(({ job, by }): Step => (cluster) => {
      if (cluster.graph.vertices.length < 40) cluster.rescale(job, by)
    }),
  fc.record({ host: fc.integer({ min: 1, max: 5 }), slots: fc.nat(3) }).map(
    ({ host, slots }): Step =>
      (cluster) =>
        cluster.register(host, slots),
  ),
  fc.integer({ min: 1, max: 5 }).map(
    (host): Step =>
      (cluster) =>
        cluster.lose(host),
  ),
  fc.record({ host: fc.integer({ min: 1, max: 5 }), slot: fc.nat(2), shared: fc.nat(60) }).map(
    ({ host, slot, shared }): Step =>
      (cluster) =>
        cluster.allocate(host, slot, shared % cluster.graph.sharedSlots),
  ),
  fc.record({ host: fc.integer({ min: 1, max: 5 }), slot: fc.nat(2) }).map(
    ({ host, slot }): Step =>
      (cluster) =>
        cluster.free(host, slot),
  ),
  fc.nat(1).map(
    (job): Step =>
      (cluster) =>
        cluster.status(job, 'RESTARTING').deploy(job, 1),
  ),
  fc.record({ channel: fc.nat(200), records: fc.integer({ min: 1, max: 90 }) }).map(({ channel, records }): Step => (cluster) => {
    const id = channel % cluster.graph.channels.length
    for (let b = 0; b < records; b++) cluster.say('RecordOut', { a: id, b, c: 1, d: -1, x: b, value: b })
    cluster.say('BufferSent', { a: id, b: 0, c: records, d: 1 }).say('BufferArrived', { a: id, b: 0 })
    for (let b = 0; b < records; b++) cluster.say('RecordIn', { a: id, b, c: 1, x: b })
  }),
)

test('wherever one seeks, back and forth, the state is that of folding from the start', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), fc.array(fc.nat(), { minLength: 10, maxLength: 10 }), (steps, seeks) => {
      const cluster = new ClusterTrace(headerOfJobs(['one', 'two']))
      for (const act of steps) act(cluster)
      const log = new TraceLog()
      log.append(cluster.take())
      const runner = new FoldRunner(clusterFold, cluster.header, log)
      runner.advance()
      for (const seek of seeks) {
        const event = seek % log.length
        const folded = clusterFold.init(cluster.header)
        const reader = log.reader()
        while (reader.next() && reader.index <= event) clusterFold.apply(folded, reader)
        const { plan: _, ...expected } = folded
        const { plan: __, ...sought } = runner.seek(event)
        expect(sought).toEqual(expected)
        // The very same graph, whoever made it.
        expect(sought.graph).toBe(expected.graph)
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
})

test('what does not follow on the graph changes nothing', () => {
  const cluster = new ClusterTrace(flightsHeader())
  cluster.say('ExecutionGraphCreated', { a: 0, b: 4, c: 4, d: 2, value: 'nothing of the kind' })
  cluster.say('ExecutionGraphCreated', { a: 0, b: 4, c: 4, d: 2, value: [1, 1000] })
  cluster.say('ExecutionGraphCreated', { a: 9, b: 4, c: 4, d: 2, value: [1, 1] })
  cluster.say('ExecutionGraphCreated', { a: 0, b: 5, c: 4, d: 2, value: [1, 1] })
  expect(watch(cluster).now().graph).toBe(cluster.header.executionGraph)
})
