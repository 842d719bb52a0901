/** Told when an output stops and starts to take records. */
export interface AvailabilityListener {
  availabilityChanged(available: boolean): void
  /** One record has taken more buffers than any honest one would. */
  overdrawn(buffers: number): void
}

/** Overdraft buffers at which somebody is told: 128 MiB with Flink's default size. */
const MAX_OVERDRAFT = 4096

/**
 * The buffers of one result partition; mirrors LocalBufferPool on the writing side (N-2, N-4): available while a buffer is
 * free and no subpartition holds its maximum.
 * Differs from Flink: beyond the pool, a record that is being written may take any number of overdraft buffers (there: 5,
 * then the task blocks inside the record). A handler here cannot block in mid-record; the record ends, and then the task waits.
 */
export class OutputPool {
  private inUse = 0
  private fullChannels = 0
  private readonly held: Int32Array
  available = true

  constructor(
    readonly size: number,
    subpartitions: number,
    private readonly maxPerChannel: number,
    private readonly listener: AvailabilityListener,
  ) {
    this.held = new Int32Array(subpartitions)
  }

  get used(): number {
    return this.inUse
  }

  /** Buffers that one subpartition holds. */
  heldBy(subpartition: number): number {
    return this.held[subpartition]!
  }

  request(subpartition: number): void {
    if (++this.inUse > this.size + MAX_OVERDRAFT) this.listener.overdrawn(this.inUse)
    if (++this.held[subpartition]! === this.maxPerChannel) this.fullChannels++
    this.check()
  }

  recycle(subpartition: number): void {
    this.inUse--
    if (this.held[subpartition]!-- === this.maxPerChannel) this.fullChannels--
    this.check()
  }

  private check(): void {
    const available = this.inUse < this.size && this.fullChannels === 0
    if (available === this.available) return
    this.available = available
    this.listener.availabilityChanged(available)
  }
}
