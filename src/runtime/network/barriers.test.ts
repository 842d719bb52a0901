import { describe, expect, it } from 'vitest'
import type { Alignment } from '../../core/checkpoints'
import { CheckpointedInputs } from '../checkpoint/barriers/CheckpointedInputs'
import { OutputBarriers } from '../checkpoint/barriers/OutputBarriers'
import type { AlignmentClock } from '../checkpoint/barriers/CheckpointBarrierHandler'
import type { ChannelBuffers, CheckpointBarrier } from '../checkpoint/types'
import { decodeValue } from '../../core/values'
import { elementsOf } from './channelState'
import { ElementTag, LENGTH_BYTES } from './element'
import { InputGate } from './inputGate'
import type { InputTransport } from './inputGate'
import { BufferEvent } from './messages'
import type { NetworkMessage } from './messages'
import { restoredMessages } from './restoredChannel'
import { ResultPartition } from './resultPartition'

const SETTINGS = { segmentSize: 256, exclusivePerChannel: 2, floatingPerGate: 2, maxPerChannel: 100 }
const barrier = (id: number, alignment: Alignment, timestamp = 0): CheckpointBarrier => ({
  id,
  timestamp,
  options: { type: 'checkpoint', directory: null, alignment, alignedTimeout: alignment === 'aligned-with-timeout' ? 10 : Infinity },
})
const textOf = (value: unknown): string => (value as { text: string }).text[0]!

/** Two producers and a task between which messages wait until they are delivered. The objects in it have shapes, and take more than one buffer each. */
class Exchange {
  readonly wire: { readonly from: number; readonly message: NetworkMessage }[] = []
  readonly partitions: readonly ResultPartition[]
  readonly gate: InputGate
  readonly inputs: CheckpointedInputs
  readonly outputs: OutputBarriers
  readonly outputState: ChannelBuffers[] = []
  readonly inputState: ChannelBuffers[] = []
  readonly log: string[] = []
  private now = 0
  private timers: { readonly at: number; readonly run: () => void }[] = []

  constructor(mode: 'aligned' | 'alternating') {
    const clock: AlignmentClock = {
      millis: () => this.now,
      micros: () => this.now * 1000,
      after: (delay, run) => {
        const timer = { at: this.now + delay + 1, run }
        this.timers.push(timer)
        return () => {
          this.timers = this.timers.filter((other) => other !== timer)
        }
      },
    }
    this.partitions = [0, 1].map((number) => this.partition(number))
    this.outputs = new OutputBarriers(this.partitions, clock)
    const transport: InputTransport = {
      tracing: true,
      sendCredit: (_to, channel, credit) => void this.wire.push({ from: 9, message: { type: 'credit', channel, credit } }),
      sendPartitionRequest: (_to, channel, credit) =>
        void this.wire.push({ from: 9, message: { type: 'partition-request', channel, credit } }),
      sendResume: (_to, channel) => void this.wire.push({ from: 9, message: { type: 'resume-consumption', channel } }),
      sendBufferSize: () => undefined,
    }
    this.gate = new InputGate(
      [0, 1].map((channel) => ({ channel, producer: channel })),
      0,
      SETTINGS,
      transport,
    )
    this.inputs = new CheckpointedInputs(
      [this.gate],
      { mode, afterTasksFinish: true, subtasks: 1, bufferSize: 256 },
      {
        triggerCheckpointOnBarrier: ({ id }, how) => void this.log.push(`${how} ${id}`),
        inputStateComplete: (_id, inflight) => void this.inputState.push(...inflight),
        abortCheckpointOnBarrier: (id, reason) => void this.log.push(`abort ${id} ${reason}`),
      },
      clock,
      null,
    )
    this.gate.requestPartitions()
    this.deliver()
  }

  private partition(number: number): ResultPartition {
    return new ResultPartition(
      [number],
      SETTINGS,
      {
        tracing: true,
        sendBuffer: (_to, message) => void this.wire.push({ from: number, message }),
        sendBacklog: () => undefined,
        creditsChanged: () => undefined,
      },
      { availabilityChanged: () => undefined, overdrawn: () => undefined },
      {
        index: number,
        subtasks: 1,
        supportsUnaligned: true,
        newIdentity: () => [0, 0],
        barrierLeft: (checkpoint) => this.outputs.barrierLeft(checkpoint),
      },
    )
  }

  write(channel: number, letters: string): this {
    for (const letter of letters) {
      const partition = this.partitions[channel]!
      partition.emitRecord(partition.subpartitions[0]!, { text: letter.repeat(300) }, 5, letter.charCodeAt(0), channel)
    }
    return this
  }

  broadcast(sent: CheckpointBarrier): this {
    this.outputs.broadcast(sent, (buffers) => void this.outputState.push(...buffers))
    return this
  }

  deliver(): this {
    for (let next = this.wire.shift(); next !== undefined; next = this.wire.shift()) {
      const { message } = next
      const channel = this.gate.channels[message.channel]!
      const partition = this.partitions[message.channel]!
      if (message.type === 'credit') partition.onCredit(message)
      else if (message.type === 'partition-request') partition.onPartitionRequest(9, message)
      else if (message.type === 'resume-consumption') partition.onResume(message)
      else if (message.type === 'buffer' && !this.inputs.overtook(channel, message)) {
        this.gate.received(channel, message)
        this.inputs.queued(channel, message)
      }
    }
    return this
  }

