import { wrap, type Remote } from 'comlink'
import { problem, ProblemError, type Problem } from '../../core/problem'
import { micros } from '../../core/time'
import { FloodError } from '../../kernel/eventWriter'
import type { Kernel } from '../../kernel/types'
import type { HostInput } from '../assemble'
import type { Scenario } from '../../scenario/types'
import { withFound } from '../files/found'
import { serveFiles } from '../files/serve'
import { packTopics, topicsOfHeader, withoutRecords } from '../packedTopics'
import { refusedRun } from '../refusedRun'
import type { Run, RunRequest, StartRun } from '../types'
import type { ClientApi, Planned, PlannedRun } from './client'
import { createWorkerKernel } from './kernel'
import type { ThreadApi } from './protocol'
import type { Thread, Threads } from './threads'
import type { Watch } from './watch'

/** More TaskManagers than this share threads: the result is the same, and a browser has an end. */
const MOST_THREADS = 16

export interface Ground {
  readonly threads: Threads
  /** Absent: nobody asks whether the threads are still there. */
  readonly watch?: Watch
}

/**
 * The worker deployment. With `many` threads, one for the client, one for the JobManager and the external systems, one for each
 * TaskManager: what is watched on the page, where a TaskManager can be killed and rounds go hand in hand. With `one`, everything
 * on a single thread, whose rounds cost nothing: what runs by the dozen and is folded to a few numbers. The trace is the same.
 */
export const startOn =
  (ground: () => Promise<Ground>, layout: 'many' | 'one' = 'many'): StartRun =>
  async (request) => {
    const { threads, watch } = await ground()
    const lost = new Promise<Problem>((report) => {
      threads.onLost = (why) => report(lostProblem(why))
      void watch?.broken.then(report)
    })
    const broken = lost.then((problem) => ({ problem }))
    const dispose = (): void => {
      request.files?.close?.()
      watch?.end()
      threads.dispose()
    }
    try {
      const { client, cluster } = layout === 'one' ? spawnOne(threads, watch) : spawnMany(threads, watch, taskManagersOf(request.scenario))
      const planned = await Promise.race([plan(client, request), broken])
      if ('problem' in planned) throw new ProblemError(planned.problem)
      const { header, refusal } = planned.planned
      if (refusal !== null) {
        dispose()
        return refusedRun(header, refusal)
      }
      const kernel = await Promise.race([setUp(planned.planned, request, cluster), broken])
      if ('problem' in kernel) throw new ProblemError(kernel.problem)
      return runOf(planned.planned, kernel, broken, dispose)
    } catch (error) {
      dispose()
      throw error
    }
  }

/** Those that are started later have to live somewhere, too. */
const taskManagersOf = ({ cluster, interventions }: Scenario): number =>
  cluster.taskManagers + interventions.filter((intervention) => intervention.do === 'start-task-manager').length

interface ClusterThread extends Thread {
  alive(): void
  /** It is gone: nobody asks whether it is still there. */
  end(): void
}
interface ClientThread extends Thread {
  /** The plan is made: nobody asks for another. */
  end(): void
}
interface Spawned {
  readonly client: ClientThread
  readonly cluster: readonly ClusterThread[]
}

function spawnMany(threads: Threads, watch: Watch | undefined, taskManagers: number): Spawned {
  const client = threads.spawn('client')
  const asked = watched(client, 'client', true, watch)
  const cluster = [watched(threads.spawn('jobmanager'), 'jobmanager', false, watch)]
  for (let i = 1; i <= Math.min(taskManagers, MOST_THREADS); i++)
    cluster.push(watched(threads.spawn('taskmanager'), `taskmanager-${i}`, true, watch))
  const end = (): void => {
    asked.end()
    client.terminate()
  }
  return { client: { ...client, end }, cluster }
}

function spawnOne(threads: Threads, watch: Watch | undefined): Spawned {
  const thread = watched(threads.spawn('cluster'), 'cluster', true, watch)
  return { client: { ...thread, end: () => {} }, cluster: [thread] }
}

function watched(thread: Thread, name: string, hostile: boolean, watch: Watch | undefined): ClusterThread {
  const remote = wrap<ThreadApi>(thread.port)
  const over = watch?.over(name, hostile, () => remote.ping())
  return { ...thread, alive: () => over?.alive(), end: () => over?.end() }
}

async function plan(client: ClientThread, request: RunRequest): Promise<Planned> {
  const remote: Remote<ClientApi> = wrap<ClientApi>(client.port)
  const { files: _, ...rest } = request
  try {
    const planned = await remote.plan({ ...rest, topics: withoutRecords(request.topics) })
    if ('problem' in planned) return planned
    const { header } = planned.planned
    return { planned: { ...planned.planned, header: { ...header, topics: topicsOfHeader(request.topics) } } }
  } finally {
    client.end()
  }
}

async function setUp(planned: PlannedRun, { topics, files }: RunRequest, cluster: readonly ClusterThread[]): Promise<Kernel> {
  const { latencies, inputs, injections } = planned
  const config = { ...planned.kernel, latency: (from: number, to: number) => latencies[from]![to]! }
  const threadOf: number[] = []
  const followers = cluster.length - 1
  for (const { host } of config.hosts)
    threadOf[host] = followers > 0 && inputs.get(host)!.role === 'taskmanager' ? 1 + ((host - 1) % followers) : 0
  const whole = new Map<number, HostInput>(
    [...(await withFound(inputs, files))].map(([host, input]) => [
      host,
      input.role === 'log' ? { ...input, packed: packTopics(topics) } : input,
    ]),
  )
  const kernel = await createWorkerKernel(
    config,
    cluster,
    threadOf,
    whole,
    (thread) => cluster[thread]!.alive(),
    (thread) => cluster[thread]!.end(),
    files?.port?.([...inputs.values()][0]!.configuration) ?? (files?.store === undefined ? null : serveFiles(files.store)),
  )
  for (const injection of injections) kernel.inject(injection)
  return kernel
}

function runOf({ header }: PlannedRun, kernel: Kernel, broken: Promise<{ readonly problem: Problem }>, dispose: () => void): Run {
  let frontier = 0
  let over = false
  let last: Problem | null = null
  return {
    header,
    async advance(until, onPage) {
      if (last !== null) return { state: 'broken', problem: last, frontier }
      const running = kernel.run(micros(until), (page) => {
        if (over) return
        frontier = Math.max(frontier, page.time[page.count - 1]!)
        onPage(page)
      })
      const end = await Promise.race([running.catch((error: unknown) => ({ problem: problemOf(error) })), broken])
      if ('problem' in end) {
        over = true
        last = end.problem
        dispose()
        return { state: 'broken', problem: last, frontier }
      }
      frontier = end.frontier
      return { state: end.reason === 'drained' ? 'ended' : 'paused', frontier }
    },
    pause: () => kernel.stop(),
    dispose: () => {
      over = true
      kernel.dispose()
      dispose()
    },
  }
}

/** A worker that ends without being asked to has no memory left, where engines say so at all; everything else is our mistake. */
const lostProblem = (why: string): Problem =>
  /memory/i.test(why) ? problem('sandbox-memory', {}, { in: 'run' }) : problem('internal', { message: why }, { in: 'run' })

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof FloodError) return problem('sandbox-flood', { what: error.what, count: error.count }, { in: 'run' })
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return problem('internal', { message }, { in: 'run' })
}
