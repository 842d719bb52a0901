import type { CheckpointFailureReason } from '../../../core/checkpoints'
import { CheckpointCoordinator } from '../../../runtime/jobmanager/checkpoint/coordinator'
import type { CoordinatorWorld } from '../../../runtime/jobmanager/checkpoint/coordinator'
import { CompletedCheckpointStore } from '../../../runtime/jobmanager/checkpoint/completedCheckpoint'
import type { CompletedCheckpoint } from '../../../runtime/jobmanager/checkpoint/completedCheckpoint'
import { failureOf } from '../../../runtime/jobmanager/checkpoint/failure'
import { CheckpointFailureManager } from '../../../runtime/jobmanager/checkpoint/failureManager'
import type { PendingCheckpoint } from '../../../runtime/jobmanager/checkpoint/pendingCheckpoint'
import { calculatePlan } from '../../../runtime/jobmanager/checkpoint/plan'
import type { PlanContext } from '../../../runtime/jobmanager/checkpoint/plan'
import { forCheckpoint, forSavepoint } from '../../../runtime/jobmanager/checkpoint/properties'
import type { CheckpointProperties } from '../../../runtime/jobmanager/checkpoint/properties'
import { isFailure } from '../../../runtime/jobmanager/checkpoint/requestDecider'
import type { RequestOutcome } from '../../../runtime/jobmanager/checkpoint/requestDecider'
import type { ExecutionState } from '../../../trace/kinds'
import { family } from '../family'

type TypeName = 'checkpoint' | 'savepoint' | 'syncSavepoint'
type Step =
  | readonly ['start', number]
  | readonly ['stop' | 'checkpoint' | 'savepoint' | 'syncSavepoint']
  | readonly ['advance' | 'checkpoints' | 'taskFails' | 'running' | 'finish', number]
  | readonly ['ack', number, number]
  | readonly ['decline', number, number, CheckpointFailureReason]
  | readonly ['abortAll', CheckpointFailureReason]
interface CoordinatorGiven {
  readonly kind: 'coordinator'
  readonly sources: number
  readonly downstream: number
  readonly notRunning?: readonly number[]
  readonly config: {
    readonly interval: number
    readonly minPause: number
    readonly timeout: number
    readonly maxConcurrent: number
    readonly tolerableFailures: number
    readonly retained: number
    readonly unaligned: boolean
    readonly checkpointsAfterTasksFinish: boolean
  }
  readonly steps: readonly Step[]
}
interface FailureManagerGiven {
  readonly kind: 'failure-manager'
  readonly tolerableFailures: number
  readonly steps: readonly (
    readonly ['fail', number | null, CheckpointFailureReason, 'jobManager' | 'task', TypeName] | readonly ['success', number]
  )[]
}
interface PlanGiven {
  readonly kind: 'plan'
  readonly checkpointsAfterTasksFinish: boolean
  readonly vertices: readonly { readonly parallelism: number; readonly finished: readonly number[]; readonly notRunning: readonly number[] }[]
  readonly edges: readonly (readonly [number, number, 'allToAll' | 'pointwise'])[]
}

const CHECKPOINT = forCheckpoint('NO_EXTERNALIZED_CHECKPOINTS')
const propertiesOf = (type: TypeName, force: boolean): CheckpointProperties =>
  type === 'checkpoint' ? CHECKPOINT : forSavepoint(type === 'savepoint' ? 'savepoint' : 'stop-with-savepoint', force, 'canonical')
const typeOf = ({ type }: CheckpointProperties): TypeName =>
  type === 'checkpoint' ? 'checkpoint' : type === 'savepoint' ? 'savepoint' : 'syncSavepoint'
const ascending = (tasks: readonly number[]): number[] => [...tasks].sort((a, b) => a - b)

/** Virtual time: what is due at the same ms runs in the order in which it was asked for. */
class Clock {
  now = 0
  private due: { readonly at: number; readonly action: () => void }[] = []
  after(delay: number, action: () => void): () => void {
    const entry = { at: this.now + delay, action }
    this.due.push(entry)
    return () => void (this.due = this.due.filter((other) => other !== entry))
  }
  /** Up to `to`, included. */
  run(to: number): void {
    for (;;) {
      let next: (typeof this.due)[number] | null = null
      for (const entry of this.due) if (entry.at <= to && (next === null || entry.at < next.at)) next = entry
      if (next === null) break
      this.due = this.due.filter((entry) => entry !== next)
      this.now = next.at
      next.action()
    }
    this.now = to
  }
}

