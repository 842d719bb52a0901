import type { Address } from '../../kernel/types'
import { BufferDebloater, ThroughputCalculator } from './bufferDebloater'
import type { DebloatSettings } from './bufferDebloater'
import { InputChannel } from './inputChannel'
import { BufferEvent } from './messages'
import type { BufferMessage } from './messages'
import { gateSize } from './settings'
import type { NetworkSettings } from './settings'

/** What a gate needs of its task to send. */
export interface GateTransport {
  sendCredit(to: Address, channel: number, credit: number): void
  sendPartitionRequest(to: Address, channel: number, credit: number): void
}

/** Likewise, with what checkpoints and buffer debloating say. */
export interface InputTransport extends GateTransport {
  sendResume(to: Address, channel: number): void
  sendBufferSize(to: Address, channel: number, size: number): void
  /** For the trace: what the gate of that channel has announced, and how many ms what is in flight takes. */
  bufferSizeChanged?(channel: number, size: number, timeToConsume: number): void
  /** For the trace: messages in line, their bytes, and buffers of this side that hold data. */
  queueChanged?(channel: number, buffers: number, bytes: number, used: number): void
  /** For the trace: a channel wants a floating buffer and the gate of that channel has none left; or none waits for one any more. */
  poolChanged?(channel: number, used: number, size: number): void
  /** Absent: nobody waits for that. */
  sendAllRecordsProcessed?(to: Address, channel: number): void
  /** Records have identities, which channel state keeps. */
  readonly tracing: boolean
}

export interface ChannelSpec {
  readonly channel: number
  readonly producer: Address
}

/**
 * What one task reads of one job edge; mirrors SingleInputGate: the channels that have data stand in line, each gives one buffer
 * and goes to the tail if it has more (N-7). Holds the floating buffers that its channels share (N-3).
 */
export class InputGate {
  readonly channels: readonly InputChannel[]
  private readonly line: InputChannel[] = []
  private floating: number
  private readonly waiting: InputChannel[] = []
  private readonly throughput: ThroughputCalculator | null = null
  private readonly debloater: BufferDebloater | null = null

  constructor(
    specs: readonly ChannelSpec[],
    /** Position of its first channel in the logical input. */
    firstValveIndex: number,
    private readonly settings: NetworkSettings,
    readonly transport: InputTransport,
    /** null: no buffer debloating. `millis`: whole ms. */
    debloating: { readonly settings: DebloatSettings; readonly millis: () => number } | null = null,
  ) {
    if (debloating !== null) {
      this.throughput = new ThroughputCalculator(debloating.millis)
      this.debloater = new BufferDebloater(debloating.settings)
    }
    this.floating = settings.floatingPerGate
    this.channels = specs.map(
      (spec, index) => new InputChannel(spec.channel, index, firstValveIndex + index, spec.producer, this, settings.exclusivePerChannel),
    )
  }

  requestPartitions(): void {
    for (const channel of this.channels) {
      channel.beginStream()
      this.transport.sendPartitionRequest(channel.producer, channel.channel, this.settings.exclusivePerChannel)
    }
  }

  /** Puts the buffer in its channel's queue; true: the gate had nothing to read before. */
  received(channel: InputChannel, message: BufferMessage): boolean {
    channel.received(message)
    return this.enqueue(channel)
  }

  private enqueue(channel: InputChannel): boolean {
    if (channel.enqueued) return false
    channel.enqueued = true
    this.line.push(channel)
    return this.line.length === 1
  }

  /** Buffers out of a checkpoint that have not been read. */
  private restoredBuffers = 0

  /** Likewise for a buffer out of a checkpoint. */
  restored(channel: InputChannel, message: BufferMessage): boolean {
    this.restoredBuffers++
    channel.restored(message)
    return this.enqueue(channel)
  }

  restoredRead(): void {
    this.restoredBuffers--
  }

  get isRestoring(): boolean {
    return this.restoredBuffers > 0
  }

  get hasData(): boolean {
    return this.line.length > 0
  }

  /** The channel whose turn it is, its next buffer under its reader; it is back in line if it has more. */
  poll(): InputChannel | undefined {
    let channel = this.line.shift()
    // An event that was handled early may have been all that it had.
    while (channel !== undefined && channel.queue.length === 0) {
      channel.enqueued = false
      channel = this.line.shift()
    }
    if (channel === undefined) return undefined
    channel.openNext()
    this.throughput?.incoming(channel.event === BufferEvent.None ? channel.openedBytes : 0)
    if (channel.queue.length > 0) this.line.push(channel)
    else channel.enqueued = false
    return channel
  }

  /** It was asked, and had nothing: that time is no measure of how fast it could be. */
  nothingToRead(): void {
    this.throughput?.pause()
  }

  /** Works out how large buffers should be, and lets the producers know if that is another size (N-1). Mirrors SingleInputGate.triggerDebloating. */
  debloat(): void {
    const { channels, debloater, throughput, transport } = this
    if (debloater === null || throughput === null || channels.every(({ ended }) => ended)) return
    const inUse = channels.reduce((sum, channel) => sum + channel.buffersInFlight, 0)
    const size = debloater.recalculate(throughput.calculate(), inUse)
    if (size === null) return
    for (const { producer, channel, ended } of channels) if (!ended) transport.sendBufferSize(producer, channel, size)
    transport.bufferSizeChanged?.(channels[0]!.channel, size, debloater.timeToConsume)
  }

  takeFloating(): boolean {
    if (this.floating === 0) return false
    this.floating--
    return true
  }

  waitForFloating(channel: InputChannel): void {
    if (this.waiting.push(channel) === 1) this.tellPool()
  }

  returnFloating(): void {
    for (;;) {
      const channel = this.waiting.shift()
      if (channel === undefined) {
        this.floating++
        return
      }
      if (this.waiting.length === 0) this.tellPool()
      if (channel.offerFloating()) return
    }
  }

  /** Only turning points: how much is in use in between, the channels tell. */
  private tellPool(): void {
    if (!this.transport.tracing) return
    const { channels, settings } = this
    const used = channels.reduce((sum, { buffers }) => sum + buffers.used, 0)
    this.transport.poolChanged?.(channels[0]!.channel, used, gateSize(channels.length, settings))
  }

  /** Floating buffers that no channel holds. */
  get freeFloating(): number {
    return this.floating
  }
}
