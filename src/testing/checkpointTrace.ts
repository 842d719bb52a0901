import { ALIGNMENTS, checkpointFailureCode, SNAPSHOT_TYPES, type Alignment, type CheckpointFailureReason } from '../core/checkpoints'
import { NODES } from './flightsHeader'
import { JobTrace } from './traceBuilder'

/** Acts checkpoints of the flights job by hand: two sources (0, 1), two windows (2, 3), channel `source * 2 + window`. */
export class CheckpointTrace extends JobTrace {
  trigger(id: number, type: (typeof SNAPSHOT_TYPES)[number] = 'checkpoint'): this {
    return this.say(0, 'CheckpointTriggered', { a: 0, b: id, c: SNAPSHOT_TYPES.indexOf(type), x: this.now / 1000, value: [0, 1, 2, 3] })
  }

  /** A source takes its snapshot, and sends barriers. */
  source(vertex: 0 | 1, id: number, alignment: Alignment = 'aligned', overtook = 0): this {
    const process = this.processes[vertex]!
    this.say(process, 'CheckpointBegun', { a: id, b: ALIGNMENTS.indexOf(alignment), x: 0 })
    for (const channel of [2 * vertex, 2 * vertex + 1])
      this.say(process, 'BarrierOut', { a: channel, b: id, c: ALIGNMENTS.indexOf(alignment), d: overtook })
    return this.snapshot(vertex, id, 100)
  }

  /** A barrier comes to a window; the first of two blocks its channel, the last begins the snapshot. */
  barrier(channel: number, id: number, state: 'first' | 'last'): this {
    const vertex = 2 + (channel & 1)
    const process = this.processes[vertex]!
    this.say(process, 'BarrierIn', { a: channel, b: id })
    if (state === 'first') {
      this.say(process, 'AlignmentBegun', { a: id, b: 1 })
      return this.say(process, 'ChannelBlocked', { a: channel, b: id })
    }
    this.say(process, 'AlignmentEnded', { a: id, x: 0 })
    this.say(process, 'ChannelResumed', { a: channel ^ 2 })
    this.say(process, 'CheckpointBegun', { a: id, x: 0 })
    return this.snapshot(vertex, id, 2000)
  }

  /** The synchronous part is over; `written` ends the asynchronous one. */
  snapshot(vertex: number, id: number, bytes: number): this {
    const value = [[vertex < 2 ? NODES.source : NODES.window, bytes, bytes]]
    return this.say(this.processes[vertex]!, 'SnapshotSync', { a: id, b: 500, x: bytes, value })
  }

  written(vertex: number, id: number, micros: number): this {
    return this.say(this.processes[vertex]!, 'SnapshotDone', { a: id, b: micros, x: 2000 })
  }

  acknowledge(vertex: number, id: number, bytes = 2000): this {
    const value = {
      alignmentDuration: 0,
      startDelay: 0,
      syncDuration: 500,
      asyncDuration: 0,
      bytesProcessedDuringAlignment: 0,
      bytesPersistedDuringAlignment: 0,
      checkpointedSize: bytes,
      fullSize: bytes,
      unaligned: false,
    }
    return this.say(0, 'CheckpointAcknowledged', { a: 0, b: id, c: vertex, x: bytes, value })
  }

  complete(id: number, path: string | null = `/checkpoints/job/chk-${id}`): this {
    return this.say(0, 'CheckpointCompleted', {
      a: 0,
      b: id,
      d: -1,
      x: 4200,
      value: { path, fullSize: 4200, metadataSize: 80, retained: false },
    })
  }

  abort(id: number, reason: CheckpointFailureReason, failures = 1): this {
    return this.say(0, 'CheckpointAborted', { a: 0, b: id, c: checkpointFailureCode(reason), d: failures })
  }

  wait(micros: number): this {
    this.now += micros
    return this
  }
}
