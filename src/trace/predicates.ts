import { LONG_MAX, LONG_MIN } from '../core/time'
import type { Intervention, Selection } from '../scenario/types'
import type { Text } from '../i18n'
import { isAlive } from '../graph/executionGraph'
import type { ExecutionVertex } from '../graph/types'
import { graphAt } from './graphs'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind, type ExecutionState, type JobStatus } from './kinds'
import type { TraceLog, TraceReader } from './log'
import type { TraceHeader } from './types'

/**
 * What a lesson says about a run: facts that its text quotes and its scenes stop at, predictions with their right answer,
 * checks of what the learner built. All are read from the trace alone; a lesson's `checks.ts` exports them.
 */
export interface TraceOfRun {
  readonly header: TraceHeader
  readonly log: TraceLog
}

/** Something that a text may quote. `event` is the moment that shows it: scenes stop there. */
export interface Fact {
  readonly show: string | Text
  readonly event?: number
  readonly selection?: Selection
}
/** null: this run has nothing of the kind; the text then says so instead of inventing a number. */
export type FactOf = (run: TraceOfRun) => Fact | null

/** What a run says to a question: `value` as the kind of prediction counts it, and the event that shows it. */
export interface Answer {
  readonly value: number
  readonly event: number
}
/** null: this run has no such thing. */
export type AnswerOf = (run: TraceOfRun) => Answer | null

/** A moment of the run, in seconds of the cluster's clock, or a number of things. */
export interface AmountPrediction {
  readonly ask: 'moment' | 'count'
  /** At most this far off is right; at most `near` off is close: equal where only the number itself will do. */
  readonly exact: number
  readonly near: number
  readonly answer: AnswerOf
}
/** Which subtask of a task, from 0; the learner clicks it on a view, or picks it from a list. */
export interface SubtaskPrediction {
  readonly ask: 'subtask'
  /** The job vertex whose subtasks are asked about. */
  readonly task: (run: TraceOfRun) => number | null
  readonly answer: AnswerOf
}
/** One of several sentences, by its place. */
export interface ChoicePrediction {
  readonly ask: 'choice'
  readonly choices: readonly Text[]
  readonly answer: AnswerOf
}

/** What the learner is asked before anything moves. */
export type Prediction = AmountPrediction | SubtaskPrediction | ChoicePrediction

/** What the arguments of a sentence may be. */
export type Values = Readonly<Record<string, string | number>>

export interface Check {
  readonly id: string
  /** What is asked for, as a behaviour. */
  readonly says: Text
  readonly pass: Text
  /** With `{…}` from the verdict's values. */
  readonly fail: Text
  test(run: TraceOfRun): { readonly passed: boolean; readonly values: Values; readonly event?: number }
}

/** What a lesson's `checks.ts` exports. */
export interface LessonChecks {
  readonly facts: Readonly<Record<string, FactOf>>
  readonly predictions: Readonly<Record<string, Prediction>>
  readonly checks: readonly Check[]
  /** Ids of the checks that the program one starts from fails, on every seed: the reason for the lesson. */
  readonly startFails: readonly string[]
  /**
   * What befalls the cluster when the checks run with this seed, given what the scenario does by itself: a kill at another moment for each.
   * Asked again of its own answer, with another seed, it answers for that. Absent: what the scenario does.
   */
  readonly befalls?: (seed: number, own: readonly Intervention[]) => readonly Intervention[]
}

/** `12.4 s`, of virtual µs. */
export const inSeconds = (micros: number): string => `${(micros / 1_000_000).toFixed(1)} s`

/** `12:04:31` or `12:04:31.999` (UTC), of ms since the epoch; the end of time, and what is no time, as ∞ and –. */
export function clockTime(ms: number): string {
  if (ms >= LONG_MAX || ms <= LONG_MIN) return ms > 0 ? '∞' : '−∞'
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(11, ms % 1000 === 0 ? 19 : 23)
}

/** Calls `look` for every event of one kind, in order, until it returns true; gives that event's index, −1 if none. */
export function findEvent({ log }: TraceOfRun, kind: number, look: (event: TraceReader) => boolean, from = 0): number {
  const reader = log.reader().before(from)
  while (reader.next()) if (reader.kind === kind && look(reader)) return reader.index
  return -1
}

export function countOf({ log }: TraceOfRun, kind: number): number {
  let count = 0
  for (let event = 0; event < log.length; event++) if (log.kindAt(event) === kind) count++
  return count
}

/** Where the first job came to, and why, in Flink's words; null before it has any status. */
export function lastStatus(run: TraceOfRun): { readonly status: JobStatus; readonly reason: string; readonly event: number } | null {
  let event = -1
  findEvent(run, TraceKind.JobStatus, ({ b, index }) => {
    if (b === 0) event = index
    return false
  })
  if (event < 0) return null
  const said = run.log.at(event)
  return { status: JOB_STATUSES[said.a]!, reason: said.text(), event }
}

/** The first event at which a subtask comes to `state`; of any vertex, or of one. −1: none does. */
export const firstInState = (run: TraceOfRun, state: ExecutionState, vertex?: number): number =>
  findEvent(
    run,
    TraceKind.ExecutionState,
    ({ a, c }) =>
      c === EXECUTION_STATES.indexOf(state) && (vertex === undefined || graphAt(run.header, run.log).vertices[a]!.vertex === vertex),
  )

/** The last event by which each subtask of the plan is RUNNING at its first attempt; −1 if that never is. */
export function allRunning(run: TraceOfRun): number {
  const missing = new Set(run.header.executionGraph.vertices.map(({ index }) => index))
  const running = EXECUTION_STATES.indexOf('RUNNING')
  return findEvent(run, TraceKind.ExecutionState, ({ a, c }) => c === running && missing.delete(a) && missing.size === 0)
}

/** The subtasks of the graphs that the jobs have in the end: with the adaptive scheduler other ones than were planned. */
export function lastSubtasks({ header, log }: TraceOfRun): readonly ExecutionVertex[] {
  const graph = graphAt(header, log)
  return graph.vertices.filter((vertex) => isAlive(graph, vertex))
}

/** How many slots TaskManagers brought, one that was lost included. */
export function slotsBrought(run: TraceOfRun): number {
  let slots = 0
  findEvent(run, TraceKind.TaskManagerRegistered, ({ b }) => {
    slots += b
    return false
  })
  return slots
}

/** A slot that was given to the job, with the subtasks that share it. */
export interface SlotUse {
  readonly host: number
  readonly slot: number
  readonly event: number
  readonly subtasks: readonly ExecutionVertex[]
}

/** In the order in which they were given; a slot that got the same subtasks again, after a restart, is there once. */
export function slotsUsed(run: TraceOfRun): SlotUse[] {
  const { vertices } = graphAt(run.header, run.log)
  const uses = new Map<string, SlotUse>()
  findEvent(run, TraceKind.SlotAllocated, ({ a: host, b: slot, c, index: event }) => {
    const name = `${host} ${slot} ${c}`
    // Below 0: the job keeps the slot, with nothing in it.
    if (c >= 0 && !uses.has(name)) uses.set(name, { host, slot, event, subtasks: vertices.filter(({ sharedSlot }) => sharedSlot === c) })
    return false
  })
  return [...uses.values()]
}

/** The job vertex with the operator of this name; −1: no operator is called so. */
export function taskOf({ header }: TraceOfRun, operator: string): number {
  const node = header.streamGraph.nodes.find(({ name }) => name === operator)?.id
  return header.executionGraph.job.vertices.findIndex(({ chain }) => chain.some((each) => each.node === node))
}

export type { Intervention, Text }
