import { describe, expect, it } from 'vitest'
import { Prng } from '../base/prng'
import { valueFromBytes } from '../core/values'
import { hostOf } from '../kernel/types'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { bytesOfPages } from '../testing/kernel/network'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind } from '../trace/kinds'
import { startOnOneThread } from './node'
import { graphsOf, ofKind, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

const SECOND = 1_000_000

/** One to three jobs on a cluster whose TaskManagers come and go; the first one stays, and has room for all. */
function randomCluster(seed: number) {
  const random = new Prng(seed, 7)
  const pick = <T>(items: readonly T[]): T => items[random.nextInt(items.length)]!
  const jobs = 1 + random.nextInt(3)
  const counts: number[] = []
  let program = `
    import { CollectSink, StreamExecutionEnvironment } from 'flink'
    const env = StreamExecutionEnvironment.getExecutionEnvironment()`
  for (let job = 0; job < jobs; job++) {
    counts.push(1 + random.nextInt(150))
    const group = pick(['', `.slotSharingGroup('other')`])
    program += `
    env.fromSequence(1, ${counts[job]}).setParallelism(${1 + random.nextInt(2)})${pick(['.rebalance()', '.rescale()', '.keyBy(n => n % 7)', ''])}
      .map(n => n).name('Map${job}').setParallelism(${1 + random.nextInt(3)})${group}
      .map(n => ${job * 1000} + n).setParallelism(${1 + random.nextInt(3)}).sinkTo(new CollectSink()).setParallelism(${1 + random.nextInt(3)})
    env.${pick(['execute', 'executeAsync'])}('job ${job}')`
  }
  let taskManagers = 1 + random.nextInt(3)
  const interventions: Intervention[] = []
  const leaving = Array.from({ length: taskManagers - 1 }, (_, i) => i + 2)
  for (let at = 0, left = random.nextInt(8); left > 0; left--) {
    at += random.nextInt(3 * SECOND)
    if (leaving.length > 0 && random.nextInt(2) === 0) {
      const [host] = leaving.splice(random.nextInt(leaving.length), 1)
      interventions.push({ at, do: 'stop-task-manager', host: host! })
    } else {
      interventions.push({ at, do: 'start-task-manager' })
      leaving.push(++taskManagers)
    }
  }
  const configuration: Record<string, string> = {
    'taskmanager.numberOfTaskSlots': '18',
    'cluster.evenly-spread-out-slots': pick(['true', 'false']),
    'jobmanager.scheduler': pick(['Default', 'Adaptive']),
    'jobmanager.adaptive-scheduler.resource-stabilization-timeout': pick(['0 s', '1 s']),
    'jobmanager.adaptive-scheduler.scaling-interval.min': '2 s',
    'jobmanager.execution.failover-strategy': pick(['region', 'full']),
    'restart-strategy.type': pick(['fixed-delay', 'exponential-delay']),
    'restart-strategy.fixed-delay.attempts': '99',
    'restart-strategy.fixed-delay.delay': pick(['0 s', '300 ms', '2 s']),
    'slot.idle.timeout': pick(['1 s', '50 s']),
    'taskmanager.memory.segment-size': pick(['256 b', '32 kb']),
  }
  for (let job = 0; job < jobs; job++) configuration[`tidemark.cost.Map${job}`] = pick(['2000', '20000', '60000'])
  const scenario = {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      taskManagers: taskManagers - interventions.filter(({ do: what }) => what === 'start-task-manager').length,
    },
    interventions,
  }
  return { program, counts, options: { scenario, configuration, until: 3600 * SECOND } }
}

