import { LONG_MIN } from '../../core/time'
import type { ExecutionGraph } from '../../graph/types'
import type { Arguments, Text } from '../../i18n'
import { graphView } from '../../i18n/graphView'
import { views } from '../../i18n/views'
import { TaskCheckpoint } from '../../trace/cluster/barriers'
import { busyShare, executionStateOf, slotOf, slowestInput, watermarkOf, type BusyShare } from '../../trace/cluster/queries'
import type { ClusterState } from '../../trace/cluster/state'
import type { TraceLog } from '../../trace/log'
import type { TraceHeader } from '../../trace/types'
import type { Channels } from './curves'
import { isSilent, phrasesOf, type Phrase } from './facts'
import type { Cell, Detail, Layout } from './layout'
import { arrows } from './looks'

type Say = (text: Text, args?: Arguments) => string

/** A subtask at a moment, as its cell says it. */
export interface CellLook extends Cell {
  readonly detail: Detail
  readonly name: string
  /** The slot that it is in; for a plan, the one that it would share. */
  readonly where: string
  /** From 0. */
  readonly attempt: number
  /** null: none yet. */
  readonly watermark: string | null
  /** The channel that holds its watermark back is silent. */
  readonly held: boolean
  readonly share: BusyShare
  /** Empty for a plan. */
  readonly execution: string
  readonly queued: number
  readonly phrases: readonly Phrase[]
  /** What it does for a checkpoint; null: nothing. */
  readonly checkpoint: CheckpointLook | null
}

export interface CheckpointLook {
  readonly phase: 'aligning' | 'snapshot' | 'writing'
  readonly text: string
  readonly long: string
}

/** Barriers that are there while a task aligns, its snapshot, and what it writes beside its work. */
function checkpointLook(cluster: ClusterState, vertex: number, t: Say): CheckpointLook | null {
  const id = cluster.checkpointId[vertex]!
  switch (cluster.checkpointPhase[vertex]) {
    case TaskCheckpoint.Aligning: {
      const all = cluster.plan.inputs[vertex]!.reduce((sum, channel) => sum + (cluster.channelEnded[channel] === 1 ? 0 : 1), 0)
      const seen = cluster.alignedFor[vertex] === id ? cluster.alignedSeen[vertex]! : 0
      return { phase: 'aligning', text: t(graphView.aligning, { seen, all }), long: t(graphView.aligningLong, { id, seen, all }) }
    }
    case TaskCheckpoint.Snapshot: {
      const text = t(graphView.snapshotting, { id })
      return { phase: 'snapshot', text, long: text }
    }
    case TaskCheckpoint.Writing:
      return { phase: 'writing', text: t(graphView.snapshotting, { id }), long: t(graphView.snapshotWriting, { id }) }
    default:
      return null
  }
}

const shortHost = (name: string) => name.replace(/^taskmanager-/, 'tm-')

/** Cells that are drawn one by one; those of strips are not among them. */
export function cellLooks(
  layout: Layout,
  cluster: ClusterState,
  header: TraceHeader,
  time: number,
  silent: ReadonlySet<number>,
  t: Say,
  tell: (watermark: number) => string,
): CellLook[] {
  return layout.tasks.flatMap((box) =>
    box.detail === 'strip'
      ? []
      : box.cells.map((cell) => {
          const v = cell.index
          const watermark = watermarkOf(cluster, v)
          const slot = slotOf(cluster, header, v)
          const slowest = slowestInput(cluster, v)
          return {
            ...cell,
            detail: box.detail,
            name: arrows(box.task.name),
            where: slot === null ? t(views.noSlot) : t(views.place, { host: shortHost(slot.name), slot: slot.slot }),
            attempt: cluster.attempt[v]!,
            watermark: watermark <= LONG_MIN ? null : tell(watermark),
            held: slowest >= 0 && silent.has(slowest),
            share: busyShare(cluster, v, time),
            execution: executionStateOf(cluster, v),
            queued: cluster.plan.inputs[v]!.reduce((sum, channel) => sum + cluster.recordsQueued[channel]!, 0),
            phrases: phrasesOf(cluster, v),
            checkpoint: checkpointLook(cluster, v, t),
          }
        }),
  )
}

/** Cells of a plan: nothing runs, so all there is to tell is which slot each would share (S-1). */
export function plannedCells(layout: Layout, graph: ExecutionGraph, t: Say): CellLook[] {
  return layout.tasks.flatMap((box) =>
    box.detail === 'strip'
      ? []
      : box.cells.map((cell) => ({
          ...cell,
          detail: box.detail,
          name: arrows(box.task.name),
          where: t(graphView.wouldShare, { slot: graph.vertices[cell.index]!.sharedSlot }),
          attempt: 0,
          watermark: null,
          held: false,
          share: { idle: 0, busy: 0, backPressured: 0 },
          execution: '',
          queued: 0,
          phrases: [],
          checkpoint: null,
        })),
  )
}

/** Channels drawn one by one that are silent. */
export function silentChannels(channels: Channels, cluster: ClusterState, log: TraceLog, time: number): ReadonlySet<number> {
  const found = new Set<number>()
  for (const { channel } of channels.single) if (isSilent(cluster, log, channel, time)) found.add(channel)
  return found
}

export interface Note {
  readonly x: number
  readonly y: number
  readonly lines: readonly {
    readonly channel: number
    readonly from: string
    readonly queued: number
    readonly watermark: string
    readonly least: boolean
    readonly silent: boolean
    readonly idle: boolean
    readonly ended: boolean
  }[]
}

/** A line for each channel of a cell, where there is room for them. */
export function channelNotes(
  layout: Layout,
  cluster: ClusterState,
  silent: ReadonlySet<number>,
  tell: (watermark: number) => string,
): Note[] {
  return layout.tasks.flatMap((box) => {
    if (box.detail !== 'full' || box.cells.length > 2) return []
    return box.cells.flatMap((cell) => {
      const inputs = cluster.plan.inputs[cell.index]!
      if (inputs.length < 2 || inputs.length > 4) return []
      const least = slowestInput(cluster, cell.index)
      const differ = new Set(inputs.map((channel) => cluster.channelWatermark[channel])).size > 1
      return [
        {
          x: cell.x,
          y: cell.y + cell.height + 7,
          lines: inputs.map((channel) => {
            const from = cluster.graph.vertices[cluster.plan.channelFrom[channel]!]!
            const watermark = cluster.channelWatermark[channel]!
            return {
              channel,
              from: `#${from.subtask + 1}`,
              queued: cluster.recordsQueued[channel]!,
              watermark: watermark <= LONG_MIN ? '−∞' : tell(watermark),
              least: differ && channel === least,
              silent: silent.has(channel),
              idle: cluster.channelIdle[channel] === 1,
              ended: cluster.channelEnded[channel] === 1,
            }
          }),
        },
      ]
    })
  })
}
