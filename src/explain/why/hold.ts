import { LONG_MAX } from '../../core/time'
import { channelName } from '../../trace/narration'
import { backPressured, blockedByCheckpoint } from './congestion'
import { laterEvent } from './fixes'
import { heldAtGenerator } from './generator'
import { inputChannels, slowReader, type InputChannel } from './inputs'
import { eventTime, type Situation } from './situation'
import { splitsUpstream, type Split } from './splits'
import type { StreamNode } from '../../graph/types'
import type { Cause, Fix, RootCause } from './types'

/** Why a watermark is not where it would have to be. */
export interface Held {
  readonly causes: readonly Cause[]
  readonly root: RootCause
  readonly fixes: readonly Fix[]
}

/** What is asked of a watermark: to reach `need`. `stands`: nothing in particular waits for it; why does it not move? */
export interface Wanted {
  readonly need: number
  readonly stands: boolean
  /** ms that a later event has to be further away still, lest it prolongs what waits (sessions that touch are one, W-13). */
  readonly apart: number
  /** All generators that have a say in it. */
  readonly splits: readonly Split[]
}

/** Of equal holders the one to speak of first: what nothing that is still to come would mend. */
const FIRST: readonly RootCause[] = [
  'no-watermark-strategy',
  'no-timestamps',
  'no-periodic-emission',
  'more-subtasks-than-partitions',
  'user-code-throws',
  'user-code-filters',
  'silent-partition',
  'alignment',
  'watermark-went-back',
  'generator-user',
]
const rank = (root: RootCause): number => (FIRST.includes(root) ? FIRST.indexOf(root) : FIRST.length)

/** What reading on would mend. */
const BY_READING: ReadonlySet<RootCause> = new Set(['no-later-event', 'silent-partition', 'bound-too-large', 'still-on-the-way'])

/** Channels of one watermark that are looked into; more would say no more. */
const MOST_FOLLOWED = 16

/** Why the watermark that reaches operator `node` in subtask `exec` is below `need`; null: it is not. */
export function heldBefore(s: Situation, exec: number, node: number, need: number, stands = false, apart = 0): Held | null {
  const splits = splitsUpstream(s, exec, node, false)
  return new Hold(s, { need, stands, apart, splits }).before(exec, node)
}

class Hold {
  private readonly known = new Map<string, Held | null>()

  constructor(
    private readonly s: Situation,
    private readonly wanted: Wanted,
  ) {}

  before(exec: number, node: number): Held | null {
    return this.at(exec, node, false)
  }

  private at(exec: number, node: number, out: boolean): Held | null {
    const { s } = this
    const point = s.pointOf(exec, node, out)
    const name = point.at === 'inputs' ? `${exec}` : `${exec} ${point.node.id}`
    const known = this.known.get(name)
    if (known !== undefined) return known
    this.known.set(name, null)
    const event = s.pointEvent(exec, point)
    const held =
      event >= 0 && s.x(event) >= this.wanted.need
        ? this.keptInside(exec, node, out)
        : point.at === 'generator'
          ? this.atGenerator(exec, point.node)
          : this.atInputs(exec)
    this.known.set(name, held)
    return held
  }

  /** A source that nobody takes anything from reads nothing either: then what is still to come is not missing. */
  private atGenerator(exec: number, node: StreamNode): Held {
    const { s } = this
    const held = heldAtGenerator(s, exec, node, this.wanted)
    if (!BY_READING.has(held.root)) return held
    const stuck = backPressured(s, exec)
    return stuck ?? held
  }

  /** An operator between holds a watermark back that has come: asynchronous requests whose answers it must not overtake (B-9). */
  private keptInside(exec: number, node: number, out: boolean): Held | null {
    const { s } = this
    const path = s.chainUp(s.vertexOf(exec), node)
    for (const id of out ? path : path.slice(1)) {
      if (s.node(id)?.operator.kind !== 'async') continue
      const said = s.saidOf(exec, id)
      const event = said?.requests.last(s.event) ?? -1
      if (event < 0 || said!.requests.count(s.event) <= said!.answers.count(s.event)) continue
      return {
        causes: [s.cause('async-holds-watermark', { operator: s.name(id) }, event, { kind: 'operator', node: id })],
        root: 'waiting-for-answer',
        fixes: [],
      }
    }
    return null
  }

