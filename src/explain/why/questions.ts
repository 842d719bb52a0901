import { LONG_MAX } from '../../core/time'
import { aliveVertices } from '../../trace/cluster/members'
import { TraceKind } from '../../trace/kinds'
import { checkpointsAt, statusOf } from '../../trace/checkpoints/queries'
import { isPuzzling, isSlow } from './checkpoint'
import { inputChannels } from './inputs'
import { whyNoPartner } from './join'
import { checkpointsOf } from './known'
import { duplicatesIn, uncommitted } from './output'
import { whyState } from './state'
import { openWindows, pendingTimers } from './pending'
import { Situation } from './situation'
import type { Question, WhySources } from './types'
import { windowSettingsOf } from '../../graph/timeSettings'
import type { StreamNode } from '../../graph/types'
import { followWindow } from '../../trace/records'

/** Of each kind of question, and of each operator, so many: what comes after them is more of the same. */
const MOST = 20
/** Of what functions let fall: it is mostly what they are for. */
const MOST_DROPPED = 3

/**
 * Everything that is puzzling at a moment: windows with elements that no firing gave, timers that wait, records that were late, dropped, left
 * over, watermarks that stand, operators without output. Windows first, those of a subtask in order of their ends.
 */
export function questionsAt(sources: WhySources): Question[] {
  const s = new Situation(sources)
  const questions: Question[] = []
  for (const node of s.header.streamGraph.nodes) {
    if (node.operator.kind === 'window') questions.push(...windows(s, node.id))
    // Those of an interval join clean up after it: nobody waits for them.
    else if (node.operator.kind !== 'intervalJoin') questions.push(...pendingTimers(s, node.id, MOST))
  }
  questions.push(...records(s), ...watermarks(s), ...silences(s))
  questions.push(...restarts(s), ...checkpoints(s), ...states(s), ...duplicates(s))
  return questions
}

/** Open ones with elements of which nothing was given, and ones that were cleared so. */
function windows(s: Situation, node: number): Question[] {
  const found: Question[] = []
  for (const { process, window } of openWindows(s, node)) {
    if (found.length >= MOST) break
    const facts = followWindow(s.log, process, window, s.event)
    if (facts === null || facts.elements.length === 0) continue
    const last = facts.firings.at(-1)?.event ?? -1
    if (facts.elements.some(({ event }) => event > last)) found.push({ about: 'window', process, window })
  }
  for (const exec of s.subtasksOf(node)) {
    const lives = s.saidOf(exec, node)?.lives
    const fired = new Set(
      s
        .saidOf(exec, node)
        ?.fired.list(s.event)
        .map((event) => s.at(event).b),
    )
    for (const event of lives?.list(s.event).reverse() ?? []) {
      const { kind, process, b: window } = s.at(event)
      if (found.length >= MOST) break
      if (kind === TraceKind.WindowCleared && !fired.has(window)) found.push({ about: 'window', process, window })
    }
  }
  return found
}

/** Records that ended without a trace in any result: late ones, those between windows, lonely ones, dropped ones; the newest of each operator. */
function records(s: Situation): Question[] {
  const found: Question[] = []
  for (const node of s.header.streamGraph.nodes) {
    const events: number[] = []
    const late: number[] = []
    for (const exec of s.subtasksOf(node.id)) {
      const said = s.saidOf(exec, node.id)
      if (said === undefined) continue
      late.push(...said.late.list(s.event, MOST), ...said.lateSide.list(s.event, MOST))
      events.push(...said.dropped.events.list(s.event, node.operator.kind === 'window' ? MOST : MOST_DROPPED))
      if (node.operator.kind === 'intervalJoin')
        events.push(...said.buffered.events.list(s.event, MOST).filter((event) => whyNoPartner(s, event).root !== null))
      if (said.requests.count(s.event) > said.answers.count(s.event)) events.push(said.requests.last(s.event))
    }
    const newest = (some: number[]) => some.sort((one, other) => other - one)
    for (const event of [...newest(late), ...newest(events)].slice(0, MOST)) {
      const { b: number, c: origin } = s.at(event)
      found.push({ about: 'record', origin, number })
    }
  }
  return found
}

/** Subtasks whose watermark is behind one of their inputs', or has never come, once anything has been read; one a task, the one that is furthest behind. */
function watermarks(s: Situation): Question[] {
  const found: Question[] = []
  for (const { index, chain } of s.graph.job.vertices) {
    if (isBeforeAssigner(s, chain[0]!.node) || !isWanted(s, chain[0]!.node)) continue
    let worst: { readonly subtask: number; readonly watermark: number } | null = null
    aliveVertices(s.graph, index).forEach((exec, subtask) => {
      const source = s.isSource(exec)
      const event = source ? s.emittedEvent(exec, chain[0]!.node) : s.advancedEvent(exec)
      const watermark = s.x(event)
      if (watermark >= LONG_MAX || (source && s.node(chain[0]!.node)?.role !== 'source')) return
      const behind = source
        ? watermark < 0 && event < 0
        : event < 0 || inputChannels(s, exec).some((channel) => channel.watermark > watermark)
      if (behind && (worst === null || watermark < worst.watermark)) worst = { subtask, watermark }
    })
    if (worst !== null) found.push({ about: 'watermark', vertex: index, subtask: (worst as { subtask: number }).subtask })
  }
  return found
}