function coordinator(given: CoordinatorGiven): unknown {
  const { config, sources, downstream } = given
  const clock = new Clock()
  let events: object[] = []
  const tell = (event: string, more: object): void => void events.push({ at: clock.now, event, ...more })
  const states: ExecutionState[] = Array.from({ length: sources + downstream }, (_, task) =>
    given.notRunning?.includes(task) === true ? 'CREATED' : 'RUNNING',
  )
  const all = states.map((_, task) => task)
  const vertices = [{ id: 0, tasks: all.slice(0, sources) }, ...(downstream > 0 ? [{ id: 1, tasks: all.slice(sources) }] : [])]
  const context: PlanContext = {
    vertices,
    producersOf: (task) => (task < sources ? [] : all.slice(0, sources)),
    stateOf: (task) => states[task]!,
    hasBlockingOutput: false,
  }
  const completedOf = ({ id, timestamp, properties }: PendingCheckpoint): CompletedCheckpoint => ({
    id,
    timestamp,
    properties,
    path: null,
    metadata: { job: '', checkpoint: id, timestamp, type: properties.type, format: properties.format, operators: [] },
    metadataSize: 0,
    uploaded: 0,
    fullSize: 0,
  })
  const nothing = (): void => undefined
  const world: CoordinatorWorld = {
    now: () => clock.now,
    timestamp: () => clock.now,
    after: (delay, action) => clock.after(delay, action),
    plan: () => calculatePlan(context, config.checkpointsAfterTasksFinish),
    locationOf: () => null,
    trigger: ({ id, plan, properties }) => tell('trigger', { id, tasks: ascending(plan.trigger), type: typeOf(properties) }),
    notifyComplete: (tasks, id, subsumed) => tell('notifyComplete', { id, tasks: ascending(tasks), subsumed }),
    notifyAborted: (tasks, id, latestCompleted) => tell('notifyAborted', { id, tasks: ascending(tasks), latestCompleted }),
    finalize: (checkpoint, done) => done(completedOf(checkpoint)),
    registered: nothing,
    discardState: nothing,
    discardPending: nothing,
    discardSubsumed: nothing,
    refused: (_, { reason }) => tell('triggerFailed', { reason }),
    acknowledged: nothing,
    declined: nothing,
    completed: ({ id }) => tell('completed', { id }),
    aborted: ({ id }, { reason }) => tell('aborted', { id, reason }),
  }
  const store = new CompletedCheckpointStore(config.retained)
  const failures = new CheckpointFailureManager(config.tolerableFailures, {
    failJob: (message) => tell('failJob', { message }),
    failJobDueToTaskFailure: (message, ifRunning) => tell('failJob', { message, ifRunning }),
  })
  const { interval, minPause, timeout, maxConcurrent } = config
  const subject = new CheckpointCoordinator({ interval, minPause, timeout, maxConcurrent, properties: CHECKPOINT }, world, store, failures, 1)
  let requests = 0
  const done = (): ((outcome: RequestOutcome) => void) => {
    const request = ++requests
    return (outcome) => tell('requestDone', isFailure(outcome) ? { request, reason: outcome.reason } : { request, id: outcome.id })
  }
  const run = (step: Step): void => {
    switch (step[0]) {
      case 'start':
        subject.startScheduler(step[1])
        return clock.run(clock.now)
      case 'stop':
        return subject.stopScheduler()
      case 'advance':
        return clock.run(clock.now + step[1])
      case 'ack':
        return subject.acknowledge(step[1], step[2], { state: null, metrics: null })
      case 'decline':
        return subject.decline(step[1], step[2], failureOf(step[3]))
      case 'checkpoint':
        return subject.triggerCheckpoint(done())
      case 'checkpoints':
        for (let i = 0; i < step[1]; i++) subject.triggerCheckpoint(done())
        return
      case 'savepoint':
      case 'syncSavepoint':
        return subject.triggerSavepoint(propertiesOf(step[0], !config.unaligned), null, done())
      case 'taskFails':
        return subject.taskFailed(step[1])
      case 'abortAll':
        return subject.abortPending(step[1])
      case 'running':
        states[step[1]] = 'RUNNING'
        return
      case 'finish':
        states[step[1]] = 'FINISHED'
    }
  }
  return {
    steps: given.steps.map((step) => {
      events = []
      run(step)
      const pending = ascending(subject.pendingIds)
      const retained = store.all.map(({ id }) => id)
      return {
        ...(events.length > 0 ? { events } : {}),
        ...(pending.length > 0 ? { pending } : {}),
        ...(retained.length > 0 ? { retained } : {}),
        ...(subject.queued > 0 ? { queued: subject.queued } : {}),
        ...(subject.nextTrigger === null ? {} : { nextTrigger: subject.nextTrigger }),
      }
    }),
  }
}

