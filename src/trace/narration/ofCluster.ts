import type { Problem } from '../../core/problem'
import { schedulerGloss } from '../../i18n/narration'
import type { Intervention } from '../../scenario/types'
import { aliveVertices, sharedSlotsOf } from '../cluster/members'
import { graphAt } from '../graphs'
import { EXECUTION_STATES, JOB_STATUSES, SCHEDULER_STATES } from '../kinds'
import type { TraceKindName } from '../kinds'
import type { TraceReader } from '../log'
import { hostOfProcess } from './naming'
import { tellProblem } from './problem'
import type { Part, Sentence } from './sentence'
import type { Teller } from './teller'

export type Tell = (event: TraceReader, tell: Teller) => Sentence

const state = (names: readonly string[], code: number): Part => ({ text: names[code] ?? `${code}`, tone: 'state' })

/** The tasks that share a slot. */
const sharing = (sharedSlot: number, tell: Teller): Part[] =>
  tell.list((sharedSlotsOf(tell.header.executionGraph)[sharedSlot]?.subtasks ?? []).map((index) => tell.subtask(index)))

const chainHead = (tell: Teller, vertex: number): number => tell.header.executionGraph.job.vertices[vertex]?.chain[0]?.node ?? -1

/** What a person did, as the scenario has it; a trace whose header does not tell it has its number alone. */
function intervention(event: TraceReader, tell: Teller): Sentence {
  const done: Intervention | undefined = tell.header.interventions?.[event.a]
  switch (done?.do) {
    case 'cancel':
      return tell.say('Intervention.cancel', { job: tell.job(done.job ?? 0) })
    case 'start-task-manager':
      return tell.say('Intervention.start-task-manager', {})
    case 'stop-task-manager':
      return tell.say('Intervention.stop-task-manager', { host: tell.taskManager(done.host) })
    case 'slow':
      return tell.say('Intervention.slow', {
        operator: tell.node(done.node, done.subtask),
        cost: tell.span(done.cost / 1000),
      })
    case 'silence-partition': {
      const places = { topic: tell.plain(done.topic), partition: tell.plain(done.partition) }
      if (done.until === undefined) return tell.say('Intervention.silence-partition', places)
      return tell.say('Intervention.silence-partition.until', { ...places, span: tell.span((done.until - done.at) / 1000) })
    }
    case 'delay-partition': {
      const places = { topic: tell.plain(done.topic), partition: tell.plain(done.partition), span: tell.span(done.by / 1000) }
      return tell.say(done.by === 0 ? 'Intervention.delay-partition.end' : 'Intervention.delay-partition', places)
    }
    case 'set-clock': {
      const places = { forward: tell.span(done.forward) }
      if (done.running) return tell.say(done.forward === 0 ? 'Intervention.set-clock.run' : 'Intervention.set-clock.run.forward', places)
      return tell.say(done.forward === 0 ? 'Intervention.set-clock.stop' : 'Intervention.set-clock.stop.forward', places)
    }
    case 'kill-task-manager':
      return tell.say('Intervention.kill-task-manager', { host: tell.taskManager(done.host) })
    case 'kill-job-manager':
      return tell.say('Intervention.kill-job-manager', { span: tell.span(done.downtime / 1000) })
    case 'cut-link': {
      const end = (host: number): Part => (host === 0 ? tell.host(0) : tell.taskManager(host))
      return tell.say('Intervention.cut-link', {
        a: end(done.hosts[0]),
        b: end(done.hosts[1]),
        span: tell.span((done.until - done.at) / 1000),
      })
    }
    case 'fail-task':
      return tell.say('Intervention.fail-task', { task: tell.node(chainHead(tell, done.vertex), done.subtask) })
    case 'throw-at-record':
      return tell.say('Intervention.throw-at-record', {
        operator: tell.node(done.node, done.subtask),
        record: tell.plain(done.record),
        times: tell.plain(done.times),
      })
    case 'decline-checkpoints':
      return tell.say('Intervention.decline-checkpoints', {
        task: tell.node(chainHead(tell, done.vertex), done.subtask),
        span: tell.span((done.until - done.at) / 1000),
      })
    case 'set-disk':
      if (done.failing) return tell.say('Intervention.set-disk.failing', {})
      return tell.say('Intervention.set-disk', {
        latency: tell.span(done.latency),
        bandwidth: tell.plain(done.bandwidth),
        capacity: tell.plain(done.capacity ?? '∞'),
      })
    case 'system-outage':
      return tell.say('Intervention.system-outage', { system: tell.plain(done.system), span: tell.span((done.until - done.at) / 1000) })
    case 'trigger-checkpoint':
      return tell.say('Intervention.trigger-checkpoint', { job: tell.job(done.job ?? 0) })
    case 'trigger-savepoint':
      return tell.say('Intervention.trigger-savepoint', { job: tell.job(done.job ?? 0) })
    case 'stop-with-savepoint':
      return tell.say(done.drain ? 'Intervention.stop-with-savepoint.drain' : 'Intervention.stop-with-savepoint', {
        job: tell.job(done.job ?? 0),
      })
    default:
      return tell.say('Intervention', { number: tell.plain(event.a + 1) })
  }
}