  private atInputs(exec: number): Held | null {
    const { s } = this
    const channels = inputChannels(s, exec)
    if (channels.length === 0) return null
    const active = channels.filter(({ idle }) => !idle)
    if (active.length === 0) return this.allIdle(exec, channels)
    const aligned = active.filter(({ unaligned }) => !unaligned)
    const holding = (aligned.length > 0 ? aligned : active).filter(({ watermark }) => watermark < this.wanted.need)
    if (holding.length === 0) return this.atRest(exec)
    let least = Infinity
    for (const { watermark } of holding) least = Math.min(least, watermark)
    let best: { held: Held; channel: InputChannel } | null = null
    for (const channel of holding.filter(({ watermark }) => watermark === least).slice(0, MOST_FOLLOWED)) {
      const held = this.behindChannel(channel)
      if (held !== null && (best === null || rank(held.root) < rank(best.held.root))) best = { held, channel }
    }
    if (best === null) return this.atRest(exec)
    const causes: Cause[] = []
    const severalInputs = channels.some(({ input }) => input !== channels[0]!.input)
    const { channel } = best
    if (channels.length > 1) {
      causes.push(
        s.cause(
          severalInputs ? 'least-input' : 'least-channel',
          {
            task: s.subtaskName(exec),
            channel: channelName(s.header, channel.channel.id),
            watermark: eventTime(channel.watermark),
            channels: channels.length,
            input: channel.input + 1,
          },
          channel.event,
          { kind: 'channel', channel: channel.channel.id },
        ),
      )
    }
    return { ...best.held, causes: [...causes, ...best.held.causes] }
  }

  /** Everything has arrived, and yet the watermark is not there: it will be in the next step. */
  private atRest(exec: number): Held {
    const { s } = this
    return {
      causes: [s.cause('about-to-advance', { task: s.subtaskName(exec) }, s.advancedEvent(exec), s.subtaskSelection(exec))],
      root: 'still-on-the-way',
      fixes: [],
    }
  }

  private behindChannel(input: InputChannel): Held | null {
    const { s } = this
    const { id, from } = input.channel
    const said = s.evidence.channels[id]
    const sent = said?.watermarksOut.last(s.event) ?? -1
    if (sent >= 0 && s.x(sent) >= this.wanted.need) {
      const sentOn = s.cause('watermark-on-the-way', { channel: channelName(s.header, id), watermark: eventTime(s.x(sent)) }, sent, {
        kind: 'channel',
        channel: id,
      })
      const kept = blockedByCheckpoint(s, id) ?? backPressured(s, input.channel.to)
      if (kept !== null) return { ...kept, causes: [sentOn, ...kept.causes] }
      const slow = slowReader(s, input.channel.to, id)
      return { causes: [sentOn, ...slow.causes], root: 'still-on-the-way', fixes: slow.fixes }
    }
    const { state, event } = s.execution(from)
    if (state === 'FINISHED' && input.watermark < LONG_MAX) return this.swallowed(from, id)
    if (state !== 'RUNNING' && state !== 'FINISHED') {
      return {
        causes: [s.cause('task-not-running', { task: s.subtaskName(from), state }, event, s.subtaskSelection(from))],
        root: 'still-on-the-way',
        fixes: [],
      }
    }
    const held = this.at(from, s.jobEdge(input.channel).from, true)
    return held ?? this.swallowed(from, id)
  }

  /** T-18: an output that has said IDLE lets no watermark through, not even the last one. */
  private swallowed(exec: number, channel: number): Held | null {
    const { s } = this
    const status = s.evidence.channels[channel]?.statusesOut.last(s.event) ?? -1
    if (status < 0 || s.at(status).b !== 1) return null
    return {
      causes: [s.cause('idle-swallows', { task: s.subtaskName(exec) }, status, s.subtaskSelection(exec))],
      root: 'all-idle',
      fixes: [],
    }
  }

  private allIdle(exec: number, channels: readonly InputChannel[]): Held {
    const { s } = this
    const latest = channels.reduce((one, other) => (other.statusEvent > one.statusEvent ? other : one))
    const causes = [
      s.cause('all-inputs-idle', { task: s.subtaskName(exec), channels: channels.length }, latest.statusEvent, s.subtaskSelection(exec)),
    ]
    const idle = this.wanted.splits.filter(({ idle }) => idle)
    const last = idle.reduce<Split | null>((one, other) => (one === null || other.idleEvent > one.idleEvent ? other : one), null)
    if (last !== null) {
      causes.push(
        s.cause(
          last.partition >= 0 ? 'partition-idle' : 'generator-idle',
          { operator: last.node.name, partition: last.partition, task: s.subtaskName(last.exec) },
          last.idleEvent,
          last.partition >= 0 ? { kind: 'partition', node: last.node.id, partition: last.partition } : s.subtaskSelection(last.exec),
        ),
      )
    }
    return { causes, root: 'all-idle', fixes: last === null ? [] : laterEvent(s, [last], this.wanted.need + this.wanted.apart) }
  }
}
