import { COST_PREFIX, CheckpointingOptions, StateBackendOptions } from '../../core/options'
import { busiest, slowestPath, type SlowPath } from '../../trace/checkpoints/slow'
import { hostName, hostOfProcess, hostOfTaskManager } from '../../trace/narration/naming'
import type { CheckpointTrack } from '../../trace/checkpoints/state'
import { scenario } from './fixes'
import * as fixes from './fixes'
import type { Held } from './hold'
import { checkpointsOf } from './known'
import { handAt, setting, undo } from './settings'
import { spanOf, type Situation } from './situation'
import type { Cause, Fix } from './types'

/** µs in ms, as spans are told. */
export const micros = (µs: number) => spanOf(µs / 1000)

/** Who makes a subtask slow: a hand, a cost that is set, or its own work; and what would change that. */
export function slowTask(s: Situation, exec: number, event: number, percent: number): { readonly causes: Cause[]; readonly fixes: Fix[] } {
  const task = s.subtaskName(exec)
  const { subtask } = s.header.executionGraph.vertices[exec]!
  const vertex = s.vertexOf(exec)
  const causes = [s.cause('busy-meanwhile', { task, percent }, event, s.subtaskSelection(exec))]
  const hand = handAt(s, s.time, 'slow', (one) => one.subtask === subtask && vertex.chain.some(({ node }) => node === one.node))
  if (hand >= 0) {
    causes.push(s.cause('made-slow', { task }, s.interventionEvent(hand), s.subtaskSelection(exec)))
    return { causes, fixes: fixes.notSlow(hand, task) }
  }
  const found: Fix[] = []
  const { configuration } = s.sources.scenario
  for (const { node } of vertex.chain) {
    const name = s.node(node)?.name ?? ''
    const key = `${COST_PREFIX}${name}`
    const cost = configuration[key]
    if (cost === undefined || Number(cost) <= s.sources.scenario.cluster.recordCost) continue
    causes.push(s.cause('costs', { operator: name, cost: micros(Number(cost)) }, -1, { kind: 'operator', node }))
    found.push(
      scenario('default-cost', { operator: name }, (of) => ({
        ...of,
        configuration: Object.fromEntries(Object.entries(of.configuration).filter(([one]) => one !== key)),
      })),
    )
  }
  const head = s.node(vertex.chain[0]!.node)
  if (head !== undefined && head.role !== 'source' && head.parallelism > 0 && head.maxParallelism !== 1 && head.parallelism < 64) {
    const value = head.parallelism * 2
    const edits = vertex.chain.flatMap(({ node }) => (s.node(node)?.parallelism === head.parallelism ? [node] : []))
    found.push({
      code: 'set-parallelism',
      args: { operator: head.name, parallelism: value },
      change: { of: 'program', edits: edits.slice(0, 1).map((node) => ({ node, set: 'parallelism', value })) },
    })
  }
  return { causes, fixes: found }
}

/** What a checkpoint has been waiting for, or took its time with; null: nobody takes part in it. Root `still-on-the-way`: nothing holds it up. */
export function slowHeld(s: Situation, track: CheckpointTrack): Held | null {
  const state = checkpointsOf(s)
  const path = slowestPath(state, track, s.header.linkLatency)
  return path === null ? null : new Slow(s, track, path).held()
}

class Slow {
  private readonly task: string
  private readonly own: string

  constructor(
    private readonly s: Situation,
    private readonly track: CheckpointTrack,
    private readonly path: SlowPath,
  ) {
    this.task = s.subtaskName(path.vertex)
    this.own = s.subtaskName(path.part.share.vertex)
  }

  held(): Held {
    const { s, path, own, track } = this
    const here = s.subtaskSelection(path.part.share.vertex)
    const took = micros(path.took)
    switch (path.cause) {
      case 'sync':
        return {
          causes: [s.cause('sync-took', { task: own, took }, path.event, here)],
          root: 'snapshot-sync',
          fixes: setting(s, track.job, StateBackendOptions.STATE_BACKEND, 'rocksdb', {
            [CheckpointingOptions.INCREMENTAL_CHECKPOINTS.key]: 'true',
          }),
        }
      case 'async':
        return this.disk()
      case 'busy':
      case 'silent':
        return this.late()
      case 'way':
        return {
          causes: [
            s.cause('barrier-way', { task: this.task, from: this.from(path.channel), took }, path.event, this.channel(path.channel)),
          ],
          root: 'still-on-the-way',
          fixes: [],
        }
      case 'queue':
        return this.queued()
    }
  }

  private from(channel: number): string {
    return this.s.subtaskName(this.s.header.executionGraph.channels[channel]!.from)
  }
  private readonly channel = (channel: number) => ({ kind: 'channel', channel }) as const

  /** A barrier behind records that came before it. */
  private queued(): Held {
    const { s, path, track } = this
    const arrived = path.stations.some(({ channel, arrived }) => channel === path.channel && arrived >= 0)
    const causes = [
      s.cause(
        arrived ? 'barrier-queued' : 'barrier-queued-still',
        { task: this.task, from: this.from(path.channel), took: micros(path.took) },
        path.event,
        this.channel(path.channel),
      ),
    ]
    if (path.during === 'alignment') {
      const blocked = track.shares.get(path.vertex)?.blocked.filter(({ event }) => event <= s.event) ?? []
      if (blocked[0] !== undefined)
        causes.push(
          s.cause('aligned-meanwhile', { task: this.task, count: blocked.length }, blocked[0].event, this.channel(blocked[0].channel)),
        )
    }
    if (path.blame < 0) return { causes, root: 'still-on-the-way', fixes: [] }
    const slow = slowTask(s, path.blame, -1, Math.round(path.blameBusy * 100))
    return { causes: [...causes, ...slow.causes], root: 'slow-operator', fixes: [...slow.fixes, ...this.unaligned()] }
  }

