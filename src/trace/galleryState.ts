import { SNAPSHOT_TYPES, checkpointFailureCode, type CheckpointFailureReason, type SnapshotType } from '../core/checkpoints'
import { javaToString } from '../core/values'
import { sharesOf, type ToldCompletion } from './checkpoints/payloads'
import { eventOf, type Shown } from './gallery'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind, type ExecutionState, type JobStatus } from './kinds'
import { findEvent, type TraceOfRun } from './predicates'

// What runs of the gallery show of state, checkpoints, failures and sinks.

type Find = Shown['find']

/** The first event of a kind, for which `is` holds, behind what another finds. */
export const after =
  (before: Find, kind: number, is: Parameters<typeof eventOf>[1] = () => true): Find =>
  (run) => {
    const from = before(run)
    return from < 0 ? -1 : findEvent(run, kind, (event) => event.index > from && is(event, run), from)
  }

/** The event number `count` of a kind, from 1, of those for which `is` holds. */
export const nth = (count: number, kind: number, is: Parameters<typeof eventOf>[1] = () => true): Find => {
  return (run) => {
    let seen = 0
    return findEvent(run, kind, (event) => is(event, run) && ++seen === count)
  }
}

/** The job comes to a status, for a reason that says `saying`. */
export const jobBecomes = (status: JobStatus, saying = ''): Find =>
  eventOf(TraceKind.JobStatus, (event) => event.a === JOB_STATUSES.indexOf(status) && event.text().includes(saying))
/** A subtask comes to a state in its attempt number `attempt`, from 1; absent: in any. */
export const taskBecomes = (state: ExecutionState, attempt?: number, saying = ''): Find =>
  eventOf(
    TraceKind.ExecutionState,
    (event) =>
      event.c === EXECUTION_STATES.indexOf(state) && (attempt === undefined || event.b === attempt - 1) && event.text().includes(saying),
  )
/** A task is busy or back-pressured from now on. */
export const taskIo = (io: 'idle' | 'busy' | 'back-pressured'): Find =>
  eventOf(TraceKind.TaskIo, ({ a }) => a === ['idle', 'busy', 'back-pressured'].indexOf(io))

/** The restart strategy allows restart number `count`, from 1, which `is` holds for: the delay in ms, and how many subtasks begin anew. */
export const restartOf = (count: number, is: (delay: number, subtasks: number) => boolean = () => true): Find =>
  eventOf(TraceKind.RestartScheduled, (event) => event.b === count && is(event.x, sharesOf.restart(event).region.length))
/** The restart strategy says no. */
export const noRestart = (): Find => eventOf(TraceKind.RestartScheduled, ({ b }) => b < 0)
/** The job goes back to a checkpoint, or starts from nothing. */
export const restored = (from: 'checkpoint' | 'nothing' | 'path'): Find =>
  eventOf(TraceKind.JobRestored, ({ b, d }) => (from === 'nothing' ? b <= 0 : b > 0 && (d === 1) === (from === 'path')))

/** A checkpoint is complete, with what `is` holds for: what it tells, and the bytes that it uploaded. */
export const checkpointCompleted = (is: (told: ToldCompletion, uploaded: number) => boolean = () => true): Find =>
  eventOf(TraceKind.CheckpointCompleted, (event) => is(sharesOf.completed(event), event.x))
/** A checkpoint is given up, for a reason with this code. */
export const checkpointAborted = (reason: CheckpointFailureReason): Find =>
  eventOf(TraceKind.CheckpointAborted, ({ c }) => c === checkpointFailureCode(reason))
/** A savepoint of this type was asked for, and is done. */
export const savepoint = (type: SnapshotType): Find =>
  eventOf(TraceKind.SavepointAsked, ({ b, d }) => b === SNAPSHOT_TYPES.indexOf(type) && d === 1)

/** A file is written whose path has this in it. */
export const fileWritten = (path: string): Find => eventOf(TraceKind.FileWritten, (event) => event.text().includes(path))
/** Writing a file fails. */
export const fileFailed = (why: 'full' | 'failing'): Find =>
  eventOf(TraceKind.FileFailed, ({ a, b }) => a === 0 && b === (why === 'full' ? 0 : 1))

/** What a sink does with a transaction; see TransactionMoved. */
export const transaction = (does: 'begun' | 'pre-committed' | 'committed' | 'aborted' | 'committed again' | 'failed'): Find => {
  const codes = { begun: [0], 'pre-committed': [1], committed: [2], aborted: [3, 5], 'committed again': [4], failed: [6] }[does]
  return eventOf(TraceKind.TransactionMoved, ({ c }) => codes.includes(c))
}
/** What an event of ExternalWrote wrote, key and value, as Java prints them. */
const writtenBy = (run: TraceOfRun, event: number): string => {
  const [key, value] = run.log.at(event).value() as readonly [unknown, unknown]
  return `${javaToString(key)} ${javaToString(value)}`
}
/** The outside system is given something, under a transaction or not. */
export const wroteOutside = (how: 'at once' | 'in a transaction'): Find =>
  eventOf(TraceKind.ExternalWrote, ({ b }) => b < 0 === (how === 'at once'))
/** The outside system is given something that it was given before. */
export const wroteOutsideAgain = (): Find => (run) => {
  const seen = new Set<string>()
  return findEvent(run, TraceKind.ExternalWrote, ({ index }) => {
    const what = writtenBy(run, index)
    if (seen.has(what)) return true
    seen.add(what)
    return false
  })
}