/** One to four jobs that fail now and then, wait for slots in vain, never end or are cancelled; there may be no TaskManager at all. */
function randomTrouble(seed: number) {
  const random = new Prng(seed, 11)
  const pick = <T>(items: readonly T[]): T => items[random.nextInt(items.length)]!
  const jobs = 1 + random.nextInt(4)
  let program = `
    import { CollectSink, LogSource, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
    const env = StreamExecutionEnvironment.getExecutionEnvironment()
    const endless = () => env.fromSource(LogSource.topic('t'), WatermarkStrategy.noWatermarks(), 't').map(r => 1)`
  for (let job = 0; job < jobs; job++) {
    program += `
    ${random.nextInt(3) === 0 ? 'endless()' : `env.fromSequence(1, ${1 + random.nextInt(150)})`}.setParallelism(${1 + random.nextInt(3)})
      ${pick(['.rebalance()', '.rescale()', '.keyBy(n => n % 7)', ''])}
      .map(n => { if (Math.random() < ${pick(['0', '0', '0.001', '0.01', '0.1'])}) throw new Error('dice'); return n })
      .name('Map${job}').setParallelism(${1 + random.nextInt(4)})${pick(['', '', `.slotSharingGroup('other')`])}
      .sinkTo(new CollectSink()).setParallelism(${1 + random.nextInt(3)})
    env.${pick(['execute', 'executeAsync', 'executeAsync'])}('job ${job}')`
  }
  const initial = random.nextInt(4)
  const interventions: Intervention[] = []
  const there = Array.from({ length: initial }, (_, i) => i + 1)
  let started = initial
  for (let at = 0, left = random.nextInt(12); left > 0; left--) {
    at += pick([0, 1, 10_000, 50_000, random.nextInt(SECOND), random.nextInt(20 * SECOND)])
    const what = random.nextInt(5)
    if (what < 2 && there.length > 0) {
      const [host] = there.splice(random.nextInt(there.length), 1)
      interventions.push({ at, do: 'stop-task-manager', host: host! })
    } else if (what === 4) interventions.push({ at, do: 'cancel', job: random.nextInt(jobs) })
    else {
      interventions.push({ at, do: 'start-task-manager' })
      there.push(++started)
    }
  }
  // So that all comes to an end, whoever is submitted after whom.
  for (let round = 0; round < jobs; round++)
    for (let job = 0; job < jobs; job++) interventions.push({ at: (900 + 100 * round) * SECOND, do: 'cancel', job })
  const configuration: Record<string, string> = {
    'taskmanager.numberOfTaskSlots': pick(['1', '2', '3', '8']),
    'cluster.evenly-spread-out-slots': pick(['true', 'false']),
    'jobmanager.scheduler': pick(['Default', 'Default', 'Adaptive']),
    'jobmanager.adaptive-scheduler.resource-stabilization-timeout': pick(['0 s', '1 s', '10 s']),
    'jobmanager.adaptive-scheduler.resource-wait-timeout': pick(['5 s', '300 s']),
    'jobmanager.adaptive-scheduler.scaling-interval.min': pick(['0 s', '2 s', '30 s']),
    'jobmanager.execution.failover-strategy': pick(['region', 'full']),
    'restart-strategy.type': pick(['fixed-delay', 'exponential-delay', 'failure-rate', 'none']),
    'restart-strategy.fixed-delay.attempts': pick(['1', '3', '20']),
    'restart-strategy.fixed-delay.delay': pick(['0 s', '300 ms', '2 s']),
    'restart-strategy.failure-rate.max-failures-per-interval': pick(['1', '4']),
    'slot.request.timeout': pick(['1 s', '5 s', '20 s', '300 s']),
    'slot.idle.timeout': pick(['1 s', '50 s']),
    'resourcemanager.standalone.start-up-time': pick(['0 s', '500 ms', '10 s', '300 s']),
  }
  for (let job = 0; job < jobs; job++) configuration[`tidemark.cost.Map${job}`] = pick(['2000', '20000', '60000'])
  const scenario = { seed, cluster: { ...DEFAULT_CLUSTER, taskManagers: initial }, interventions }
  return { program, options: { scenario, configuration, topics: [topicOf('t', ['a b c d e', 'x y z'], 700)], until: 3600 * SECOND } }
}