/** Whether anybody has to do with event time: makes watermarks here or before, or goes by them here or behind. Where nobody does there is nothing to miss. */
function isWanted(s: Situation, head: number): boolean {
  const { edges } = s.header.streamGraph
  const before = new Set([head])
  for (const id of before) {
    const node = s.node(id)
    const settings = node === undefined ? null : s.watermarks(node)
    if (settings !== null && settings.generator.type !== 'none') return true
    for (const { from, to } of edges) if (to === id) before.add(from)
  }
  const behind = new Set([head])
  for (const { node } of s.jobVertexOf(head)?.chain ?? []) behind.add(node)
  for (const id of behind) {
    const node = s.node(id)
    if (node !== undefined && goesByWatermarks(s, node)) return true
    for (const { from, to } of edges) if (from === id) behind.add(to)
  }
  return false
}

function goesByWatermarks(s: Situation, node: StreamNode): boolean {
  if (node.operator.kind === 'intervalJoin') return true
  const settings = windowSettingsOf(node)
  if (settings !== null)
    return ('time' in settings.assigner && settings.assigner.time === 'event') || /event-time|end-of-stream/.test(settings.trigger.type)
  return s.subtasksOf(node.id).some((exec) =>
    s
      .saidOf(exec, node.id)
      ?.timers.list(s.event, MOST)
      .some((event) => s.at(event).c === 0),
  )
}

/** Whether watermarks are made behind a node: then nobody cares for those that come to it. */
function isBeforeAssigner(s: Situation, head: number): boolean {
  const seen = new Set([head])
  for (const id of seen) {
    if (s.node(id)?.operator.kind === 'timestampsAndWatermarks' && id !== head) return true
    for (const { from, to } of s.header.streamGraph.edges) if (from === id) seen.add(to)
  }
  return false
}

/** Whether a node is a sink that has written nothing: what one asks about. */
export const isSilentSink = (s: Situation, id: number): boolean => {
  const node = s.node(id)
  if (node?.role !== 'sink' || (node.operator.kind !== 'sink' && node.operator.kind !== 'sinkWriter')) return false
  if (s.subtasksOf(id).every((exec) => (s.saidOf(exec, id)?.written.events.count(s.event) ?? 0) === 0)) return true
  const hidden = uncommitted(s, id)
  // The next checkpoint will bring it: nothing is wrong.
  return hidden !== null && hidden.root !== 'next-checkpoint'
}

/** Of checkpoints, restarts and duplicates so many, the newest. */
const MOST_OF_FAILURE = 3

/** Decisions of schedulers, and JobManagers that died. */
function restarts(s: Situation): Question[] {
  const of = (events: number[]): Question[] => events.slice(-MOST_OF_FAILURE).map((event) => ({ about: 'restart', event }))
  return [
    ...s.evidence.decisions.flatMap((decisions) => (decisions === undefined ? [] : of(decisions.list(s.event)))),
    ...of(s.evidence.deaths.list(s.event)),
  ]
}

/** Those that failed by themselves, that are late, or took longer than they should. */
function checkpoints(s: Situation): Question[] {
  const state = checkpointsOf(s)
  return s.graph.job.jobs.flatMap((_, job) =>
    checkpointsAt(state, job)
      .filter((track) => (statusOf(state, track) === 'failed' ? isPuzzling(track) : isSlow(s, state, track)))
      .slice(-MOST_OF_FAILURE)
      .map(({ id }): Question => ({ about: 'checkpoint', job, id })),
  )
}

/** Whether an operator had state before its present attempt, or keeps what it should have in a field, and got nothing back. */
export const isStateGone = (s: Situation, node: number): boolean => {
  const answer = whyState(s, { about: 'state', node })
  return answer !== null && answer.root !== null
}
const states = (s: Situation): Question[] =>
  s.header.streamGraph.nodes
    .filter(({ id }) => {
      const answer = whyState(s, { about: 'state', node: id })
      // Whether a function keeps anything at all is not known: one asks it of the operator.
      return answer !== null && answer.root !== null && answer.root !== 'field-not-state'
    })
    .map(({ id }) => ({ about: 'state', node: id }))

const duplicates = (s: Situation): Question[] => duplicatesIn(s, MOST_OF_FAILURE).map((event) => ({ about: 'output', event }))

const silences = (s: Situation): Question[] =>
  s.header.streamGraph.nodes.filter(({ id }) => isSilentSink(s, id)).map(({ id }) => ({ about: 'silence', node: id }))