  /** Reads so many buffers and events. */
  read(count = Infinity): string {
    const from = this.log.length
    for (let i = 0; i < count; i++) {
      this.deliver()
      const channel = this.gate.poll()
      if (channel === undefined) break
      if (channel.event !== BufferEvent.None) {
        this.inputs.read(channel)
        continue
      }
      while (channel.hasElement()) {
        channel.input.position += LENGTH_BYTES + 1 + 8
        const text = textOf(decodeValue(channel.input))
        channel.nextIdentity()
        expect([channel.recordOrigin, channel.recordNumber]).toEqual([channel.index, text.charCodeAt(0)])
        this.log.push(text)
      }
      channel.recycle()
    }
    return this.log.slice(from).join(' ')
  }

  advance(to: number): this {
    this.now = to
    const due = this.timers.filter(({ at }) => at <= to)
    this.timers = this.timers.filter(({ at }) => at > to)
    for (const { run } of due) run()
    return this
  }
}

const told = (state: readonly ChannelBuffers[], by: 'gate' | 'channel'): string[] =>
  state.map(
    (one) =>
      `${one[by]}:${[...elementsOf(one.buffers)].map((element) => (element.tag === ElementTag.RecordWithTimestamp ? textOf(element.value) : '?')).join('')}`,
  )

describe('barriers between tasks', () => {
  it('stop a channel until all are there, if they are aligned (N-6)', () => {
    const exchange = new Exchange('aligned').write(0, 'ab')
    exchange.partitions[0]!.broadcastBarrier(barrier(1, 'aligned'))
    exchange.write(0, 'c').write(1, 'xy')
    exchange.partitions[0]!.flushAll()
    exchange.partitions[1]!.flushAll()
    const read = exchange.read()
    expect(read.replaceAll(' ', '').split('').sort().join('')).toBe('abxy')
    exchange.partitions[1]!.broadcastBarrier(barrier(1, 'aligned'))
    expect(exchange.read()).toBe('aligned 1 c')
  })

  it('overtake what waits, of which nothing is lost or told twice, whatever was cut in two', () => {
    for (let reads = 0; reads < 14; reads++) {
      const exchange = new Exchange('alternating').write(0, 'abcdefgh').write(1, 'uvwxyz').deliver()
      const before = exchange.read(reads).replaceAll(' ', '')
      exchange.broadcast(barrier(1, 'unaligned')).deliver()
      expect(exchange.log.at(-1)).toBe('unaligned 1')
      const input = told(exchange.inputState, 'channel')
      const output = told(exchange.outputState, 'gate')
      const of = (channel: number, letters: string): string => {
        const part = (state: string[]): string => state.find((one) => one.startsWith(`${channel}:`))?.slice(2) ?? ''
        return [...before].filter((letter) => letters.includes(letter)).join('') + part(input) + part(output)
      }
      expect(of(0, 'abcdefgh')).toBe('abcdefgh')
      expect(of(1, 'uvwxyz')).toBe('uvwxyz')
      // The run itself goes on as if nothing had been.
      for (const partition of exchange.partitions) partition.flushAll()
      exchange.read()
      expect(
        exchange.log
          .filter((one) => one.length === 1)
          .sort()
          .join(''),
      ).toBe('abcdefghuvwxyz')
      // Buffers and credits are conserved: nothing is on its way any more.
      exchange.partitions.forEach(({ pool, subpartitions: [sender] }, number) => {
        const { buffers, receivedBuffers } = exchange.gate.channels[number]!
        expect([pool.used, sender!.credits, sender!.sentBuffers, buffers.used]).toEqual([sender!.queued, buffers.free, receivedBuffers, 0])
      })
    }
  })

  it('that are aligned overtake once their time is over, at the sender as well (C-21)', () => {
    const exchange = new Exchange('alternating').write(0, 'abcdefgh').deliver()
    exchange.broadcast(barrier(1, 'aligned-with-timeout')).deliver()
    expect(exchange.outputState).toEqual([])
    exchange.advance(11).deliver()
    expect(exchange.log).toEqual(['unaligned 1'])
    expect([...told(exchange.inputState, 'channel'), ...told(exchange.outputState, 'gate')].map((one) => one.slice(2)).join('')).toBe(
      'abcdefgh',
    )
  })

  it('that have left in time leave nothing for the checkpoint', () => {
    const exchange = new Exchange('alternating').write(0, 'ab').deliver()
    exchange.broadcast(barrier(1, 'aligned-with-timeout'))
    expect(exchange.read()).toBe('a b aligned 1')
    exchange.advance(50)
    expect([...exchange.outputState, ...exchange.inputState]).toEqual([])
  })
})

describe('what a checkpoint held', () => {
  it('comes out again, with its identities, before what is new', () => {
    const exchange = new Exchange('alternating').write(0, 'abcdefgh').deliver()
    exchange.read(1)
    exchange.broadcast(barrier(1, 'unaligned')).deliver()
    const next = new Exchange('alternating')
    for (const channel of next.gate.channels) {
      const held = exchange.inputState.filter((one) => one.channel === channel.index)
      for (const message of restoredMessages(channel.channel, held, { keep: null, newIdentity: () => [0, 0] }))
        next.gate.restored(channel, message)
    }
    const inputs = next.read()
    expect(next.gate.isRestoring).toBe(false)
    for (const channel of next.gate.channels) channel.beginStream()
    for (const partition of next.partitions) partition.restore(exchange.outputState, () => 0)
    next.write(0, 'i')
    for (const partition of next.partitions) partition.flushAll()
    expect(`${inputs} ${next.read()}`.replaceAll(' ', '')).toBe('abcdefghi')
  })
})
