import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { Selection } from '../../scenario/types'
import {
  attemptAt,
  channelFlags,
  channelNow,
  channelWatermark,
  generatorNow,
  inputNow,
  isLost,
  isOverAt,
  knowsSplits,
  leastSplit,
  splitNow,
  splitsAt,
  taskNow,
  type Since,
} from '../../trace/time/queries'
import { ChannelFlag } from '../../trace/time/state'
import type { AttemptTrack, TimeState } from '../../trace/time/state'
import type { Steps } from '../../trace/time/steps'
import { mostBehind } from './path'
import type { Row } from './rows'
import { watermarkSettingsOf } from '../../graph/timeSettings'

export type Status = 'active' | 'idle' | 'unaligned' | 'paused' | 'ended' | 'finished' | 'lost' | 'notYet'

/** What a line says beside its numbers: a code of the view's dictionary, with what to fill in. */
export interface Remark {
  readonly code:
    | 'heldByChannel'
    | 'heldByInput'
    | 'heldByPartition'
    | 'allIdle'
    | 'noPartition'
    | 'noStrategy'
    | 'none'
    | 'least'
    | 'level'
    | 'subtasks'
    | 'leftOutIdle'
    | 'leftOutBehind'
    | 'onTheWay'
    | 'pausedAt'
    | 'read'
    | 'readNothing'
    | 'ownWatermarks'
    | 'ended'
  readonly channel?: number
  readonly input?: number
  readonly partition?: number
  readonly count?: number
  /** Event time, ms. */
  readonly time?: number
}

export interface Facts {
  readonly watermark: Since
  readonly status: Status
  /** Since when it is so; an event, −1 unknown. */
  readonly statusEvent: number
  /** It holds what is below it: the least of those that take part. */
  readonly holds: boolean
  readonly remark: Remark
  readonly steps: Steps | null
  readonly thing: Selection | null
}

const NOTHING: Since = { value: LONG_MIN, event: -1, time: 0 }

export function factsOf(state: TimeState, row: Row): Facts {
  switch (row.kind) {
    case 'task':
      return ofTask(state, row.vertex, row.subtasks)
    case 'subtask':
      return ofSubtask(state, row.vertex, row.index)
    case 'partition':
      return ofPartition(state, row)
    case 'generator':
      return ofGenerator(state, row)
    case 'input':
      return ofInput(state, row.index, row.input)
    case 'channel':
      return ofChannel(state, row.index, row.channel, row.lonely)
    case 'least': {
      const channel = leastOf(state, row.index)
      if (channel >= 0) return ofChannel(state, row.index, channel, false)
      return { watermark: NOTHING, status: 'idle', statusEvent: -1, holds: false, remark: { code: 'allIdle' }, steps: null, thing: null }
    }
    case 'others':
      return { watermark: NOTHING, status: 'active', statusEvent: -1, holds: false, remark: { code: 'none' }, steps: null, thing: null }
  }
}

/** The channel that holds a subtask; −1: none. */
export function leastOf(state: TimeState, index: number): number {
  const attempt = attemptAt(state, index)
  return attempt === null ? -1 : taskNow(state, attempt).leastChannel
}

function ofTask(state: TimeState, vertex: number, subtasks: readonly number[]): Facts {
  const worst = mostBehind(state, subtasks)
  const attempt = worst < 0 ? null : attemptAt(state, worst)
  const now = attempt === null ? null : taskNow(state, attempt)
  return {
    watermark: now?.watermark ?? NOTHING,
    status: attempt === null ? 'notYet' : 'active',
    statusEvent: -1,
    holds: false,
    remark: { code: 'subtasks', count: subtasks.length },
    steps: null,
    thing: { kind: 'task', vertex },
  }
}

function ofSubtask(state: TimeState, vertex: number, index: number): Facts {
  const { subtask } = state.graph.vertices[index]!
  const thing: Selection = { kind: 'subtask', vertex, subtask }
  const attempt = attemptAt(state, index)
  if (attempt === null)
    return { watermark: NOTHING, status: 'notYet', statusEvent: -1, holds: false, remark: { code: 'none' }, steps: null, thing }
  const now = taskNow(state, attempt)
  const head = state.index.plan.head[vertex]!
  const isSource = attempt.inputs.length === 0
  const steps = isSource ? (attempt.nodes.get(head)?.generator?.steps ?? null) : attempt.watermark
  let status: Status = now.idle.value === 1 ? 'idle' : 'active'
  let statusEvent = now.idle.event
  if (isOverAt(state, attempt)) {
    status = isLost(state, attempt) ? 'lost' : 'finished'
    statusEvent = attempt.ended
  }
  let remark: Remark = { code: 'none' }
  if (now.watermark.value >= LONG_MAX) remark = { code: 'ended' }
  else if (status === 'lost') remark = { code: 'none' }
  else if (isSource) remark = ofSource(state, attempt, head)
  else if (now.leastChannel < 0) remark = { code: 'allIdle' }
  else {
    const several = now.inputs.length > 1 || now.inputs.some(({ channels }) => channels.length > 1)
    const channel = channelNow(state, now.leastChannel)
    if (channel.sent.value > channel.watermark.value) remark = { code: 'onTheWay', time: channel.sent.value }
    else if (several && !holdsOthers(state, attempt, now.leastChannel, channel.watermark.value)) remark = { code: 'level' }
    else if (several)
      remark = { code: 'heldByChannel', channel: now.leastChannel, ...(now.inputs.length > 1 ? { input: now.leastInput } : {}) }
  }
  return { watermark: now.watermark, status, statusEvent, holds: false, remark, steps, thing }
}

