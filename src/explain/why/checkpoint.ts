import { CHECKPOINT_FAILURES, type CheckpointFailureReason } from '../../core/checkpoints'
import { CheckpointingOptions } from '../../core/options'
import { TraceKind } from '../../trace/kinds'
import { checkpointsAt, durationOf, statusOf } from '../../trace/checkpoints/queries'
import type { CheckpointsState, CheckpointTrack } from '../../trace/checkpoints/state'
import * as fixes from './fixes'
import type { Held } from './hold'
import { checkpointsOf } from './known'
import { failureHeld } from './restart'
import { handAt, setting, undo } from './settings'
import { spanOf, type Situation } from './situation'
import { micros, slowHeld } from './slow'
import type { Answer, Cause, Fix, Question } from './types'

type Asked = Extract<Question, { about: 'checkpoint' }>

export const checkpointOf = (s: Situation, job: number, id: number): CheckpointTrack | null =>
  checkpointsAt(checkpointsOf(s), job).findLast((track) => track.id === id) ?? null

/** Why is a checkpoint slow, what does it wait for, why did it fail? null: there is none. */
export function whyCheckpoint(s: Situation, question: Asked): Answer | null {
  const track = checkpointOf(s, question.job, question.id)
  if (track === null) return null
  const state = checkpointsOf(s)
  if (statusOf(state, track) === 'failed') return { question, ...failedHeld(s, track) }
  const held = slowHeld(s, track)
  const completed = statusOf(state, track) === 'completed'
  const first = s.cause(
    completed ? 'checkpoint-took' : 'checkpoint-pending',
    { id: track.id, took: micros(durationOf(state, track)) },
    completed ? track.ended : track.triggered,
  )
  if (held === null) return { question, causes: [first], root: completed ? null : 'still-on-the-way', fixes: [] }
  const isWell = held.root === 'still-on-the-way' || (completed && !isSlow(s, state, track))
  return {
    question,
    ...held,
    causes: [first, ...held.causes],
    root: completed && isWell ? null : held.root,
    fixes: completed && isWell ? [] : held.fixes,
  }
}

/** Longer than half of the time between two of them; without an interval, than a second. */
export const isSlow = (s: Situation, state: CheckpointsState, track: CheckpointTrack): boolean =>
  durationOf(state, track) > 500 * (s.option(track.job, CheckpointingOptions.CHECKPOINTING_INTERVAL) ?? 2000)

/** In the words that came with it, else those that its code has in Flink; its first line, and its last cause. */
function textOf(s: Situation, track: CheckpointTrack): string {
  const text = s.at(track.ended).text().trim()
  if (text === '') return CHECKPOINT_FAILURES[track.reason]?.[2] ?? ''
  const lines = text.split('\n').map((line) => line.trim())
  return lines.length === 1 ? text : `${lines[0]} … ${lines.at(-1)}`
}

const BY_FILE: ReadonlySet<CheckpointFailureReason> = new Set([
  'IO_EXCEPTION',
  'CHECKPOINT_ASYNC_EXCEPTION',
  'CHECKPOINT_DECLINED',
  'TASK_CHECKPOINT_FAILURE',
  'FINALIZE_CHECKPOINT_FAILURE',
  'TRIGGER_CHECKPOINT_FAILURE',
] as const)
const BY_JOB: ReadonlySet<CheckpointFailureReason> = new Set([
  'JOB_FAILOVER_REGION',
  'TASK_FAILURE',
  'CHECKPOINT_COORDINATOR_SHUTDOWN',
  'CHECKPOINT_COORDINATOR_SUSPEND',
  'PERIODIC_SCHEDULER_SHUTDOWN',
  'CHECKPOINT_DECLINED_TASK_CLOSING',
] as const)
const BY_ANOTHER: ReadonlySet<CheckpointFailureReason> = new Set([
  'CHECKPOINT_SUBSUMED',
  'CHECKPOINT_DECLINED_SUBSUMED',
  'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER',
] as const)

/** Whether a failed checkpoint is one to worry about: not one that its job took along, or a newer one made superfluous. */
export function isPuzzling(track: CheckpointTrack): boolean {
  const reason = CHECKPOINT_FAILURES[track.reason]?.[0]
  return reason !== undefined && !BY_JOB.has(reason) && !BY_ANOTHER.has(reason)
}

/** Why a checkpoint failed (C-10, C-11). */
export function failedHeld(s: Situation, track: CheckpointTrack): Held {
  const reason = CHECKPOINT_FAILURES[track.reason]?.[0]
  if (reason === undefined) {
    const died = s.evidence.deaths.last(s.event)
    return {
      causes: [s.cause('checkpoint-lost', { id: track.id }, track.ended), s.cause('job-manager-died', {}, died)],
      root: 'job-manager-died',
      fixes: undo(s, handAt(s, s.timeOf(track.ended), 'kill-job-manager')),
    }
  }
  const first = [s.cause('checkpoint-failed', { id: track.id, reason: textOf(s, track) }, track.ended)]
  if (track.failures > 0) {
    const tolerable = s.option(track.job, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)
    first.push(s.cause('failures-counted', { failures: track.failures, tolerable }, track.ended))
  }
  const held = ofReason(s, track, reason)
  return { ...held, causes: [...first, ...held.causes] }
}

