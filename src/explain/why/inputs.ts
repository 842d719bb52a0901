import { LONG_MIN } from '../../core/time'
import type { Channel } from '../../graph/types'
import { notSlow } from './fixes'
import type { Situation } from './situation'
import type { Cause, Fix } from './types'

/** One channel of a task as its valve knows it. */
export interface InputChannel {
  readonly channel: Channel
  /** 0, or 1… of an operator with several inputs. */
  readonly input: number
  readonly watermark: number
  readonly event: number
  readonly idle: boolean
  readonly statusEvent: number
  readonly ended: boolean
  /** Active again, but behind what was given on already: it takes no part in the minimum until it has caught up (T-16). */
  readonly unaligned: boolean
}

/** All channels that a task's watermark is made of (T-14 … T-17). */
export function inputChannels(s: Situation, exec: number): InputChannel[] {
  const advanced = s.x(s.advancedEvent(exec))
  return s.inputsOf(exec).map((channel): InputChannel => {
    const said = s.evidence.channels[channel.id]
    const statusEvent = said?.statusesIn.last(s.event) ?? -1
    const idle = statusEvent >= 0 && s.at(statusEvent).b === 1
    const event = said?.watermarksIn.last(s.event) ?? -1
    const watermark = s.x(event, LONG_MIN)
    return {
      channel,
      input: Math.max(0, s.jobEdge(channel).typeNumber - 1),
      watermark,
      event,
      idle,
      statusEvent,
      ended: (said?.ended.last(s.event) ?? -1) >= 0,
      unaligned: !idle && statusEvent >= 0 && watermark < advanced,
    }
  })
}

/** How many of a channel's records have been written and not read. */
export function onTheWay(s: Situation, channel: number): number {
  const said = s.evidence.channels[channel]
  return said === undefined ? 0 : said.recordsOut.events.count(s.event) - said.recordsIn.count(s.event)
}

/** What keeps a task from what has been sent to it on a channel: records that are there before it, and who made it slow. */
export function slowReader(
  s: Situation,
  exec: number,
  channel: number,
): { readonly causes: readonly Cause[]; readonly fixes: readonly Fix[] } {
  const count = onTheWay(s, channel)
  if (count === 0) return { causes: [], fixes: [] }
  const task = s.subtaskName(exec)
  const causes = [
    s.cause('records-on-the-way', { task, count }, s.evidence.channels[channel]!.recordsOut.events.last(s.event), {
      kind: 'channel',
      channel,
    }),
  ]
  const { subtask } = s.header.executionGraph.vertices[exec]!
  const { chain } = s.vertexOf(exec)
  const hand = s.sources.scenario.interventions.findLastIndex(
    (one) => one.do === 'slow' && one.at <= s.time && one.subtask === subtask && chain.some(({ node }) => node === one.node),
  )
  if (hand >= 0) causes.push(s.cause('made-slow', { task }, s.interventionEvent(hand), s.subtaskSelection(exec)))
  return { causes, fixes: notSlow(hand, task) }
}