function failureManager({ tolerableFailures, steps }: FailureManagerGiven): unknown {
  let told = {}
  const manager = new CheckpointFailureManager(tolerableFailures, {
    failJob: (failJob) => void (told = { failJob }),
    failJobDueToTaskFailure: (failJobIfTaskRuns) => void (told = { failJobIfTaskRuns }),
  })
  return {
    steps: steps.map((step) => {
      told = {}
      if (step[0] === 'success') manager.handleSuccess(step[1])
      else manager.handleFailure(step[1], propertiesOf(step[4], true), failureOf(step[2]), step[3] === 'task' ? 0 : null)
      return { counter: manager.counter, ...told }
    }),
  }
}

function plan({ checkpointsAfterTasksFinish, vertices, edges }: PlanGiven): unknown {
  const starts: number[] = []
  let next = 0
  for (const { parallelism } of vertices) {
    starts.push(next)
    next += parallelism
  }
  const tasksOf = (vertex: number): number[] => Array.from({ length: vertices[vertex]!.parallelism }, (_, i) => starts[vertex]! + i)
  const placeOf = (task: number): [number, number] => {
    const vertex = starts.findLastIndex((start) => start <= task)
    return [vertex, task - starts[vertex]!]
  }
  const producersOf = (task: number): number[] => {
    const [vertex, subtask] = placeOf(task)
    return edges.flatMap(([from, to, pattern]) => {
      if (to !== vertex) return []
      const producers = tasksOf(from)
      if (pattern === 'allToAll') return producers
      const [up, down] = [producers.length, vertices[vertex]!.parallelism]
      // Mirrors VertexInputInfoComputationUtils: consumer i reads a run of producers, or shares one.
      if (up >= down) return producers.slice(Math.floor((subtask * up) / down), Math.floor(((subtask + 1) * up) / down))
      return producers.filter((_, i) => Math.floor((i * down + up - 1) / up) <= subtask && subtask < Math.floor(((i + 1) * down + up - 1) / up))
    })
  }
  const result = calculatePlan(
    {
      vertices: vertices.map((_, id) => ({ id, tasks: tasksOf(id) })),
      producersOf,
      stateOf: (task) => {
        const [vertex, subtask] = placeOf(task)
        const { finished, notRunning } = vertices[vertex]!
        return finished.includes(subtask) ? 'FINISHED' : notRunning.includes(subtask) ? 'CREATED' : 'RUNNING'
      },
      hasBlockingOutput: false,
    },
    checkpointsAfterTasksFinish,
  )
  if ('reason' in result) return { error: result.reason }
  const places = (tasks: readonly number[]): [number, number][] => ascending(tasks).map(placeOf)
  return {
    trigger: places(result.trigger),
    waitFor: places(result.waitFor),
    commitTo: places(result.commitTo),
    finished: places(result.finished),
    fullyFinished: ascending(result.fullyFinished),
  }
}

export const checkpointCoordinator = family<CoordinatorGiven | FailureManagerGiven | PlanGiven>('checkpoint-coordinator', (given) => {
  switch (given.kind) {
    case 'coordinator':
      return coordinator(given)
    case 'failure-manager':
      return failureManager(given)
    case 'plan':
      return plan(given)
  }
})
