import { CheckpointingOptions, StateRecoveryOptions } from '../../core/options'
import { checkpointsAt, statusOf } from '../../trace/checkpoints/queries'
import type { CheckpointTrack, RestoreMark } from '../../trace/checkpoints/state'
import { failedHeld, isPuzzling } from './checkpoint'
import { code, say } from './fixes'
import type { Held } from './hold'
import { checkpointsOf } from './known'
import { checkpointing, decided, died } from './restart'
import { setting } from './settings'
import type { Situation } from './situation'
import type { Answer, Cause, Question } from './types'

type Asked = Extract<Question, { about: 'state' }>

/** Operators whose functions the program writes, so that they may keep things where nobody saves them. */
const OF_PROGRAM: ReadonlySet<string> = new Set([
  'process',
  'keyedProcess',
  'map',
  'flatMap',
  'filter',
  'coProcess',
  'keyedCoProcess',
  'broadcastProcess',
])

interface Given {
  readonly entries: number
  readonly items: number
  readonly checkpoint: number
  readonly event: number
}

/** Why did the state of an operator not come back with its present attempt? null: it has begun once only, or never had any. */
export function whyState(s: Situation, question: Asked): Answer | null {
  const { node } = question
  const found = s.node(node)
  const vertex = s.jobVertexOf(node)
  if (found === undefined || vertex === undefined) return null
  const { job } = vertex
  const began = Math.max(-1, ...s.subtasksOf(node).map((exec) => firstOf(s, exec)))
  const death = s.evidence.deaths.last(s.event)
  const restart = Math.max(-1, ...(s.evidence.decisions[job]?.list(s.event) ?? []).filter((event) => event < began && s.at(event).b >= 0))
  const mark = checkpointsOf(s).index.jobs[job]?.restores.findLast(({ event }) => event <= s.event) ?? null
  const fromPath = mark?.first === true && restart < 0 && death < 0
  if (began < 0 || (restart < 0 && (death < 0 || death > began) && !fromPath)) return null
  const given = givenTo(s, node)
  const selection = { kind: 'operator', node } as const
  if (given.entries + given.items > 0)
    return {
      question,
      causes: [
        s.cause(
          'state-came-back',
          { operator: found.name, id: given.checkpoint, entries: given.entries + given.items },
          given.event,
          selection,
        ),
      ],
      root: null,
      fixes: [],
    }
  const last = lastUpdate(s, node, began)
  const first = s.cause('state-did-not', { operator: found.name }, given.event < 0 ? began : given.event, selection)
  const held =
    mark !== null && mark.checkpoint > 0 && mark.event > Math.max(restart, death)
      ? withCheckpoint(s, job, node, mark, last, fromPath)
      : last < 0
        ? null
        : withoutCheckpoint(s, job, restart, death)
  return held === null ? null : { question, ...held, causes: [first, ...held.causes] }
}

/** The event with which the present attempt of a subtask was deployed; −1: it was not. */
function firstOf(s: Situation, exec: number): number {
  const list = s.evidence.executions[exec]?.list(s.event) ?? []
  const attempt = list.length === 0 ? -1 : s.at(list.at(-1)!).b
  return list.find((event) => s.at(event).b === attempt && s.at(event).d !== 0) ?? -1
}

/** What all subtasks of an operator were given back. */
function givenTo(s: Situation, node: number): Given {
  let [entries, items, checkpoint, last] = [0, 0, 0, -1]
  for (const exec of s.subtasksOf(node)) {
    const event = s.saidOf(exec, node)?.restored.last(s.event) ?? -1
    if (event < 0) continue
    const row = s.at(event)
    entries += Math.max(0, row.c)
    checkpoint = row.b
    last = Math.max(last, event)
    const told = row.value() as { readonly operator?: readonly (readonly [unknown, unknown])[] } | null
    for (const [, count] of told?.operator ?? []) items += Number(count)
  }
  return { entries, items, checkpoint, event: last }
}

/** The last update of keyed state of an operator in former attempts; −1: there was none. */
function lastUpdate(s: Situation, node: number, before: number): number {
  let last = -1
  for (const { nodes } of s.evidence.processes.values()) last = Math.max(last, nodes.get(node)?.updates.last(before) ?? -1)
  return last
}

function withCheckpoint(s: Situation, job: number, node: number, mark: RestoreMark, last: number, fromPath: boolean): Held | null {
  const found = s.node(node)!
  const id = mark.checkpoint
  const from: Cause = s.cause(fromPath ? 'restored-from-path' : 'restored-from', { id, path: s.at(mark.event).text() }, mark.event)
  if (fromPath) {
    const option = StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE
    if (s.option(job, option))
      return {
        causes: [from, s.cause('unclaimed-left', { operator: found.name }, -1)],
        root: 'uid-changed',
        fixes: [...say('same-uid', { operator: found.name }), ...setting(s, job, option, 'false')],
      }
    return null
  }
  const expires = last < 0 ? NaN : s.at(last).x
  if (expires === expires && expires <= s.clockAtEvent(mark.event))
    return {
      causes: [from, s.cause('ttl-was-over', { operator: found.name, time: { processingTime: expires } }, last)],
      root: 'ttl-expired',
      fixes: say('longer-ttl', { operator: found.name }),
    }
  if (last < 0) {
    if (!OF_PROGRAM.has(found.operator.kind)) return null
    return {
      causes: [from, s.cause('keeps-no-state', { operator: found.name, line: found.line ?? 0 }, -1, { kind: 'operator', node })],
      root: 'field-not-state',
      fixes: [...say('use-state', { operator: found.name }), ...code(found)],
    }
  }
  const track = checkpointsAt(checkpointsOf(s), job).findLast((one) => one.id === id)
  return {
    causes: [from, s.cause('none-then', { operator: found.name, id }, track?.triggered ?? -1)],
    root: 'no-state-then',
    fixes: setting(s, job, CheckpointingOptions.CHECKPOINTING_INTERVAL, '100 ms'),
  }
}

/** It began with nothing. */
function withoutCheckpoint(s: Situation, job: number, restart: number, death: number): Held {
  if (death > restart) return died(s, death)
  const causes: Cause[] = []
  const failed = decided(s, job, restart)
  causes.push(failed.causes[0]!)
  if (s.option(job, CheckpointingOptions.CHECKPOINTING_INTERVAL) === undefined)
    return { causes: [...causes, s.cause('checkpointing-off', {}, -1)], root: 'no-checkpointing', fixes: checkpointing(s, job) }
  const state = checkpointsOf(s)
  const tracks = checkpointsAt(state, job).filter(({ triggered }) => triggered < restart)
  const bad = tracks.findLast((track: CheckpointTrack) => statusOf(state, track) === 'failed' && isPuzzling(track))
  causes.push(s.cause('none-complete', { count: tracks.length }, restart))
  if (bad !== undefined) {
    const held = failedHeld(s, bad)
    return { ...held, causes: [...causes, ...held.causes] }
  }
  return {
    causes,
    root: 'no-checkpoint-yet',
    fixes: [
      ...setting(s, job, CheckpointingOptions.CHECKPOINTING_INTERVAL, '100 ms'),
      ...failed.fixes.filter(({ code: one }) => one === 'undo-hand'),
    ],
  }
}
