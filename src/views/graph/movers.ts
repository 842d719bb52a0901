import { drawBarrier, drawRecord, drawStatus, drawWaiting, drawWatermark } from '../../components/glyphs/canvas'
import { lettersOf } from '../../components/glyphs/key'
import type { Palette } from '../../components/glyphs/palette'
import type { Selection } from '../../scenario/types'
import { channelItems, onChannel, type ChannelItem } from '../../trace/cluster/items'
import type { ClusterState } from '../../trace/cluster/state'
import type { TraceLog } from '../../trace/log'
import type { TraceHeader } from '../../trace/types'
import { pointAt, type Channels, type Curve } from './curves'
import type { ChannelInput } from './input'

/** A thing on a channel, where it is drawn (px of the layout). */
export interface Mover {
  readonly item: ChannelItem
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Direction of the channel there, for what lies across it: cosine and sine. */
  readonly along: readonly [number, number]
}
export interface Overflow {
  readonly x: number
  readonly y: number
  readonly count: number
}

/** So many things of one station are drawn one by one; the rest is a number. */
const QUEUE = 6
const FLYING = 24
/** Places that the number takes. */
const BEHIND_NUMBER = 4
const LARGE = 8
const SMALL = 5.5
/** In a band. */
const TINY = 3
const PITCH = 9

/** Half a pill and a bit, px: it keeps clear of the cells. */
const PILL = 33

const EAST = [1, 0] as const

function directionAt(curve: Curve, at: number): readonly [number, number] {
  const from = pointAt(curve, Math.max(0, at - 0.01))
  const to = pointAt(curve, Math.min(1, at + 0.01))
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  return length === 0 ? EAST : [(to.x - from.x) / length, (to.y - from.y) / length]
}

/** Length of the curve in px, near enough to space things evenly on it. */
const lengthOf = ({ x0, y0, x3, y3 }: Curve): number => Math.hypot(x3 - x0, y3 - y0) * 1.08

/** More than this are not seen one by one; the bands say how many there are. */
const MOST = 1500

/**
 * Where everything on the channels is at `time`: waiting to be sent near the sender, flying in between, waiting to be read
 * before the receiver, in the order in which it will come out. A buffer flies as a train.
 */
export function moversAt(
  channels: Channels,
  state: ClusterState,
  header: TraceHeader,
  log: TraceLog,
  time: number,
): { readonly movers: Mover[]; readonly overflow: Overflow[] } {
  const movers: Mover[] = []
  const overflow: Overflow[] = []
  const put = (channel: number, curve: Curve, large: number, small: number, most: number): void => {
    const length = lengthOf(curve)
    const step = Math.min(PITCH, large * 1.15) / length
    const edge = (large + 3) / length
    const add = (item: ChannelItem, at: number, radius: number): void => {
      movers.push({ item, ...pointAt(curve, at), radius, along: item.what === 'barrier' ? directionAt(curve, at) : EAST })
    }
    for (const item of channelItems(state, header, log, channel, time, most)) {
      if (item.what === 'barrier') {
        // Of a long line what is not drawn is a number; the barrier stands behind it.
        const place = item.place > QUEUE ? QUEUE + BEHIND_NUMBER : item.place
        if (item.station === 'queued') add(item, 1 - edge - place * step * 0.8, small)
        else if (item.station === 'buffered') add(item, edge * 0.8 + place * step * 0.8, small)
        else add(item, Math.max(edge, edge + (1 - 2 * edge) * item.progress - item.place * step), large)
      } else if (item.station === 'flying') {
        const ends = item.what === 'record' ? edge : PILL / length
        const travel = ends + (1 - 2 * ends) * item.progress - item.place * step
        if (travel > 0) add(item, travel, large)
      } else if (item.place >= QUEUE) continue
      else if (item.station === 'queued') add(item, 1 - edge - item.place * step * 0.8, small)
      else add(item, edge * 0.8 + item.place * step * 0.8, small)
    }
  }
  const large = channels.crowded ? SMALL : LARGE
  const small = channels.crowded ? 3.5 : SMALL
  for (const { channel, curve } of channels.single) {
    if (onChannel(state, channel) === 0) continue
    put(channel, curve, large, small, FLYING)
    const length = lengthOf(curve)
    const step = Math.min(PITCH, large * 1.15) / length
    const edge = (large + 3) / length
    const inQueue = state.recordsQueued[channel]!
    if (inQueue > QUEUE) overflow.push({ ...pointAt(curve, 1 - edge - QUEUE * step * 0.8), count: inQueue - QUEUE })
    const inBuffer = state.recordsBuffered[channel]!
    if (inBuffer > QUEUE) overflow.push({ ...pointAt(curve, edge * 0.8 + (QUEUE + 1) * step * 0.8), count: inBuffer - QUEUE })
  }
  const inBands = channels.bundles.flatMap((bundle): readonly ChannelInput[] =>
    bundle.channels.filter(({ channel }) => onChannel(state, channel) > 0),
  )
  for (const channel of inBands) {
    if (movers.length >= MOST) break
    put(channel.channel, channels.curveOf(channel), TINY, TINY, 3)
  }
  return { movers, overflow }
}

/** Draws them, things that are waiting below things that move, watermarks on top. */
export function drawMovers(
  g: CanvasRenderingContext2D,
  palette: Palette,
  { movers, overflow }: { readonly movers: readonly Mover[]; readonly overflow: readonly Overflow[] },
  selection: Selection | null,
  tell: (watermark: number) => string,
  idle: string,
): void {
  for (const { item, x, y, radius } of movers) {
    if (item.what !== 'record') continue
    const selected =
      selection?.kind === 'record'
        ? selection.origin === item.origin && selection.number === item.number
        : selection?.kind === 'key' && selection.key === item.label
    drawRecord(g, palette, x, y, { hue: item.hue, letters: lettersOf(item.label), late: item.late, selected }, radius)
  }
  for (const { item, x, y, radius } of movers) {
    if (item.what === 'record' || item.what === 'barrier') continue
    if (item.station !== 'flying' || radius <= TINY) drawWaiting(g, palette, x, y, item.what)
    else if (item.what === 'watermark') drawWatermark(g, palette, x, y, `≈ ${tell(item.watermark).split(' ').at(-1)!}`)
    else drawStatus(g, palette, x, y, idle)
  }
  for (const { item, x, y, radius, along } of movers) {
    if (item.what === 'barrier') drawBarrier(g, palette, x, y, along, String(item.checkpoint), item.unaligned, radius <= TINY)
  }
  g.font = `600 10px ${palette.sans}`
  g.textAlign = 'center'
  g.textBaseline = 'middle'
  for (const { x, y, count } of overflow) {
    const text = `+${count}`
    const width = g.measureText(text).width + 8
    g.fillStyle = palette.bg
    g.fillRect(x - width / 2, y - 7, width, 14)
    g.fillStyle = palette.ink2
    g.fillText(text, x, y)
  }
}

/** What is under the pointer, the topmost first. */
export function hit(movers: readonly Mover[], x: number, y: number): Mover | null {
  let best: Mover | null = null
  let least = 12 * 12
  for (const mover of movers) {
    const distance = (mover.x - x) ** 2 + (mover.y - y) ** 2
    if (distance < least) {
      least = distance
      best = mover
    }
  }
  return best
}
