import type { Channel } from '../../graph/types'
import type { Held } from './hold'
import { thrownIn } from './jobs'
import { onTheWay } from './inputs'
import type { Situation } from './situation'
import { partitionsOf } from './splits'
import * as fixes from './fixes'

/** Why no record has come to an operator in a subtask; null: nothing is known to keep them away. */
export function missingBefore(s: Situation, exec: number, node: number): Held | null {
  return new Missing(s).before(exec, node)
}

/** A record of `time` or later that a function before an operator let fall, so that it never came there; −1: none. */
export function droppedBefore(s: Situation, exec: number, node: number, time: number): number {
  const seen = new Set<string>()
  const of = (at: number, id: number): number => {
    if (seen.has(`${at} ${id}`)) return -1
    seen.add(`${at} ${id}`)
    const dropped = s.saidOf(at, id)?.dropped
    if (dropped !== undefined && s.node(id)?.operator.kind !== 'window' && dropped.max(s.event) >= time) return dropped.maxEvent(s.event)
    return before(at, id)
  }
  const before = (at: number, id: number): number => {
    const parent = s.parentInChain(s.vertexOf(at), id)
    if (parent !== undefined) return of(at, parent)
    for (const channel of s.inputsOf(at)) {
      const found = of(channel.from, s.jobEdge(channel).from)
      if (found >= 0) return found
    }
    return -1
  }
  return before(exec, node)
}

/** Whether what feeds a channel has given records, to other subtasks: their keys belong there. */
const gaveToOthers = (s: Situation, channel: Channel): boolean =>
  s
    .outputsOf(channel.from)
    .some(({ id, edge }) => edge === channel.edge && (s.evidence.channels[id]?.recordsOut.events.count(s.event) ?? 0) > 0)

/** Why an operator gives nothing in any subtask, if what comes to it is the reason or its own function is. */
class Missing {
  private readonly done = new Set<string>()

  constructor(private readonly s: Situation) {}

  before(exec: number, node: number): Held | null {
    const { s } = this
    const parent = s.parentInChain(s.vertexOf(exec), node)
    if (parent !== undefined) return this.outOf(exec, parent)
    if (this.done.has(`${exec}`)) return null
    this.done.add(`${exec}`)
    const channels = s.inputsOf(exec)
    const waiting = channels.find(({ id }) => onTheWay(s, id) > 0)
    if (waiting !== undefined) {
      const event = s.evidence.channels[waiting.id]!.recordsOut.events.last(s.event)
      return {
        causes: [
          s.cause('records-on-the-way', { task: s.subtaskName(exec), count: onTheWay(s, waiting.id) }, event, {
            kind: 'channel',
            channel: waiting.id,
          }),
        ],
        root: 'still-on-the-way',
        fixes: [],
      }
    }
    const elsewhere = channels.find((channel) => gaveToOthers(s, channel))
    if (elsewhere !== undefined) {
      const { from } = elsewhere
      return {
        causes: [s.cause('records-go-elsewhere', { task: s.subtaskName(exec), from: s.subtaskName(from) }, -1, s.subtaskSelection(from))],
        root: 'silent-partition',
        fixes: [],
      }
    }
    for (const channel of channels) {
      const held = this.outOf(channel.from, s.jobEdge(channel).from)
      if (held !== null) return held
    }
    return null
  }

  /** Why an operator gave nothing. */
  private outOf(exec: number, node: number): Held | null {
    const { s } = this
    const found = s.node(node)
    if (found === undefined) return null
    const thrown = thrownIn(s, node)
    if (thrown !== null) return thrown
    const dropped = s.saidOf(exec, node)?.dropped.events
    const count = dropped?.count(s.event) ?? 0
    if (count > 0) {
      return {
        causes: [
          s.cause('drops-all', { operator: found.name, task: s.subtaskName(exec), count }, dropped!.last(s.event), {
            kind: 'operator',
            node,
          }),
        ],
        root: 'user-code-filters',
        fixes: fixes.code(found),
      }
    }
    if (found.role !== 'source') return this.before(exec, node)
    const partitions = partitionsOf(s, exec, found)
    if (partitions?.length === 0) {
      const topic = s.header.topics.find(({ name }) => name === found.operator.params.topic)
      return {
        causes: [
          s.cause(
            'subtask-without-partition',
            {
              task: s.subtaskName(exec),
              operator: found.name,
              topic: topic?.name ?? '',
              partitions: topic?.partitions ?? 0,
              parallelism: s.header.executionGraph.vertices[exec]!.parallelism,
            },
            s.execution(exec).event,
            s.subtaskSelection(exec),
          ),
        ],
        root: 'more-subtasks-than-partitions',
        fixes: fixes.parallelism(s, [{ node: found, partitions: topic?.partitions ?? 1 }]),
      }
    }
    if ((s.said(exec)?.taken.count(s.event) ?? 0) > 0) return null
    return {
      causes: [
        s.cause(
          'source-read-nothing',
          { operator: found.name, task: s.subtaskName(exec) },
          s.execution(exec).event,
          s.subtaskSelection(exec),
        ),
      ],
      root: 'no-data',
      fixes: [],
    }
  }
}