  /** Barriers that overtake what is before them. */
  private unaligned(): Fix[] {
    const { s, track } = this
    const option = CheckpointingOptions.ENABLE_UNALIGNED
    if (s.option(track.job, option) || s.option(track.job, CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE) === 'AT_LEAST_ONCE')
      return []
    return setting(s, track.job, option, 'true')
  }

  /** A task that had the trigger or the barrier, and did not come to it. */
  private late(): Held {
    const { s, path } = this
    const waits = path.stations.find(({ channel, sent, arrived }) => channel >= 0 && arrived < 0 && sent < 0)
    const sender = waits === undefined ? undefined : s.header.executionGraph.channels[waits.channel]!.from
    const begun = sender === undefined ? null : (this.track.shares.get(sender)?.begun ?? null)
    if (waits !== undefined && begun !== null && begun.event <= s.event) return this.queuedAtSender(waits.vertex, waits.channel, begun)
    const last = path.stations.at(-1)?.vertex ?? path.part.share.vertex
    const exec = waits === undefined ? path.part.share.vertex : last
    const took = micros(path.took)
    const causes =
      waits === undefined
        ? []
        : [
            s.cause(
              'barrier-unsent',
              { task: s.subtaskName(waits.vertex), from: this.from(waits.channel) },
              -1,
              this.channel(waits.channel),
            ),
          ]
    causes.push(s.cause('came-late', { task: s.subtaskName(exec), took }, path.event, s.subtaskSelection(exec)))
    const { state, event } = s.execution(exec)
    if (state !== 'RUNNING' && state !== 'FINISHED') {
      causes.push(s.cause('task-not-running', { task: s.subtaskName(exec), state }, event, s.subtaskSelection(exec)))
      return { causes, root: 'task-not-running', fixes: [] }
    }
    const lost = lostTask(s, exec)
    if (lost !== null) return { ...lost, causes: [...causes, ...lost.causes] }
    const busy = busiest(checkpointsOf(s), exec, this.track.time, this.track.time + path.took)
    if (busy.busy <= 0.5) return { causes, root: 'still-on-the-way', fixes: [] }
    const slow = slowTask(s, busy.vertex, -1, Math.round(busy.busy * 100))
    return { causes: [...causes, ...slow.causes], root: 'slow-operator', fixes: slow.fixes }
  }

  /** It has been given out, and stands in the sender's own queue: the receiver has no buffers for what is before it. */
  private queuedAtSender(vertex: number, channel: number, begun: { readonly event: number; readonly time: number }): Held {
    const { s } = this
    const took = Math.max(1, s.time - begun.time)
    const first = s.cause(
      'barrier-queued-still',
      { task: s.subtaskName(vertex), from: this.from(channel), took: micros(took) },
      begun.event,
      this.channel(channel),
    )
    const { vertex: blame, busy } = busiest(checkpointsOf(s), vertex, begun.time, begun.time + took)
    if (blame < 0) return { causes: [first], root: 'still-on-the-way', fixes: [] }
    const slow = slowTask(s, blame, -1, Math.round(busy * 100))
    return { causes: [first, ...slow.causes], root: 'slow-operator', fixes: [...slow.fixes, ...this.unaligned()] }
  }

  /** What is written beside the work: the file system sets the pace. */
  private disk(): Held {
    const { s, path, own, track } = this
    const open = path.part.async?.open === true
    const causes = [
      s.cause(
        open ? 'async-takes' : 'async-took',
        { task: own, took: micros(path.took) },
        path.event,
        s.subtaskSelection(path.part.share.vertex),
      ),
    ]
    const hand = handAt(s, s.time, 'set-disk')
    if (hand >= 0) causes.push(s.cause('disk-was-set', {}, s.interventionEvent(hand)))
    return {
      causes,
      root: 'disk-slow',
      fixes: [
        ...undo(s, hand),
        ...(s.option(track.job, CheckpointingOptions.INCREMENTAL_CHECKPOINTS)
          ? []
          : setting(s, track.job, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, 'true', {
              [StateBackendOptions.STATE_BACKEND.key]: 'rocksdb',
            })),
      ],
    }
  }
}

/** A subtask on a TaskManager that has died, or is cut off, without anybody knowing yet; null: it is there. */
function lostTask(s: Situation, exec: number): Held | null {
  const host = hostOfProcess(s.processOf(exec))
  const killed = handAt(s, s.time, 'kill-task-manager', (one) => hostOfTaskManager(s.header, one.host) === host)
  if (killed < 0) return null
  return {
    causes: [s.cause('was-killed', { host: hostName(s.header, host) }, s.interventionEvent(killed), { kind: 'taskManager', host })],
    root: 'task-manager-killed',
    fixes: undo(s, killed),
  }
}