/** What must hold at every moment, seen from outside. */
function invariants(run: TestRun): void {
  const graph = graphsOf(run).at(-1)!
  const jobOf = (vertex: number): number => graph.job.vertices[graph.vertices[vertex]!.vertex]!.job
  /** By slot: what is in it; by shared slot: where it is. */
  const inSlot = new Map<string, { readonly sharedSlot: number; readonly job: number }>()
  const hosts = new Set<number>()
  const states = new Map<number, { readonly attempt: number; readonly state: string }>()
  const statuses = new Map<number, string>()
  for (const { kind, a, b, c, d } of run.events) {
    switch (kind) {
      case TraceKind.TaskManagerRegistered:
        hosts.add(a)
        break
      case TraceKind.TaskManagerLost:
        hosts.delete(a)
        for (const slot of inSlot.keys()) if (slot.startsWith(`${a}.`)) inSlot.delete(slot)
        break
      case TraceKind.SlotAllocated: {
        const before = inSlot.get(`${a}.${b}`)
        expect(hosts.has(a)).toBe(true)
        // A slot passes from job to job through the ResourceManager alone, and holds one shared slot at a time.
        if (before !== undefined) expect(before.job).toBe(d)
        if (c >= 0) expect([...inSlot].filter(([slot, { sharedSlot }]) => sharedSlot === c && slot !== `${a}.${b}`)).toEqual([])
        inSlot.set(`${a}.${b}`, { sharedSlot: c, job: d })
        break
      }
      case TraceKind.SlotFreed:
        expect(inSlot.delete(`${a}.${b}`)).toBe(true)
        break
      case TraceKind.ExecutionState: {
        const state = EXECUTION_STATES[c]!
        const before = states.get(a)
        if (state === 'CREATED') {
          if (before !== undefined) {
            expect(b).toBeGreaterThan(before.attempt)
            expect(['FINISHED', 'CANCELED', 'FAILED']).toContain(before.state)
          }
        } else expect(b).toBe(before!.attempt)
        if (state === 'DEPLOYING') {
          const { sharedSlot } = graph.vertices[a]!
          const place = [...inSlot].find(([, used]) => used.sharedSlot === sharedSlot)
          expect(place?.[0].split('.')[0]).toBe(String(hostOf(d)))
          expect(place?.[1].job).toBe(jobOf(a))
        }
        states.set(a, { attempt: b, state })
        break
      }
      case TraceKind.JobStatus:
        statuses.set(b, JOB_STATUSES[a]!)
    }
  }
  expect(inSlot.size).toBe(0)
  for (const { index, vertex, generation } of graph.vertices) {
    const job = graph.job.vertices[vertex]!.job
    if (generation === graph.generations[job] && statuses.get(job) === 'FINISHED') expect(states.get(index)?.state).toBe('FINISHED')
  }
}

const onOneThread = startOnOneThread()

describe('random clusters', () => {
  for (let seed = 1; seed <= 24; seed++) {
    it(`jobs come to their end whatever becomes of TaskManagers, and all has arrived; up to an intervention all is as without it (${seed})`, async () => {
      const { program, counts, options } = randomCluster(seed)
      const { scenario } = options
      const run = await testRun(program, options)
      expect(run.end).toEqual({ state: 'ended' })
      expect(run.jobs.map(({ status, reason }) => `${status}${reason}`)).toEqual(counts.map(() => 'FINISHED'))
      const arrived = new Set(ofKind(run, 'SinkRecord').map(({ payload }) => valueFromBytes(payload) as number))
      const wanted = counts.flatMap((count, job) => Array.from({ length: count }, (_, i) => job * 1000 + i + 1))
      expect([...arrived].sort((a, b) => a - b)).toEqual(wanted)
      invariants(run)
      const kept = scenario.interventions.slice(0, seed % (scenario.interventions.length + 1))
      const fork = scenario.interventions[kept.length]?.at ?? Infinity
      const without = await testRun(program, { ...options, scenario: { ...scenario, interventions: kept } })
      const before = ({ events }: TestRun) => events.filter(({ time }) => time < fork)
      expect(before(without)).toEqual(before(run))
      if (seed % 6 !== 0) return
      const elsewhere = await testRun(program, { ...options, start: onOneThread })
      expect(bytesOfPages([...elsewhere.pages])).toEqual(bytesOfPages([...run.pages]))
      expect(elsewhere.frontier).toBe(run.frontier)
    })
  }

  for (let seed = 1; seed <= 24; seed++) {
    it(`jobs that fail, wait in vain or are cancelled leave nothing behind (${seed})`, async () => {
      const { program, options } = randomTrouble(seed)
      const run = await testRun(program, options)
      expect(run.end).toEqual({ state: 'ended' })
      for (const { status } of run.jobs) expect([null, 'FINISHED', 'FAILED', 'CANCELED']).toContain(status)
      invariants(run)
      if (seed % 6 !== 0) return
      const elsewhere = await testRun(program, { ...options, start: onOneThread })
      expect(bytesOfPages([...elsewhere.pages])).toEqual(bytesOfPages([...run.pages]))
    })
  }
})
