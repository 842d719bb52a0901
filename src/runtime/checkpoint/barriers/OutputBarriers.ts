import type { ChannelBuffers, CheckpointableOutput, CheckpointBarrier } from '../types'
import { isTimeoutable } from './options'
import type { AlignmentClock } from './CheckpointBarrierHandler'

interface Pending {
  readonly checkpoint: number
  readonly buffers: ChannelBuffers[]
  readonly done: (buffers: readonly ChannelBuffers[]) => void
  readonly cancelTimer: () => void
}

/**
 * The barriers of one task on their way out, through all of its partitions, with the timer that lets those that still wait overtake (C-21). Mirrors
 * OperatorChain.broadcastEvent, SubtaskCheckpointCoordinatorImpl.registerAlignmentTimer and the channel state futures of PipelinedSubpartition.
 */
export class OutputBarriers {
  private readonly pending = new Map<number, Pending>()

  constructor(
    private readonly outputs: readonly CheckpointableOutput[],
    private readonly clock: AlignmentClock,
  ) {}

  /**
   * Sends the barrier; `done` gets what of the outputs belongs to the checkpoint: at once, or, with a timeout, when all barriers have left or have
   * overtaken what they waited behind. It is not called for a checkpoint that is given up before.
   */
  broadcast(barrier: CheckpointBarrier, done: (buffers: readonly ChannelBuffers[]) => void): void {
    const { id } = barrier
    const buffers = this.outputs.flatMap((output) => output.broadcastBarrier(barrier))
    if (!isTimeoutable(barrier) || !this.holds(id)) return done(buffers)
    const { options, timestamp } = barrier
    const delay = Math.max(options.alignedTimeout - (this.clock.millis() - timestamp), 0)
    this.pending.set(id, { checkpoint: id, buffers, done, cancelTimer: this.clock.after(delay, () => this.timeOut(id)) })
  }

  private holds(checkpoint: number): boolean {
    return this.outputs.some((output) => output.holdsBarrier(checkpoint))
  }

  private timeOut(checkpoint: number): void {
    const pending = this.pending.get(checkpoint)
    if (pending === undefined) return
    this.pending.delete(checkpoint)
    pending.done([...pending.buffers, ...this.outputs.flatMap((output) => output.alignedBarrierTimeout(checkpoint))])
  }

  /** A barrier with timeout has left one of the subpartitions: told by the partitions. */
  barrierLeft(checkpoint: number): void {
    const pending = this.pending.get(checkpoint)
    if (pending === undefined || this.holds(checkpoint)) return
    this.pending.delete(checkpoint)
    pending.cancelTimer()
    pending.done(pending.buffers)
  }

  /** The checkpoint is given up: its barriers go on in line, as they are. */
  abort(checkpoint: number): void {
    this.pending.get(checkpoint)?.cancelTimer()
    this.pending.delete(checkpoint)
  }

  broadcastCancelMarker(checkpoint: number): void {
    for (const output of this.outputs) output.broadcastCancelMarker(checkpoint)
  }

  broadcastEndOfPartition(): void {
    for (const output of this.outputs) output.broadcastEndOfPartition()
  }
}