function ofReason(s: Situation, track: CheckpointTrack, reason: CheckpointFailureReason): Held {
  if (reason === 'CHECKPOINT_EXPIRED') return expired(s, track)
  if (BY_FILE.has(reason)) return declined(s, track)
  if (BY_ANOTHER.has(reason)) {
    const newer = checkpointsAt(checkpointsOf(s), track.job).findLast((one) => one.id > track.id)
    return {
      causes: newer === undefined ? [] : [s.cause('newer-checkpoint', { id: newer.id }, newer.triggered)],
      root: 'subsumed',
      fixes: setting(s, track.job, CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, '1'),
    }
  }
  if (reason === 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM' || reason === 'NOT_ALL_REQUIRED_TASKS_RUNNING') {
    const finished = [...track.shares.keys()].find((exec) => s.execution(exec).state === 'FINISHED')
    if (finished !== undefined)
      return {
        causes: [s.cause('task-finished', { task: s.subtaskName(finished) }, s.execution(finished).event, s.subtaskSelection(finished))],
        root: 'task-finished',
        fixes: setting(s, track.job, CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, 'true'),
      }
  }
  if (BY_JOB.has(reason)) {
    const { status, event } = s.jobStatus(track.job)
    const decision = s.evidence.decisions[track.job]?.list(s.event).find((one) => s.timeOf(one) >= s.timeOf(track.ended)) ?? -1
    if (decision >= 0 && s.timeOf(decision) - s.timeOf(track.ended) < 1000) return failureHeld(s, track.job, decision)
    return { causes: [s.cause('job-status', { job: s.graph.job.jobs[track.job]?.name ?? '', status }, event)], root: 'job-over', fixes: [] }
  }
  const open = [...track.shares.values()].find(({ vertex }) => s.execution(vertex).state !== 'RUNNING')
  return {
    causes:
      open === undefined
        ? []
        : [
            s.cause(
              'task-not-running',
              { task: s.subtaskName(open.vertex), state: s.execution(open.vertex).state },
              s.execution(open.vertex).event,
              s.subtaskSelection(open.vertex),
            ),
          ],
    root: 'task-not-running',
    fixes: [],
  }
}

/** Too slow for its timeout: what it waited for, as it was then. */
function expired(s: Situation, track: CheckpointTrack): Held {
  const option = CheckpointingOptions.CHECKPOINTING_TIMEOUT
  const timeout = s.option(track.job, option)
  const then = s.atEvent(track.ended - 1)
  const held = slowHeld(then, track)
  const causes = [s.cause('checkpoint-expired', { timeout: spanOf(timeout) }, track.ended), ...(held?.causes ?? [])]
  const longer = setting(s, track.job, option, `${Math.max(1, Math.ceil((timeout * 10) / 1000))} s`)
  const root = held === null || held.root === 'still-on-the-way' ? 'timeout-too-short' : held.root
  return { causes, root, fixes: [...(held?.fixes ?? []), ...longer] }
}

/** A subtask, or the JobManager itself, could not write or would not. */
function declined(s: Situation, track: CheckpointTrack): Held {
  const causes: Cause[] = []
  const time = s.timeOf(track.ended)
  const share = [...track.shares.values()].find((one) => one.declined !== null && one.declined.event <= s.event)
  if (share !== undefined && share.declined !== null) {
    const { vertex, declined: mark } = share
    causes.push(s.cause('declined-by', { task: s.subtaskName(vertex) }, mark.event, s.subtaskSelection(vertex)))
  }
  const text = s.at(track.ended).text()
  if (/maximum permitted memory-backed state/.test(text)) {
    const size = /Size=(\d+)/.exec(text)?.[1] ?? ''
    causes.push(s.cause('state-too-large', { size: Number(size) }, track.ended))
    return {
      causes,
      root: 'state-too-large',
      fixes: setting(s, track.job, CheckpointingOptions.CHECKPOINTS_DIRECTORY, 'hdfs:///flink/checkpoints'),
    }
  }
  const file = checkpointsOf(s)
    .index.files.list(track.ended)
    .reverse()
    .find((event) => event > track.triggered && s.at(event).kind === TraceKind.FileFailed && s.at(event).a === 0)
  if (file !== undefined) return { ...ofDisk(s, file), causes: [...causes, ...ofDisk(s, file).causes] }
  const place = share === undefined ? undefined : s.header.executionGraph.vertices[share.vertex]
  const hand = handAt(
    s,
    time,
    'decline-checkpoints',
    (one) => one.until > s.timeOf(track.triggered) && one.vertex === place?.vertex && one.subtask === place.subtask,
  )
  if (hand >= 0)
    return {
      causes: [...causes, s.cause('made-to-decline', {}, s.interventionEvent(hand))],
      root: 'failed-on-purpose',
      fixes: [...undo(s, hand), ...tolerate(s, track)],
    }
  const exec = share?.vertex
  const node = exec === undefined ? undefined : s.node(s.vertexOf(exec).chain[0]!.node)
  return { causes, root: 'user-code-throws', fixes: [...(node === undefined ? [] : fixes.code(node)), ...tolerate(s, track)] }
}

/** A write that came to nothing: the disk was full, or would not. */
function ofDisk(s: Situation, file: number): Held {
  const full = s.at(file).b === 0
  const path = s.at(file).text()
  const causes = [s.cause(full ? 'disk-is-full' : 'disk-fails', { path }, file)]
  const hand = handAt(s, s.timeOf(file), 'set-disk')
  if (hand >= 0) causes.push(s.cause('disk-was-set', {}, s.interventionEvent(hand)))
  const room = full && hand < 0 ? fixes.moreRoom(s) : []
  return { causes, root: full ? 'disk-full' : 'disk-failing', fixes: [...undo(s, hand), ...room] }
}

/** Failures that do not fail the job. */
export function tolerate(s: Situation, track: CheckpointTrack): Fix[] {
  const option = CheckpointingOptions.TOLERABLE_FAILURE_NUMBER
  const tolerable = s.option(track.job, option)
  return track.failures > 0 ? setting(s, track.job, option, String(Math.max(3, tolerable * 2))) : []
}