/** Whether a channel holds others of the same task: it is one of the least, and one that takes part stands higher. */
function holdsOthers(state: TimeState, attempt: AttemptTrack, channel: number, watermark: number): boolean {
  let higher = false
  for (const { channels, steps } of attempt.inputs) {
    // An input that is idle as a whole is not waited for (T-17).
    const at = steps.count(state.event) - 1
    const idle = at >= 0 && steps.flag(at) === 1
    if (idle && channels.includes(channel)) return false
    for (const other of idle ? [] : channels) {
      if ((channelFlags(state, other) & ChannelFlag.Unaligned) !== 0) continue
      const stands = channelWatermark(state, other)
      if (stands < watermark) return false
      if (stands > watermark) higher = true
    }
  }
  return higher
}

function ofSource(state: TimeState, attempt: AttemptTrack, head: number): Remark {
  const node = state.index.plan.nodes.get(head)
  const settings = node === undefined ? null : watermarkSettingsOf(node)
  if (settings?.generator.type === 'none') return { code: 'noStrategy' }
  const splits = splitsAt(state, attempt)
  if (splits.length === 0) return { code: knowsSplits(state, head) ? 'noPartition' : 'none' }
  const least = leastSplit(state, attempt)
  if (least === null) return { code: 'allIdle' }
  return least.partition < 0 || splits.length === 1 ? { code: 'none' } : { code: 'heldByPartition', partition: least.partition }
}

function ofPartition(state: TimeState, { split }: Extract<Row, { kind: 'partition' }>): Facts {
  const now = splitNow(state, split)
  const least = leastSplit(state, split.attempt) === split
  const several = splitsAt(state, split.attempt).some((other) => splitNow(state, other).watermark.value > now.watermark.value)
  const status: Status = now.ended.value === 1 ? 'ended' : now.paused.value === 1 ? 'paused' : now.idle.value === 1 ? 'idle' : 'active'
  const read: Remark = now.records === 0 ? { code: 'readNothing' } : { code: 'read', count: now.records, time: now.greatest.value }
  return {
    watermark: now.watermark,
    status,
    statusEvent: (now.ended.value === 1 ? now.ended : now.paused.value === 1 ? now.paused : now.idle).event,
    holds: least && several,
    remark: status === 'paused' ? { code: 'pausedAt', time: now.allowed } : read,
    steps: split.steps,
    thing: { kind: 'partition', node: split.node, partition: split.partition },
  }
}

function ofGenerator(state: TimeState, { node, attempt }: Extract<Row, { kind: 'generator' }>): Facts {
  const generator = attempt.nodes.get(node)?.generator ?? null
  const now = generator === null ? null : generatorNow(state, generator)
  return {
    watermark: now?.watermark ?? NOTHING,
    status: now?.idle.value === 1 ? 'idle' : 'active',
    statusEvent: now?.idle.event ?? -1,
    holds: false,
    remark: { code: 'ownWatermarks' },
    steps: generator?.steps ?? null,
    thing: { kind: 'operator', node },
  }
}

function ofInput(state: TimeState, index: number, input: number): Facts {
  const attempt = attemptAt(state, index)!
  const now = inputNow(state, attempt.inputs[input]!)
  return {
    watermark: now.watermark,
    status: now.idle.value === 1 ? 'idle' : 'active',
    statusEvent: now.idle.event,
    holds:
      now.idle.value === 0 &&
      now.watermark.value <
        Math.max(
          ...attempt.inputs.map((each) => inputNow(state, each)).map((each) => (each.idle.value === 1 ? -Infinity : each.watermark.value)),
        ),
    remark: { code: now.idle.value === 1 ? 'leftOutIdle' : 'none' },
    steps: attempt.inputs[input]!.steps,
    thing: null,
  }
}

function ofChannel(state: TimeState, index: number, channel: number, lonely: boolean): Facts {
  const now = channelNow(state, channel)
  const attempt = attemptAt(state, index)
  const holds = attempt !== null && !lonely && now.aligned && holdsOthers(state, attempt, channel, now.watermark.value)
  const status: Status = now.ended.value === 1 ? 'ended' : now.idle.value === 1 ? 'idle' : now.aligned ? 'active' : 'unaligned'
  let remark: Remark = { code: 'read', count: now.records }
  if (now.sent.value > now.watermark.value) remark = { code: 'onTheWay', time: now.sent.value }
  else if (holds) remark = { code: 'least' }
  else if (status === 'idle') remark = { code: 'leftOutIdle' }
  else if (status === 'unaligned') remark = { code: 'leftOutBehind' }
  return {
    watermark: now.watermark,
    status,
    statusEvent: (now.ended.value === 1 ? now.ended : now.idle).event,
    holds,
    remark,
    steps: state.index.channels[channel]?.steps ?? null,
    thing: { kind: 'channel', channel },
  }
}