/** What happens to jobs, tasks, TaskManagers and slots. */
export const CLUSTER_NARRATION = {
  JobStatus: (event, tell) => {
    const reason = event.text()
    const status = state(JOB_STATUSES, event.a)
    const places = { job: tell.job(event.b, 'first'), status, reason: tell.reason(reason) }
    if (status.text === 'RESTARTING') {
      const again = { ...places, restart: tell.plain(tell.log.names.restartsAt(event.b, event.index)) }
      return tell.say(reason === '' ? 'JobStatus.restart' : 'JobStatus.restart.reason', again)
    }
    return tell.say(reason === '' ? 'JobStatus' : 'JobStatus.reason', places)
  },
  ExecutionState: (event, tell) => {
    const reason = event.text()
    const places = {
      task: tell.subtask(event.a),
      state: state(EXECUTION_STATES, event.c),
      reason: tell.reason(reason),
      attempt: tell.plain(event.b + 1),
      host: tell.host(hostOfProcess(event.d)),
    }
    if (reason !== '') return tell.say('ExecutionState.failed', places)
    const placed = EXECUTION_STATES[event.c] === 'DEPLOYING' && event.d !== 0
    if (event.b > 0) return tell.say(placed ? 'ExecutionState.placed.again' : 'ExecutionState.again', places)
    return tell.say(placed ? 'ExecutionState.placed' : 'ExecutionState', places)
  },
  TaskManagerRegistered: (event, tell) =>
    tell.say(event.b === 1 ? 'TaskManagerRegistered.one' : 'TaskManagerRegistered', {
      host: tell.host(event.a),
      slots: tell.plain(event.b),
    }),
  TaskManagerLost: (event, tell) => {
    const reason = event.text()
    const places = { host: tell.host(event.a), reason: tell.reason(reason) }
    if (event.b === 0) return tell.say(reason === '' ? 'TaskManagerLost' : 'TaskManagerLost.reason', places)
    return tell.say(reason === '' ? 'TaskManagerLost.died' : 'TaskManagerLost.died.reason', places)
  },
  ExecutionGraphCreated: (event, tell) => {
    const graph = graphAt(tell.header, tell.log, event.index)
    const tasks = graph.job.vertices
      .filter(({ job }) => job === event.a)
      .map(({ index }): Part => {
        const name = tell.task(index)
        return { ...name, text: `${name.text} × ${aliveVertices(graph, index).length}` }
      })
    return tell.say('ExecutionGraphCreated', { job: tell.job(event.a), tasks: tell.list(tasks) })
  },
  SchedulerState: (event, tell) => {
    const reason = event.text()
    const known = SCHEDULER_STATES[event.b]
    const places = {
      job: tell.job(event.a),
      state: state(SCHEDULER_STATES, event.b),
      gloss: tell.plain(known === undefined ? '?' : tell.word(schedulerGloss[known])),
      reason: tell.reason(reason),
    }
    return tell.say(reason === '' ? 'SchedulerState' : 'SchedulerState.reason', places)
  },
  SlotRequested: (event, tell) => tell.say(event.c === 0 ? 'SlotRequested' : 'SlotRequested.withdrawn', { tasks: sharing(event.a, tell) }),
  SlotAllocated: (event, tell) => {
    const places = { host: tell.host(event.a), slot: tell.slot(event.a, event.b), job: tell.job(event.d) }
    if (event.c < 0) return tell.say('SlotAllocated.empty', places)
    const tasks = sharing(event.c, tell)
    return tell.say(tasks.length > 1 ? 'SlotAllocated' : 'SlotAllocated.alone', { ...places, tasks })
  },
  SlotFreed: (event, tell) => tell.say('SlotFreed', { host: tell.host(event.a), slot: tell.slot(event.a, event.b) }),
  Intervention: intervention,
  Problem: (event, tell) => {
    const told = JSON.parse(event.text()) as Problem
    const problem = tell.reason(tellProblem(told, tell.language))
    return told.place?.in === 'program'
      ? tell.say('Problem.line', { problem, line: tell.plain(told.place.line) })
      : tell.say('Problem', { problem })
  },
} as const satisfies Partial<Readonly<Record<TraceKindName, Tell>>>
